"""Deadlines of remedies: working days, urging, going up, and a clock that stands still while others are to act."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from offices import govgauge
from sent_findings import a_finding, an_entry, in_days, looked, notified, somebody, steps

from govgauge.errors import Unusable
from govgauge.office.domain import (
    remedies,
    remedy_days,
    remedy_deadlines,
    remedy_reports,
)
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.remedy_days import DayDone
from govgauge.office.domain.remedy_outcomes import Seen
from govgauge.office.models import (
    Entry,
    Remedy,
    RemedyDeadline,
    RemedyState,
    RemedyStep,
    RoleKind,
    Round,
    Standing,
)
from govgauge.office.queries.remedy_statistics import statistics
from govgauge.office.remedy_rules import Remedying
from govgauge.office.workdays import Calendar


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Rows are locked by different means."""
    return str(request.param)


@pytest.fixture
def round_() -> Round:
    return Round.objects.create(slug="r", title="r", rules="inspection-2019", as_of=date(2025, 11, 30))


def overdue(entry: Entry, days: int) -> int:
    """A remedy whose deadline was so many days ago."""
    (one,) = notified(entry)
    Remedy.objects.filter(id=one).update(due=timezone.localdate() - timedelta(days=days))
    return one


def in_workdays(count: int) -> datetime:
    today = timezone.localdate()
    return in_days((Calendar().after(today, count).day - today).days)


def test_overdue_findings_are_urged_at_intervals_and_go_up_once(round_: Round) -> None:
    entry = an_entry(round_)
    body, above = somebody(RoleKind.ASSESSED, entry.key), somebody(RoleKind.SUPERVISOR, "某省")
    beside = somebody(RoleKind.SUPERVISOR, "别省")
    one = overdue(entry, 1)
    assert [remedy_days.day() for _ in range(2)] == [DayDone(urged=1), DayDone()]
    assert remedy_days.day(in_workdays(4)) == DayDone()
    assert remedy_days.day(in_workdays(5)) == DayDone(urged=1)
    assert steps(one) == ["notified", "urged", "urged"]
    assert [remedy_days.day(in_workdays(8)).escalated for _ in range(2)] == [1, 0]
    assert steps(one).count("escalated") == 1
    assert [notice.event for notice in above.person.notices.all()] == ["remedy-escalated"]  # type: ignore[union-attr]
    assert beside.person.notices.count() == 0  # type: ignore[union-attr]
    assert body.person.notices.filter(event="remedy-urged").count() >= 2  # type: ignore[union-attr]


def test_a_region_without_a_supervisor_is_told_to_the_office(round_: Round) -> None:
    office = somebody(RoleKind.REVIEWER)
    one = overdue(an_entry(round_), 30)
    assert remedy_days.day() == DayDone(urged=1, escalated=1)
    assert "没有登记主管" in Remedy.objects.get(id=one).steps.get(kind="escalated").note
    assert office.person.notices.get().event == "remedy-escalated"  # type: ignore[union-attr]


def test_what_waits_for_the_office_or_a_recheck_is_not_overdue(round_: Round) -> None:
    entry = an_entry(round_)
    one = overdue(entry, 30)
    remedy_reports.report_fixed(PROGRAM, round_, [one])
    assert remedy_days.day() == DayDone()


def test_a_deadline_is_postponed_with_a_reason_and_the_old_one_stays(round_: Round) -> None:
    one = overdue(an_entry(round_), 3)
    later = timezone.localdate() + timedelta(days=20)
    with pytest.raises(Unusable, match="请写明理由"):
        remedies.postpone(PROGRAM, round_, [one], later, " ")
    with pytest.raises(Unusable, match="已经过去"):
        remedies.postpone(PROGRAM, round_, [one], date(2020, 1, 1), "x")
    remedies.postpone(PROGRAM, round_, [one], later, "系统升级")
    assert remedy_days.day() == DayDone()
    assert RemedyDeadline.objects.filter(remedy_id=one).count() == 2


def test_the_command_does_what_is_due_once(round_: Round) -> None:
    overdue(an_entry(round_), 30)
    connections.close_all()
    told = [json.loads(govgauge("office", "tick", "--json")) for _ in range(2)]
    assert [one["days"]["urged"] for one in told] == [1, 0]
    assert [one["days"]["escalated"] for one in told] == [1, 0]


