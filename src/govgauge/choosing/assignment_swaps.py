"""Joining the parts of a large plan: two cases of different parts exchange a judge each, the cheapest exchange first.

Loads and numbers of judges stay as they are. An exchange joins two parts whenever one of them holds together without
the pair that it gives up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from heapq import nsmallest

from govgauge.choosing.severity_parts import connected_parts

Pair = tuple[str, str]
TRIES = 300
"""Exchanges that are tried for a part, the cheapest first."""


def joined(pairs: Sequence[Pair], costs: Mapping[Pair, float], kept: Set[Pair]) -> list[Pair]:
    """The plan in as few parts as exchanges can make it, sorted. `costs` has every pair that is allowed."""
    plan = set(pairs)
    while (exchanged := _exchanged(plan, costs, kept)) is not None:
        plan = exchanged
    return sorted(plan)


def parts_of(pairs: Sequence[Pair] | Set[Pair]) -> list[list[str]]:
    """The cases that hang together through their judges."""
    judges_of: dict[str, list[str]] = defaultdict(list)
    for case, judge in pairs:
        judges_of[case].append(judge)
    return connected_parts(judges_of)


def _exchanged(plan: Set[Pair], costs: Mapping[Pair, float], kept: Set[Pair]) -> set[Pair] | None:
    """The plan after the first exchange that leaves fewer parts; None when there is none."""
    parts = parts_of(plan)
    for part in sorted(parts, key=len) if len(parts) > 1 else []:
        for _, given, taken in nsmallest(TRIES, _exchanges(set(part), sorted(plan - kept), costs)):
            changed = set(plan) - set(given) | set(taken)
            if len(parts_of(changed)) < len(parts):
                return changed
    return None


def _exchanges(
    part: Set[str], pairs: Sequence[Pair], costs: Mapping[Pair, float]
) -> Iterator[tuple[float, tuple[Pair, Pair], tuple[Pair, Pair]]]:
    """Further cost, the pairs given up and those that stand instead."""
    outside = [pair for pair in pairs if pair[0] not in part]
    for case, judge in (pair for pair in pairs if pair[0] in part):
        for other, alien in outside:
            taken = (case, alien), (other, judge)
            if taken[0] in costs and taken[1] in costs:
                given = (case, judge), (other, alien)
                yield costs[taken[0]] + costs[taken[1]] - costs[given[0]] - costs[given[1]], given, taken
