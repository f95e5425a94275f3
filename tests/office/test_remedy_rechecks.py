"""Remedies are looked at again: together, in time, not without end, and by hand where the program never can."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db.models import F
from django.test import override_settings
from django.utils import timezone
from rounds_of_sites import took
from sent_findings import NOW, a_finding, an_entry, in_days, looked, notified, somebody, state

from govgauge.errors import Unusable
from govgauge.office.domain import (
    jobs,
    remedies,
    remedy_days,
    remedy_outcomes,
    remedy_reports,
    remedy_stuck,
    self_checks,
)
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.remedy_days import DayDone
from govgauge.office.domain.remedy_outcomes import Seen
from govgauge.office.domain.rounds import open_jobs
from govgauge.office.models import (
    Change,
    Entry,
    Finding,
    Job,
    JobState,
    Notice,
    Remedy,
    RemedyState,
    RemedyStep,
    RoleKind,
    Round,
    RoundState,
    SelfCheck,
)
from govgauge.office.workdays import Calendar


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Rows are locked by different means."""
    return str(request.param)


@pytest.fixture
def settings_home(office: Path) -> Iterator[None]:
    """Files are kept in this test's office."""
    with override_settings(HOME=office):
        yield


@pytest.fixture
def round_() -> Round:
    return Round.objects.create(slug="r", title="r", rules="inspection-2019", as_of=date(2025, 11, 30))


def test_several_findings_of_a_body_are_looked_at_together(round_: Round) -> None:
    entry = an_entry(round_)
    many = notified(entry, 30)
    assert remedy_reports.ask_recheck(PROGRAM, round_, many[:20]).count == 20
    assert remedy_reports.ask_recheck(PROGRAM, round_, many).count == 30
    (job,) = Job.objects.all()
    assert (job.task, job.lane, job.host) == ("recheck-1", "checks", "a.test")
    assert len(remedy_outcomes.asked(job)) == 30
    looked(many, Seen.THERE)
    assert Notice.objects.filter(event="remedy-rechecked").count() == 0


def test_a_site_is_not_asked_without_end(round_: Round) -> None:
    round_.settings = {"remedies": {"rechecks_a_day": 2}}
    round_.save()
    (one,) = notified(an_entry(round_))
    for _ in range(2):
        assert remedy_reports.ask_recheck(PROGRAM, round_, [one]).count == 1
        looked([one], Seen.UNKNOWN)
    told = remedy_reports.ask_recheck(PROGRAM, round_, [one])
    assert (told.count, "24 小时内已复查 2 次" in told.left_out[0]) == (0, True)
    assert Job.objects.count() == 2


def test_rechecks_and_self_checks_go_on_in_a_frozen_round_and_keep_nobody_from_freezing(round_: Round) -> None:
    entry = an_entry(round_)
    remedy_reports.ask_recheck(PROGRAM, round_, notified(entry))
    assert open_jobs(round_) == 0
    Round.objects.update(state=RoundState.FROZEN)
    job = took("w", "checks")
    assert job is not None
    jobs.give_back(job, "")
    Round.objects.update(state=RoundState.PAUSED)
    assert took("w", "checks") is None


def test_what_comes_back_is_reopened(round_: Round) -> None:
    entry = an_entry(round_)
    (one,) = notified(entry)
    remedy_reports.report_fixed(PROGRAM, round_, [one])
    looked([one], Seen.GONE)
    assert remedy_days.day() == DayDone()
    Finding.objects.update(gone_since=None, last_seen=in_days(1), last_visit=3)
    assert [remedy_days.day(in_days(2)) for _ in range(2)] == [DayDone(reopened=1), DayDone()]
    remedy = Remedy.objects.get(id=one)
    assert (remedy.state, remedy.closed_at) == (RemedyState.NOTIFIED, None)
    assert remedy.due == Calendar().after(timezone.localdate() + timedelta(days=2), 15).day


def test_what_a_visit_did_not_see_is_looked_at_again_and_closed_only_then(round_: Round) -> None:
    entry = an_entry(round_)
    (one,) = notified(entry)
    Finding.objects.update(gone_since=NOW)
    assert [remedy_days.day() for _ in range(2)] == [DayDone(rechecks=1), DayDone()]
    assert state(one) == RemedyState.NOTIFIED
    looked([one], Seen.GONE)
    assert state(one) == RemedyState.CLOSED


def test_what_could_not_be_judged_is_looked_at_again_the_next_day(round_: Round) -> None:
    (one,) = notified(an_entry(round_))
    remedy_reports.report_fixed(PROGRAM, round_, [one])
    looked([one], Seen.UNKNOWN)
    assert state(one) == RemedyState.REPORTED
    assert remedy_days.day() == DayDone()
    assert remedy_days.day(in_days(2)) == DayDone(rechecks=1)


def unjudged(entry: Entry, audit: str = "broken-link") -> int:
    """A remedy that could not be re-checked on three days."""
    done = remedies.notify(PROGRAM, entry.round, [a_finding(entry, 1, audit).id])
    one = done.remedies[0].id
    if done.remedies[0].state == RemedyState.PROPOSED:
        remedies.review(somebody(RoleKind.REVIEWER), entry.round, [one], agree=True)
    remedy_reports.report_fixed(PROGRAM, entry.round, [one])
    for number in range(3):
        looked([one], Seen.UNKNOWN)
        RemedyStep.objects.filter(remedy=one).update(at=F("at") - timedelta(days=1))
        stuck = remedy_days.day().stuck
        assert (stuck, state(one)) == ((1, "unjudged") if number == 2 else (0, "reported"))
    return one


