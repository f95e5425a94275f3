"""What the tables of a publication tell of single subjects: indicators, checks, findings; read for a few at a time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import polars as pl
from msgspec import Struct, structs

from govgauge.reports.field import Field, of_group
from govgauge.reports.material import Material

EXAMPLES = 4
"""Findings of an audit that are told one by one."""
KEY = pl.when(pl.col("parent").fill_null("") == "").then("name").otherwise(pl.format("{}/{}", "parent", "name"))
"""What a subject goes by: `parent/name`."""
T = TypeVar("T", bound=Struct)


class LeafLine(Struct, frozen=True):
    """A leaf with its points; `effective_weight` is 0 where it does not apply."""

    code: str
    level1: str
    level2: str | None
    level3: str | None
    effective_weight: float
    index: float | None
    low: float
    high: float

    @property
    def name(self) -> str:
        return self.level3 or self.level2 or self.level1

    @property
    def path(self) -> str:
        return " › ".join(part for part in (self.level1, self.level2, self.level3) if part)


class CheckLine(Struct, frozen=True):
    """A check with the points that it has for sure (`low`) and may have (`high`) of its `weight`."""

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
    findings: float | None
    answered: bool
    reason: str


class FindingLine(Struct, frozen=True):
    """A fault as it is told."""

    audit: str
    page: str
    target: str
    sentence: str
    excerpt: str


class Found(Struct, frozen=True):
    """The findings of an audit: how many, on how many pages, and the first ones on different pages."""

    count: int
    pages: int
    examples: tuple[FindingLine, ...]


class Details(Struct, frozen=True):
    """All of a subject that does not depend on the others. `found` goes by audit."""

    leaves: tuple[LeafLine, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    found: Mapping[str, Found] = {}


def details_of(material: Material, field: Field, keys: Iterable[str]) -> dict[str, Details]:
    """The details of some subjects of a field by their keys (`parent/name`)."""
    wanted = list(keys)
    who = field.results.select("parent", "name", key=KEY).filter(pl.col("key").is_in(wanted))
    leaves = _lines(material.lazily("indicators").filter(of_field(field)), who, LeafLine)
    checks = _lines(material.lazily("checks").filter(of_field(field)), who, CheckLine)
    found = _found(material.lazily("findings").filter(of_field(field)), who)
    return {key: Details(tuple(leaves.get(key, ())), tuple(checks.get(key, ())), found.get(key, {})) for key in wanted}


def of_field(field: Field) -> pl.Expr:
    """The rows of a table that tell of a field."""
    return of_group(field.facts)


def _of(rows: pl.LazyFrame, who: pl.DataFrame) -> pl.LazyFrame:
    """The rows of these subjects. Their names sift the rows while the file is read: no others are held."""
    sifted = rows.filter(pl.col("name").is_in(who["name"].unique().to_list()))
    return sifted.join(who.lazy(), on=["parent", "name"], how="inner", nulls_equal=True, maintain_order="left")


def _lines(rows: pl.LazyFrame, who: pl.DataFrame, kind: type[T]) -> dict[str, list[T]]:
    names = [field.name for field in structs.fields(kind)]
    frame = _of(rows, who)
    found: dict[str, list[T]] = {}
    for key, *cells in frame.select("key", *names).collect().iter_rows():
        found.setdefault(key, []).append(kind(*cells))
    return found


def _found(rows: pl.LazyFrame, who: pl.DataFrame) -> dict[str, dict[str, Found]]:
    frame = _of(rows, who)
    names = [field.name for field in structs.fields(FindingLine)]
    first = pl.struct(names).filter(pl.col("page").is_first_distinct()).head(EXAMPLES)
    by_audit = frame.group_by("key", "audit", maintain_order=True).agg(
        count=pl.len(), pages=pl.col("page").n_unique(), examples=first
    )
    found: dict[str, dict[str, Found]] = {}
    for key, audit, count, pages, examples in by_audit.collect().iter_rows():
        found.setdefault(key, {})[audit] = Found(count, pages, _examples(examples))
    return found


def _examples(rows: Sequence[Mapping[str, Any]]) -> tuple[FindingLine, ...]:
    return tuple(FindingLine(**{name: cell or "" for name, cell in row.items()}) for row in rows)
