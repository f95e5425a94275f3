"""The end of `make bench`: scoring and ranking a large field, and simulating how firm its ranks are.

Each part runs in a process of its own, so that the peak of memory is that of the part.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal

import numpy as np

from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.robustness import robustness
from govgauge.analysis.uncertainty import Uncertainty
from govgauge.scoring.bulk import grades_of_totals, ranks_of_totals, score_field
from govgauge.systems.model import Check, Indicator, Method, Profile, Source, Status, System
from govgauge.systems.ranking import Ranking

FIRSTS, SECONDS, LEAVES = 5, 3, 4
"""60 leaves: 5 indicators of the first level with 3 of the second each, which have 4 leaves each."""
OUT_SHARE = 0.02
"""Of the values do not apply, so that nearly every subject has weights of its own."""
ROUNDS = 3
PROFILE = "all"


def main() -> int:
    """Measure each part in a process of its own; the exit status says whether all kept their limits."""
    if len(sys.argv) > 1:
        return measure(sys.argv[1])
    return max(subprocess.run([sys.executable, __file__, name], check=False).returncode for name in PARTS)


def measure(name: str) -> int:
    """The best of a few rounds of a part, and its memory."""
    part, seconds_wanted, megabytes_wanted = PARTS[name]
    work = part()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{name}: {min(taken):.2f} s, first time {taken[0]:.2f} s, {megabytes:.0f} MB "
        f"(wanted: {seconds_wanted} s, {megabytes_wanted} MB)\n"
    )
    return 0 if min(taken) <= seconds_wanted and megabytes <= megabytes_wanted else 1


def scored_and_ranked() -> Callable[[], None]:
    """10,000 subjects × 60 indicators: points of every node, totals, ranks, grades."""
    system, table = tree(), field(10_000, out_share=OUT_SHARE)

    def work() -> None:
        scores = score_field(system, PROFILE, table.field())
        ranks_of_totals(scores.total_low, Ranking())
        grades_of_totals(scores.total_low, Ranking())

    return work


def simulated() -> Callable[[], None]:
    """1,000 runs over 1,000 subjects × 60 indicators: weights, rounding, coder error; rank intervals and tiers."""
    system, table = tree(), field(1_000)
    return lambda: run(system, table, sources=False)


def simulated_with_sources() -> Callable[[], None]:
    """The same, and which source matters: 768 more runs."""
    system, table = tree(), field(1_000)
    return lambda: run(system, table, sources=True)


def simulated_with_own_weights() -> Callable[[], None]:
    """The same as the first simulation, with values that do not apply."""
    system, table = tree(), field(1_000, out_share=OUT_SHARE)
    return lambda: run(system, table, sources=False)


def run(system: System, table: LeafTable, *, sources: bool) -> None:
    """Simulate with all three sources of uncertainty."""
    robustness(system, PROFILE, table, Uncertainty(), runs=1000, sensitivity=sources)


PARTS: dict[str, tuple[Callable[[], Callable[[], None]], float, int]] = {
    "10,000 subjects scored and ranked": (scored_and_ranked, 0.5, 500),
    "1,000 runs over 1,000 subjects": (simulated, 5, 500),
    "the same with Sobol indices": (simulated_with_sources, 10, 500),
    "the same with values that do not apply": (simulated_with_own_weights, 5, 500),
}
"""Each part with the seconds and megabytes that are wanted."""


def tree() -> System:
    """A system of 60 leaves on three levels."""
    tops = tuple(branch(f"{top}", [middle(f"{top}.{place}") for place in range(SECONDS)]) for top in range(FIRSTS))
    return System(
        id="bench",
        year=2025,
        table="bench",
        title="bench",
        source=Source("bench"),
        status=Status.COMPLETE,
        profiles=(Profile(PROFILE, "all"),),
        full_marks=sum((top.weight(PROFILE) or Decimal(0) for top in tops), Decimal(0)),
        bonus_max=Decimal(0),
        indicators=tops,
    )


def middle(code: str) -> Indicator:
    """An indicator of the second level with leaves of weights 1, 2, 3, 4."""
    check = Check(id=code, text="bench", share=Decimal(1), method=Method.MANUAL)
    return branch(
        code,
        [
            Indicator(
                code=f"{code}.{place}", name=f"{code}.{place}", weights={PROFILE: Decimal(place + 1)}, checks=(check,)
            )
            for place in range(LEAVES)
        ],
    )


def branch(code: str, children: list[Indicator]) -> Indicator:
    """An inner node."""
    return Indicator(code=code, name=code, children=tuple(children))


def field(subjects: int, out_share: float = 0.0) -> LeafTable:
    """Subjects of different strength with values of two decimals, some of which do not apply."""
    draws = np.random.default_rng(0)
    codes = tuple(leaf.indicator.code for leaf in tree().leaves())
    strength = draws.uniform(0.3, 0.9, (subjects, 1))
    values = np.clip(draws.normal(strength, 0.2, (subjects, len(codes))), 0, 1).round(2)
    applies = draws.random(values.shape) >= out_share
    names = tuple(f"subject {place}" for place in range(subjects))
    return LeafTable(names, codes, np.where(applies, values, np.nan), applies)


if __name__ == "__main__":
    sys.exit(main())
