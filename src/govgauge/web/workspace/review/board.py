"""The board for the head of collection: done, late, disagreement, agreement; by person, indicator and batch."""

from collections.abc import Sequence
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from govgauge.analysis.agreement import Measure
from govgauge.office.domain import boards, review_policies
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import AssignmentState
from govgauge.office.queries.boards import Line
from govgauge.web import exports, told
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, address, one_of
from govgauge.web.workspace.asked import round_of
from govgauge.web.workspace.review.forms import PolicyForm, said
from govgauge.web.workspace.review.pictures import board_line

BY = {
    "people": gettext_lazy("按采集员"),
    "indicators": gettext_lazy("按指标"),
    "batches": gettext_lazy("按批次"),
}

FIRST = {"people": gettext_lazy("采集员"), "indicators": gettext_lazy("指标"), "batches": gettext_lazy("批次")}


@page(Verb.PLAN_COLLECTION)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The board; with `format` its lines as a file."""
    round_ = round_of(slug)
    by = one_of(request, "by", list(BY)) or "people"
    count = boards.current(round_)
    lines: Sequence[Line] = getattr(count.board, by)
    kind = one_of(request, "format", exports.KINDS)
    if kind:
        return exports.answer(kind, f"{slug}-board-{by}", _heads(by), map(_line, [*lines, count.board.whole]))
    policy = review_policies.of(round_)
    shown = {
        "round": round_,
        "whole": board_line(count.board.whole, policy),
        "lines": [board_line(line, policy) for line in lines],
        "by": by,
        "ways": [Choice(name, title) for name, title in BY.items()],
        "title": BY[by],
        "first": FIRST[by],
        "made_at": count.made_at,
        "exports": {one: address(request, format=one, by=by) for one in exports.KINDS},
        "policy": policy,
        "form": PolicyForm(
            initial={
                "agreed": policy.agreed,
                "alpha_below": policy.alpha_below,
                "rejection_above": _percent(policy.rejection_above),
                "fewest": policy.fewest,
            }
        ),
    }
    return render(request, "review/board.html", shown)


@page(Verb.PLAN_COLLECTION)
@require_POST
def change_policy(request: HttpRequest, slug: str) -> HttpResponse:
    """Review by other rules from now on."""
    round_ = round_of(slug)
    form = PolicyForm(request.POST)
    back = reverse("board", args=[slug])
    if not form.is_valid():
        messages.error(request, said(form))
        return HttpResponseRedirect(back)
    given = form.cleaned_data
    share: Decimal | None = given["rejection_above"]

    def verb() -> object:
        return review_policies.change(
            acting_of(request),
            round_,
            agreed=given["agreed"],
            alpha_below=given["alpha_below"],
            rejection_above=None if share is None else share / 100,
            fewest=given["fewest"],
        )

    return told.done(request, verb, _("已保存复核规则。"), back)


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{(100 * share).normalize():f}"


def _heads(by: str) -> list[str]:
    return [
        *(
            str(FIRST[by]),
            _("共"),
            _("未开始"),
            _("填写中"),
            _("已提交"),
            _("已退回"),
            _("已采用"),
            _("已裁定"),
            _("已过期"),
        ),
        *(_("双人采集对数"), _("一致对数"), _("一致率"), "κ", _("κ 下限"), _("κ 上限"), "α", _("α 下限"), _("α 上限")),
        *(_("复核次数"), _("退回次数"), _("分歧"), _("未裁定的分歧")),
    ]


def _line(line: Line) -> Sequence[exports.Cell]:
    found = line.agreement
    states: list[exports.Cell] = [line.states.get(state, 0) for state in _STATES]
    return (
        line.name or _("全部"),
        line.total,
        *states,
        *(line.late, found.pairs, found.agreeing, _number(found.percent.value)),
        *_three(found.kappa),
        *_three(found.alpha),
        *(line.reviews, line.rejected, line.disputed, line.disputes),
    )


_STATES = (
    AssignmentState.OPEN,
    AssignmentState.DRAFT,
    AssignmentState.SUBMITTED,
    AssignmentState.RETURNED,
    AssignmentState.ACCEPTED,
    AssignmentState.DECIDED,
)


def _three(measure: Measure) -> Sequence[exports.Cell]:
    return [_number(value) for value in (measure.value, measure.low, measure.high)]


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.4f}")
