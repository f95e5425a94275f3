"""From where to where each index may lie while checks are open: from the points that the table of indicators tells.

An index of a leaf with one open check is not known, but its points are known to lie between bounds.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from govgauge.analysis.node import WHOLE, Node
from govgauge.reports.diagnosis.details import KEY, of_field
from govgauge.reports.field import Field, Tables
from govgauge.scoring.bulk import Points


class Ranges:
    """Points of the leaves of a field's judged subjects, subjects × leaves."""

    def __init__(self, material: Tables, field: Field, nodes: Sequence[Node]) -> None:
        self._nodes = {node.code: node for node in nodes}
        self._leaves = [node.code for node in nodes if node.leaf]
        self._column = {code: place for place, code in enumerate(self._leaves)}
        self._below = _leaves_below(nodes)
        places = {key: place for place, key in enumerate(field.assessed.subjects)}
        shape = len(places), len(self._leaves)
        self._low, self._high, self._weight = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        rows = material.lazily("indicators").filter(of_field(field)).select(KEY.alias("key"), "code", *NUMBERS)
        for key, code, low, high, weight in rows.collect().iter_rows():
            if key in places and code in self._column:
                at = places[key], self._column[code]
                self._low[at], self._high[at], self._weight[at] = low or 0.0, high or 0.0, weight or 0.0

    def of(self, code: str) -> tuple[Points, Points]:
        """Lowest and highest index of a node; NaN where it does not apply. The total leaves the bonus apart."""
        return self._all[code]

    @cached_property
    def sure(self) -> Points:
        """Points for sure, with the bonus."""
        return np.asarray(self._low.sum(axis=1))

    @cached_property
    def _all(self) -> dict[str, tuple[Points, Points]]:
        found = {code: self._index(self._below[code], None) for code in self._nodes}
        base = [self._column[code] for code in self._leaves if not self._nodes[code].bonus]
        full = sum(node.weight for node in self._nodes.values() if node.level == 1 and not node.bonus)
        return {**found, WHOLE.code: self._index(base, full)}

    def _index(self, columns: Sequence[int], full: float | None) -> tuple[Points, Points]:
        weight = self._weight[:, columns].sum(axis=1) if full is None else np.full(len(self._weight), full)
        with np.errstate(invalid="ignore", divide="ignore"):
            low = self._low[:, columns].sum(axis=1) / np.where(weight > 0, weight, np.nan)
            high = self._high[:, columns].sum(axis=1) / np.where(weight > 0, weight, np.nan)
        return low, high


NUMBERS = ("low", "high", "effective_weight")


def _leaves_below(nodes: Sequence[Node]) -> dict[str, list[int]]:
    above = {node.code: node.parent for node in nodes}
    leaves = [node.code for node in nodes if node.leaf]
    found: dict[str, list[int]] = {node.code: [] for node in nodes}
    for column, leaf in enumerate(leaves):
        code = leaf
        while code:
            found[code].append(column)
            code = above[code]
    return found
