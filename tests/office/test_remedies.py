"""Findings put right: every step a row, nobody closes but a re-check, and time brings what it brings once."""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connections, transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone
from offices import govgauge
from rounds_of_sites import took

from govgauge.errors import Unusable
from govgauge.office.domain import (
    jobs,
    notices,
    remedies,
    remedy_days,
    remedy_deadlines,
    remedy_outcomes,
    remedy_reports,
    remedy_stuck,
    self_checks,
)
from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed, acting_as
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
    Person,
    Remedy,
    RemedyDeadline,
    RemedyState,
    RemedyStep,
    Role,
    RoleKind,
    Round,
    RoundState,
    SelfCheck,
)
from govgauge.office.queries.remedy_statistics import statistics
from govgauge.office.remedy_rules import Remedying, after
from govgauge.office.workdays import Calendar

NOW = datetime(2026, 1, 5, 4, tzinfo=timezone.get_fixed_timezone(0))


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


def an_entry(round_: Round, key: str = "某省/甲市", url: str = "http://a.test/") -> Entry:
    name = key.rpartition("/")[2]
    return Entry.objects.create(round=round_, key=key, name=name, system="2025-city", profile="city", url=url)


def a_finding(entry: Entry, number: int = 1, audit: str = "broken-link") -> Finding:
    return Finding.objects.create(
        entry=entry,
        identity=f"{number:016x}",
        audit=audit,
        page=f"{entry.url}p{number}",
        slug="failure",
        first_seen=NOW,
        last_seen=NOW,
        first_visit=1,
        last_visit=1,
    )


def somebody(kind: RoleKind, scope: str = "") -> Acting:
    number = Person.objects.count()
    person = Person.objects.create_user(f"p{number}@example.test", name=f"某人{number}")
    Role.objects.create(person=person, kind=kind, scope=scope)
    return acting_as(person)


def notified(entry: Entry, count: int = 1, due: date | None = None) -> list[int]:
    """Remedies of so many findings, sent to their body."""
    findings = [a_finding(entry, number + 1).id for number in range(count)]
    done = remedies.notify(PROGRAM, entry.round, findings, due or date.today() + timedelta(days=15))  # noqa: DTZ011
    return [remedy.id for remedy in done.remedies]


def steps(number: int) -> list[str]:
    return list(Remedy.objects.get(id=number).steps.order_by("id").values_list("kind", flat=True))


def state(number: int) -> str:
    return Remedy.objects.get(id=number).state


def looked(numbers: Sequence[int], seen: Seen) -> None:
    """A re-check of these has ended."""
    job = Job.objects.filter(task__startswith="recheck").latest("id")
    Job.objects.filter(id=job.id).update(state=JobState.DONE, ended_at=timezone.now())
    with transaction.atomic():
        remedy_outcomes.record(job, dict.fromkeys(numbers, seen), Path("evidence/r/1/1-x"))


def test_the_main_way_from_notice_to_closing(round_: Round) -> None:
    entry = an_entry(round_)
    office, body = somebody(RoleKind.REVIEWER), somebody(RoleKind.ASSESSED, entry.key)
    (one,) = notified(entry)
    assert remedies.notify(office, round_, [a_finding(entry, 9).id]).count == 1
    assert remedy_reports.claim(body, round_, [one]).count == 1
    assert remedy_reports.report_fixed(body, round_, [one], "换了链接").count == 1
    assert state(one) == RemedyState.REPORTED
    looked([one], Seen.THERE)
    assert state(one) == RemedyState.CLAIMED
    remedy_reports.report_fixed(body, round_, [one])
    looked([one], Seen.GONE)
    assert steps(one) == [
        *("notified", "claimed", "reported-fixed", "recheck-asked", "seen-again"),
        *("reported-fixed", "recheck-asked", "gone", "closed"),
    ]
    remedy = Remedy.objects.get(id=one)
    assert (remedy.state, remedy.version) == (RemedyState.CLOSED, 9)
    assert remedy.closed_at is not None
    assert remedy.finding.gone_since is not None
    told = list(Notice.objects.filter(person=body.person).order_by("id").values_list("event", flat=True))
    assert told == ["finding-notified", "finding-notified", "remedy-rechecked", "remedy-rechecked"]
    assert Change.objects.filter(topic="Remedy", record=str(one)).count() == 10


