"""Published ranks held against the totals: the fewest faults that explain them, each named once.

A rank is off by itself, or everything from a place on is shifted (a jump). A jump is told once, at its first row; a
rank that is off by itself accuses nobody after it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from govgauge.scoring.index_table import IndexTable, Row
from govgauge.scoring.ranks import ranks_of_keys, rounded
from govgauge.scoring.totals import total_of
from govgauge.systems.ranking import Ranking

Key = Fraction
Totals = Callable[[Row], Key]


class RankFault(Struct, frozen=True):
    """A published rank that does not follow from the totals."""

    name: str
    group: str
    published: int
    expected: int


def rank_faults(
    table: IndexTable, ranking: Ranking, decimals: int, weights: Mapping[str, Decimal], wrong_rows: Iterable[int]
) -> list[RankFault]:
    """The ranks that fit neither the printed totals nor those that follow from the indexes, whichever fits better.

    `wrong_rows` are the lines whose printed total is wrong: their rank may have been given by the right one. Where the
    policy ranks by unrounded totals, equal printed totals may have different ranks.
    """
    fields = _fields([row for row in table.rows if row.rank is not None])
    readings = _readings(ranking, decimals, weights, frozenset(wrong_rows))
    return min(([fault for rows in fields for fault in _faults(rows, totals, ranking)] for totals in readings), key=len)


def _readings(
    ranking: Ranking, decimals: int, weights: Mapping[str, Decimal], wrong_rows: frozenset[int]
) -> list[Totals]:
    """By which totals the ranks may have been given: as printed, mended where they are wrong, unrounded."""
    shown = Ranking(decimals=decimals)

    def exact(row: Row) -> Key:
        return Fraction(total_of(row.indexes, weights))

    def computed(row: Row) -> Key:
        return Fraction(rounded(total_of(row.indexes, weights), shown))

    def printed(row: Row) -> Key:
        return computed(row) if row.total is None else Fraction(row.total)

    def mended(row: Row) -> Key:
        return computed(row) if row.line in wrong_rows else printed(row)

    def unrounded(row: Row) -> Key:
        return printed(row) if row.line in wrong_rows else exact(row)

    return [printed, mended] if ranking.on_rounded else [unrounded, exact, printed, mended]


def _fields(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows that are ranked together: by groups where each group begins at its own first place, else all."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    best = [min(row.rank or 0 for row in members) for members in groups.values()]
    if len(groups) > 1 and best.count(1) < len(best):
        return [list(rows)]
    return list(groups.values())


def _faults(rows: Sequence[Row], totals: Totals, ranking: Ranking) -> list[RankFault]:
    """Faults of one field, best total first. What is expected follows the shift that holds at a row."""
    keys = [totals(row) for row in rows]
    due = [rank.number for rank in ranks_of_keys(keys, ranking.ties)]
    order = sorted(range(len(rows)), key=lambda place: (-keys[place], rows[place].rank or 0, rows[place].line))
    off = [(rows[place].rank or 0) - due[place] for place in order]
    before = 0
    found = []
    for place, shift, own in zip(order, _shifts(off), off, strict=True):
        expected = due[place] + (before if shift != before else shift)
        if own != shift or shift != before:
            row = rows[place]
            found.append(RankFault(row.name, row.group, row.rank or 0, expected))
        before = shift
    return found


def _shifts(off: Sequence[int]) -> list[int]:
    """By how much the ranks are shifted at each row, so that rows off their shift and changes of it are fewest.

    A change is worth its place only where two rows in succession share it; among equals the earlier shift stays.
    """
    lasting = {one for one, other in pairwise(off) if one == other}
    states = [0, *sorted(lasting - {0})]
    costs = [0 if state == 0 else 1 for state in states]
    came_from: list[list[int]] = []
    for place, own in enumerate(off):
        if place:
            cheapest = min(range(len(states)), key=lambda state: costs[state])
            came = [state if costs[state] <= costs[cheapest] + 1 else cheapest for state in range(len(states))]
            costs = [min(costs[state], costs[cheapest] + 1) for state in range(len(states))]
            came_from.append(came)
        costs = [cost + (own != state) for cost, state in zip(costs, states, strict=True)]
    if not off:
        return []
    at = min(range(len(states)), key=lambda state: costs[state])
    path = [at]
    for came in reversed(came_from):
        at = came[at]
        path.append(at)
    return [states[state] for state in reversed(path)]
