"""The field tests of a round, for the office: the list, each one, and what only who plans may do to it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from govgauge.office.domain import field_steps
from govgauge.office.domain.codings import CLOSED
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Answer, FieldTest
from govgauge.office.queries import field_tests as query
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.asked import number_of, round_of
from govgauge.web.workspace.field import asked, lists
from govgauge.web.workspace.field.test import reason_of, seen_of


@page(Verb.SEE_ROUND)
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All tests of the round; with `format` those that pass as a file."""
    round_ = round_of(slug)
    may_plan = acting_of(request).may(Verb.PLAN_COLLECTION, round_=round_)
    return lists.answered(
        request, query.of_round(round_, acting_of(request)), "of_round", {"round": round_, "may_plan": may_plan}
    )


@page(Verb.SEE_ROUND)
@require_safe
def one(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A test, to be read."""
    round_ = round_of(slug)
    may_plan = acting_of(request).may(Verb.PLAN_COLLECTION, round_=round_)
    test = asked.of_round(request, round_, number)
    shown = asked.page_of(test, plans=True)
    return render(request, "field/test.html", {**shown, "may_plan": may_plan, "answer": _answer_of(test)})


@page(Verb.PLAN_COLLECTION)
@require_POST
def strike(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Open a closed test again."""
    test = asked.of_round(request, round_of(slug), number)
    wrong, reason = number_of(request, "step"), reason_of(request)
    return told.done(
        request,
        lambda: field_steps.strike(acting_of(request), test, seen_of(request), wrong, reason),
        _("已作废，实测恢复到此前的状态。"),
        reverse("round-field-test", args=[slug, number]),
    )


@page(Verb.PLAN_COLLECTION)
@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """End a test without a value."""
    test, reason = asked.of_round(request, round_of(slug), number), reason_of(request)
    return told.done(
        request,
        lambda: field_steps.withdraw(acting_of(request), test, seen_of(request), reason),
        _("已撤回。"),
        reverse("round-field-test", args=[slug, number]),
    )


def _answer_of(test: FieldTest) -> Answer | None:
    """The answer that rests on a test which has ended: it is to be reopened before the closing is struck."""
    if test.assignment is None or test.assignment.state not in CLOSED:
        return None
    return Answer.objects.filter(entry=test.entry_id, check_id=test.check_id, holds=True).first()