def test_what_lists_show_is_what_the_steps_came_to(round_: Round) -> None:
    entry = an_entry(round_)
    (one,) = notified(entry)
    remedy_reports.report_no_fix(PROGRAM, round_, [one], "已停用")
    remedies.decide_explanation(PROGRAM, round_, [one], agree=False, note="仍可访问")
    now: RemedyState | None = None
    for kind in Remedy.objects.get(id=one).steps.order_by("id").values_list("kind", flat=True):
        now = after(kind, now)
    assert now == state(one) == RemedyState.CLAIMED


def test_nobody_but_a_recheck_closes(round_: Round) -> None:
    entry = an_entry(round_)
    (one,) = notified(entry)
    told = remedies.review(somebody(RoleKind.REVIEWER), round_, [one], agree=True)
    assert (told.count, state(one)) == (0, RemedyState.NOTIFIED)
    assert "不能作二次审核" in told.left_out[0]


@pytest.mark.parametrize("audit", ["wrong-word", "foreign-link", "personal-data-leak"])
def test_delicate_findings_are_confirmed_by_a_second_person_before_and_after(round_: Round, audit: str) -> None:
    entry = an_entry(round_)
    first, second = somebody(RoleKind.REVIEWER), somebody(RoleKind.REVIEWER)
    body = somebody(RoleKind.ASSESSED, entry.key)
    (remedy,) = remedies.notify(first, round_, [a_finding(entry, audit=audit).id]).remedies
    assert remedy.state == RemedyState.PROPOSED
    assert Notice.objects.filter(person=body.person).count() == 0
    assert "须由另一人审核" in remedies.review(first, round_, [remedy.id], agree=True).left_out[0]
    assert remedies.review(second, round_, [remedy.id], agree=True).count == 1
    assert state(remedy.id) == RemedyState.NOTIFIED
    assert Notice.objects.filter(person=body.person).count() == 1
    remedy_reports.report_fixed(body, round_, [remedy.id])
    looked([remedy.id], Seen.GONE)
    assert state(remedy.id) == RemedyState.CONFIRMING
    with pytest.raises(Unusable, match="请写明理由"):
        remedies.review(first, round_, [remedy.id], agree=False)
    remedies.review(first, round_, [remedy.id], agree=False, note="图片里还有")
    assert state(remedy.id) == RemedyState.CLAIMED
    remedy_reports.report_fixed(body, round_, [remedy.id])
    looked([remedy.id], Seen.GONE)
    remedies.review(first, round_, [remedy.id], agree=True)
    assert state(remedy.id) == RemedyState.CLOSED


def test_a_second_person_can_spare_a_body_a_false_alarm(round_: Round) -> None:
    entry = an_entry(round_)
    body = somebody(RoleKind.ASSESSED, entry.key)
    (remedy,) = remedies.notify(somebody(RoleKind.REVIEWER), round_, [a_finding(entry, audit="wrong-word").id]).remedies
    remedies.review(somebody(RoleKind.REVIEWER), round_, [remedy.id], agree=False, note="引文原样如此")
    assert state(remedy.id) == RemedyState.DROPPED
    assert Notice.objects.filter(person=body.person).count() == 0


def test_a_finding_is_sent_once_and_only_while_it_is_there(round_: Round) -> None:
    entry = an_entry(round_)
    finding, gone = a_finding(entry), a_finding(entry, 2)
    gone.gone_since = NOW
    gone.save()
    assert remedies.notify(PROGRAM, round_, [finding.id, gone.id]).count == 1
    told = remedies.notify(PROGRAM, round_, [finding.id, gone.id])
    assert told.count == 0
    assert ["已经处理过" in told.left_out[0], "已经不在" in told.left_out[1]] == [True, True]


