"""Two blind coders, reviewers and adjudicators: who may say what, and what comes of it."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from answered import a_batch, a_round, an_entry, assigned, person_of, somebody, submitted
from django.test import override_settings

from govgauge.errors import Unusable
from govgauge.office.domain import (
    adjudicating,
    batches,
    coding_evidence,
    codings,
    double_coding,
    review_policies,
    reviews,
    training,
    uploads,
)
from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed, acting_as
from govgauge.office.domain.coding_steps import AFTER
from govgauge.office.models import (
    Answer,
    AnswerStep,
    Assignment,
    AssignmentState,
    Batch,
    Change,
    CheckGuide,
    Coding,
    CodingStepKind,
    Dispute,
    Notice,
    Part,
    Review,
    Role,
    RoleKind,
    Round,
    TrainingKind,
)
from govgauge.office.queries import review_work, trail
from govgauge.office.queries.review_work import ReviewSieve
from govgauge.office.queries.trail import TrailSieve


@pytest.fixture
def people() -> tuple[Acting, Acting, Acting, Acting]:
    """Two collectors, a reviewer and an adjudicator."""
    return (
        somebody(RoleKind.COLLECTOR, name="甲"),
        somebody(RoleKind.COLLECTOR, name="乙"),
        somebody(RoleKind.REVIEWER, name="丙"),
        somebody(RoleKind.ADJUDICATOR, name="丁"),
    )


def doubled(batch: Batch, people: tuple[Acting, ...], name: str, one: str | None, other: str | None) -> list[Coding]:
    """A check that two people have answered, and what came of it."""
    entry = an_entry(batch.round, name)
    made = [
        submitted(assigned(batch, entry, person_of(who), part=part), value)
        for who, part, value in ((people[0], Part.FIRST, one), (people[1], Part.SECOND, other))
    ]
    double_coding.settle(made[1])
    return made


def states() -> list[str]:
    return list(Assignment.objects.order_by("id").values_list("state", flat=True))


def no_thresholds(round_: Round, agreed: str = "at-once") -> None:
    facts = {"agreed": agreed, "alpha_below": None, "rejection_above": None, "fewest": 2}
    review_policies.change(PROGRAM, round_, **facts)


def test_what_agrees_is_accepted_at_once(people: tuple[Acting, ...]) -> None:
    doubled(a_batch(a_round()), people, "甲县", "1", "1")
    answer = Answer.objects.get()
    assert (answer.value, answer.source, answer.confidence, answer.version) == (1, "coding", 1, 1)
    assert AnswerStep.objects.get().by is None
    assert states() == ["accepted", "accepted"]
    assert not Dispute.objects.exists()


def test_both_may_say_that_it_does_not_apply_but_one_alone_is_disputed(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    doubled(batch, people, "甲县", None, None)
    doubled(batch, people, "乙县", None, "1")
    assert Answer.objects.get().not_applicable
    assert Dispute.objects.get().entry.name == "乙县"


def test_a_tolerance_of_the_check_lets_answers_differ_and_their_mean_holds(people: tuple[Acting, ...]) -> None:
    round_ = a_round()
    facts = {"system": "2025-county", "check_id": "1.1.1-1", "form": "share", "minutes": 5}
    CheckGuide.objects.create(round=round_, tolerance=Decimal("0.1"), **facts)
    batch = a_batch(round_)
    doubled(batch, people, "甲县", "0.5", "0.6")
    doubled(batch, people, "乙县", "0.5", "0.601")
    assert Answer.objects.get().value == Decimal("0.55")
    assert Dispute.objects.count() == 1


def test_settling_again_changes_nothing_and_one_alone_waits(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    codings_ = doubled(batch, people, "甲县", "0", "1")
    double_coding.settle(codings_[0])
    alone = submitted(assigned(batch, an_entry(batch.round, "乙县"), person_of(people[0])), "1")
    double_coding.settle(alone)
    assert (Dispute.objects.count(), Answer.objects.count()) == (1, 0)


def test_handing_in_settles_and_a_dispute_cannot_be_taken_back(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    entry = an_entry(batch.round, "甲县")
    submitted(assigned(batch, entry, person_of(people[0])), "1")
    second = assigned(batch, entry, person_of(people[1]), part=Part.SECOND)
    draft = codings.Draft(value=Decimal(0), justification="没有这一栏目", confidence="sure")
    saved = codings.save(people[1], second, 0, draft)
    codings.submit(people[1], second, saved.version)
    assert Dispute.objects.count() == 1
    with pytest.raises(Unusable, match="送去裁定"):
        codings.take_back(people[1], second)


def test_a_round_may_want_a_review_of_what_agrees(people: tuple[Acting, ...]) -> None:
    round_ = a_round()
    no_thresholds(round_, "after-review")
    first, _ = doubled(a_batch(round_), people, "甲县", "1", "1")
    assert not Answer.objects.exists()
    reviews.accept(people[2], first, first.version)
    assert states() == ["accepted", "accepted"]
    assert Answer.objects.get().value == 1


def test_a_dispute_is_decided_by_a_third_with_a_reason(people: tuple[Acting, ...]) -> None:
    doubled(a_batch(a_round()), people, "甲县", "0", "1")
    dispute = Dispute.objects.get()
    with pytest.raises(Unusable, match="写明裁定的理由"):
        adjudicating.decide(people[3], dispute, Decimal(1), " ")
    with pytest.raises(Unusable, match="0 至 1"):
        adjudicating.decide(people[3], dispute, Decimal(2), "栏目有内容")
    adjudicating.decide(people[3], dispute, Decimal("0.5"), "栏目有一半内容")
    answer = Answer.objects.get()
    assert (answer.value, answer.source, answer.reason) == (Decimal("0.5"), "adjudication", "栏目有一半内容")
    assert states() == ["decided", "decided"]
    other = somebody(RoleKind.ADJUDICATOR)
    with pytest.raises(Unusable, match="已由 丁 裁定"):
        adjudicating.decide(other, dispute, Decimal(1), "我看不一样")


def test_no_coder_decides_or_reviews_their_own_answer(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    both = somebody(RoleKind.ADJUDICATOR, name="又采又裁")
    doubled(batch, (people[0], both), "甲县", "0", "1")
    with pytest.raises(NotAllowed, match="请由别人裁定"):
        adjudicating.decide(both, Dispute.objects.get(), Decimal(1), "我认为有内容")
    reviewer = somebody(RoleKind.REVIEWER)
    own = submitted(assigned(batch, an_entry(batch.round, "乙县"), person_of(reviewer)), "1")
    with pytest.raises(NotAllowed, match="请由别人复核"):
        reviews.accept(reviewer, own, own.version)


def test_an_accepted_coding_is_an_answer_and_a_rejected_one_goes_back_with_its_comment(
    people: tuple[Acting, ...],
) -> None:
    batch = a_batch(a_round())
    good = submitted(assigned(batch, an_entry(batch.round, "甲县"), person_of(people[0])), "0.4")
    bad = submitted(assigned(batch, an_entry(batch.round, "乙县"), person_of(people[0])), "1")
    reviews.accept(people[2], good, good.version)
    with pytest.raises(Unusable, match="退回要写明意见"):
        reviews.reject(people[2], bad, bad.version, "")
    reviews.reject(people[2], bad, bad.version, "截图不是这个栏目")
    assert Answer.objects.get().value == Decimal("0.4")
    assert states() == ["accepted", "returned"]
    assert Notice.objects.get().person == people[0].person
    again = submitted(bad.assignment, "0", "栏目确实没有")
    with pytest.raises(Unusable, match="又改过"):
        reviews.accept(people[2], again, again.version - 1)
    reviews.accept(people[2], again, again.version)
    assert list(Review.objects.order_by("id").values_list("verdict", flat=True)) == ["accepted", "rejected", "accepted"]
    with pytest.raises(Unusable, match="不能复核"):
        reviews.accept(people[2], again, again.version)


def test_only_reviewers_review(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    coding = submitted(assigned(batch, an_entry(batch.round, "甲县"), person_of(people[0])), "1")
    for who in (people[1], people[3], somebody(RoleKind.OBSERVER), somebody()):
        with pytest.raises(NotAllowed):
            reviews.accept(who, coding, coding.version)


def test_a_sample_is_a_share_of_each_collector_and_the_rest_follows_once_it_is_looked_at(
    people: tuple[Acting, ...],
) -> None:
    round_ = a_round()
    no_thresholds(round_)
    batch = a_batch(round_)
    for number in range(20):
        coder = people[0] if number < 15 else people[1]
        submitted(assigned(batch, an_entry(round_, f"县{number}"), person_of(coder)), "1")
    doubled(batch, people, "双县", "0", "1")
    sample = reviews.draw(people[2], batch, Decimal("0.2"))
    drawn = list(sample.assignments.order_by("id"))
    assert [one.person == people[0].person for one in drawn].count(True) == 3
    assert len(drawn) == 4
    with pytest.raises(Unusable, match="样本中还有 4 项没有复核"):
        reviews.accept_rest(people[2], batch)
    for one in drawn[1:]:
        reviews.accept(people[2], one.coding, one.coding.version)
    reviews.reject(people[2], drawn[0].coding, drawn[0].coding.version, "缺少证据")
    assert reviews.accept_rest(people[2], batch) == 16
    assert Answer.objects.count() == 19
    with pytest.raises(Unusable, match="没有等待复核"):
        reviews.draw(people[2], batch, Decimal("0.5"))


@pytest.mark.parametrize("share", ["0", "-1", "1.01"])
def test_a_sample_that_is_no_share_is_refused(people: tuple[Acting, ...], share: str) -> None:
    with pytest.raises(Unusable, match="抽查比例"):
        reviews.draw(people[2], a_batch(a_round()), Decimal(share))


def test_coders_who_disagree_too_often_are_held_told_and_let_go_after_a_training(people: tuple[Acting, ...]) -> None:
    round_ = a_round()
    facts = {"agreed": "at-once", "alpha_below": Decimal("0.6"), "rejection_above": None, "fewest": 4}
    review_policies.change(PROGRAM, round_, **facts)
    batch = a_batch(round_)
    for number, (one, other) in enumerate([("1", "1"), ("0", "1"), ("1", "0"), ("0", "1")]):
        doubled(batch, people, f"县{number}", one, other)
    batch.refresh_from_db()
    assert batch.held
    assert "双人采集 4 对" in batch.trainings.get().why
    told = Notice.objects.filter(event="training-ordered").values_list("person", flat=True)
    assert set(told) == {person_of(one).id for one in people[:2]}
    waiting = assigned(batch, an_entry(round_, "待采县"), person_of(people[0]))
    with pytest.raises(Unusable, match="暂停采集"):
        codings.save(people[0], waiting, 0, codings.Draft(value=Decimal(1)))
    with pytest.raises(Unusable, match="何时、由谁"):
        training.confirm(people[2], batch, "")
    training.confirm(people[2], batch, "11 月 5 日由丙讲解了判定规则")
    batch.refresh_from_db()
    assert not batch.held
    assert list(batch.trainings.order_by("id").values_list("kind", flat=True)) == list(TrainingKind)
    assert training.look(batch) is None
    with pytest.raises(Unusable, match="没有待确认的再培训"):
        training.confirm(people[2], batch, "再来一次")


def test_rejections_above_the_threshold_hold_the_batch(people: tuple[Acting, ...]) -> None:
    round_ = a_round()
    facts = {"agreed": "at-once", "alpha_below": None, "rejection_above": Decimal("0.5"), "fewest": 2}
    review_policies.change(PROGRAM, round_, **facts)
    batch = a_batch(round_)
    for number in range(3):
        coding = submitted(assigned(batch, an_entry(round_, f"县{number}"), person_of(people[0])), "1")
        reviews.reject(people[2], coding, coding.version, "缺少证据")
        batch.refresh_from_db()
        assert batch.held == (number >= 1)
    assert "退回 2 项（100%），高于 50%" in batch.trainings.get().why


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"agreed": "maybe"}, "如何采用"),
        ({"alpha_below": Decimal(2)}, "信度阈值"),
        ({"rejection_above": Decimal(-1)}, "退回率"),
        ({"fewest": 1}, "2 至 1000"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused(change: dict[str, object], told: str) -> None:
    facts = {"agreed": "at-once", "alpha_below": None, "rejection_above": None, "fewest": 2, **change}
    with pytest.raises(Unusable, match=told):
        review_policies.change(somebody(RoleKind.ADMINISTRATOR), a_round(), **facts)


def test_states_of_assignments_cover_what_steps_lead_to() -> None:
    assert set(AFTER) == set(CodingStepKind)
    assert set(AFTER.values()) | {AssignmentState.OPEN, AssignmentState.DROPPED} == set(AssignmentState)


def handed_in(coder: Acting, one: Assignment, why: str = "没有这一栏目") -> Coding:
    """An answer as its coder saves and hands it in."""
    known = Coding.objects.filter(assignment=one).first()
    draft = codings.Draft(value=Decimal(0), justification=why, confidence="sure")
    saved = codings.save(coder, one, known.version if known else 0, draft)
    return codings.submit(coder, one, saved.version)


def test_what_was_given_back_can_be_reviewed_again_when_only_evidence_came(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    no_thresholds(batch.round)
    one = assigned(batch, an_entry(batch.round, "甲县"), person_of(people[0]))
    coding = handed_in(people[0], one)
    reviews.reject(people[2], coding, coding.version, "请附上网页截图")
    coding_evidence.add_address(people[0], one, "http://a.test/")
    again = codings.submit(people[0], one, coding.version)
    reviews.accept(people[2], again, again.version)
    assert states() == ["accepted"]
    assert list(Review.objects.order_by("id").values_list("version", "verdict")) == [(1, "rejected"), (2, "accepted")]


def test_evidence_changed_behind_a_reviewer_is_not_accepted_unseen(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    one = assigned(batch, an_entry(batch.round, "甲县"), person_of(people[0]))
    coding = handed_in(people[0], one)
    codings.take_back(people[0], one)
    coding_evidence.add_address(people[0], one, "http://a.test/")
    codings.submit(people[0], one, coding.version)
    with pytest.raises(Unusable, match="又改过"):
        reviews.accept(people[2], coding, coding.version)


def test_the_rest_is_only_what_could_have_been_drawn(people: tuple[Acting, ...]) -> None:
    batch = a_batch(a_round())
    no_thresholds(batch.round)
    drawn, late, waiting = (
        assigned(batch, an_entry(batch.round, name), person_of(people[0])) for name in ("甲县", "乙县", "丙县")
    )
    draft = codings.Draft(value=Decimal(0), justification="没有这一栏目", confidence="sure")
    kept = codings.save(people[0], late, 0, draft)
    coding = handed_in(people[0], drawn)
    reviews.draw(people[2], batch, Decimal(1))
    reviews.reject(people[2], coding, coding.version, "请附上网页截图")
    codings.submit(people[0], drawn, coding.version)
    codings.submit(people[0], late, kept.version)
    assert (reviews.accept_rest(people[2], batch), waiting.state, Answer.objects.count()) == (0, "open", 0)


def test_a_share_that_is_no_number_is_refused(people: tuple[Acting, ...]) -> None:
    with pytest.raises(Unusable, match="抽查比例"):
        reviews.draw(people[2], a_batch(a_round()), Decimal("NaN"))


def test_a_reviewer_accepts_no_pair_of_which_one_answer_is_their_own(people: tuple[Acting, ...]) -> None:
    round_ = a_round()
    no_thresholds(round_, "after-review")
    Role.objects.create(person=person_of(people[1]), kind=RoleKind.REVIEWER)
    first, _ = doubled(a_batch(round_), people, "甲县", "1", "1")
    with pytest.raises(NotAllowed, match="您自己采集"):
        reviews.accept(acting_as(person_of(people[1])), first, first.version)


def test_a_second_coder_with_other_roles_stays_blind(people: tuple[Acting, ...], office: Path) -> None:
    batch = a_batch(a_round())
    entry = an_entry(batch.round, "甲县")
    first = assigned(batch, entry, person_of(people[0]))
    second = assigned(batch, entry, person_of(people[1]), part=Part.SECOND)
    for kind in (RoleKind.REVIEWER, RoleKind.ADMINISTRATOR):
        Role.objects.create(person=person_of(people[1]), kind=kind)
    with override_settings(HOME=office):
        piece = coding_evidence.add_file(people[0], first, BytesIO(b"%PDF-1.7\n"), "a.pdf")
    handed_in(people[0], first, "栏目打不开，见附件")
    both, reviewer = acting_as(person_of(people[1])), people[2]
    assert (uploads.may_see(both, piece.upload), uploads.may_see(reviewer, piece.upload)) == (False, True)
    assert [one.blind for one in review_work.rows(review_work.coded(batch, ReviewSieve()), both.person.pk)] == [
        True,
        False,
    ]
    told = list(trail.changes(both, TrailSieve(topic="Coding"))) + list(
        trail.changes(both, TrailSieve(topic="CodingEvidence"))
    )
    assert told == []
    handed_in(both, second, "栏目打不开，已经截图")
    assert uploads.may_see(both, piece.upload)
    assert trail.changes(both, TrailSieve(topic="Coding")).exists()


def test_a_comment_that_is_too_long_is_refused_and_a_long_reason_fits_into_the_trail(
    people: tuple[Acting, ...],
) -> None:
    batch = a_batch(a_round())
    one = assigned(batch, an_entry(batch.round, "甲县"), person_of(people[0]))
    coding = handed_in(people[0], one)
    with pytest.raises(Unusable, match="最多 1000 字"):
        reviews.reject(people[2], coding, coding.version, "改" * 1001)
    batches.hold(PROGRAM, batch, "停" * 5000)
    assert len(Change.objects.get(verb="collection.hold").reason) == 1000
