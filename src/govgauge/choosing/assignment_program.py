"""The assignment as a whole-number program, solved by HiGHS through SciPy, one aim after the other.

An empty place of a case costs 1, the next one 3, then 5, …: their sum is a square. So the fewest places are empty,
spread over cases; the same makes loads even. Up to there the program is a flow, whose corners are whole numbers: the
plain linear program is tried first, branching only where it ends between whole numbers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from govgauge.choosing.assignment_swaps import joined, parts_of
from govgauge.choosing.whole_programs import Program

Pair = tuple[str, str]
MOST_CUTS = 60
"""Times that a plan in several parts is asked to join."""
SMALL = 4_000
"""Allowed pairs up to which the best of all connected plans is sought. Beyond, that can take minutes: each case then
chooses among its cheapest judges where that does, and parts are joined by exchanges."""
CHEAPEST = 4
"""Times as many judges for a case to choose from as it needs."""


class Places(Struct, frozen=True):
    """What is to be filled: `each` judges a case; most cases by judge; only `allowed` pairs; `kept` must be there;
    pairs `outside` a field cost."""

    most: Mapping[str, int]
    allowed: tuple[Pair, ...]
    each: int
    outside: frozenset[Pair]
    kept: frozenset[Pair]
    seed: str


def solve(places: Places) -> tuple[list[Pair], list[list[str]]]:
    """The pairs, sorted, and the parts of cases that they connect."""
    if not places.allowed:
        return [], []
    costs = _costs(places)
    pairs = _from_the_cheapest(places, costs) if len(places.allowed) > SMALL else None
    if pairs is None:
        program = _settled(places)
        pairs = _pairs(program.chosen(_numbered(places, costs)), places) or []
        if len(places.allowed) <= SMALL and _can_join(pairs):
            pairs = _asked(program, places, costs, pairs)
    if len(places.allowed) > SMALL and _can_join(pairs):
        pairs = joined(pairs, costs, places.kept)
    return pairs, parts_of(pairs)


def _can_join(pairs: Sequence[Pair]) -> bool:
    """Whether there are several parts, and pairs enough to join all cases and judges."""
    return len(parts_of(pairs)) > 1 and len(pairs) >= len({one for pair in pairs for one in pair}) - 1


def _settled(places: Places) -> Program:
    """The program with places filled and loads even as far as can be."""
    program = _program(places)
    if filled := _filled(program, places):
        program = filled
    else:
        program.settle(program.squares([(of, places.each) for of in _by_case(places).values()], filling=True))
    if even := _evened(program, places):
        return even
    program.settle(program.squares([(of, len(of)) for of in _by_judge(places).values()], filling=False))
    return program


def _from_the_cheapest(places: Places, costs: Mapping[Pair, float]) -> list[Pair] | None:
    """A full and even plan in which each case has only the judges that cost it least to choose from: solved in a
    hundredth of the time. None when there is no such plan."""
    near = {
        pair
        for of in _by_case(places).values()
        for pair in nsmallest(CHEAPEST * places.each, (places.allowed[at] for at in of), key=costs.__getitem__)
    }
    thin = replace(places, allowed=tuple(pair for pair in places.allowed if pair in near | places.kept))
    filled = _filled(_program(thin), thin)
    even = _evened(filled, thin) if filled else None
    return _pairs(even.chosen(_numbered(thin, costs)), thin) if even else None


def _program(places: Places) -> Program:
    program = Program(len(places.allowed), [at for at, pair in enumerate(places.allowed) if pair in places.kept])
    for judge, of in _by_judge(places).items():
        program.demand(dict.fromkeys(of, 1), 0, places.most[judge])
    return program


def _filled(program: Program, places: Places) -> Program | None:
    """The program that asks for every place of every case; None where that cannot be."""
    full = program.copy()
    for of in _by_case(places).values():
        full.demand(dict.fromkeys(of, 1), places.each, places.each)
    return full if full.is_possible() else None


def _evened(program: Program, places: Places) -> Program | None:
    """The program that asks for loads one apart at most, but for judges who cannot take so many or have more already;
    None where that cannot be."""
    of_judges = _by_judge(places)
    kept = Counter(judge for _, judge in places.kept)
    ends = {judge: (kept[judge], min(places.most[judge], len(of))) for judge, of in of_judges.items()}
    total = len(program.chosen({}) or ())
    levels = range(max((most for _, most in ends.values()), default=0) + 1)
    level = max((one for one in levels if sum(_within(one, *end) for end in ends.values()) <= total), default=0)
    even = program.copy()
    for judge, of in of_judges.items():
        even.demand(dict.fromkeys(of, 1), _within(level, *ends[judge]), _within(level + 1, *ends[judge]))
    return even if even.is_possible() else None


def _within(load: int, least: int, most: int) -> int:
    return max(least, min(load, most))


def _asked(program: Program, places: Places, costs: Mapping[Pair, float], pairs: list[Pair]) -> list[Pair]:
    """The cheapest plan again, with a way out of every part, as long as there are several."""
    for _ in range(MOST_CUTS):
        parts = parts_of(pairs)
        if len(parts) <= 1:
            break
        for part in parts:
            inside = {judge for case, judge in pairs if case in part}
            ways = [at for at, (case, judge) in enumerate(places.allowed) if (case in part) != (judge in inside)]
            program.demand(dict.fromkeys(ways, 1), 1, len(ways))
        found = _pairs(program.chosen(_numbered(places, costs)), places)
        if found is None:
            break
        pairs = found
    return pairs


def _costs(places: Places) -> dict[Pair, float]:
    """A pair outside a field costs more than all draws of the seed together, which lie between 0 and 1."""
    draw = Random(places.seed)
    most = places.each * len(_by_case(places)) + 1
    return {pair: draw.random() + most * (pair in places.outside) for pair in places.allowed}


def _numbered(places: Places, costs: Mapping[Pair, float]) -> dict[int, float]:
    return {at: costs[pair] for at, pair in enumerate(places.allowed)}


def _pairs(chosen: Sequence[int] | None, places: Places) -> list[Pair] | None:
    return None if chosen is None else sorted(places.allowed[at] for at in chosen)


def _by_case(places: Places) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, (case, _) in enumerate(places.allowed):
        found.setdefault(case, []).append(at)
    return found


def _by_judge(places: Places) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {judge: [] for judge in places.most}
    for at, (_, judge) in enumerate(places.allowed):
        found[judge].append(at)
    return found
