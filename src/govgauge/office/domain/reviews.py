"""Reviewing what was handed in: accepted, or given back with a comment; all of a batch, or a sample and the rest."""

import hashlib
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from govgauge.errors import Unusable
from govgauge.office.domain import answers, double_coding, notices, training
from govgauge.office.domain.acting import Acting, NotAllowed, noted
from govgauge.office.domain.answers import CONFIDENCE, Said
from govgauge.office.domain.coding_steps import step
from govgauge.office.domain.codings import HANDED_IN
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    AnswerSource,
    Assignment,
    AssignmentState,
    Batch,
    Coding,
    CodingStep,
    CodingStepKind,
    Confidence,
    Dispute,
    Review,
    ReviewSample,
    Verdict,
)
from govgauge.office.shares import drawn_of

SHORTEST = 4
"""Characters of a comment that says anything."""
LONGEST = 1000
"""Characters of a comment."""
AT_ONCE = 200
"""Codings that are accepted with one press."""


@transaction.atomic
def accept(acting: Acting, coding: Coding, seen: int) -> Review:
    """Accept a coding as it was seen; where two agree, both. Raises Unusable, NotAllowed."""
    locked = _lock(acting, coding, seen)
    review = _review(acting, locked, Verdict.ACCEPTED, "")
    other = double_coding.partner(locked.assignment)
    if other is None:
        _take(acting, locked)
    else:
        if other.state != AssignmentState.SUBMITTED:
            raise Unusable("另一名采集员还没有提交，双人采集要等两人都提交 (the other coder has not handed in).")
        second = Coding.objects.select_related("assignment__entry__round").get(assignment=other)
        pair = sorted((locked, second), key=lambda one: one.assignment.part)
        double_coding.accept(acting, pair[0], pair[1], "双人采集一致，复核通过 (both agree, reviewed)")
    training.look(locked.assignment.batch, pairs=False)
    return review


@transaction.atomic
def reject(acting: Acting, coding: Coding, seen: int, comment: str) -> Review:
    """Give a coding back to its collector, who is told why. Raises Unusable without a comment."""
    if len(comment.strip()) < SHORTEST:
        raise Unusable("退回要写明意见，让采集员知道改什么 (say what is to be changed).")
    if len(comment) > LONGEST:
        raise Unusable(f"意见有 {len(comment)} 字，最多 {LONGEST} 字；请缩短 (the comment is too long).")
    locked = _lock(acting, coding, seen)
    review = _review(acting, locked, Verdict.REJECTED, comment.strip())
    step(acting, locked, CodingStepKind.RETURNED, comment.strip())
    of = locked.assignment
    facts = {"entry": of.entry.name, "check": of.check_id, "comment": comment.strip()}
    notices.tell([of.person], "coding-returned", facts, round_=of.round, entry=of.entry)
    training.look(of.batch, pairs=False)
    return review


@transaction.atomic
def draw(acting: Acting, batch: Batch, share: Decimal) -> ReviewSample:
    """Draw a share of what each collector has handed in and nobody looked at; the same draw from the same state.

    Raises Unusable when there is nothing to draw from.
    """
    acting.need(Verb.REVIEW, round_=batch.round)
    if not share.is_finite() or not 0 < share <= 1:
        raise Unusable(f"抽查比例应大于 0、不超过 1，不是 {share} (a share is 0 to 1).")
    made = ReviewSample(batch=batch, share=share, by=acting.person)
    made.seed = f"{batch.seed}/{batch.samples.count() + 1}"
    strata: dict[int, list[Assignment]] = {}
    waiting = alone(batch).filter(samples=None).select_related("entry")
    for one in waiting:
        strata.setdefault(one.person_id, []).append(one)
    chosen = [
        one
        for members in strata.values()
        for one in sorted(members, key=lambda one: _lot(made.seed, one))[: drawn_of(len(members), share)]
    ]
    if not chosen:
        raise Unusable(f"批次“{batch.name}”没有等待复核、还未抽到的答案 (nothing waits for review).")
    with noted(acting, "review.sample", made, round_=batch.round):
        made.save()
    made.assignments.set(chosen)
    return made


