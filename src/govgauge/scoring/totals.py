"""From first-level indexes to totals, ranks and grades. Exact: decimals in, decimals out."""

from collections.abc import Mapping
from decimal import Decimal, localcontext

from msgspec import Struct

from govgauge.scoring.index_table import IndexTable, Row
from govgauge.scoring.ranks import Rank, grade, ranks
from govgauge.systems.model import System
from govgauge.systems.ranking import Ranking


class Standing(Struct, frozen=True):
    """Where a subject stands: its exact total, its rank (within its group where the table has groups), its grade."""

    row: Row
    total: Decimal
    rank: Rank
    grade: str


def weights_of(system: System, profile: str) -> dict[str, Decimal]:
    """Points of the first-level indicators assessed in a profile, by code; the bonus is among them."""
    return {node.code: weight for node in system.indicators if (weight := node.weight(profile)) is not None}


def total_of(indexes: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
    """The sum of index times weight, without rounding."""
    with localcontext() as exact:
        exact.prec = 200
        return sum((indexes[code] * weight for code, weight in weights.items()), Decimal(0))


def standings(table: IndexTable, weights: Mapping[str, Decimal], ranking: Ranking) -> list[Standing]:
    """Total, rank and grade of every row, in the order of the table."""
    totals = [total_of(row.indexes, weights) for row in table.rows]
    places: dict[int, Rank] = {}
    for group in dict.fromkeys(row.group for row in table.rows):
        members = [place for place, row in enumerate(table.rows) if row.group == group]
        places.update(zip(members, ranks([totals[place] for place in members], ranking), strict=True))
    return [
        Standing(row, totals[place], places[place], grade(totals[place], ranking))
        for place, row in enumerate(table.rows)
    ]