def test_what_can_never_be_rechecked_goes_to_the_office_with_the_reason(round_: Round) -> None:
    office = somebody(RoleKind.REVIEWER)
    one = unjudged(an_entry(round_))
    last = RemedyStep.objects.filter(remedy=one).latest("id")
    assert (last.kind, last.note.startswith("3 天里复查了 3 次，都未能判断")) == ("stuck", True)
    assert Notice.objects.filter(event="remedy-review-wanted", person=office.person).count() == 1
    assert remedy_days.day(in_days(3)) == DayDone()
    with pytest.raises(Unusable, match="理由"):
        remedy_stuck.send_back(office, round_, [one], " ")
    assert remedy_stuck.send_back(office, round_, [one], "请放行评估程序后再报告").count == 1
    assert state(one) == RemedyState.CLAIMED
    remedy_reports.report_fixed(PROGRAM, round_, [one])
    looked([one], Seen.UNKNOWN)
    assert remedy_days.day().stuck == 0


def test_several_tries_of_one_day_are_not_enough_and_a_failed_job_is_a_try(round_: Round) -> None:
    (one,) = notified(an_entry(round_))
    remedy_reports.report_fixed(PROGRAM, round_, [one])
    for _ in range(4):
        looked([one], Seen.UNKNOWN)
        remedy_reports.ask_recheck(PROGRAM, round_, [one])
    assert remedy_days.day().stuck == 0
    for day in range(3):
        Job.objects.update(state=JobState.FAILED, ended_at=timezone.now(), reason="没有成功的访问")
        RemedyStep.objects.update(at=F("at") - timedelta(days=1))
        assert remedy_days.day() == (DayDone(stuck=1) if day == 2 else DayDone(rechecks=1))
    assert "没有成功的访问" in RemedyStep.objects.filter(kind="stuck").latest("id").note


def test_a_reported_remedy_without_a_site_waits_for_nobody(round_: Round) -> None:
    entry = an_entry(round_)
    (one,) = notified(entry)
    remedy_reports.report_fixed(PROGRAM, round_, [one])
    Entry.objects.update(url="")
    assert remedy_days.day().stuck == 1
    assert state(one) == RemedyState.UNJUDGED


@pytest.mark.usefixtures("settings_home")
def test_the_office_closes_by_hand_with_evidence_and_a_reason(round_: Round) -> None:
    looker, other = somebody(RoleKind.REVIEWER), somebody(RoleKind.REVIEWER)
    one = unjudged(an_entry(round_))
    with pytest.raises(Unusable, match="证据"):
        remedy_stuck.close_by_hand(looker, round_, one, "已更换", None)
    with pytest.raises(Unusable, match="理由"):
        remedy_stuck.close_by_hand(looker, round_, one, "", picture())
    assert remedy_stuck.close_by_hand(looker, round_, one, "当天打开网页，链接已更换", picture()).count == 1
    assert state(one) == RemedyState.CLOSED
    step = RemedyStep.objects.get(remedy=one, kind="by-hand")
    assert step.upload is not None
    assert (step.by, step.upload.name) == (looker.person, "看到的网页.png")
    told = Change.objects.filter(verb="remedy.by-hand").latest("id")
    assert (told.actor, told.reason) == (looker.person, "当天打开网页，链接已更换")
    assert remedy_days.day(in_days(3)) == DayDone()
    delicate = unjudged(an_entry(round_, "某省/乙市"), "wrong-word")
    remedy_stuck.close_by_hand(looker, round_, delicate, "已改", picture())
    assert state(delicate) == RemedyState.CONFIRMING
    assert remedy_days.day() == DayDone()
    assert remedies.review(looker, round_, [delicate], agree=True).count == 0
    assert remedies.review(other, round_, [delicate], agree=True).count == 1
    assert state(delicate) == RemedyState.CLOSED


def picture() -> tuple[BytesIO, str]:
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 20), "看到的网页.png"


def test_an_owner_checks_its_own_site_at_any_time_while_no_check_is_under_way(round_: Round) -> None:
    entry = an_entry(round_)
    body = somebody(RoleKind.ASSESSED, entry.key)
    check = self_checks.start(body, entry)
    assert (check.job.task, check.job.lane) == ("selfcheck-1", "checks")
    with pytest.raises(Unusable, match="还没有结束"):
        self_checks.start(body, entry)
    SelfCheck.objects.update(ended_at=timezone.now())
    round_.settings = {"remedies": {"self_check_hours": 24}}
    round_.save()
    with pytest.raises(Unusable, match="之后可以再查"):
        self_checks.start(body, Entry.objects.get(id=entry.id))
    round_.settings = {}
    round_.save()
    assert self_checks.start(body, entry).job.task == "selfcheck-2"
    Job.objects.update(state=JobState.FAILED)
    assert self_checks.start(body, entry).job.task == "selfcheck-3"
    with pytest.raises(Unusable, match="没有登记网站"):
        self_checks.start(PROGRAM, an_entry(round_, "某省/无网县", ""))
