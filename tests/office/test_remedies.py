"""Findings put right: every step a row, and nobody closes but a re-check."""

from datetime import date

import pytest
from sent_findings import NOW, a_finding, an_entry, in_days, looked, notified, somebody, state, steps

from govgauge.errors import Unusable
from govgauge.office.domain import (
    notices,
    remedies,
    remedy_days,
    remedy_reports,
    self_checks,
)
from govgauge.office.domain.acting import PROGRAM, NotAllowed
from govgauge.office.domain.remedy_days import DayDone
from govgauge.office.domain.remedy_outcomes import Seen
from govgauge.office.models import (
    Change,
    Entry,
    Finding,
    Notice,
    Remedy,
    RemedyState,
    RoleKind,
    Round,
)
from govgauge.office.remedy_rules import after


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Rows are locked by different means."""
    return str(request.param)


@pytest.fixture
def round_() -> Round:
    return Round.objects.create(slug="r", title="r", rules="inspection-2019", as_of=date(2025, 11, 30))


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
