"""How good the work of a batch is: the agreement of its double codings, and how many of its reviews rejected."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from msgspec import Struct

from govgauge.analysis.agreement import RUNS, Agreement, Pair, Scale, Value, agreement
from govgauge.office.models import Assignment, AssignmentState, Batch, Coding, Part, Review, TrainingKind, Verdict

HANDED_IN = (AssignmentState.SUBMITTED, AssignmentState.ACCEPTED, AssignmentState.DECIDED)
NOT_APPLICABLE = "不适用"
"""What does not apply is a value of its own."""


class Quality(Struct, frozen=True):
    """Agreement of double codings, and reviews with those of them that rejected."""

    agreement: Agreement
    reviews: int
    rejected: int


class Double(Struct, frozen=True):
    """Two codings of one check by two people, none of which knew of the other."""

    batch: int
    indicator: str
    first: int
    second: int
    pair: Pair


def since_training(batch: Batch, *, pairs: bool = True) -> Quality:
    """The quality of a batch since the last training of its people, without intervals; `pairs`: look at those, too."""
    last = batch.trainings.filter(kind=TrainingKind.CONFIRMED).order_by("-id").first()
    since = last.at if last else None
    reviews = Review.objects.filter(batch=batch)
    if since:
        reviews = reviews.filter(at__gt=since)
    counted = reviews.aggregate(all=Count("id"), rejected=Count("id", filter=Q(verdict=Verdict.REJECTED)))
    found = doubles(Assignment.objects.filter(batch=batch), since) if pairs else []
    return Quality(measured([one.pair for one in found], runs=0), counted["all"], counted["rejected"])


def doubles(rows: QuerySet[Assignment], since: datetime | None = None) -> list[Double]:
    """The double codings among some assignments that both coders have handed in, in one query."""
    told = rows.filter(part=Part.SECOND, state__in=HANDED_IN)
    if since:
        told = told.filter(coding__saved_at__gt=since)
    coded = Coding.objects.filter(
        assignment__entry=OuterRef("entry"),
        assignment__check_id=OuterRef("check_id"),
        assignment__part=Part.FIRST,
        assignment__state__in=HANDED_IN,
    )
    found = told.annotate(
        other=Subquery(coded.values("assignment__person")[:1]),
        other_value=Subquery(coded.values("value")[:1]),
        other_not=Subquery(coded.values("not_applicable")[:1]),
    ).exclude(other=None)
    fields = ("batch_id", "indicator", "other", "person_id", "other_value", "other_not")
    return [
        Double(batch, indicator, one, other, (_value(first, first_not), _value(second, second_not)))
        for batch, indicator, one, other, first, first_not, second, second_not in found.values_list(
            *fields, "coding__value", "coding__not_applicable"
        )
    ]


def measured(pairs: Sequence[Pair], *, seed: str = "", runs: int = RUNS) -> Agreement:
    """The agreement of pairs: by distance where all are numbers, as names where something does not apply."""
    numbers = not any(isinstance(value, str) for pair in pairs for value in pair)
    return agreement(pairs, Scale.INTERVAL if numbers else Scale.NOMINAL, seed=seed, runs=runs)


def _value(value: Decimal | None, not_applicable: bool) -> Value:
    return NOT_APPLICABLE if not_applicable or value is None else float(value)
