"""The weights of leaves as they fall to subjects, for many runs at once: varied, and handed on where leaves are out."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govgauge.scoring.bulk import Flags, Points
from govgauge.systems.model import Indicator, System

Indexes = NDArray[np.intp]


class Branch(Struct, frozen=True):
    """A node: a leaf with its column, or the nodes below it. A deducting leaf keeps its weight where it is out."""

    column: int | None
    children: tuple["Branch", ...] = ()
    deduct: bool = False


class WeightTree:
    """The leaves of a system that are assessed in a profile, in the order of `codes`, and the tree above them."""

    def __init__(self, system: System, profile: str, codes: Sequence[str]) -> None:
        self._places = {code: column for column, code in enumerate(codes)}
        self.weights: Points = np.zeros(len(codes))
        self.siblings: list[Indexes] = []
        self._profile = profile
        base = [node for node in system.indicators if not node.bonus]
        self._base = self._branches(base, deduct=False)
        self.base_leaves: Indexes = np.array(sorted(_columns(self._base)), dtype=np.intp)
        self._bonus = [self._branches([node], deduct=False) for node in system.indicators if node.bonus]

    @property
    def keeping(self) -> Flags:
        """The columns of deducting leaves: full where they are out."""
        found = np.zeros(len(self.weights), dtype=bool)
        for branch in (*self._base, *(each for part in self._bonus for each in part)):
            for column in _deducting(branch):
                found[column] = True
        return found

    def handed_out(self, weights: Points, applies: Flags) -> Points:
        """Weights (runs × leaves) as they fall to each pattern (patterns × leaves): patterns × runs × leaves."""
        out = np.zeros((len(applies), *weights.shape))
        for part in (self._base, *self._bonus):
            full = sum((_weight(branch, weights) for branch in part), np.zeros(len(weights)))
            self._hand_out(part, np.broadcast_to(full, out.shape[:2]), weights, applies, out)
        return out

    def _hand_out(
        self, branches: Sequence[Branch], available: Points, weights: Points, applies: Flags, out: Points
    ) -> None:
        taking = [_takes(branch, weights, applies) for branch in branches]
        whole = sum(taking, np.zeros(out.shape[:2]))
        for branch, weight in zip(branches, taking, strict=True):
            share = np.divide(available * weight, whole, out=np.zeros(out.shape[:2]), where=whole > 0)
            if branch.column is None:
                self._hand_out(branch.children, share, weights, applies, out)
            else:
                out[:, :, branch.column] = share

    def _branches(self, indicators: Sequence[Indicator], *, deduct: bool) -> tuple[Branch, ...]:
        found, leaves = [], []
        for indicator in indicators:
            if indicator.weight(self._profile) is None:
                continue
            taking = deduct or indicator.deduct
            if indicator.children:
                found.append(Branch(None, self._branches(indicator.children, deduct=taking)))
                continue
            column = self._places[indicator.code]
            self.weights[column] = float(indicator.weights[self._profile] or 0)
            leaves.append(column)
            found.append(Branch(column, deduct=taking))
        if leaves:
            self.siblings.append(np.array(leaves, dtype=np.intp))
        return tuple(found)


def _weight(branch: Branch, weights: Points) -> Points:
    """Points of a node in each run."""
    if branch.column is not None:
        return weights[:, branch.column]
    return sum((_weight(child, weights) for child in branch.children), np.zeros(len(weights)))


def _takes(branch: Branch, weights: Points, applies: Flags) -> Points:
    """The node's weight for each pattern and run, 0 where nothing below it applies."""
    return _reaches(branch, weights, applies) * _weight(branch, weights)


def _reaches(branch: Branch, weights: Points, applies: Flags) -> Flags:
    if branch.column is None:
        parts = [_reaches(child, weights, applies) for child in branch.children]
        return np.asarray(np.logical_or.reduce(parts))
    weighs = weights[:, branch.column] > 0
    applying = applies[:, branch.column, None] | branch.deduct
    return np.asarray(applying & weighs)


def _columns(branches: Sequence[Branch]) -> list[int]:
    return [
        column
        for branch in branches
        for column in ([branch.column] if branch.column is not None else _columns(branch.children))
    ]


def _deducting(branch: Branch) -> list[int]:
    if branch.column is not None:
        return [branch.column] if branch.deduct else []
    return [column for child in branch.children for column in _deducting(child)]
