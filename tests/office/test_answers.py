"""One accepted answer for each check, with its whole history, and explanations that hold for a time above it."""

from datetime import date
from decimal import Decimal

import pytest
from answered import a_round, an_entry, somebody
from django.db import IntegrityError, transaction
from django.utils import timezone
from judged_sheets import a_sheet

from govgauge.errors import Unusable
from govgauge.office import sheets
from govgauge.office.domain import answers, judgements
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.domain.answers import Said
from govgauge.office.models import Answer, AnswerSource, AnswerStep, Change, RoleKind, Round
from govgauge.office.queries.accepted import Accepted, accepted

TODAY = date(2025, 11, 30)


def said(value: str | None, reason: str = "见网页", source: AnswerSource = AnswerSource.CODING) -> Said:
    return Said(value=None if value is None else Decimal(value), source=source, reason=reason)


def test_an_answer_is_one_row_and_its_history_many() -> None:
    entry = an_entry(a_round(), "甲县")
    answers.accept(PROGRAM, entry, "1.1.1-1", "1.1.1", said("0.5"))
    answers.accept(PROGRAM, entry, "1.1.1-1", "1.1.1", said(None, "没有此项业务", AnswerSource.OBJECTION))
    answer = Answer.objects.get()
    assert (answer.value, answer.not_applicable, answer.version) == (None, True, 2)
    assert list(AnswerStep.objects.order_by("number").values_list("number", "source", "value", "reason")) == [
        (1, "coding", Decimal("0.5"), "见网页"),
        (2, "objection", None, "没有此项业务"),
    ]
    assert Change.objects.filter(topic="Answer", entry=entry).count() == 2
    assert accepted([entry.id], TODAY) == {
        entry.id: {
            "1.1.1-1": Accepted(
                check_id="1.1.1-1",
                value=None,
                source="person:objection",
                confidence=Decimal(1),
                reason="没有此项业务",
            )
        }
    }


def test_the_database_itself_holds_one_answer_a_check() -> None:
    entry = an_entry(a_round(), "甲县")
    answers.accept(PROGRAM, entry, "1.1.1-1", "1.1.1", said("1"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            round=entry.round,
            entry=entry,
            check_id="1.1.1-1",
            indicator="1.1.1",
            source="coding",
            value=1,
            at=timezone.now(),
        )


@pytest.mark.parametrize("value", ["-0.1", "1.1", None])
def test_an_answer_is_a_share_or_does_not_apply(value: str | None) -> None:
    entry = an_entry(a_round(), "甲县")
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            round=entry.round, entry=entry, check_id="x", indicator="1", source="coding", value=value, at=timezone.now()
        )


def test_a_frozen_round_takes_no_answers() -> None:
    round_ = a_round()
    entry = an_entry(round_, "甲县")
    Round.objects.update(state="frozen")
    entry.round.refresh_from_db()
    with pytest.raises(Unusable, match="已冻结"):
        answers.accept(PROGRAM, entry, "1.1.1-1", "1.1.1", said("1"))


def test_confirming_what_the_program_proposes_makes_an_answer() -> None:
    entry = an_entry(a_round(), "甲县")
    judgements.record(entry.id, sheets.packed(a_sheet(40.0, 60.0)), "采集")
    reviewer = somebody(RoleKind.REVIEWER)
    answer = answers.confirm(reviewer, entry, "1-1", "打开看过")
    assert (answer.source, answer.value, answer.indicator, answer.reason) == (
        "program",
        Decimal("0.4"),
        "1",
        "打开看过",
    )
    assert AnswerStep.objects.get().by == reviewer.person
    with pytest.raises(Unusable, match="已有采用的答案"):
        answers.confirm(reviewer, entry, "1-1")
    with pytest.raises(Unusable, match="没有对要点 9-9 作出判断"):
        answers.confirm(reviewer, entry, "9-9")
    with pytest.raises(NotAllowed):
        answers.confirm(somebody(RoleKind.COLLECTOR), entry, "1-1")
