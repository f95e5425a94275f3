"""How far two people who answered the same things without knowing of each other agree, beyond what chance would give.

Three measures: the share of pairs that agree, Cohen's kappa (1960), and Krippendorff's alpha (2011) for values that are
only names (nominal), that have an order, or whose distances mean something (interval).
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import sqrt
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govgauge.analysis.pair_counts import Counts, Numbers, alphas, kappas
from govgauge.word_enum import WordEnum

RUNS = 1000
"""Samples drawn with replacement for an interval."""
PERCENTILES = (2.5, 97.5)
NORMAL = 1.959964
"""Two-sided quantile of the normal distribution for 95 %, for the interval of a share (Wilson 1927)."""
SURELY_DEFINED = 0.95
"""Share of the samples in which a measure must be defined before an interval is told."""
FEWEST_PAIRS = 2


class Scale(WordEnum):
    """What the values are."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class Undefined(WordEnum):
    """Why there is no measure."""

    TOO_FEW = "too-few"
    """Fewer than two pairs."""
    ONE_VALUE = "one-value"
    """Everybody gave one and the same value: chance would give the same agreement."""


class Measure(Struct, frozen=True):
    """A measure with its interval of 95 %. Without `value`, `why` says why; an interval is not always to be had."""

    value: float | None
    low: float | None = None
    high: float | None = None
    why: Undefined | None = None


class Agreement(Struct, frozen=True, kw_only=True):
    """How far pairs agree. `agreeing` counts those that lie within the tolerance."""

    pairs: int
    agreeing: int
    percent: Measure
    kappa: Measure
    alpha: Measure
    scale: Scale


Value = Hashable
Pair = tuple[Value, Value]


def agreement(
    pairs: Sequence[Pair], scale: Scale = Scale.NOMINAL, *, tolerance: float = 0.0, seed: str = "", runs: int = RUNS
) -> Agreement:
    """How far two coders agree. Values are numbers; with the nominal scale they may be anything that can be told apart.

    Kappa tells apart all values that differ, and alpha weighs differences by the scale; the tolerance is for the
    percentage alone. The same pairs in whatever order give the same intervals.
    """
    agreeing = sum(_agree(one, other, tolerance) for one, other in pairs)
    counts = Counts.of(Counter(pairs))
    generator = np.random.default_rng(crc32(seed.encode()))
    samples = counts.samples(generator, runs) if runs and len(pairs) >= FEWEST_PAIRS else None
    return Agreement(
        pairs=len(pairs),
        agreeing=agreeing,
        percent=_share(agreeing, len(pairs)),
        kappa=_measure(kappas(counts, counts.row), None if samples is None else kappas(counts, samples), len(pairs)),
        alpha=_measure(
            alphas(counts, counts.row, scale.value),
            None if samples is None else alphas(counts, samples, scale.value),
            len(pairs),
        ),
        scale=scale,
    )


def alpha(units: Sequence[Sequence[Value]], scale: Scale = Scale.NOMINAL) -> Measure:
    """Krippendorff's alpha of any number of coders. A unit holds the values that it was given, without those missing.

    Units with fewer than two values say nothing.
    """
    paired = [unit for unit in units if len(unit) >= FEWEST_PAIRS]
    pooled = [value for unit in paired for value in unit]
    if len(paired) < FEWEST_PAIRS:
        return Measure(None, why=Undefined.TOO_FEW)
    if len(set(pooled)) == 1:
        return Measure(None, why=Undefined.ONE_VALUE)
    distance = _Distance(pooled, scale)
    observed = sum(
        sum(distance(one, other) for one in unit for other in unit) / (len(unit) - 1) for unit in paired
    ) / len(pooled)
    times = Counter(pooled)
    expected = sum(times[one] * times[other] * distance(one, other) for one in times for other in times) / (
        len(pooled) * (len(pooled) - 1)
    )
    return Measure(1 - observed / expected)


class _Distance:
    """The squared distance of two values on a scale; an order's is that of middle ranks."""

    def __init__(self, pooled: Sequence[Value], scale: Scale) -> None:
        self._scale = scale
        self._place: dict[Value, float] = {}
        if scale is Scale.INTERVAL:
            self._place = {value: _number(value) for value in pooled}
        elif scale is Scale.ORDINAL:
            below = 0
            for value, times in sorted(Counter(pooled).items(), key=lambda item: _number(item[0])):
                self._place[value] = below + times / 2
                below += times

    def __call__(self, one: Value, other: Value) -> float:
        if self._scale is Scale.NOMINAL:
            return float(one != other)
        return (self._place[one] - self._place[other]) ** 2


def _agree(one: Value, other: Value, tolerance: float) -> bool:
    if one == other:
        return True
    if not tolerance or isinstance(one, str) or isinstance(other, str):
        return False
    return abs(_number(one) - _number(other)) <= tolerance + 1e-9


def _number(value: Value) -> float:
    return float(value)  # type: ignore[arg-type]


def _share(part: int, whole: int) -> Measure:
    """A share with Wilson's interval: with 10 of 10 it does not pretend that 100 % is certain."""
    if not whole:
        return Measure(None, why=Undefined.TOO_FEW)
    share, z2 = part / whole, NORMAL**2
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    half = NORMAL * sqrt(share * (1 - share) / whole + z2 / (4 * whole**2)) / (1 + z2 / whole)
    return Measure(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


def _measure(whole: Numbers, samples: NDArray[np.float64] | None, pairs: int) -> Measure:
    if pairs < FEWEST_PAIRS:
        return Measure(None, why=Undefined.TOO_FEW)
    value = float(whole[0])
    if np.isnan(value):
        return Measure(None, why=Undefined.ONE_VALUE)
    defined = samples[~np.isnan(samples)] if samples is not None else np.empty(0)
    if samples is None or len(defined) < SURELY_DEFINED * len(samples):
        return Measure(value)
    low, high = np.percentile(defined, PERCENTILES)
    return Measure(value, float(low), float(high))
