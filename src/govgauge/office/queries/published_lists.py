"""Lists of published subjects. A published group does not change: its cells are kept in memory and sieved there.

Sorting fifteen thousand rows by an index inside a JSON column costs a database a fifth of a second; here it is a
thousandth, and both databases order alike.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

import polars as pl
from msgspec import Struct

from govgauge.office.models import PublicationState, PublicSubject, PublishedGroup, PublishedSubject
from govgauge.office.queries.publications import Stamp

KEPT = 128
"""Groups whose cells are kept: about 100 bytes a subject."""
BATCH = 500
WHOLE = 1.0
"""Coverage of a subject of which nothing is open: before, its index is only what is sure, and no mean takes it."""
CELLS = ("id", "place", "name", "parent", "region", "grade", "rank", "index", "unranked", "coverage", "tops")


class Counted(Struct, frozen=True):
    """A value of a filter and how many subjects have it."""

    value: str
    count: int


class GroupCounts(Struct, frozen=True):
    """Filters of a group: regions and grades with their numbers; `ties`: how many share a rank, if several."""

    regions: tuple[Counted, ...]
    grades: tuple[Counted, ...]
    ties: dict[str, int]


class RegionFacts(Struct, frozen=True):
    """The subjects of a region in a group: how many, of how many nothing is open, their mean index, and grades."""

    region: str
    subjects: int
    known: int
    mean: float | None
    grades: dict[str, int]


def cells(group: PublishedGroup) -> pl.DataFrame:
    """What a group is sieved and sorted by; the first level as `top0`, `top1`, …: what is sure of its index."""
    return _cells(group.pk, group.publication.prepared_at)


def counts(group: PublishedGroup) -> GroupCounts:
    """What the filters of a group count."""
    return _counts(group.pk, group.publication.prepared_at)


def regions(group: PublishedGroup) -> tuple[RegionFacts, ...]:
    """The subjects of a group by their regions."""
    return _regions(group.pk, group.publication.prepared_at)


def sieved(
    group: PublishedGroup, *, region: str = "", grade: str = "", text: str = "", sort: str = "place"
) -> list[int]:
    """The numbers of the rows that a reader asks for, in the order asked for; an empty field asks for everything.

    `sort` is the name of a cell, with a minus backwards; rows without it come last.
    """
    found = cells(group)
    if region:
        found = found.filter(pl.col("region") == region)
    if grade:
        found = found.filter(pl.col("grade") == grade)
    if text:
        named = pl.concat_str("parent", "name", separator="/").str.to_lowercase()
        found = found.filter(named.str.contains(text.lower(), literal=True))
    if sort == "place":
        return found["id"].to_list()
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    return found.sort(name, "place", descending=[backwards, False], nulls_last=True)["id"].to_list()


def is_open(row: PublishedSubject) -> bool:
    """Whether its index may still rise: then nothing is said of how it changed."""
    return row.coverage is None or row.coverage < WHOLE or row.total_low != row.total_high


def rows(numbers: Sequence[int]) -> list[PublishedSubject]:
    """Subjects by their numbers, in that order, without what only their own pages show."""
    found = {row.pk: row for row in PublishedSubject.objects.filter(pk__in=numbers).defer("body")}
    return [found[number] for number in numbers if number in found]


def rows_in_parts(numbers: Sequence[int]) -> Iterator[PublishedSubject]:
    """The same for long lists: a query for each part."""
    for start in range(0, len(numbers), BATCH):
        yield from rows(numbers[start : start + BATCH])


def bodies(text: str, stamp: Stamp) -> list[int]:
    """The lasting numbers of bodies of which something holds now, by name or region."""
    found = _bodies(stamp)
    if text:
        named = pl.concat_str("key", "name", separator="\n").str.to_lowercase()
        found = found.filter(named.str.contains(text.lower(), literal=True))
    return found["id"].to_list()


def bodies_of(numbers: Sequence[int]) -> list[PublicSubject]:
    """Bodies by their numbers, in that order."""
    found = PublicSubject.objects.in_bulk(list(numbers))
    return [found[number] for number in numbers if number in found]


@lru_cache(maxsize=KEPT)
def _cells(number: int, _prepared: datetime) -> pl.DataFrame:
    found = list(PublishedSubject.objects.filter(group=number).order_by("place").values_list(*CELLS))
    schema = {"id": pl.Int64, "place": pl.Int64, "index": pl.Float64, "coverage": pl.Float64}
    columns = {
        name: pl.Series(name, [row[at] for row in found], dtype=schema.get(name, pl.String))
        for at, name in enumerate(CELLS)
        if name != "tops"
    }
    tops = [row[-1] for row in found]
    for place in range(max(map(len, tops), default=0)):
        lows = [one[place][0] if place < len(one) and one[place] else None for one in tops]
        columns[f"top{place}"] = pl.Series(lows, dtype=pl.Float64)
    return pl.DataFrame(columns)


@lru_cache(maxsize=KEPT)
def _counts(number: int, prepared: datetime) -> GroupCounts:
    found = _cells(number, prepared)
    return GroupCounts(
        regions=tuple(Counted(*one) for one in _numbers(found, "region")),
        grades=tuple(Counted(*one) for one in _numbers(found, "grade")),
        ties={rank: count for rank, count in _numbers(found, "rank") if count > 1},
    )


def _numbers(found: pl.DataFrame, column: str) -> list[tuple[str, int]]:
    """How often each value stands in a column, in the order in which they come."""
    named = found.filter(pl.col(column) != "")
    return named.group_by(column, maintain_order=True).len().rows()


@lru_cache(maxsize=KEPT)
def _regions(number: int, prepared: datetime) -> tuple[RegionFacts, ...]:
    found = _cells(number, prepared).filter(pl.col("region") != "")
    sure = pl.col("index").filter((pl.col("unranked") == "") & (pl.col("coverage") >= WHOLE))
    told = found.group_by("region", maintain_order=True).agg(
        pl.len().alias("subjects"),
        sure.count().alias("known"),
        sure.mean().alias("mean"),
        pl.col("grade").filter(pl.col("grade") != "").alias("grades"),
    )
    return tuple(
        RegionFacts(region, subjects, known, mean, {one: grades.count(one) for one in dict.fromkeys(grades)})
        for region, subjects, known, mean, grades in told.iter_rows()
    )


@lru_cache(maxsize=2)
def _bodies(_stamp: Stamp) -> pl.DataFrame:
    holding = PublishedSubject.objects.filter(publication__state=PublicationState.PUBLIC).values("subject")
    found = PublicSubject.objects.filter(pk__in=holding).order_by("id").values_list("id", "key", "name")
    return pl.DataFrame(list(found), schema={"id": pl.Int64, "key": pl.String, "name": pl.String}, orient="row")
