"""Giving cases to experts: a preview of an even assignment, making it, and single seats by hand."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.case_rules import PanelMode
from govgauge.office.domain import case_calls, seats, ties
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, Seat
from govgauge.office.queries import panels as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import text
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.panel.asked import led, whole

PAGE_CASES = 25
"""Each has a form for each of its experts."""


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has which case; with a seed, what an even assignment would add."""
    call = led(request, slug)
    seed, fault, shown_plan = text(request, "seed"), "", None
    if seed:
        try:
            shown_plan = seats.preview(call, seed)
        except Unusable as error:
            fault = tongue(str(error))
    held = Seat.objects.filter(taken_back_at=None).select_related("expert__person").order_by("expert__alias")
    experts = list(query.experts(call).filter(left_at=None))
    every = query.cases(call).prefetch_related(Prefetch("seats", queryset=held, to_attr="held"))
    cases = Paginator(every, PAGE_CASES).get_page(request.GET.get("page"))
    rules = case_calls.rules_of(call)
    shown = {
        "round": call.round,
        "call": call,
        "rules": rules,
        "votes": rules.panel_mode is PanelMode.BALLOTS,
        "seed": seed,
        "fault": fault,
        "preview": shown_plan,
        "loads": [(one, shown_plan.plan.loads.get(one.alias, 0)) for one in experts] if shown_plan else [],
        "cases": cases,
        "steps": list(cases.paginator.get_elided_page_range(cases.number, on_each_side=2, on_ends=1)),
        "experts": experts,
        "draws": call.draws.select_related("by").order_by("-id")[:10],
    }
    return render(request, "panel/seats.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def do(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the assignment that was previewed, or give one case by hand: what `do` says."""
    call, acting = led(request, slug), acting_of(request)
    if request.POST.get("do") == "even":
        seed, digest = request.POST.get("seed", ""), request.POST.get("digest", "")
        verb = partial(seats.give_evenly, acting, call, seed, digest)
        return told.done(request, verb, _("已分配并通知专家。"), _here(call))
    expert = call.experts.filter(pk=whole(request.POST.get("expert"))).select_related("call__round", "person").first()
    number = whole(request.POST.get("case"))
    case = next((one for one in ties.judged_cases(call) if one.number == number), None)
    if expert is None or case is None:
        messages.error(request, _("请选择专家，并填写终评名单中的案例编号。"))
        return HttpResponseRedirect(_here(call))
    return told.done(request, partial(seats.give, acting, expert, case), _("已分配。"), _here(call))


@page(Verb.CHAIR_PANEL)
@require_POST
def take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take one case back."""
    call = led(request, slug)
    found = Seat.objects.select_related("expert__call__round", "case").filter(expert__call=call)
    seat = found.filter(pk=min(number, LARGEST)).first()
    if seat is None:
        raise Http404(_("没有这项分配；请从列表中选择。"))
    verb = partial(seats.take_back, acting_of(request), seat, request.POST.get("reason", ""))
    return told.done(request, verb, _("已收回。"), _here(call))


def _here(call: CaseCall) -> str:
    return reverse("panel-seats", args=[call.round.slug])
