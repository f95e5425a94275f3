"""A material as reports study it: families of groups, units of analysis, and what the whole round comes to."""

from collections import Counter
from functools import cached_property

import polars as pl
from msgspec import Struct

from govgauge.analysis.robustness import Robustness
from govgauge.reports.about import About
from govgauge.reports.field import Field
from govgauge.reports.material import Material
from govgauge.reports.unit import Unit, firmness
from govgauge.systems.model import Check

RUNS = 400
"""Simulations for the intervals of ranks: the ends of 90 of 100 are steady to a place or two."""


class Family(Struct, frozen=True):
    """Groups that the list puts together, such as all ministries."""

    title: str
    fields: tuple[Field, ...]
    units: tuple[Unit, ...]


class Studied:
    """Everything that reports compute of a material, once."""

    def __init__(self, material: Material, runs: int = RUNS) -> None:
        self.material = material
        self._runs = runs
        self._firm: dict[str, Robustness | None] = {}

    @property
    def about(self) -> About:
        return self.material.about

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """In the order of the round's groups."""
        named: dict[str, list[Field]] = {}
        alone = Counter((field.system.id, field.profile) for field in self.material.fields if not field.facts.within)
        for field in self.material.fields:
            several = alone[field.system.id, field.profile] > 1  # groups that no list puts together: by their ruler
            named.setdefault(field.facts.within or (field.system.title if several else field.title), []).append(field)
        return tuple(Family(title, tuple(fields), tuple(self._units(title, fields))) for title, fields in named.items())

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(unit for family in self.families for unit in family.units)

    @cached_property
    def states(self) -> Counter[str]:
        """How many entries stand in each state."""
        return Counter(str(state) for state in self.material.results["state"])

    def checks_asked(self, system: str) -> list[Check]:
        """The checks of a system that it asks of some group of the round."""
        profiles = {field.profile for field in self.material.fields if field.system.id == system}
        return [
            check
            for leaf in self.about.systems[system].leaves()
            for check in leaf.indicator.checks
            if any(leaf.indicator.weight(each) is not None and check.asked_in(each) for each in profiles)
        ]

    @cached_property
    def unconfirmed(self) -> int:
        """Answers that a program gave and a person was to confirm, but has not."""
        given = self.material.lazily("checks").filter(pl.col("answered"), pl.col("confirmed").not_())
        return int(given.select(pl.len()).collect().item())

    @cached_property
    def bodies(self) -> int:
        """How many bodies there are: one that stands in several groups counts once."""
        return self.material.results.select("parent", "name").unique().height

    @cached_property
    def disagreeing(self) -> float | None:
        """The share of doubly coded answers that differed; None where nothing was coded twice."""
        found = self.about.collected.agreement
        return None if found is None or found.percent.value is None else 1 - found.percent.value

    def firm(self, field: Field) -> Robustness | None:
        """How firm the ranks of a field are, computed when first asked for."""
        key = "|".join((field.facts.name, field.facts.system, field.facts.profile))
        if key not in self._firm:
            self._firm[key] = firmness(field, self.disagreeing, self._runs)
        return self._firm[key]

    def _units(self, family: str, fields: list[Field]) -> list[Unit]:
        by_ruler: dict[tuple[str, str], list[Field]] = {}
        for field in fields:
            by_ruler.setdefault((field.facts.system, field.profile), []).append(field)
        return [
            Unit(_together(family, some, alone=len(by_ruler) == 1), some, self._before(some))
            for some in by_ruler.values()
        ]

    def _before(self, fields: list[Field]) -> list[Field]:
        """The groups of the same names in the publication before, where one system and profile assessed them all."""
        previous = self.material.previous
        names = {field.facts.name for field in fields}
        found = [field for field in previous.fields if field.facts.name in names] if previous else []
        of_kind: dict[tuple[str, str], list[Field]] = {}
        for field in found:
            if field.judged.height:
                of_kind.setdefault((field.system.id, field.profile), []).append(field)
        return max(of_kind.values(), key=len, default=[])


def _together(family: str, fields: list[Field], *, alone: bool) -> str:
    if len(fields) == 1:
        return fields[0].title
    return family if alone else "、".join(field.title for field in fields)
