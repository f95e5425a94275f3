"""Who has how much to collect in a round, and how far its batches are; a constant number of queries."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from msgspec import Struct

from govgauge.office.models import Assignment, AssignmentState, Batch, Person, Round
from govgauge.office.queries.assignments import TO_DO

MOST_BATCHES = 500
"""Batches shown one by one."""


class Load(Struct, frozen=True, kw_only=True):
    """Work in numbers: `minutes` are those of what is left, `late` what is left and past its deadline."""

    total: int
    open: int
    draft: int
    returned: int
    submitted: int
    accepted: int
    decided: int
    late: int
    minutes: int

    @property
    def to_do(self) -> int:
        return self.open + self.draft + self.returned


class PersonLoad(Struct, frozen=True):
    """Somebody's work in a round."""

    person: int
    name: str
    active: bool
    load: Load


class BatchLoad(Struct, frozen=True):
    """A batch with its deadline and work."""

    batch: Batch
    due: date | None
    load: Load


def people(round_: Round, today: date) -> list[PersonLoad]:
    """Everybody who has work in a round, those with most left first."""
    rows = _rows(Assignment.objects.filter(round=round_), "person", today)
    known = Person.objects.in_bulk([row["person"] for row in rows])
    found = [
        PersonLoad(row["person"], known[row["person"]].name, known[row["person"]].is_active, _load(row)) for row in rows
    ]
    return sorted(found, key=lambda one: (-one.load.minutes, one.name))


def batches(round_: Round, today: date) -> list[BatchLoad]:
    """The batches of a round in the order in which they were made."""
    chosen = list(round_.batches.order_by("id")[:MOST_BATCHES])
    rows = _rows(Assignment.objects.filter(batch__in=chosen), "batch", today)
    by_batch = {row["batch"]: row for row in rows}
    return [
        BatchLoad(batch, by_batch[batch.id]["due_of"], _load(by_batch[batch.id]))
        for batch in chosen
        if batch.id in by_batch
    ]


def _rows(found: QuerySet[Assignment], by: str, today: date) -> list[dict[str, Any]]:
    left = Q(state__in=TO_DO)
    counts = {f"n_{state}": Count("id", filter=Q(state=state)) for state in AssignmentState.values}
    numbers = (
        found.order_by()
        .values(by)
        .annotate(
            n=Count("id"),
            late=Count("id", filter=left & Q(due__lt=today)),
            left=Sum("minutes", filter=left, default=0),
            due_of=Max("due"),
            **counts,
        )
    )
    return [dict(row) for row in numbers]


def _load(row: Mapping[str, Any]) -> Load:
    return Load(
        total=row["n"],
        late=row["late"],
        minutes=row["left"],
        **{state: row[f"n_{state}"] for state in AssignmentState.values},
    )
