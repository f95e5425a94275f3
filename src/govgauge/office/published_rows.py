"""A publication's subjects and groups as its pages show them, made from its files alone."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np
import polars as pl
from isal import isal_zlib
from msgspec import Struct, json, structs

from govgauge.analysis.facts import Fact, facts
from govgauge.analysis.groups import ALL, Group, groups_by
from govgauge.analysis.node import Node
from govgauge.office.sheets import PACKING
from govgauge.reports.about import Shows, by_division
from govgauge.reports.division_order import division_order
from govgauge.reports.field import WHO, Field
from govgauge.reports.material import Material
from govgauge.reports.ranges import Ranges
from govgauge.scoring.bulk import SAME

MOST_FINDINGS = 200
"""Findings of a subject on its page; all of them stand in the table."""
SIXTH = 6
PART = 100_000
"""Rows of a table that are held at once."""
FIELD = ("group", *WHO, "system", "profile")
Cells = Mapping[str, Any]


class IndicatorFact(Struct, frozen=True):
    """A leaf with its points. None: open, or not applicable where the effective weight is 0."""

    code: str
    level1: str
    level2: str
    level3: str
    weight: float
    effective_weight: float
    index: float | None
    score: float | None
    low: float
    high: float


class CheckFact(Struct, frozen=True):
    """What a check brought."""

    indicator: str
    check: str
    text: str
    method: str
    audit: str
    outcome: str
    value: float | None
    weight: float
    low: float
    high: float
    findings: int
    answered: bool
    source: str
    reason: str


class FindingFact(Struct, frozen=True):
    """A single fault as it is told to everybody."""

    audit: str
    page: str
    target: str
    sentence: str
    excerpt: str


class SubjectFacts(Struct, frozen=True):
    """All that the page of a subject tells. `findings_told` of its findings are told, the first ones stand here."""

    indicators: tuple[IndicatorFact, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    findings: tuple[FindingFact, ...] = ()
    findings_told: int = 0


class SubjectRow(Struct, frozen=True, kw_only=True):
    """The cells of a `PublishedSubject` that do not name other records. `key` tells which subject it is."""

    key: str
    system: str
    place: int
    name: str
    parent: str
    region: str
    url: str
    state: str
    total_low: str
    total_high: str
    index: float | None
    rank: str
    rank_number: int | None
    rank_best: int | None
    rank_worst: int | None
    grade: str
    unranked: str
    coverage: float | None
    findings: int
    tops: tuple[tuple[float, float] | None, ...]
    body: bytes


def packed(told: SubjectFacts) -> bytes:
    """The facts of a subject as a record keeps them."""
    return isal_zlib.compress(json.encode(told), PACKING)


def unpacked(body: bytes | memoryview) -> SubjectFacts:
    """The facts of a subject from its record."""
    return json.decode(isal_zlib.decompress(body), type=SubjectFacts)


def tops_of(field: Field) -> tuple[Node, ...]:
    """The nodes of the first level, the bonus apart: the columns of a ranking."""
    return tuple(node for node in field.assessed.nodes if node.level == 1 and not node.bonus)


def group_facts(field: Field, *, named: bool) -> dict[str, Fact]:
    """What holds of all judged subjects of a field: for each node mean, median, best and worst; bands and grades.
    `named`: who the best are, too."""
    if not field.judged.height:
        return {}
    whole = groups_by(field.assessed)[0]
    told = facts(structs.replace(whole, name=ALL))
    if not isinstance(told, dict):
        raise TypeError(type(told).__name__)
    return {**told, "tops": [node.code for node in tops_of(field)], "best_of": _best(field, whole) if named else {}}


def rows_of(material: Material) -> Iterator[tuple[int, SubjectRow]]:
    """All subjects, each with the number of its field, in the order of the tables: these are read once, in parts."""
    shows = material.about.shows
    listed = {key: one for number, field in enumerate(material.fields) for key, one in _listed(number, field, material)}
    parts = tuple(
        _Runs(material.lazily(table), kind)
        for table, kind in (("indicators", IndicatorFact), ("checks", CheckFact), ("findings", FindingFact))
    )
    for row in material.results.iter_rows(named=True):
        one = listed[_cells(row)]
        indicators, checks, findings = (part.of(row) for part in parts)
        told = SubjectFacts(tuple(indicators), tuple(checks), tuple(findings[:MOST_FINDINGS]), len(findings))
        made = _row(row, one, shows, told)
        yield one.field, made if material.about.tells_points(row["system"]) else _by_grade_alone(made)


def _row(row: Cells, one: "_Listed", shows: Shows, told: SubjectFacts) -> SubjectRow:
    weight = row["weight"]
    label = row["rank"] if shows.ranks else ""
    return SubjectRow(
        key=_key(row),
        system=row["system"],
        place=one.place,
        name=row["name"],
        parent=row["parent"] or "",
        region=row["region"] or "",
        url=row["url"] or "",
        state=row["state"],
        total_low=_shown(row["total_low"], one.decimals),
        total_high=_shown(row["total_high"], one.decimals),
        index=round(row["low"] / weight, SIXTH) if row["low"] is not None and weight else None,
        rank=label or "",
        rank_number=_number(label),
        rank_best=_whole(row["rank_best"]) if shows.ranks else None,
        rank_worst=_whole(row["rank_worst"]) if shows.ranks else None,
        grade=row["grade"] or "",
        unranked=row["unranked"] or "",
        coverage=row["coverage"],
        findings=_whole(row["findings"]) or 0,
        tops=one.tops,
        body=packed(told),
    )


def _by_grade_alone(row: SubjectRow) -> SubjectRow:
    """Without points and all from which they follow: a record does not hold what its pages must not tell."""
    nothing = packed(SubjectFacts())
    return structs.replace(row, total_low="", total_high="", index=None, findings=0, tops=(), body=nothing)


class _Listed(Struct, frozen=True):
    """Where a subject is listed: in which field, at which place."""

    field: int
    place: int
    decimals: int
    tops: tuple[tuple[float, float] | None, ...]


def _listed(number: int, field: Field, material: Material) -> Iterator[tuple[tuple[str, ...], _Listed]]:
    tops = _tops(material, field)
    for place, row in enumerate(_ordered(field, ranks=material.about.shows.ranks)):
        told = tops.get((row["parent"] or "", row["name"]), ())
        yield _cells(row), _Listed(number, place, field.ranking.decimals, told)


class _Runs:
    """The rows of a table as structs, subject after subject; asked for in the order of the table."""

    def __init__(self, rows: pl.LazyFrame, kind: type[Any]) -> None:
        self._rows, self._kind = rows, kind
        self._told = [field.name for field in structs.fields(kind)]
        self._runs = groupby(self._lines(), key=lambda line: line[0])
        self._next = next(self._runs, None)

    def of(self, row: Cells) -> list[Any]:
        """The rows of the subject of a row of results; none where the table tells nothing of it."""
        if self._next is None or self._next[0] != _cells(row):
            return []
        found = [self._kind(*cells) for _who, cells in self._next[1]]
        self._next = next(self._runs, None)
        return found

    def _lines(self) -> Iterator[tuple[tuple[str, ...], tuple[Any, ...]]]:
        wide = len(FIELD)
        schema = self._rows.collect_schema()
        made = [
            pl.col(name).cast(pl.Int64) if name == "findings" else pl.col(name).fill_null("")
            for name in (*FIELD, *self._told)
            if name == "findings" or schema[name] == pl.String
        ]
        chosen = self._rows.with_columns(made).select(*FIELD, *(pl.col(name).alias(f"_{name}") for name in self._told))
        for start in range(0, self._rows.select(pl.len()).collect().item(), PART):
            for cells in chosen.slice(start, PART).collect().iter_rows():
                yield cells[:wide], cells[wide:]


def _cells(row: Cells) -> tuple[str, ...]:
    return tuple(row[name] or "" for name in FIELD)


def _key(row: Cells) -> str:
    return f"{row['parent']}/{row['name']}" if row["parent"] else str(row["name"])


def _ordered(field: Field, *, ranks: bool) -> list[dict[str, Any]]:
    """By rank; where none are told by grade and division. Those without a place come last."""
    rows = list(field.results.iter_rows(named=True))
    grades = {grade.name: place for place, grade in enumerate(field.ranking.grades)}
    without = not ranks or by_division(field.ranking)

    def order(row: Cells) -> tuple[object, ...]:
        key = _key(row)
        division = division_order(row["region"] or "", row["parent"] or "", row["name"])
        if without:
            return bool(row["unranked"]), grades.get(row["grade"], len(grades)), division, key
        number = _number(row["rank"])
        return number is None, number or 0, division, key

    return sorted(rows, key=order)


def _tops(material: Material, field: Field) -> dict[tuple[str, str], tuple[tuple[float, float] | None, ...]]:
    """Lowest and highest index of each node of the first level; None where it does not apply."""
    if not field.judged.height:
        return {}
    found = Ranges(material, field, field.assessed.nodes)
    ranges = [found.of(node.code) for node in tops_of(field)]
    return {
        (parent or "", name): tuple(
            None if np.isnan(low[place]) else (round(float(low[place]), SIXTH), round(float(high[place]), SIXTH))
            for low, high in ranges
        )
        for place, (parent, name) in enumerate(field.judged.select(*WHO).iter_rows())
    }


def _best(field: Field, whole: Group) -> dict[str, Fact]:
    """For each node the subjects that reach the best index, a few of them."""
    found: dict[str, Fact] = {}
    for spread in whole.spreads:
        if spread.maximum is None:
            continue
        indexes = field.assessed.index(spread.node.code)
        at = np.flatnonzero(~np.isnan(indexes) & (indexes >= spread.maximum - SAME))
        names = [field.assessed.subjects[place] for place in at[:EXAMPLES]]
        found[spread.node.code] = {"count": len(at), "subjects": [*names]}
    return found


EXAMPLES = 5
"""Subjects named as the best of an indicator."""


def _shown(points: float | None, decimals: int) -> str:
    return "" if points is None else f"{points:.{decimals}f}"


def _number(label: str | None) -> int | None:
    """The rank that a printed one begins with: `3` of `3–4`."""
    digits = (label or "").partition("–")[0].partition("-")[0].strip()
    return int(digits) if digits.isdigit() else None


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
