"""The reviewer's start: the batches of a round, what waits in each, and how good the work is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from govgauge.office.domain import boards, review_policies
from govgauge.office.domain.permissions import Verb
from govgauge.web.access import page
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.review.pictures import board_line


@page(Verb.REVIEW)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """All batches, those with most work first."""
    round_ = round_of(slug)
    count = boards.current(round_)
    policy = review_policies.of(round_)
    lines = sorted(count.board.batches, key=lambda line: (not line.held, -line.waiting, line.name))
    shown = {
        "round": round_,
        "whole": board_line(count.board.whole, policy),
        "lines": [board_line(line, policy) for line in lines],
        "made_at": count.made_at,
    }
    return render(request, "review/batches.html", shown)
