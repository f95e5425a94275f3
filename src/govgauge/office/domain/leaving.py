"""What becomes of the collecting of an entry that leaves its round, loses its site, or is scored by another system."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from govgauge.office.check_work import work_of
from govgauge.office.domain import field_steps, field_tests
from govgauge.office.domain.acting import PROGRAM, noted
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Batch,
    BatchStep,
    BatchStepKind,
    Coding,
    Dispute,
    Entry,
    FieldTest,
)

UNDER_WAY = (AssignmentState.OPEN, AssignmentState.DRAFT, AssignmentState.SUBMITTED, AssignmentState.RETURNED)


def drop(entries: Sequence[Entry], why: str) -> None:
    """Nobody collects these any more: what has no answer yet leaves all lists, and tests under way are withdrawn.

    Drafts and answers that were handed in stay as they are; what is before an adjudicator stays there.
    """
    _drop(Assignment.objects.filter(entry__in=[entry.id for entry in entries]), why)
    for test in FieldTest.objects.filter(entry__in=[entry.id for entry in entries]).exclude(
        state__in=field_tests.ENDED
    ):
        field_steps.withdraw(PROGRAM, test, test.version, why)


def drop_unasked(entries: Sequence[Entry]) -> None:
    """What the system by which these are scored now does not ask is collected no more."""
    for entry in entries:
        mine = Assignment.objects.filter(entry=entry)
        unasked = [
            one.id for one in mine.only("check_id") if work_of(entry.system, entry.profile, one.check_id) is None
        ]
        _drop(mine.filter(id__in=unasked), "换了指标体系，不再需要这些要点")


def take_up(entries: Sequence[Entry]) -> None:
    """A site that was found or has moved is collected again, from where it was dropped."""
    dropped = Assignment.objects.filter(entry__in=[entry.id for entry in entries], state=AssignmentState.DROPPED)
    _told(dropped, BatchStepKind.TAKEN_UP, "网站已找到或迁移")
    begun = Exists(Coding.objects.filter(assignment=OuterRef("id")))
    dropped.filter(begun).update(state=AssignmentState.DRAFT)
    dropped.update(state=AssignmentState.OPEN)


def _drop(found: QuerySet[Assignment], why: str) -> None:
    disputed = Dispute.objects.filter(entry=OuterRef("entry"), check_id=OuterRef("check_id"), decided_at=None)
    ids = list(found.filter(~Exists(disputed), state__in=UNDER_WAY).values_list("id", flat=True))
    leaving = Assignment.objects.filter(id__in=ids)
    _told(leaving, BatchStepKind.DROPPED, why)
    leaving.update(state=AssignmentState.DROPPED)


def _told(found: QuerySet[Assignment], kind: BatchStepKind, why: str) -> None:
    """A step of each batch that says how many of which entries."""
    counts: dict[int, Counter[str]] = {}
    for number, name in found.values_list("batch_id", "entry__name"):
        counts.setdefault(number, Counter())[name] += 1
    for batch in Batch.objects.filter(id__in=counts).select_related("round"):
        told = "、".join(f"{name} {n} 项" for name, n in sorted(counts[batch.id].items()))
        step = BatchStep(batch=batch, kind=kind, comment=f"{why}：{told}"[:1000])
        with noted(PROGRAM, f"collection.{kind.value}", step, round_=batch.round, reason=why):
            step.save()
