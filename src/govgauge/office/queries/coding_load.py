"""Who has how much to collect in a round, and how far its batches are: of the round's count, since counting millions of
assignments takes longer than a page may."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from msgspec import Struct

from govgauge.office.models import Assignment, AssignmentState, Batch, BatchStep, Person, Round
from govgauge.office.queries.assignments import TO_DO
from govgauge.office.queries.boards import Board, Line

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
    dropped: int
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


def people(board: Board) -> list[PersonLoad]:
    """Everybody who has work in a round, those with most left first, as it was counted."""
    known = Person.objects.in_bulk([int(line.key) for line in board.people])
    found = [
        PersonLoad(person.id, person.name, person.is_active, _of_line(line))
        for line in board.people
        if (person := known.get(int(line.key)))
    ]
    return sorted(found, key=lambda one: (-one.load.minutes, one.name))


def batches(round_: Round, board: Board) -> list[BatchLoad]:
    """The batches of a round in the order in which they were made, as they were counted."""
    lines = {line.key: line for line in board.batches}
    last = BatchStep.objects.filter(batch=OuterRef("id")).exclude(due=None).order_by("-id").values("due")[:1]
    chosen = round_.batches.annotate(due=Subquery(last)).order_by("id")[:MOST_BATCHES]
    return [BatchLoad(batch, batch.due, _of_line(lines[str(batch.id)])) for batch in chosen if str(batch.id) in lines]


def of_batch(batch: Batch, today: date) -> list[BatchLoad]:
    """The work of one batch as it is now; nothing where it has none."""
    rows = _rows(Assignment.objects.filter(batch=batch), "batch", today)
    return [BatchLoad(batch, row["due_of"], _load(row)) for row in rows]


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
        total=row["n"] - row[f"n_{AssignmentState.DROPPED}"],
        late=row["late"],
        minutes=row["left"],
        **{state: row[f"n_{state}"] for state in AssignmentState.values},
    )


def _of_line(line: Line) -> Load:
    return Load(
        total=line.total,
        late=line.late,
        minutes=line.minutes,
        **{state: line.states.get(state, 0) for state in AssignmentState.values},
    )
