"""The chair's start: who sits on the panel and how far it is."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.office.case_rules import PanelMode
from govgauge.office.domain import case_calls, panels
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, PanelExpert
from govgauge.office.queries import panels as query
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import one_of
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.panel.asked import led, whole


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Experts and cases with their progress; with `format` the experts as a file."""
    call = led(request, slug)
    experts = list(query.experts(call))
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        heads = [_("代号"), _("姓名"), _("工作单位"), _("所在地区"), _("分到"), _("已提交"), _("弃权"), _("回避")]
        return exports.answer(kind, f"{slug}-panel", heads, [_line(one) for one in experts])
    rules = case_calls.rules_of(call)
    seated = {one.person_id for one in experts if one.left_at is None}
    shown = {
        "round": call.round,
        "call": call,
        "rules": rules,
        "votes": rules.panel_mode is PanelMode.BALLOTS,
        "progress": query.progress(call),
        "experts": experts,
        "cases": list(query.cases(call)),
        "categories": {one.slug: one.name for one in rules.categories},
        "could_sit": [one for one in panels.could_sit(call.round) if one.pk not in seated],
        "closed": tongue(case_calls.closed_why(rules.panel, "专家评审")),
    }
    return render(request, "panel/overview.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Let experts sit on the panel."""
    call = led(request, slug)
    wanted = [whole(one) for one in request.POST.getlist("person")]
    people = [one for one in panels.could_sit(call.round) if one.pk in wanted]
    if not people:
        messages.error(request, _("请先选择专家。"))
        return HttpResponseRedirect(_here(call))

    def verb() -> None:
        for person in people:
            panels.seat(acting_of(request), call, person)

    return told.done(request, verb, _("已加入专家组并通知。"), _here(call))


@page(Verb.CHAIR_PANEL)
@require_POST
def leave(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let an expert leave the panel."""
    call = led(request, slug)
    expert = PanelExpert.objects.filter(call=call, pk=min(number, LARGEST)).select_related("call__round").first()
    if expert is None:
        raise Http404(_("本届专家组中没有这位专家。"))
    verb = partial(panels.leave, acting_of(request), expert, request.POST.get("reason", ""))
    return told.done(request, verb, _("已退出专家组。"), _here(call))


def _line(one: PanelExpert) -> list[exports.Cell]:
    counts = [getattr(one, name) for name in ("given", "done", "abstained", "tied")]
    return [one.alias, one.person.name, one.employer, one.region, *counts]


def _here(call: CaseCall) -> str:
    return reverse("panel", args=[call.round.slug])