@transaction.atomic
def accept_rest(acting: Acting, batch: Batch) -> int:
    """After a sample was looked at and nothing of it is open: accept what else was handed in by then; how many.

    What came in later could not have been drawn, and waits, also where it was given back. What the reviewer
    coded, and what is about a body that they stand for, stays for somebody else. Raises Unusable.
    """
    acting.need(Verb.REVIEW, round_=batch.round)
    last = batch.samples.order_by("-id").first()
    if last is None:
        raise Unusable("请先抽取样本并复核，再通过其余答案 (draw a sample first).")
    reviewed = set(Review.objects.filter(coding__assignment__samples=last).values_list("coding__assignment", flat=True))
    open_ = last.assignments.exclude(id__in=reviewed).count()
    if open_:
        raise Unusable(f"样本中还有 {open_} 项没有复核 (the sample is not finished).")
    if batch.held:
        raise Unusable(f"批次“{batch.name}”暂停采集，先完成再培训 (the batch is held).")
    later = CodingStep.objects.filter(coding__assignment=OuterRef("pk"), kind__in=HANDED_IN, at__gt=last.at)
    own = acting.bodies(batch.round_id)
    rows = alone(batch).exclude(person=acting.person).exclude(entry__key__in=own).filter(~Exists(later))
    related = Coding.objects.filter(assignment__in=rows.values("id")).select_related("assignment__entry__round")
    taken = related.order_by("assignment_id").select_for_update(of=("self",))[:AT_ONCE]
    for coding in taken:
        _take(acting, coding, f"抽查通过（样本 {last.id}）(accepted after a sample)")
    return len(taken)


def alone(batch: Batch) -> QuerySet[Assignment]:
    """What was handed in and waits for a reviewer, without what a second coder answers, too."""
    second = Assignment.objects.filter(entry=OuterRef("entry"), check_id=OuterRef("check_id")).exclude(
        id=OuterRef("id")
    )
    return Assignment.objects.filter(~Exists(second), batch=batch, state=AssignmentState.SUBMITTED)


def _lock(acting: Acting, coding: Coding, seen: int) -> Coding:
    """The coding for nobody else to change. Raises Unusable when it cannot be reviewed now, NotAllowed to its coder."""
    related = Assignment.objects.select_related("round", "batch", "entry__round", "person")
    assignment = related.select_for_update(of=("self",)).get(id=coding.assignment_id)
    acting.need(Verb.REVIEW, round_=assignment.round)
    answers.check_open(assignment.entry)
    locked = Coding.objects.get(id=coding.id)
    locked.assignment = assignment
    both = Assignment.objects.filter(entry=assignment.entry_id, check_id=assignment.check_id)
    if acting.person is not None and both.filter(person=acting.person).exists():
        raise NotAllowed("这一项是您自己采集的，请由别人复核 (nobody reviews their own answers).")
    acting.need_distance(assignment.entry)
    if assignment.state != AssignmentState.SUBMITTED:
        raise Unusable(
            f"这一项现在是“{assignment.get_state_display()}”，不能复核；请刷新 (it is not waiting for review)."
        )
    if locked.version != seen:
        raise Unusable("采集员在您打开之后又改过，请看过新的内容再复核 (it has changed since you saw it).")
    if Dispute.objects.filter(entry=assignment.entry_id, check_id=assignment.check_id, decided_at=None).exists():
        raise Unusable("两名采集员的答案不一致，已送裁定 (it is before the adjudicator).")
    return locked


def _review(acting: Acting, coding: Coding, verdict: Verdict, comment: str) -> Review:
    made = Review(
        coding=coding,
        batch=coding.assignment.batch,
        version=coding.version,
        verdict=verdict,
        comment=comment[:1000],
        by=acting.person,
    )
    try:
        with noted(acting, f"review.{verdict}", made, entry=coding.assignment.entry, reason=comment):
            made.save()
    except IntegrityError:
        raise Unusable("这一版已经有人复核过；请刷新 (somebody has reviewed it).") from None
    return made


def _take(acting: Acting, coding: Coding, comment: str = "") -> None:
    """Let a coding be the answer."""
    step(acting, coding, CodingStepKind.ACCEPTED, comment)
    of = coding.assignment
    said = Said(
        value=coding.value,
        source=AnswerSource.CODING,
        reason=coding.justification,
        confidence=CONFIDENCE.get(Confidence(coding.confidence), Decimal("0.8")),
        coding=coding,
    )
    answers.accept(acting, of.entry, of.check_id, of.indicator, said)


def _lot(seed: str, one: Assignment) -> bytes:
    return hashlib.sha256(f"{seed}\x00{one.entry.key}\x00{one.check_id}".encode()).digest()
