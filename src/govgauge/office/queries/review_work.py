"""What waits for a reviewer in a batch, and for an adjudicator: rows of lists, in a constant number of queries."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from msgspec import Struct

from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Batch,
    CodingEvidence,
    Dispute,
    Person,
    Review,
    ReviewSample,
    Round,
)
from govgauge.office.queries.blindness import still_answers


class ReviewSieve(Struct, frozen=True):
    """What is asked for; an empty field asks for everything."""

    state: str = ""
    person: int = 0
    sample: bool = False
    text: str = ""


class DisputeSieve(Struct, frozen=True):
    """What is asked for."""

    decided: bool = False
    indicator: str = ""
    text: str = ""


SORTS: dict[str, tuple[str, ...]] = {"id": ("id",), "entry": ("entry__key", "id"), "check": ("check_id", "id")}
DISPUTE_SORTS: dict[str, tuple[str, ...]] = {
    "opened": ("id",),
    "entry": ("entry__key", "id"),
    "check": ("check_id", "id"),
}
KEPT = Prefetch("coding__evidence", CodingEvidence.objects.filter(removed_at=None).select_related("upload", "job"))


def coded(batch: Batch, sieve: ReviewSieve) -> QuerySet[Assignment]:
    """The assignments of a batch that pass, in the order of the work."""
    found = Assignment.objects.filter(batch=batch)
    if sieve.state:
        found = found.filter(state=sieve.state)
    if sieve.person:
        found = found.filter(person=sieve.person)
    if sieve.sample:
        found = found.filter(samples=last_sample(batch))
    for word in sieve.text.split():
        found = found.filter(Q(entry__key__icontains=word) | Q(check_id=word))
    return found.order_by("id")


def rows(found: QuerySet[Assignment], reader: int) -> QuerySet[Assignment]:
    """Assignments with all that a row shows; `blind`: the reader (by id) still has to answer the same."""
    same = {"entry": OuterRef("entry"), "check_id": OuterRef("check_id")}
    second = Assignment.objects.filter(**same).exclude(id=OuterRef("id"))
    told = Prefetch("coding__reviews", Review.objects.select_related("by").order_by("-id"))
    return (
        found.select_related("entry", "person", "coding", "batch")
        .prefetch_related(KEPT, told)
        .annotate(
            doubled=Exists(second),
            blind=still_answers(reader),
            partner_in=Exists(second.filter(state=AssignmentState.SUBMITTED)),
            disputed=Exists(Dispute.objects.filter(**same, decided_at=None)),
        )
    )


def coders(batch: Batch) -> list[Person]:
    """Who works on a batch."""
    at_work = Assignment.objects.filter(round=batch.round_id, batch=batch, person=OuterRef("id"))
    return list(Person.objects.filter(Exists(at_work)).order_by("name", "id"))


def last_sample(batch: Batch) -> ReviewSample | None:
    """The sample that was drawn last."""
    return batch.samples.order_by("-id").first()


def left_of(sample: ReviewSample) -> int:
    """How many codings of a sample nobody has looked at."""
    return sample.assignments.exclude(coding__reviews__isnull=False).count()


def disputes(round_: Round, sieve: DisputeSieve, sort: str = "opened") -> QuerySet[Dispute]:
    """The disputes that pass."""
    found = Dispute.objects.filter(round=round_, decided_at__isnull=not sieve.decided)
    if sieve.indicator:
        found = found.filter(indicator=sieve.indicator)
    for word in sieve.text.split():
        found = found.filter(Q(entry__key__icontains=word) | Q(check_id=word))
    sign = "-" if sort.startswith("-") else ""
    return found.order_by(*(f"{sign}{name}" for name in DISPUTE_SORTS.get(sort.removeprefix("-"), ("id",))))


def dispute_rows(round_: Round, numbers: Sequence[int]) -> list[Dispute]:
    """Disputes with what a row shows, in the order given."""
    related = ("entry", "batch", "first", "second", "adjudication__by")
    found = {one.id: one for one in Dispute.objects.filter(round=round_, id__in=numbers).select_related(*related)}
    return [found[number] for number in numbers if number in found]


def indicators_of_disputes(round_: Round) -> list[str]:
    """The indicators under which there are disputes."""
    found = Dispute.objects.filter(round=round_).order_by("indicator").values_list("indicator", flat=True)
    return list(found.distinct())
