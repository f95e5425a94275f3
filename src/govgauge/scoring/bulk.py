"""Scoring a whole field at once: a table of leaf indexes, ten thousand subjects in a blink.

The rules are those of `score`, for answers that are known per leaf: what is open makes a range, what does not apply
gives its weight to its siblings. Points are binary fractions here; totals that differ by less than `SAME` are equal.
"""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govgauge.systems.model import Indicator, System
from govgauge.systems.ranking import Ranking, Rounding, Ties

Points = NDArray[np.float64]
Flags = NDArray[np.bool_]

SAME = 1e-9
"""Points below which two totals are one: far below any printed decimal, far above what adding fractions costs."""


class Field(Struct, frozen=True):
    """Leaf indexes of many subjects. `values` is subjects × leaves, 0…1, NaN where open; `applies` is false where a
    leaf does not apply to a subject (None: everything applies). `codes` names the leaves in the order of the columns.
    """

    subjects: Sequence[str]
    codes: Sequence[str]
    values: Points
    applies: Flags | None = None


class FieldScores(Struct, frozen=True):
    """Points of every node by code, each an array over the subjects; `low` and `high` differ where leaves are open."""

    weights: dict[str, Points]
    low: dict[str, Points]
    high: dict[str, Points]
    total_low: Points
    total_high: Points

    def index(self, code: str) -> Points:
        """Score ÷ weight of a node, NaN where it is open or does not apply."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found = self.low[code] / self.weights[code]
        open_or_out = (self.high[code] - self.low[code] > SAME) | (self.weights[code] == 0)
        return np.where(open_or_out, np.nan, found)


class UnusableField(ValueError):
    """A table of leaf indexes that cannot be scored; the message names the place."""


def score_field(system: System, profile: str, field: Field) -> FieldScores:
    """Score every subject against a profile. Leaves without a column are open.

    Raises UnusableField for a column that is no leaf of the system, or a value outside 0…1.
    """
    return _FieldScorer(system, profile, field).scores()


def ranks_of_totals(totals: Points, ranking: Ranking) -> NDArray[np.int64]:
    """The rank of each total, highest first; `shared` ties show the first of their places."""
    keys = _shown(totals, ranking) if ranking.on_rounded else np.round(totals / SAME).astype(np.int64)
    distinct, place, sizes = np.unique(-keys, return_inverse=True, return_counts=True)
    firsts = np.arange(1, len(distinct) + 1) if ranking.ties is Ties.DENSE else np.cumsum(sizes) - sizes + 1
    return np.asarray(firsts[place], dtype=np.int64)


def grades_of_totals(totals: Points, ranking: Ranking) -> list[str]:
    """The grade of each total; empty where none is reached."""
    names = np.array([*(each.name for each in ranking.grades), ""])
    reached = [totals >= float(each.at_least) - SAME for each in ranking.grades]
    best = np.argmax(np.vstack([*reached, np.ones(len(totals), dtype=bool)]), axis=0)
    return [str(name) for name in names[best]]


def _shown(totals: Points, ranking: Ranking) -> NDArray[np.int64]:
    """Totals as whole numbers of their last shown decimal, halves rounded by the policy."""
    scaled = np.round(totals * 10.0**ranking.decimals, 6)
    if ranking.rounding is Rounding.HALF_UP:
        return np.floor(scaled + 0.5).astype(np.int64)
    return np.round(scaled).astype(np.int64)


class _FieldScorer:
    def __init__(self, system: System, profile: str, field: Field) -> None:
        self._profile = profile
        self._system = system
        self._field = field
        self._column = {code: place for place, code in enumerate(field.codes)}
        self._size = len(field.subjects)
        leaves = {leaf.indicator.code for leaf in system.leaves()}
        strangers = [code for code in field.codes if code not in leaves]
        if strangers:
            raise UnusableField(f"指标体系 {system.id} 没有末级指标“{strangers[0]}”，请核对列名。")
        bad = ~((field.values >= 0) & (field.values <= 1) | np.isnan(field.values))
        if bad.any():
            row, column = np.argwhere(bad)[0]
            raise UnusableField(
                f"“{field.subjects[row]}”的指标 {field.codes[column]} 取值 {field.values[row, column]} "
                "不在 0 至 1 之间，请核对。"
            )
        self._weights: dict[str, Points] = {}
        self._low: dict[str, Points] = {}
        self._high: dict[str, Points] = {}

    def scores(self) -> FieldScores:
        base = [node for node in self._system.indicators if not node.bonus]
        tops = [self._hand_out(base, self._full(base), deduct=False)]
        tops += [
            self._hand_out([node], self._full([node]), deduct=False) for node in self._system.indicators if node.bonus
        ]
        nothing = np.zeros(self._size)
        return FieldScores(
            self._weights,
            self._low,
            self._high,
            total_low=sum((low for low, _ in tops), nothing),
            total_high=sum((high for _, high in tops), nothing),
        )

    def _full(self, nodes: Sequence[Indicator]) -> Points:
        return np.full(self._size, sum(self._weight(node) for node in nodes))

    def _weight(self, node: Indicator) -> float:
        return float(node.weight(self._profile) or Decimal(0))

    def _hand_out(self, nodes: Sequence[Indicator], available: Points, *, deduct: bool) -> tuple[Points, Points]:
        """Hand points to sibling nodes in proportion to the weights of those that apply; their points together."""
        assessed = [node for node in nodes if node.weight(self._profile) is not None]
        taking = [self._takes(node, deduct=deduct) * self._weight(node) for node in assessed]
        whole = sum(taking, np.zeros(self._size))
        low, high = np.zeros(self._size), np.zeros(self._size)
        for node, weight in zip(assessed, taking, strict=True):
            share = np.divide(available * weight, whole, out=np.zeros(self._size), where=whole > 0)
            part_low, part_high = self._score(node, share, deduct=deduct or node.deduct)
            low += part_low
            high += part_high
        return low, high

    def _score(self, node: Indicator, points: Points, *, deduct: bool) -> tuple[Points, Points]:
        self._weights[node.code] = points
        if node.children:
            low, high = self._hand_out(node.children, points, deduct=deduct)
        else:
            values = self._values(node.code, deduct=deduct)
            low, high = points * np.nan_to_num(values, nan=0.0), points * np.nan_to_num(values, nan=1.0)
        self._low[node.code], self._high[node.code] = low, high
        return low, high

    def _values(self, code: str, *, deduct: bool) -> Points:
        place = self._column.get(code)
        if place is None:
            return np.full(self._size, np.nan)
        values = self._field.values[:, place]
        if deduct and self._field.applies is not None:
            return np.where(self._field.applies[:, place], values, 1.0)
        return values

    def _takes(self, node: Indicator, *, deduct: bool) -> Points:
        """1 for each subject for which points handed to this node find a leaf that applies, else 0."""
        inner = deduct or node.deduct
        if node.children:
            return np.asarray(np.max([self._takes(child, deduct=inner) for child in node.children], axis=0))
        place = self._column.get(node.code)
        if self._weight(node) == 0:
            return np.zeros(self._size)
        if inner or place is None or self._field.applies is None:
            return np.ones(self._size)
        return self._field.applies[:, place].astype(np.float64)
