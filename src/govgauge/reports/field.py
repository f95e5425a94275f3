"""A field: the subjects of one group that one profile of one system assesses, with their places and their indexes."""

from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl

from govgauge.analysis.assessed import NO_GRADE, UNDECIDED, Assessed
from govgauge.analysis.leaf_table import LeafTable
from govgauge.errors import Unusable
from govgauge.reports.about import GroupFacts
from govgauge.scoring.bulk import UnusableField
from govgauge.systems.model import System
from govgauge.systems.ranking import Ranking

JUDGED = "judged"
"""State of those whose numbers count; the others are listed with what became of them."""
NOT_APPLICABLE = "not-applicable"
LISTED = ("group", "system", "profile")
WHO = ("parent", "name")
GRADED = ("grade", "grade_low", "grade_high")


class Tables(Protocol):
    """The tables that a field's rows are of."""

    folder: Path

    @property
    def results(self) -> pl.DataFrame:
        """A row for each subject."""

    def lazily(self, name: str) -> pl.LazyFrame:
        """A table, to be read in parts."""


class Field:
    """`results` are all rows of the group, in the order of the table; `judged` those with numbers."""

    def __init__(self, material: Tables, facts: GroupFacts, system: System, ranking: Ranking) -> None:
        self.material = material
        self.facts = facts
        self.system = system
        self.ranking = ranking

    @property
    def title(self) -> str:
        return self.facts.title

    @cached_property
    def results(self) -> pl.DataFrame:
        return self.material.results.filter(of_group(self.facts))

    @cached_property
    def judged(self) -> pl.DataFrame:
        return self.results.filter(pl.col("state") == JUDGED)

    @cached_property
    def values(self) -> LeafTable:
        """Indexes of the leaves of the judged subjects, in their order; subjects go by `parent/name`."""
        codes = tuple(leaf.indicator.code for leaf in self.system.leaves() if leaf.indicator.weight(self.profile))
        rows = self._rows("indicators", ["code", "index", "effective_weight"])
        return self._spread(
            rows.select("row", "code", value="index", applies=pl.col("effective_weight").fill_null(0) > 0),
            codes,
        )

    @cached_property
    def answers(self) -> LeafTable:
        """Values of all checks of the judged subjects, in their order."""
        codes = tuple(
            check.id
            for leaf in self.system.leaves()
            if leaf.indicator.weight(self.profile)
            for check in leaf.indicator.checks
            if check.asked_in(self.profile)
        )
        rows = self._rows("checks", ["check", "value", "outcome", "answered"])
        known = pl.when(pl.col("answered")).then(pl.col("value"))
        applies = pl.col("outcome") != NOT_APPLICABLE
        return self._spread(rows.select("row", code="check", value=known, applies=applies), codes)

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """The published grades of the judged subjects: rounded indexes may lie on the other side of a bound."""
        return tuple(_grade(row) for row in self.judged.select(*GRADED).iter_rows(named=True))

    @cached_property
    def assessed(self) -> Assessed:
        """Indexes of every node, with the grades of `results`. Raises Unusable for an index that is none."""
        try:
            return Assessed(self.system, self.profile, self.values, self.ranking, self.grades)
        except UnusableField as error:
            raise Unusable(f"{self.material.folder}：{error}请重新生成公布材料 (an index out of range).") from None

    @property
    def profile(self) -> str:
        return self.facts.profile

    def _rows(self, table: str, columns: list[str]) -> pl.DataFrame:
        places = self.judged.select(*WHO).with_row_index("row").lazy()
        found = self.material.lazily(table).filter(of_group(self.facts)).select(*WHO, *columns)
        return found.join(places, on=list(WHO), how="inner", nulls_equal=True).collect()

    def _spread(self, rows: pl.DataFrame, codes: tuple[str, ...]) -> LeafTable:
        """From a row for each value to subjects × codes; what no row tells is open."""
        column_of = {code: place for place, code in enumerate(codes)}
        rows = rows.with_columns(
            column=pl.col("code").replace_strict(column_of, default=None, return_dtype=pl.Int32)
        ).drop_nulls("column")
        values = np.full((self.judged.height, len(codes)), np.nan)
        applies = np.ones(values.shape, dtype=bool)
        at = rows["row"].to_numpy(), rows["column"].to_numpy()
        values[at] = rows["value"].cast(pl.Float64).fill_null(np.nan).to_numpy()
        applies[at] = rows["applies"].to_numpy()
        values[~applies] = np.nan
        return LeafTable(
            subjects=tuple(_key(*who) for who in self.judged.select(*WHO).iter_rows()),
            codes=codes,
            values=values,
            applies=applies,
            columns={name: tuple(cell or "" for cell in self.judged[name]) for name in ("region", "parent", "group")},
        )


def of_group(facts: GroupFacts) -> pl.Expr:
    """The rows of a table that tell of a group under one profile of one system."""
    return (pl.col("group") == facts.name) & (pl.col("system") == facts.system) & (pl.col("profile") == facts.profile)


def _grade(row: dict[str, str | None]) -> str:
    return row["grade"] or (UNDECIDED if row["grade_low"] != row["grade_high"] else NO_GRADE)


def _key(parent: str | None, name: str) -> str:
    return f"{parent}/{name}" if parent else name
