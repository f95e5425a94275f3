"""How firm the ranks are: rank intervals, chances of a top place, and subjects that cannot be told apart."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.rank_runs import Ranks, ranks_of_runs
from govgauge.analysis.sensitivity import Sensitivity, sensitivity_of
from govgauge.analysis.shares import Share
from govgauge.analysis.simulation import Progress, Runs, Simulation
from govgauge.analysis.uncertainty import Uncertainty
from govgauge.analysis.vocabulary import leaf_words
from govgauge.errors import Unusable
from govgauge.scoring.bulk import SAME, Points
from govgauge.systems.model import System

LOWEST, HIGHEST = 5, 95
"""Per cent of the runs between which a rank interval lies."""
HOLDS = 0.95
"""Share of the runs in which an order must hold for two neighbours to be told apart."""
FEWEST_RUNS = 100
MOST_TOTALS = 20_000_000
"""Runs times subjects that are held in memory together: about 1.6 GB."""


class Stability(Struct, frozen=True):
    """What the runs say of a subject. `rank` and `total` are the undisturbed ones; ranks 5 %, 50 %, 95 % of the runs.

    `top`: runs in which it is among the first k. `ahead`: runs in which it stays ahead of the next in rank (0 of 0
    for the last). `tier`: number of its group of subjects that cannot be told apart, from the best. `echelon`: number
    of its group of subjects none of whom surely is behind the first of them.
    """

    subject: str
    group: str
    total: float
    rank: int
    low: int
    median: int
    high: int
    top: Share
    ahead: Share
    tier: int
    echelon: int


class Tier(Struct, frozen=True):
    """Subjects joined in one group; `ends`: runs in which the first is ahead of the last.

    A tier goes on as long as the order of neighbours does not hold, and may be a long chain whose ends are well apart;
    an echelon ends before the first subject that is behind its first in nearly all runs.
    """

    number: int
    subjects: tuple[str, ...]
    ends: Share


class Robustness(Struct, frozen=True):
    """All of it, subjects from the best to the last. `mean_shift`: places by which a rank differs, on average."""

    runs: int
    seed: int
    top: int
    still_open: int
    uncertainty: Uncertainty
    subjects: tuple[Stability, ...]
    tiers: tuple[Tier, ...]
    echelons: tuple[Tier, ...]
    mean_shift: float
    sensitivity: Sensitivity | None


def robustness(
    system: System,
    profile: str,
    table: LeafTable,
    uncertainty: Uncertainty,
    *,
    runs: int = 1000,
    seed: int = 1,
    top: int = 10,
    sensitivity: bool = True,
    progress: Progress | None = None,
) -> Robustness:
    """Score the table so many times (rounded up to an even number), each time with other draws.

    Raises Unusable for fewer than FEWEST_RUNS runs or too many, a negative seed, fewer than two subjects.
    """
    if runs < FEWEST_RUNS:
        raise Unusable(f"模拟次数 {runs} 太少，请至少取 {FEWEST_RUNS} 次 (at least {FEWEST_RUNS} runs).")
    if seed < 0:
        raise Unusable(f"随机种子 {seed} 应是不小于 0 的整数 (the seed must not be negative).")
    if len(table.subjects) < 2:
        raise Unusable("只有一个评估对象，没有名次可言。请至少给出两个 (two subjects are needed).")
    most = MOST_TOTALS // len(table.subjects)
    if runs > most:
        raise Unusable(
            f"{len(table.subjects)} 个评估对象、{runs} 次模拟超出内存；"
            f"请取不多于 {most} 次，或用 --by 分组 (too many runs)."
        )
    table = table.completed(leaf_words(system, profile).codes)
    half = (runs + 1) // 2
    mixed = 1 << (half.bit_length() - 1) if sensitivity else 0  # SciPy's estimator wants a power of 2
    found = Simulation(system, profile, table, uncertainty, seed).run(half, mixed=mixed, progress=progress)
    return _summary(table, found, uncertainty, seed, top, sensitivity=sensitivity)


def _summary(
    table: LeafTable, found: Runs, uncertainty: Uncertainty, seed: int, top: int, *, sensitivity: bool
) -> Robustness:
    totals = np.concatenate([found.a, found.b])
    ranks = ranks_of_runs(totals)
    point = ranks_of_runs(found.point[None, :])[0]
    groups = table.columns.get("group", ("",) * len(table.subjects))
    order = sorted(range(len(point)), key=lambda place: (point[place], table.subjects[place], groups[place]))
    ahead = [_ahead(totals, found.point, one, other) for one, other in pairwise(order)]
    tiers = _tiers(ahead)
    echelons = _echelons(order, totals, found.point)
    low, median, high = _intervals(ranks)
    in_top = np.count_nonzero(ranks <= top, axis=0)
    subjects = tuple(
        Stability(
            subject=table.subjects[place],
            group=groups[place],
            total=float(found.point[place]),
            rank=int(point[place]),
            low=int(low[place]),
            median=int(median[place]),
            high=int(high[place]),
            top=Share(int(in_top[place]), len(totals)),
            ahead=ahead[position] if position < len(ahead) else Share(0, 0),
            tier=tiers[position],
            echelon=echelons[position],
        )
        for position, place in enumerate(order)
    )
    return Robustness(
        runs=len(totals),
        seed=seed,
        top=top,
        still_open=table.open_cells(),
        uncertainty=uncertainty,
        subjects=subjects,
        tiers=tuple(_joined(order, tiers, totals, found.point, table.subjects)),
        echelons=tuple(_joined(order, echelons, totals, found.point, table.subjects)),
        mean_shift=float(np.abs(ranks - point).mean()),
        sensitivity=sensitivity_of(found, seed) if sensitivity else None,
    )


def _ahead(totals: Points, point: Points, one: int, other: int) -> Share:
    """Runs in which the one is ahead of the other; none where they are equal to begin with: no order could hold."""
    if abs(point[one] - point[other]) <= SAME:
        return Share(0, len(totals))
    return Share(int(np.count_nonzero(totals[:, one] > totals[:, other] + SAME)), len(totals))


def _intervals(ranks: Ranks) -> tuple[Ranks, Ranks, Ranks]:
    low, median, high = np.percentile(ranks, [LOWEST, 50, HIGHEST], axis=0, method="inverted_cdf")
    return low.astype(np.int32), median.astype(np.int32), high.astype(np.int32)


def _tiers(ahead: Sequence[Share]) -> list[int]:
    """The tier of each place: a new one begins where the order of neighbours holds."""
    tiers = [1]
    for share in ahead:
        tiers.append(tiers[-1] + _holds(share))
    return tiers


def _echelons(order: Sequence[int], totals: Points, point: Points) -> list[int]:
    """The echelon of each place: a new one begins where its first subject is ahead for sure."""
    echelons, first = [1], order[0]
    for place in order[1:]:
        begins = _holds(_ahead(totals, point, first, place))
        echelons.append(echelons[-1] + begins)
        first = place if begins else first
    return echelons


def _holds(share: Share) -> bool:
    return share.numerator >= HOLDS * share.denominator


def _joined(
    order: Sequence[int], tiers: Sequence[int], totals: Points, point: Points, names: Sequence[str]
) -> list[Tier]:
    found = []
    for number in dict.fromkeys(tiers):
        members = [place for place, tier in zip(order, tiers, strict=True) if tier == number]
        ends = _ahead(totals, point, members[0], members[-1]) if len(members) > 1 else Share(0, 0)
        found.append(Tier(number, tuple(names[place] for place in members), ends))
    return found
