"""A publication's subjects and groups as its pages show them, made from its files alone."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl
from isal import isal_zlib
from msgspec import Struct, json, structs

from govgauge.analysis.facts import Fact, facts
from govgauge.analysis.groups import ALL, Group, groups_by
from govgauge.analysis.node import Node
from govgauge.office.sheets import PACKING
from govgauge.reports.field import WHO, Field
from govgauge.reports.material import Material
from govgauge.scoring.bulk import SAME
from govgauge.subjects.library import roster, roster_ids
from govgauge.systems.ranking import OrderInGrade

MOST_FINDINGS = 200
"""Findings of a subject on its page; all of them stand in the table."""
SIXTH = 6


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


def group_facts(field: Field) -> dict[str, Fact]:
    """What holds of all judged subjects of a field: for each node mean, median, best and worst; bands and grades."""
    if not field.judged.height:
        return {}
    whole = groups_by(field.assessed)[0]
    named = structs.replace(whole, name=ALL)
    told = facts(named)
    if not isinstance(told, dict):
        raise TypeError(type(told).__name__)
    return {**told, "tops": [node.code for node in tops_of(field)], "best_of": _best(field, whole)}


def rows_of(material: Material, field: Field) -> Iterator[SubjectRow]:
    """The subjects of a field in the order in which they are listed."""
    shows = material.about.shows
    bodies = _bodies(material, field)
    tops = _tops(field)
    decimals = field.ranking.decimals
    for place, row in enumerate(_ordered(field, ranks=shows.ranks)):
        who = (row["parent"], row["name"])
        weight = row["weight"]
        told = row["low"] is not None and weight
        label = row["rank"] if shows.ranks else ""
        yield SubjectRow(
            key=f"{row['parent']}/{row['name']}" if row["parent"] else row["name"],
            system=field.facts.system,
            place=place,
            name=row["name"],
            parent=row["parent"] or "",
            region=row["region"] or "",
            url=row["url"] or "",
            state=row["state"],
            total_low=_shown(row["total_low"], decimals),
            total_high=_shown(row["total_high"], decimals),
            index=round(row["low"] / weight, SIXTH) if told else None,
            rank=label or "",
            rank_number=_number(label),
            rank_best=_whole(row["rank_best"]) if shows.ranks else None,
            rank_worst=_whole(row["rank_worst"]) if shows.ranks else None,
            grade=row["grade"] or "",
            unranked=row["unranked"] or "",
            coverage=row["coverage"],
            findings=_whole(row["findings"]) or 0,
            tops=tops.get(who, ()),
            body=packed(bodies.get(who, SubjectFacts())),
        )


def _ordered(field: Field, *, ranks: bool) -> list[dict[str, Any]]:
    """By rank; where none are told by grade and division. Those without a place come last."""
    rows = list(field.results.iter_rows(named=True))
    divisions = _divisions()
    grades = {grade.name: place for place, grade in enumerate(field.ranking.grades)}
    by_division = not ranks or (bool(grades) and field.ranking.order_in_grade is OrderInGrade.DIVISION)

    def order(row: Mapping[str, Any]) -> tuple[object, ...]:
        key = f"{row['parent']}/{row['name']}" if row["parent"] else row["name"]
        division = divisions.get(key, len(divisions))
        if by_division:
            return bool(row["unranked"]), grades.get(row["grade"], len(grades)), division, key
        number = _number(row["rank"])
        return number is None, number or 0, division, key

    return sorted(rows, key=order)


def _divisions() -> dict[str, int]:
    """The place of each subject in the order of the lists, the newest list first."""
    found: dict[str, int] = {}
    for name in sorted(roster_ids(), reverse=True):
        for subject in roster(name).subjects:
            found.setdefault(subject.key, len(found))
    return found


def _bodies(material: Material, field: Field) -> dict[tuple[str, str], SubjectFacts]:
    of_field = (pl.col("group") == field.facts.name) & (pl.col("system") == field.facts.system)
    of_field &= pl.col("profile") == field.facts.profile
    indicators = material.lazily("indicators").filter(of_field)
    checks = material.lazily("checks").filter(of_field).rename({"indicator": "of"})
    findings = material.lazily("findings").filter(pl.col("group") == field.facts.name)
    parts = (
        _by_subject(indicators, IndicatorFact, []),
        _by_subject(checks, CheckFact, [pl.col("of").alias("indicator"), pl.col("findings").cast(pl.Int64)]),
        _by_subject(findings, FindingFact, []),
    )
    keys = dict.fromkeys(key for part in parts for key in part)
    return {
        key: SubjectFacts(
            indicators=tuple(parts[0].get(key, ())),
            checks=tuple(parts[1].get(key, ())),
            findings=tuple(parts[2].get(key, ())[:MOST_FINDINGS]),
            findings_told=len(parts[2].get(key, ())),
        )
        for key in keys
    }


def _by_subject(rows: pl.LazyFrame, kind: type[Any], made: list[pl.Expr]) -> dict[tuple[str, str], list[Any]]:
    """The rows of a table as structs, by the subject that they tell of."""
    names = [field.name for field in structs.fields(kind)]
    chosen = rows.with_columns(made).select(*WHO, *names).collect()
    texts = [name for name, of in zip(chosen.columns, chosen.dtypes, strict=True) if of == pl.String]
    chosen = chosen.with_columns(pl.col(texts).fill_null(""))
    found: dict[tuple[str, str], list[Any]] = {}
    for parent, name, *cells in chosen.iter_rows():
        found.setdefault((parent, name), []).append(kind(*cells))
    return found


def _tops(field: Field) -> dict[tuple[str, str], tuple[tuple[float, float] | None, ...]]:
    """Lowest and highest index of each node of the first level; None where it does not apply."""
    if not field.judged.height:
        return {}
    ranges = [field.assessed.index_range(node.code) for node in tops_of(field)]
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
