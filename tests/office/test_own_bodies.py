"""Who stands for an assessed body judges nothing of it, whatever other roles they have."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from answered import a_batch, a_round, an_entry, assigned, person_of, somebody, submitted
from collecting import wanted
from sent_findings import a_finding, notified, state

from govgauge.errors import Unusable
from govgauge.office.check_work import works
from govgauge.office.domain import (
    adjudicating,
    batches,
    coding_plans,
    codings,
    double_coding,
    remedies,
    remedy_reports,
    remedy_stuck,
    reopening,
    reviews,
)
from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed, acting_as
from govgauge.office.domain.answers import Said, accept, confirm
from govgauge.office.models import AnswerSource, Dispute, Entry, Part, Remedy, RemedyState, Role, RoleKind, Round

MANUAL = [work.check for work in works("2025-county", "county") if work.method == "manual"][:3]
OWN = "请由别人"


@pytest.fixture
def round_() -> Round:
    return a_round()


@pytest.fixture
def entry(round_: Round) -> Entry:
    return an_entry(round_, "甲县")


def both(entry: Entry, *kinds: RoleKind) -> Acting:
    """Somebody of the office who stands for a body, too."""
    person = person_of(somebody(RoleKind.ASSESSED, scope=entry.key))
    for kind in kinds:
        Role.objects.create(person=person, kind=kind)
    return acting_as(person)


def test_nobody_decides_about_answers_of_their_own_body(round_: Round, entry: Entry) -> None:
    mine = both(entry, RoleKind.REVIEWER, RoleKind.ADJUDICATOR)
    one, two = (person_of(somebody(RoleKind.COLLECTOR)) for _ in range(2))
    batch = a_batch(round_)
    waiting = submitted(assigned(batch, entry, one, check=MANUAL[0]), "1")
    disputed = [
        submitted(assigned(batch, entry, who, check=MANUAL[1], part=part), value)
        for who, part, value in ((one, Part.FIRST, "0"), (two, Part.SECOND, "1"))
    ]
    double_coding.settle(disputed[0])
    answer = accept(PROGRAM, entry, MANUAL[2], "1.1.1", Said(value=Decimal(1), source=AnswerSource.CODING))
    for verb in (
        lambda: reviews.accept(mine, waiting, waiting.version),
        lambda: reviews.reject(mine, waiting, waiting.version, "请补充证据"),
        lambda: adjudicating.decide(mine, Dispute.objects.get(), Decimal(1), "看过两份"),
        lambda: reopening.reopen(mine, answer, answer.version, "请重新核对"),
        lambda: confirm(mine, entry, MANUAL[2]),
    ):
        with pytest.raises(NotAllowed, match=OWN):
            verb()
    assert reviews.accept(both(an_entry(round_, "乙县"), RoleKind.REVIEWER), waiting, waiting.version)


def test_the_rest_of_a_batch_leaves_out_the_own_body(round_: Round, entry: Entry) -> None:
    mine = both(entry, RoleKind.REVIEWER)
    coder, batch = person_of(somebody(RoleKind.COLLECTOR)), a_batch(round_)
    waiting = [
        submitted(assigned(batch, one, coder, check=MANUAL[0]), "1")
        for one in (entry, an_entry(round_, "乙县"), an_entry(round_, "丙县"), an_entry(round_, "丁县"))
    ]
    other = somebody(RoleKind.REVIEWER)
    sample = reviews.draw(other, batch, Decimal("0.01"))
    (drawn,) = [one for one in waiting if one.assignment in sample.assignments.all()]
    reviews.accept(other, drawn, drawn.version)
    left = 1 if drawn.assignment.entry_id != entry.id else 0
    assert reviews.accept_rest(mine, batch) == 3 - left
    assert reviews.accept_rest(other, batch) == left


def test_nobody_collects_their_own_body(round_: Round, entry: Entry) -> None:
    mine, other = both(entry, RoleKind.COLLECTOR), somebody(RoleKind.COLLECTOR)
    with pytest.raises(Unusable, match="不能采集它"):
        coding_plans.propose(PROGRAM, round_, wanted(person_of(mine), person_of(other)))
    batch = a_batch(round_)
    task = assigned(batch, entry, person_of(other), check=MANUAL[0])
    assert batches.move(PROGRAM, round_, person_of(other), [person_of(mine).id]).stuck == 1
    late = assigned(batch, entry, person_of(mine), check=MANUAL[1])
    kept = codings.save(mine, late, 0, codings.Draft(value=Decimal(1), justification="见首页", confidence="sure"))
    with pytest.raises(NotAllowed, match=OWN):
        codings.submit(mine, late, kept.version)
    done = codings.save(other, task, 0, codings.Draft(value=Decimal(1), justification="见首页栏目", confidence="sure"))
    assert codings.submit(other, task, done.version)


def test_nobody_settles_findings_of_their_own_body(round_: Round, entry: Entry) -> None:
    mine, office = both(entry, RoleKind.REVIEWER), somebody(RoleKind.REVIEWER)
    (excused,) = notified(entry)
    remedy_reports.report_no_fix(mine, round_, [excused], "已停用")
    proposed = remedies.notify(office, round_, [a_finding(entry, 9, "wrong-word").id]).remedies[0].id
    (stuck,) = remedies.notify(office, round_, [a_finding(entry, 8).id]).remedies
    Remedy.objects.filter(id=stuck.id).update(state=RemedyState.UNJUDGED)
    tomorrow = date.today() + timedelta(days=60)  # noqa: DTZ011
    acts = (
        lambda who: remedies.decide_explanation(who, round_, [excused], agree=True),
        lambda who: remedies.review(who, round_, [proposed], agree=False, note="不是错字"),
        lambda who: remedy_stuck.send_back(who, round_, [stuck.id], "请再看"),
        lambda who: remedies.postpone(who, round_, [stuck.id], tomorrow, "请示"),
    )
    for act in acts[:3]:
        done = act(mine)
        assert (done.count, len(done.left_out)) == (0, 1)
        assert OWN in done.left_out[0]
    other = somebody(RoleKind.REVIEWER)
    assert [act(other).count for act in acts] == [1, 1, 1, 1]
    assert acts[3](mine).left_out[0].endswith("(nobody judges their own body).")
    assert state(excused) == RemedyState.EXCUSED
