"""How far the collecting of a round has come and how good it is: in all, and by person, indicator and batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from msgspec import Struct

from govgauge.analysis.agreement import Agreement, Pair
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Batch,
    Dispute,
    Person,
    Review,
    Round,
    Verdict,
)
from govgauge.office.queries.batch_quality import Double, doubles, measured
from govgauge.systems import library

TO_DO = (AssignmentState.OPEN, AssignmentState.DRAFT, AssignmentState.RETURNED)
DONE = (AssignmentState.ACCEPTED, AssignmentState.DECIDED)


class Line(Struct, frozen=True, kw_only=True):
    """The work of one person, indicator or batch, or of all. `states` counts assignments by state, `late` those that
    are due and not handed in, `minutes` are those of what is left; `disputes` are the open ones of `disputed`."""

    key: str
    name: str
    states: dict[str, int]
    late: int
    agreement: Agreement
    reviews: int
    rejected: int
    disputes: int
    disputed: int
    minutes: int = 0
    held: bool = False

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def done(self) -> int:
        return sum(self.states.get(state, 0) for state in DONE)

    @property
    def waiting(self) -> int:
        return self.states.get(AssignmentState.SUBMITTED, 0)


class Board(Struct, frozen=True, kw_only=True):
    """A round's work."""

    whole: Line
    people: tuple[Line, ...]
    indicators: tuple[Line, ...]
    batches: tuple[Line, ...]


class _Tally:
    """What is added up for one line."""

    def __init__(self) -> None:
        self.states: dict[str, int] = defaultdict(int)
        self.late = self.minutes = self.reviews = self.rejected = self.disputes = self.disputed = 0
        self.pairs: list[Pair] = []


Tallies = dict[str, _Tally]


def counted(round_: Round, day: date) -> Board:
    """Count a round's work as of a day: a constant number of queries, seconds for millions of assignments."""
    people: Tallies = defaultdict(_Tally)
    indicators: Tallies = defaultdict(_Tally)
    batches: Tallies = defaultdict(_Tally)
    whole = _Tally()
    of_round = Assignment.objects.filter(round=round_)
    late = Count("id", filter=Q(due__lt=day, state__in=TO_DO))
    rows = of_round.order_by().values_list("batch_id", "person_id", "indicator", "state")
    for batch, person, indicator, state, count, behind, minutes in rows.annotate(
        n=Count("id"), l=late, m=Sum("minutes")
    ):
        if state == AssignmentState.DROPPED:
            continue
        for tally in (whole, people[str(person)], indicators[indicator], batches[str(batch)]):
            tally.states[state] += count
            tally.late += behind
            tally.minutes += minutes if state in TO_DO else 0
    for double in doubles(of_round):
        for tally in (whole, indicators[double.indicator], batches[str(double.batch)], *_coders(double, people)):
            tally.pairs.append(double.pair)
    for batch, person, indicator, count, rejected in _reviews(round_):
        for tally in (whole, people[str(person)], indicators[indicator], batches[str(batch)]):
            tally.reviews += count
            tally.rejected += rejected
    for batch, indicator, count, left in _disputes(round_):
        for tally in (whole, indicators[indicator], batches[str(batch)]):
            tally.disputed += count
            tally.disputes += left
    named = Batch.objects.filter(round=round_)
    held = {str(number) for number in named.filter(held=True).values_list("id", flat=True)}
    names = {str(number): name for number, name in Person.objects.values_list("id", "name") if str(number) in people}
    return Board(
        whole=_line(round_, "", "", whole),
        people=_lines(round_, people, names, held=set()),
        indicators=_lines(round_, indicators, _indicators(round_), held=set()),
        batches=_lines(round_, batches, {str(one.id): one.name for one in named}, held=held),
    )


def _coders(double: Double, people: Tallies) -> list[_Tally]:
    return [people[str(double.first)], people[str(double.second)]]


def _reviews(round_: Round) -> QuerySet[Any, Any]:
    found = Review.objects.filter(batch__round=round_).order_by()
    return found.values_list("batch_id", "coding__assignment__person_id", "coding__assignment__indicator").annotate(
        n=Count("id"), r=Count("id", filter=Q(verdict=Verdict.REJECTED))
    )


def _disputes(round_: Round) -> QuerySet[Any, Any]:
    found = Dispute.objects.filter(round=round_).order_by().values_list("batch_id", "indicator")
    return found.annotate(n=Count("id"), left=Count("id", filter=Q(decided_at=None)))


def _indicators(round_: Round) -> dict[str, str]:
    """The names of the indicators of the systems by which a round scores."""
    systems: Iterable[str] = round_.entries.order_by().values_list("system", flat=True).distinct()
    return {node.code: f"{node.code} {node.name}" for system in systems for _, node in library.system(system).nodes()}


def _lines(round_: Round, tallies: Tallies, names: Mapping[str, str], held: set[str]) -> tuple[Line, ...]:
    made = [_line(round_, key, names.get(key, key), tally, held=key in held) for key, tally in tallies.items()]
    return tuple(sorted(made, key=lambda line: (_number(line.name), line.name, line.key)))


def _line(round_: Round, key: str, name: str, tally: _Tally, *, held: bool = False) -> Line:
    return Line(
        key=key,
        name=name,
        states=dict(tally.states),
        late=tally.late,
        agreement=measured(tally.pairs, seed=f"{round_.slug}/{key}"),
        reviews=tally.reviews,
        rejected=tally.rejected,
        disputes=tally.disputes,
        disputed=tally.disputed,
        minutes=tally.minutes,
        held=held,
    )


def _number(name: str) -> Sequence[int]:
    """The code before a name as numbers, so that 1.10 comes behind 1.9."""
    code = name.partition(" ")[0]
    return [int(part) for part in code.split(".") if part.isdecimal()]
