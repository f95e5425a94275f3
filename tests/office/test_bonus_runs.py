"""The bonus of many entries: reckoned beside, written at once or not at all, the same as one by one."""

import time
from decimal import Decimal
from typing import Any

import pytest
from panelled import Panelled
from test_case_results import BONUS_CHECK, a_judged_panel, state_of_answers, voted, with_totals

from govgauge.errors import Unusable
from govgauge.office.domain import answers, bonus_runs, case_bonus, case_counts, points
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.domain.answers import Said
from govgauge.office.models import (
    Answer,
    AnswerSource,
    AnswerStep,
    CaseBonusRun,
    CaseBonusStep,
    CaseCount,
    Change,
    Judgement,
    Result,
    RoundState,
)
from govgauge.office.queries.accepted import accepted

OTHER = "1.1.1-1"


def published(**bonus: object) -> tuple[Panelled, CaseCount]:
    made = a_judged_panel(bonus={"mode": "chosen", "per_case": "4", **bonus})
    with_totals(made)
    voted(made)
    count = case_counts.count(made.chair, made.call)
    case_counts.publish(made.chair, count)
    return made, count


def whole_state() -> tuple[Any, ...]:
    return (*state_of_answers(), list(Result.objects.order_by("entry").values_list("entry", "low", "high", "answered")))


def said(value: str, source: AnswerSource = AnswerSource.CODING) -> Said:
    return Said(value=Decimal(value), source=source, reason="按上年")


def test_what_is_written_at_once_is_what_is_written_one_by_one() -> None:
    made, count = published()
    case_bonus.bring_in(made.chair, count)
    together = whole_state()
    for entry in made.round.entries.all():
        points.refresh(entry.pk)
    assert whole_state() == together
    one = Answer.objects.get(entry=made.cases[0].entry, check_id=BONUS_CHECK)
    row = Change.objects.get(verb="answer.accept", record=str(one.pk))
    plain = answers.accept(made.chair, made.cases[0].entry, "7-2", "7", said("0.4", AnswerSource.CASES))
    other = Change.objects.get(verb="answer.accept", record=str(plain.pk))
    assert row.after.keys() == other.after.keys()
    assert (row.before, row.topic, row.actor, row.entry) == (other.before, other.topic, other.actor, one.entry)
    assert list(one.steps.values_list("number", "value", "source", "holds")) == [(1, Decimal("0.4"), "cases", True)]


def test_who_is_judged_anew_while_it_is_reckoned_gets_points_of_the_new_answers() -> None:
    made, count = published()
    entry = made.cases[0].entry

    def meanwhile(_done: int, _total: int) -> None:
        if not Answer.objects.filter(entry=entry, check_id=OTHER).exists():
            answers.accept(PROGRAM, entry, OTHER, "1.1.1", said("1"))

    case_bonus.bring_in(made.chair, count, meanwhile)
    together = whole_state()
    points.refresh(entry.pk)
    assert whole_state() == together
    assert set(accepted([entry.pk], made.round.as_of)[entry.pk]) == {OTHER, BONUS_CHECK}


def test_nothing_is_written_where_the_round_is_frozen_meanwhile() -> None:
    made, count = published()
    before = whole_state()

    def frozen(_done: int, _total: int) -> None:
        made.round.state = RoundState.FROZEN
        made.round.save()

    with pytest.raises(Unusable, match="已冻结"):
        case_bonus.bring_in(made.chair, count, frozen)
    assert whole_state() == before
    assert not CaseBonusStep.objects.exists()
    assert not Change.objects.filter(verb="answer.accept").exists()


def test_an_objection_that_was_reopened_holds_no_bonus_up() -> None:
    made, count = published()
    entry = made.cases[0].entry
    answer = answers.accept(PROGRAM, entry, BONUS_CHECK, "7", said("1", AnswerSource.OBJECTION))
    answers.let_go(PROGRAM, answer, "重新核对")
    case_bonus.bring_in(made.chair, count)
    assert Answer.objects.get(pk=answer.pk).value == Decimal("0.4")
    case_bonus.take_out(made.chair, count)
    again = Answer.objects.get(pk=answer.pk)
    assert (again.source, again.holds) == (AnswerSource.OBJECTION, False), (
        "what did not hold before does not hold after"
    )
    assert BONUS_CHECK not in accepted([entry.pk], made.round.as_of).get(entry.pk, {})
    assert AnswerStep.objects.filter(answer=answer).count() == 4


def test_a_run_beside_tells_how_far_it_is_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    made, count = published()
    before = state_of_answers()
    with pytest.raises(NotAllowed):
        bonus_runs.begin(made.experts[0], count, applied=True)
    run = bonus_runs.begin(made.chair, count, applied=True)
    ended(run)
    assert (run.failure, run.done, run.total) == ("", 4, 4)
    assert case_bonus.is_applied(count)
    with pytest.raises(Unusable, match="已计入总分"):
        bonus_runs.begin(made.chair, count, applied=True)
    monkeypatch.setattr(bonus_runs, "SMALL", 0)
    with pytest.raises(Unusable, match="先在“案例加分”中从总分取消"):
        case_counts.take_back(made.chair, count, "计票办法有误")
    ended(bonus_runs.begin(made.chair, count, applied=False))
    assert state_of_answers() == before


def ended(run: CaseBonusRun) -> None:
    until = time.monotonic() + 20
    while run.ended_at is None and time.monotonic() < until:
        time.sleep(0.05)
        run.refresh_from_db()
    assert run.ended_at is not None


def test_a_run_that_fails_says_why_and_one_that_was_cut_off_lets_another_begin() -> None:
    made, count = published()
    before = whole_state()
    dead = CaseBonusRun.objects.create(count=count, applied=True, by=made.chair.person, beat_at=count.at)
    CaseBonusRun.objects.update(beat_at=count.at - 2 * bonus_runs.GIVEN_UP)
    dead.refresh_from_db()
    assert not bonus_runs.is_under_way(dead)
    CaseBonusRun.objects.update(beat_at=count.at)
    with pytest.raises(Unusable, match="正在计算"):
        bonus_runs.begin(made.chair, count, applied=True)
    made.round.state = RoundState.FROZEN
    made.round.save()
    bonus_runs.carry_out(dead.pk, made.chair, count)
    dead.refresh_from_db()
    assert dead.ended_at is not None
    assert "已冻结" in dead.failure
    assert whole_state() == before


def test_the_rows_that_cut_a_judgement_short_stay_as_they_are() -> None:
    made, count = published()
    bodies = list(Judgement.objects.order_by("pk").values_list("body", "digest"))
    case_bonus.bring_in(made.chair, count)
    assert list(Judgement.objects.order_by("pk").values_list("body", "digest")) == bodies
