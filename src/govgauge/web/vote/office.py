"""The chair's page of a vote: turnout, what was set aside, and deciding about it. No results before the count.

The public's votes are shown once the whole has been counted: who leads a panel still at work must not know them.
"""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office.domain import case_counts, panels, quarantine, vote_calls
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import CaseCall, Quarantine
from govgauge.office.queries import vote_cards, votes
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.asked import LARGEST, round_of


@page(Verb.CHAIR_PANEL)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The vote of a round."""
    round_ = round_of(slug)
    acting_of(request).need(Verb.CHAIR_PANEL, round_=round_)
    call = vote_calls.call_of(slug)
    if call is None:
        return render(request, "vote/office.html", {"round": round_, "call": None})
    panels.chair(acting_of(request), call)
    vote = vote_calls.vote_of(call)
    is_counted = case_counts.last(call) is not None and not case_counts.not_yet(vote.rules)
    rows = Quarantine.objects.filter(call=call).select_related("decided_by").order_by("decided_at", "-ballots", "pk")
    shown = {
        "round": round_,
        "call": call,
        "vote": vote,
        "turnout": votes.turnout(call, seconds=0),
        "days": votes.by_day(call),
        "is_counted": is_counted,
        "rows": [(row, quarantine.stamp(row)) for row in rows],
    }
    if is_counted and vote.is_over() and request.GET.get("count"):
        counted = votes.counted(call)
        names = {card.number: card for card in vote_cards.cards(vote)}
        told_votes = sorted(counted.votes.items(), key=lambda one: (-one[1], one[0]))
        shown |= {"counted": counted, "votes": [(names[number], count) for number, count in told_votes]}
    return render(request, "vote/office.html", shown)


@page(Verb.CHAIR_PANEL)
@require_POST
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for bursts now."""
    call = _call(request, slug)
    return told.done(request, partial(quarantine.look, call), _("已查找异常集中的选票。"), _here(slug))


@page(Verb.CHAIR_PANEL)
@require_POST
def decide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let ballots that were set aside count, or not."""
    call = _call(request, slug)
    row = Quarantine.objects.select_related("call__round").filter(call=call, pk=min(number, LARGEST)).first()
    if row is None:
        raise Http404(_("没有这批隔离的选票。"))
    choice = request.POST.get("counts", "")

    def verb() -> None:
        if choice not in {"yes", "no"}:
            raise Unusable("请选择计入或不计入 (choose whether they count).")
        reason, seen = request.POST.get("reason", ""), request.POST.get("seen", "")
        quarantine.decide(acting_of(request), row, counts=choice == "yes", reason=reason, seen=seen)

    return told.done(request, verb, _("已决定，理由已记录。"), _here(slug))


def _call(request: HttpRequest, slug: str) -> CaseCall:
    acting_of(request).need(Verb.CHAIR_PANEL, round_=round_of(slug))
    call = vote_calls.call_of(slug)
    if call is None:
        raise Http404(_("这次评估还没有案例征集。"))
    panels.chair(acting_of(request), call)
    return call


def _here(slug: str) -> str:
    return reverse("round-vote", args=[slug])
