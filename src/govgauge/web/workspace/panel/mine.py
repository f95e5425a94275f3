"""The expert's start: which panels they sit on, what they declare, and the cases that were given to them."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.case_rules import PanelMode
from govgauge.office.domain import case_calls, panel_ballots, panels, ties
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import PanelExpert
from govgauge.office.queries import panels as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.templatetags.shown import tongue
from govgauge.web.workspace.panel.asked import own_seat_on, whole


class OwnPanel(Struct, frozen=True):
    """A panel on which the reader sits."""

    expert: PanelExpert
    closed: str


@page(Verb.JUDGE_CASE)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The panels on which the reader sits; the only one at once."""
    person = acting_of(request).person
    found = PanelExpert.objects.filter(person=person, left_at=None).select_related("call__round").order_by("-id")
    own = [one for one in found if panels.own(acting_of(request), one.call) is not None]
    if len(own) == 1:
        return HttpResponseRedirect(reverse("my-cases", args=[own[0].call.round.slug]))
    rows = [OwnPanel(one, tongue(_closed(one))) for one in own]
    return render(request, "panel/calls.html", {"rows": rows})


@page(Verb.JUDGE_CASE)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What was given to the reader, and what they still have to do."""
    expert = own_seat_on(request, slug)
    rules = case_calls.rules_of(expert.call)
    seats = query.own_seats(expert)
    done = sum(seat.submitted_at is not None for seat in seats)
    shown = {
        "round": expert.call.round,
        "call": expert.call,
        "expert": expert,
        "rules": rules,
        "seats": seats,
        "done": done,
        "left": len(seats) - done,
        "closed": tongue(_closed(expert)),
        "categories": {one.slug: one.name for one in rules.categories},
        "votes": rules.panel_mode is PanelMode.BALLOTS,
        "ballot": panel_ballots.last_of(expert),
        "fields": [(one, one.slug in expert.fields) for one in rules.categories],
        "ties": expert.ties.filter(stands=True).select_related("case").order_by("case__number"),
    }
    return render(request, "panel/mine.html", shown)


@page(Verb.JUDGE_CASE)
@require_POST
def declare(request: HttpRequest, slug: str) -> HttpResponse:
    """Fields, employer and region."""
    expert = own_seat_on(request, slug)
    verb = partial(
        panels.declare,
        acting_of(request),
        expert,
        fields=request.POST.getlist("fields"),
        employer=request.POST.get("employer", ""),
        region=request.POST.get("region", ""),
    )
    return told.done(request, verb, _("已保存。"), reverse("my-cases", args=[slug]))


@page(Verb.JUDGE_CASE)
@require_POST
def avoid(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell of a tie to a case: it is taken away at once."""
    expert = own_seat_on(request, slug)
    number = whole(request.POST.get("case"))
    case = next((one for one in ties.judged_cases(expert.call) if one.number == number), None)
    if case is None:
        messages.error(request, _("终评名单中没有这个案例；请从列表中选择。"))
        return HttpResponseRedirect(reverse("my-cases", args=[slug]))
    verb = partial(ties.declare, acting_of(request), expert, case, request.POST.get("why", ""))
    return told.done(request, verb, _("已申报，这个案例不由您评审。"), reverse("my-cases", args=[slug]))


@page(Verb.JUDGE_CASE)
@require_safe
def ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's ballot."""
    return _ballot(request, own_seat_on(request, slug))


@page(Verb.JUDGE_CASE)
@require_POST
def cast(request: HttpRequest, slug: str) -> HttpResponse:
    """Cast votes, or abstain; what was chosen stays on the page when it cannot be taken."""
    expert = own_seat_on(request, slug)
    chosen = [whole(one) for one in request.POST.getlist("choices")]
    abstains = request.POST.get("do") == "abstain"
    try:
        panel_ballots.cast(
            acting_of(request),
            expert,
            [] if abstains else chosen,
            seen=whole(request.POST.get("seen")),
            abstains=abstains,
            reason=request.POST.get("reason", ""),
        )
    except Unusable as fault:
        messages.error(request, tongue(str(fault)))
        return _ballot(request, expert, chosen, status=409)
    messages.success(request, _("选票已提交；截止前可以修改，以最后一次为准。"))
    return HttpResponseRedirect(reverse("my-cases", args=[slug]))


def _ballot(
    request: HttpRequest, expert: PanelExpert, chosen: list[int] | None = None, status: int = 200
) -> HttpResponse:
    rules = case_calls.rules_of(expert.call)
    last = panel_ballots.last_of(expert)
    marked = set(chosen if chosen is not None else last.choices if last else [])
    out = {case for number, case in ties.kept_out(expert.call) if number == expert.pk}
    names = {one.slug: one.name for one in rules.categories}
    rows = [
        (one, names.get(one.category, one.category), one.number in marked, one.pk in out)
        for one in ties.judged_cases(expert.call)
        if not one.is_calibration
    ]
    order = [one.name for one in rules.categories]
    rows.sort(key=lambda row: (order.index(row[1]) if row[1] in order else len(order), row[0].number))
    shown = {
        "round": expert.call.round,
        "call": expert.call,
        "rules": rules,
        "rows": rows,
        "last": last,
        "marked": len(marked),
        "votes": rules.panel_mode is PanelMode.BALLOTS,
        "closed": tongue(_closed(expert)),
    }
    return render(request, "panel/ballot.html", shown, status=status)


def _closed(expert: PanelExpert) -> str:
    return case_calls.closed_why(case_calls.rules_of(expert.call).panel, "专家评审")
