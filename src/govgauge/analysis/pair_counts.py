"""Pairs of values as counts, and kappa and alpha of many samples of them at once."""

from collections import Counter
from collections.abc import Hashable
from typing import TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]
ONE = 1e-12
"""An agreement by chance that lies so close to 1 is 1."""


class Counts(Struct, frozen=True):
    """How often each pair of values occurs. `first` and `second` are places of values, in their order; `times` counts.

    `place` is each value as a number where all are numbers, else its place.
    """

    first: Whole
    second: Whole
    times: Whole
    place: Numbers

    @classmethod
    def of(cls, pairs: "Counter[tuple[Hashable, Hashable]]") -> "Counts":
        values = sorted({value for pair in pairs for value in pair}, key=_order)
        at = {value: number for number, value in enumerate(values)}
        told = sorted((at[one], at[other], times) for (one, other), times in pairs.items())
        columns = np.array(told, dtype=np.int64).reshape(-1, 3)
        numbers = not any(isinstance(value, str) for value in values)
        place = [float(value) for value in values] if numbers else list(range(len(values)))  # type: ignore[arg-type]
        return cls(columns[:, 0], columns[:, 1], columns[:, 2], np.array(place, dtype=np.float64))

    @property
    def row(self) -> Numbers:
        """The counts as a sample of their own."""
        return self.times[np.newaxis, :].astype(np.float64)

    def samples(self, generator: np.random.Generator, runs: int) -> Numbers:
        """As many pairs drawn with replacement, so many times; a row for each."""
        whole = int(self.times.sum())
        return generator.multinomial(whole, self.times / whole, size=runs).astype(np.float64)

    def sums(self, samples: Numbers, places: Whole) -> Numbers:
        """How often each value stands at a place of the pairs, by sample."""
        made = np.zeros((len(samples), len(self.place)))
        for column, place in enumerate(places):
            made[:, place] += samples[:, column]
        return made


def kappas(counts: Counts, samples: Numbers) -> Numbers:
    """Cohen's kappa of each sample; not a number where chance alone gives full agreement."""
    whole = np.maximum(samples.sum(axis=1), 1)
    observed = samples[:, counts.first == counts.second].sum(axis=1) / whole
    by_chance = (counts.sums(samples, counts.first) * counts.sums(samples, counts.second)).sum(axis=1) / whole**2
    return _beyond(1 - observed, 1 - by_chance)


def alphas(counts: Counts, samples: Numbers, scale: str) -> Numbers:
    """Krippendorff's alpha of each sample of pairs; not a number where there is one value only."""
    each = counts.sums(samples, counts.first) + counts.sums(samples, counts.second)
    pooled = np.maximum(each.sum(axis=1), 2)
    half = pooled / 2
    if scale == "nominal":
        differ = samples[:, counts.first != counts.second].sum(axis=1) / half
        expected = (pooled**2 - (each**2).sum(axis=1)) / (pooled * (pooled - 1))
        return _beyond(differ, expected)
    place = each.cumsum(axis=1) - each / 2 if scale == "ordinal" else np.broadcast_to(counts.place, each.shape)
    apart = (place[:, counts.first] - place[:, counts.second]) ** 2
    observed = (samples * apart).sum(axis=1) / half
    middle = (each * place).sum(axis=1) / pooled
    spread = (each * (place - middle[:, np.newaxis]) ** 2).sum(axis=1)
    return _beyond(observed, 2 * spread / (pooled - 1))


def _beyond(observed: Numbers, expected: Numbers) -> Numbers:
    """One less observed over expected disagreement."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > ONE, 1 - observed / expected, np.nan)


def _order(value: Hashable) -> tuple[int, float, str]:
    return (1, 0.0, value) if isinstance(value, str) else (0, float(value), "")  # type: ignore[arg-type]
