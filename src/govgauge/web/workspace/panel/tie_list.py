"""Ties before the chair: looked for, told, decided."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import ties
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, PanelTie
from govgauge.office.queries import panels as query
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, in_order, listed, one_of
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.panel.asked import led, whole
from govgauge.web.workspace.panel.panel_words import TIES

STATES = (
    Choice("open", gettext_lazy("待认定")),
    Choice("stands", gettext_lazy("需要回避")),
    Choice("none", gettext_lazy("不需回避")),
)
COLUMNS = (
    Column("", gettext_lazy("专家")),
    Column("", gettext_lazy("案例")),
    Column("", gettext_lazy("情形")),
    Column("", gettext_lazy("认定")),
)


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ties that pass the filter, those to be decided first; with `format` as a file."""
    call = led(request, slug)
    state = one_of(request, "state", [one.value for one in STATES])
    found = query.ties_of(call, state)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        heads = [_("专家"), _("案例"), _("情形"), _("说明"), _("认定")]
        return exports.answer(kind, f"{slug}-ties", heads, (_line(one) for one in found.iterator(chunk_size=500)))
    listing = listed(
        request,
        found,
        COLUMNS,
        sort="",
        filters=("state",),
        total=found.count(),
        rows=lambda numbers: [(one, TIES[one.kind]) for one in in_order(found, numbers)],
    )
    shown = {
        "round": call.round,
        "call": call,
        "listing": listing,
        "state": state,
        "states": STATES,
        "experts": call.experts.filter(left_at=None).select_related("person").order_by("alias"),
    }
    return render(request, "panel/ties.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def do(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for ties, or write one down: what `do` says."""
    call = led(request, slug)
    if request.POST.get("do") == "find":
        try:
            found = ties.find(acting_of(request), call)
        except Unusable as fault:
            messages.error(request, tongue(str(fault)))
            return HttpResponseRedirect(_here(call))
        told_ = _("查找完毕：新增须回避 %(certain)s 项，疑似 %(possible)s 项。")
        messages.success(request, told_ % {"certain": found.certain, "possible": found.possible})
        return HttpResponseRedirect(_here(call))
    expert = call.experts.filter(pk=whole(request.POST.get("expert"))).select_related("call__round").first()
    number = whole(request.POST.get("case"))
    case = next((one for one in ties.judged_cases(call) if one.number == number), None)
    if expert is None or case is None:
        messages.error(request, _("请选择专家，并填写终评名单中的案例编号。"))
        return HttpResponseRedirect(_here(call))
    verb = partial(ties.hold, acting_of(request), expert, case, request.POST.get("why", ""))
    return told.done(request, verb, _("已认定回避。"), _here(call))


@page(Verb.CHAIR_PANEL)
@require_POST
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say whether a tie keeps the expert out."""
    call = led(request, slug)
    related = PanelTie.objects.select_related("expert__call__round", "case")
    tie = related.filter(expert__call=call, pk=min(number, LARGEST)).first()
    if tie is None:
        raise Http404(_("没有这一项情形；请从列表中选择。"))
    stands = request.POST.get("stands") == "yes"
    verb = partial(ties.decide, acting_of(request), tie, stands=stands, reason=request.POST.get("reason", ""))
    query_ = request.GET.urlencode()
    return told.done(request, verb, _("已认定。"), _here(call) + (f"?{query_}" if query_ else ""))


def _line(one: PanelTie) -> list[exports.Cell]:
    words = {None: _("待认定"), True: _("需要回避"), False: _("不需回避")}
    return [one.expert.alias, f"{one.case.number} {one.case.name}", str(TIES[one.kind]), one.why, words[one.stands]]


def _here(call: CaseCall) -> str:
    return reverse("panel-ties", args=[call.round.slug])