def test_a_body_acts_on_its_own_remedies_only(round_: Round) -> None:
    own, other = an_entry(round_), an_entry(round_, "某省/乙市", "http://b.test/")
    (one,), body = notified(other), somebody(RoleKind.ASSESSED, own.key)
    assert remedy_reports.claim(body, round_, [one]) == remedies.Done(())
    for act in (
        lambda: remedies.notify(body, round_, [a_finding(own).id]),
        lambda: remedies.review(body, round_, [one], agree=True),
        lambda: remedies.urge(body, round_, [one]),
        lambda: remedy_reports.claim(somebody(RoleKind.REVIEWER), round_, [one]),
        lambda: self_checks.start(body, other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert steps(one) == ["notified"]


def test_who_saw_an_older_state_decides_nothing_unseen(round_: Round) -> None:
    entry = an_entry(round_)
    (one,) = notified(entry)
    version = Remedy.objects.get(id=one).version
    remedy_reports.claim(PROGRAM, round_, [one], "甲认领", seen={one: version})
    told = remedy_reports.report_no_fix(PROGRAM, round_, [one], "乙以为不用改", seen={one: version})
    assert told.count == 0
    assert "刚有人处理过，现在是“整改中”" in told.left_out[0]
    assert steps(one) == ["notified", "claimed"]


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


def overdue(entry: Entry, days: int) -> int:
    """A remedy whose deadline was so many days ago."""
    (one,) = notified(entry)
    Remedy.objects.filter(id=one).update(due=timezone.localdate() - timedelta(days=days))
    return one


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


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


def test_an_accepted_explanation_holds_for_a_time_and_while_the_finding_is_the_same(round_: Round) -> None:
    entry = an_entry(round_)
    one, two = notified(entry, 2)
    remedy_reports.report_no_fix(PROGRAM, round_, [one, two], "外单位网站，已函告")
    remedies.decide_explanation(PROGRAM, round_, [one, two], agree=True)
    assert remedy_days.day(in_days(100)) == DayDone()
    Finding.objects.filter(remedy=one).update(excerpt="换了内容")
    assert remedy_days.day() == DayDone(lapsed=1)
    assert (state(one), state(two)) == (RemedyState.NOTIFIED, RemedyState.EXCUSED)
    assert remedy_days.day(in_days(181)).lapsed == 1
    assert state(two) == RemedyState.NOTIFIED


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


def test_the_command_does_what_is_due_once(round_: Round) -> None:
    overdue(an_entry(round_), 30)
    connections.close_all()
    told = [json.loads(govgauge("office", "tick", "--json")) for _ in range(2)]
    assert [one["days"]["urged"] for one in told] == [1, 0]
    assert [one["days"]["escalated"] for one in told] == [1, 0]


def test_too_many_or_none_at_once_is_refused_in_a_sentence(round_: Round) -> None:
    with pytest.raises(Unusable, match="没有选中"):
        remedies.notify(PROGRAM, round_, [])
    with pytest.raises(Unusable, match="一次最多处理 500 个"):
        remedies.urge(PROGRAM, round_, list(range(501)))


def test_people_are_told_once_for_all_findings_of_an_act(round_: Round) -> None:
    entry = an_entry(round_)
    body = somebody(RoleKind.ASSESSED, entry.key)
    notified(entry, 40)
    (notice,) = notices.Notice.objects.filter(person=body.person)
    assert notice.facts["count"] == 40


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


def test_nobody_has_to_mend_a_former_site_or_the_site_of_who_has_left(round_: Round) -> None:
    entry, gone = an_entry(round_), an_entry(round_, "某省/乙市", "http://b.test/")
    numbers = [a_finding(entry).id, a_finding(gone).id]
    entry.findings.update(superseded=True)
    Entry.objects.filter(id=gone.id).update(standing="gone")
    done = remedies.notify(PROGRAM, round_, numbers)
    assert done.count == 0
    assert ["属于以前的网站" in done.left_out[0], "已不参加评估" in done.left_out[1]] == [True, True]


def test_it_is_said_of_which_bodies_nobody_hears_what_is_sent(round_: Round) -> None:
    entry, other = an_entry(round_), an_entry(round_, "某省/乙市", "http://b.test/")
    somebody(RoleKind.ASSESSED, other.key)
    done = remedies.notify(PROGRAM, round_, [a_finding(entry).id, a_finding(other).id])
    assert done.count == 2
    assert [sentence.partition("：")[0] for sentence in done.besides] == ["1 个单位还没有人有账号，通知没有人收到"]
