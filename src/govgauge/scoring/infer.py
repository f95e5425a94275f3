"""Which weights would make a table come out: least squares, with as few changes of the print as possible."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

STEPS = (Decimal(1), Decimal("0.5"), Decimal("0.1"))
"""Weights of the sources are whole points, halves, seldom tenths: the coarsest step that fits is believed."""
MOST_CHANGED = 3
"""Weights that may differ from the print; beyond that every weight is inferred anew."""


class WeightFit(Struct, frozen=True):
    """Weights by code. `exact`: every row comes out with them to the decimal; else they are the nearest there are."""

    weights: dict[str, Decimal]
    exact: bool


def inferred_weights(
    indexes: Sequence[Mapping[str, Decimal]],
    totals: Sequence[Decimal],
    printed: Mapping[str, Decimal],
    decimals: int,
) -> WeightFit | None:
    """The weights with which the totals follow from the indexes, changing as few of the printed ones as possible.

    `decimals` are those of the totals. A few rows may be wrong in themselves: a change is believed when nine rows of
    ten come out with it. None when the rows are too few to tell, or nothing near the print explains them.
    """
    codes = list(printed)
    matrix = np.array([[float(row[code]) for code in codes] for row in indexes])
    goal = np.array([float(total) for total in totals])
    base = np.array([float(printed[code]) for code in codes])
    half = 0.5 * 10.0**-decimals + 1e-9
    for size in range(1, min(MOST_CHANGED, len(codes)) + 1):
        if len(totals) <= size:
            return None
        found = [
            fitted
            for changed in combinations(range(len(codes)), size)
            if (fitted := _changed(matrix, goal, base, list(changed), half)) is not None
        ]
        if found:
            missed, weights = min(found, key=lambda each: each[0])
            return WeightFit(_named(codes, weights, printed), exact=missed == 0 or missed <= len(totals) // 10)
    return _all_anew(matrix, goal, codes, printed, half)


def _changed(
    matrix: NDArray[np.float64],
    goal: NDArray[np.float64],
    base: NDArray[np.float64],
    changed: list[int],
    half: float,
) -> tuple[int, NDArray[np.float64]] | None:
    """The weights with some of them solved for: rows missed, weights. None when too many rows are missed."""
    kept = [place for place in range(len(base)) if place not in changed]
    rest = goal - matrix[:, kept] @ base[kept]
    solved = _robust(matrix[:, changed], rest)
    best: tuple[int, NDArray[np.float64]] | None = None
    for step in STEPS:
        weights = base.copy()
        weights[changed] = np.round(solved / float(step)) * float(step)
        if (weights < 0).any() or (weights[changed] == base[changed]).any():
            continue
        missed = int((np.abs(matrix @ weights - goal) > half).sum())
        if missed <= len(goal) // 10 and (best is None or missed < best[0]):
            best = missed, weights
    return best


def _robust(matrix: NDArray[np.float64], goal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least squares, then once more without the rows that lie far off: single wrong totals must not pull it."""
    solved = np.linalg.lstsq(matrix, goal, rcond=None)[0]
    for _ in range(3):
        off = np.abs(matrix @ solved - goal)
        near = off <= 3 * np.median(off) + 1e-9
        if near.sum() <= matrix.shape[1] or near.all():
            break
        solved = np.linalg.lstsq(matrix[near], goal[near], rcond=None)[0]
    return np.asarray(solved)


def _all_anew(
    matrix: NDArray[np.float64],
    goal: NDArray[np.float64],
    codes: list[str],
    printed: Mapping[str, Decimal],
    half: float,
) -> WeightFit | None:
    if len(goal) < 2 * len(codes) or np.linalg.matrix_rank(matrix) < len(codes):
        return None
    solved = _robust(matrix, goal)
    for step in STEPS:
        weights = np.round(solved / float(step)) * float(step)
        missed = int((np.abs(matrix @ weights - goal) > half).sum())
        if missed <= len(goal) // 10 and (weights >= 0).all():
            return WeightFit(_named(codes, weights, printed), exact=True)
    off = float(np.median(np.abs(matrix @ solved - goal)))
    if off > 20 * half or (solved < 0).any():
        return None
    return WeightFit(_named(codes, np.round(solved, 1), printed), exact=False)


def _named(codes: list[str], weights: NDArray[np.float64], printed: Mapping[str, Decimal]) -> dict[str, Decimal]:
    named = {code: Decimal(f"{weight + 0.0:.1f}") for code, weight in zip(codes, weights.tolist(), strict=True)}
    return {code: printed[code] if value == printed[code] else value for code, value in named.items()}
