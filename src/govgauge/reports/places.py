"""Subjects with totals, ranks and grades as a publication may tell them, in the order that its policy asks for."""

import math
import re
from collections.abc import Sequence

from msgspec import Struct

from govgauge.analysis.assessed import NO_GRADE, UNDECIDED
from govgauge.analysis.shares import shown
from govgauge.reports.division_order import division_order
from govgauge.reports.field import Field

UNKNOWN = "—"


class Place(Struct, frozen=True):
    """A judged subject as tables tell it; numbers are texts already."""

    name: str
    parent: str
    region: str
    rank: str
    among: str
    """The places that stay possible while checks are open, empty where the rank is sure."""
    total: str
    grade: str
    coverage: str
    why: str
    """Why it has no rank, empty where it has one."""


def places(field: Field, *, ranks: bool) -> list[Place]:
    """The judged subjects of a field: by rank where ranks are told, else by grade and division."""
    rows = [_place(row, field) for row in field.judged.iter_rows(named=True)]
    if ranks:
        return sorted(rows, key=lambda each: (_number(each), *division_order(each.region, each.parent, each.name)))
    grades = {grade.name: place for place, grade in enumerate(field.ranking.grades)}
    return sorted(
        rows,
        key=lambda each: (grades.get(each.grade, len(grades)), *division_order(each.region, each.parent, each.name)),
    )


def first_few(found: Sequence[Place], most: int) -> list[Place]:
    """The first by rank, with all equals of the last one told; before these where they are too many to be told."""
    end = most
    while 0 < end < len(found) and found[end].rank == found[end - 1].rank != UNKNOWN:
        end += 1
    if end > 2 * most:
        end = next(place for place, each in enumerate(found) if each.rank == found[end - 1].rank) or most
    return list(found[:end])


def by_grade(field: Field, found: Sequence[Place]) -> list[tuple[str, list[str]]]:
    """The names of each grade, best first; grades that nobody has stay, empty."""
    names = [grade.name for grade in field.ranking.grades]
    extra = [name for name in (NO_GRADE, UNDECIDED) if any(each.grade == name for each in found)]
    return [(grade, [each.name for each in found if each.grade == grade]) for grade in (*names, *extra)]


def span(low: float | None, high: float | None, decimals: int) -> str:
    """Points, or from where to where they may lie."""
    if low is None or high is None:
        return UNKNOWN
    first, last = shown(low, decimals), shown(high, decimals)
    return first if first == last else f"{first}–{last}"


def _number(place: Place) -> float:
    """The first place that a rank tells; those without one stand last."""
    digits = re.match(r"\d+", place.rank)
    return int(digits.group()) if digits and not place.why else math.inf


def _place(row: dict[str, object], field: Field) -> Place:
    best, worst = row["rank_best"], row["rank_worst"]
    moving = (
        isinstance(best, float) and isinstance(worst, float) and row["rank"] and row["total_low"] != row["total_high"]
    )
    low, high = (number if isinstance(number := row[name], float) else None for name in ("total_low", "total_high"))
    coverage = row["coverage"]
    grades = bool(field.ranking.grades)
    undecided = UNDECIDED if row["grade_low"] != row["grade_high"] else NO_GRADE
    return Place(
        name=str(row["name"] or ""),
        parent=str(row["parent"] or ""),
        region=str(row["region"] or ""),
        rank=str(row["rank"] or UNKNOWN),
        among=f"{best:.0f}–{worst:.0f}" if moving and best != worst else "",
        total=span(low, high, field.ranking.decimals),
        grade=(str(row["grade"]) if row["grade"] else undecided) if grades else "",
        coverage=f"{shown(100 * coverage, 1)}%" if isinstance(coverage, float) else UNKNOWN,
        why=str(row["unranked"] or ""),
    )
