"""Which source of uncertainty moves the ranks: Sobol indices of the first and of total order, each source one factor.

A source is a group of thousands of draws, so A with one source from B is simulated, and SciPy estimates from the
results (Saltelli 2010) for each subject. The indices of the whole field sum variances over the subjects, so that
those whose ranks never move do not count.
"""

import numpy as np
from msgspec import Struct

from govgauge.analysis.rank_runs import ranks_of_runs
from govgauge.analysis.simulation import SOURCES, Runs
from govgauge.analysis.uncertainty import Source
from govgauge.scoring.bulk import Points

RESAMPLES = 400
"""Bootstrap samples for the intervals of the indices."""
LOWEST, HIGHEST = 2.5, 97.5
"""Per cent of the bootstrap samples between which the intervals lie."""


class Effect(Struct, frozen=True):
    """A source's share of the variance of the ranks: alone (first), and with all its interactions (total).

    The intervals are bootstrapped. `main_for`: of how many subjects, whose ranks move at all, it has the largest share.
    """

    source: Source
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float
    main_for: int


class Sensitivity(Struct, frozen=True):
    """The effects, in the order of the sources, from so many runs; of the subjects, `moving` have ranks that move."""

    effects: tuple[Effect, ...]
    runs: int
    subjects: int
    moving: int


def sensitivity_of(found: Runs, seed: int) -> Sensitivity:
    """Sobol indices of the ranks, from the runs that were mixed (a power of 2). All 0 where no rank ever moves."""
    runs = len(found.mixed[SOURCES[0]])
    a, b = (ranks_of_runs(each[:runs]).T.astype(np.float64) for each in (found.a, found.b))
    mixed = np.stack([ranks_of_runs(found.mixed[source]).T.astype(np.float64) for source in SOURCES])
    moving = np.var(np.concatenate([a, b], axis=1), axis=1) > 0
    if not moving.any():
        nothing = tuple(Effect(source, 0, 0, 0, 0, 0, 0, 0) for source in SOURCES)
        return Sensitivity(nothing, runs, len(a), 0)
    a, b, mixed = a[moving], b[moving], mixed[:, moving]
    effects = _effects(a, b, mixed, _main_sources(a, b, mixed), seed)
    return Sensitivity(effects, runs, len(moving), len(a))


def _main_sources(a: Points, b: Points, mixed: Points) -> list[int]:
    """Of how many subjects each source has the largest total index."""
    from scipy.stats import sobol_indices  # noqa: PLC0415 - a second to load, needed here alone

    found = sobol_indices(func={"f_A": a, "f_B": b, "f_AB": mixed}, n=a.shape[1])
    largest = np.argmax(np.atleast_2d(found.total_order), axis=1)
    return [int(count) for count in np.bincount(largest, minlength=len(SOURCES))]


def _effects(a: Points, b: Points, mixed: Points, main: list[int], seed: int) -> tuple[Effect, ...]:
    """Saltelli's estimators with variances summed over subjects; sums of each run, so that resampling costs nothing."""
    runs = a.shape[1]
    mean = np.concatenate([a, b], axis=1).mean(axis=1, keepdims=True)
    a, b, mixed = a - mean, b - mean, mixed - mean
    variance = (a**2 + b**2).sum(axis=0) / 2
    first = (b * (mixed - a)).sum(axis=1)
    total = 0.5 * ((a - mixed) ** 2).sum(axis=1)
    draws = np.random.default_rng(seed).integers(0, runs, (RESAMPLES, runs))
    spread = variance[draws].mean(axis=1)
    limits = [
        np.percentile(sums[:, draws].mean(axis=2) / spread, [LOWEST, HIGHEST], axis=1).T for sums in (first, total)
    ]
    whole = variance.mean()
    return tuple(
        Effect(
            source=source,
            first=float(first[place].mean() / whole),
            first_low=float(limits[0][place, 0]),
            first_high=float(limits[0][place, 1]),
            total=float(total[place].mean() / whole),
            total_low=float(limits[1][place, 0]),
            total_high=float(limits[1][place, 1]),
            main_for=main[place],
        )
        for place, source in enumerate(SOURCES)
    )