def test_deadlines_are_working_days_with_the_public_holidays() -> None:
    rules = Remedying(days=5, urge_days=5, escalate_days=7)
    before_national_day = date(2025, 9, 29)
    assert remedy_deadlines.due_from(rules, before_national_day) == date(2025, 10, 13)
    assert remedy_deadlines.urged_before(rules, date(2025, 10, 14)) == date(2025, 10, 8)
    assert remedy_deadlines.up_before(rules, date(2025, 10, 17)) == date(2025, 10, 8)


def on(day: date, *numbers: int) -> None:
    """As if the last step of these had been taken on a day."""
    for number in numbers:
        step = Remedy.objects.get(id=number).steps.latest("id")
        RemedyStep.objects.filter(id=step.id).update(at=timezone.make_aware(datetime.combine(day, datetime.min.time())))


def waited(number: int, due: date, reported: date) -> None:
    """A body reported on a day, before its deadline."""
    Remedy.objects.filter(id=number).update(due=due)
    remedy_reports.report_no_fix(PROGRAM, Remedy.objects.get(id=number).round, [number], "本来如此")
    on(reported, number)


@pytest.mark.parametrize("left", [3, 0])
def test_the_clock_of_a_body_stands_still_while_others_are_to_act(round_: Round, left: int) -> None:
    (one,) = notified(an_entry(round_))
    today = timezone.localdate()
    reported = Calendar().before(today, 20)
    waited(one, Calendar().after(reported, left).day, reported)
    remedies.decide_explanation(PROGRAM, round_, [one], agree=False, note="请整改")
    remedy = Remedy.objects.get(id=one)
    assert (remedy.state, remedy.due) == (RemedyState.CLAIMED, Calendar().after(today, left).day)
    assert remedy.deadlines.latest("id").why == remedy_deadlines.WAITED
    assert remedy_days.day() == DayDone()


def test_who_was_late_with_the_report_is_as_late_when_it_comes_back(round_: Round) -> None:
    (one,) = notified(an_entry(round_))
    today = timezone.localdate()
    reported = Calendar().before(today, 20)
    waited(one, Calendar().before(reported, 2), reported)
    remedies.decide_explanation(PROGRAM, round_, [one], agree=False, note="请整改")
    due = Remedy.objects.get(id=one).due
    assert due == Calendar().before(today, 2)
    assert remedy_days.day().urged == 1


def test_who_reported_in_time_was_in_time_however_long_the_recheck_took(round_: Round) -> None:
    one, other = notified(an_entry(round_), 2)
    today = timezone.localdate()
    for number, days in ((one, 5), (other, 3)):
        remedy_reports.report_fixed(PROGRAM, round_, [number])
        on(today - timedelta(days=days), number)
        RemedyStep.objects.filter(remedy=number, kind="reported-fixed").update(at=timezone.now() - timedelta(days=days))
        Remedy.objects.filter(id=number).update(due=today - timedelta(days=4))
    looked([one, other], Seen.GONE)
    told = statistics(Remedy.objects.all(), today).total
    assert (told.closed, told.in_time) == (2, 1)


def test_a_deadline_is_never_made_earlier_under_the_word_postponed(round_: Round) -> None:
    (one,) = notified(an_entry(round_))
    before = Remedy.objects.get(id=one).due
    done = remedies.postpone(PROGRAM, round_, [one], timezone.localdate(), "改早")
    assert (done.count, "没有改早" in done.left_out[0]) == (0, True)
    assert Remedy.objects.get(id=one).due == before


def test_what_waited_for_its_second_review_has_all_its_working_days(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, today = an_entry(round_), timezone.localdate()
    due = Calendar().after(today, 15).day
    done = remedies.notify(somebody(RoleKind.REVIEWER), round_, [a_finding(entry, 1, "wrong-word").id], due)
    (late, soon) = (in_workdays(20), in_workdays(0))
    for now in (late, soon):
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        with transaction.atomic():
            remedies.review(somebody(RoleKind.REVIEWER), round_, [done.remedies[0].id], agree=True)
            found = Remedy.objects.get(id=done.remedies[0].id).due
            transaction.set_rollback(True)
        assert found == Calendar().after(timezone.localdate(now), 15).day


def test_a_body_that_is_there_no_more_is_not_urged(round_: Round) -> None:
    entry = an_entry(round_)
    one = overdue(entry, 30)
    Entry.objects.filter(id=entry.id).update(standing=Standing.MERGED)
    assert remedy_days.day() == DayDone()
    assert steps(one) == ["notified"]
