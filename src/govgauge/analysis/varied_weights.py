"""Leaf weights drawn anew for every run, by Latin hypercube: each weight covers its range evenly in few runs."""

import math

import numpy as np

from govgauge.analysis.uncertainty import Law, Uncertainty, Within
from govgauge.analysis.weight_tree import WeightTree
from govgauge.scoring.bulk import Points

WITHIN_95 = 1.959964
"""Standard deviations that hold 95 of 100 normal draws."""


def varied_weights(tree: WeightTree, uncertainty: Uncertainty, runs: int, rng: np.random.Generator) -> Points:
    """Weights as runs × leaves, with the sums kept that `uncertainty.within` names."""
    if uncertainty.weights == 0:
        return np.tile(tree.weights, (runs, 1))
    factors = _factors(uncertainty, runs, len(tree.weights), rng)
    groups = tree.siblings if uncertainty.within is Within.PARENT else [tree.base_leaves]
    found = np.tile(tree.weights, (runs, 1))
    for group in groups:
        varied = found[:, group] * factors[:, group]
        sums = varied.sum(axis=1, keepdims=True)
        if tree.weights[group].sum() > 0:
            found[:, group] = varied * (tree.weights[group].sum() / sums)
    return found


def _factors(uncertainty: Uncertainty, runs: int, leaves: int, rng: np.random.Generator) -> Points:
    from scipy.special import ndtri  # noqa: PLC0415 - a second to load, needed by runs alone
    from scipy.stats import qmc  # noqa: PLC0415

    even: Points = qmc.LatinHypercube(d=leaves, rng=rng).random(runs)
    if uncertainty.law is Law.UNIFORM:
        return 1 + uncertainty.weights * (2 * even - 1)
    spread = math.log1p(uncertainty.weights) / WITHIN_95
    return np.asarray(np.exp(spread * ndtri(even)))
