"""Batches whose coders disagree or are rejected too often: held, their people told, and let go after a training."""

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.domain import batches, notices, review_policies
from govgauge.office.domain.acting import PROGRAM, Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Assignment, Batch, Person, TrainingKind, TrainingStep
from govgauge.office.queries import batch_quality

SHORTEST = 4
"""Characters of a sentence that says anything."""


@transaction.atomic
def look(batch: Batch, *, pairs: bool = True) -> TrainingStep | None:
    """Send a batch to re-training where it passes a threshold of its round; what lies before the last training is past.

    Its open codings are held and its people told. Without `pairs`, double codings are left out: none has changed.
    """
    locked = Batch.objects.select_for_update(of=("self",)).select_related("round").get(id=batch.id)
    if locked.held:
        return None
    why = "；".join(_reasons(locked, pairs=pairs))
    if not why:
        return None
    made = TrainingStep(batch=locked, kind=TrainingKind.ORDERED, why=why)
    with noted(PROGRAM, "training.order", made, round_=locked.round, reason=why):
        made.save()
    batches.hold(PROGRAM, locked, f"需要再培训：{why}")
    _tell(locked, "training-ordered", why)
    return made


@transaction.atomic
def confirm(acting: Acting, batch: Batch, what: str) -> TrainingStep:
    """Say that the training took place: the batch goes on. Raises Unusable where none is due, or nothing is said."""
    acting.need(Verb.REVIEW, round_=batch.round)
    locked = Batch.objects.select_for_update(of=("self",)).select_related("round").get(id=batch.id)
    last = locked.trainings.order_by("-id").first()
    if last is None or last.kind != TrainingKind.ORDERED:
        raise Unusable(f"批次“{locked.name}”没有待确认的再培训 (no training is due).")
    if len(what.strip()) < SHORTEST:
        raise Unusable("请写明何时、由谁、培训了什么 (say when, by whom and what was trained).")
    made = TrainingStep(batch=locked, kind=TrainingKind.CONFIRMED, why=what.strip()[:1000], by=acting.person)
    with noted(acting, "training.confirm", made, round_=locked.round, reason=what):
        made.save()
    if locked.held:
        batches.let_go(acting, locked, f"已完成再培训：{what.strip()}")
    _tell(locked, "training-confirmed", made.why)
    return made


def _reasons(batch: Batch, *, pairs: bool) -> list[str]:
    policy = review_policies.of(batch.round)
    quality = batch_quality.since_training(batch, pairs=pairs)
    alpha = quality.agreement.alpha.value
    told = []
    if (
        policy.alpha_below is not None
        and alpha is not None
        and quality.agreement.pairs >= policy.fewest
        and alpha < policy.alpha_below
    ):
        told.append(f"双人采集 {quality.agreement.pairs} 对，α = {alpha:.3f}，低于 {policy.alpha_below.normalize():f}")
    if (
        policy.rejection_above is not None
        and quality.reviews >= policy.fewest
        and quality.rejected > policy.rejection_above * quality.reviews
    ):
        share = f"{100 * quality.rejected / quality.reviews:.0f}%"
        told.append(
            f"复核 {quality.reviews} 项，退回 {quality.rejected} 项（{share}），"
            f"高于 {float(100 * policy.rejection_above):g}%"
        )
    return told


def _tell(batch: Batch, event: str, why: str) -> None:
    people = Person.objects.filter(id__in=Assignment.objects.filter(batch=batch).values("person")).order_by("id")
    facts = {"batch": batch.name, "why": why}
    notices.tell(people, event, facts, round_=batch.round)
