"""Ranks and grades of a round's entries, each within its group: from unrounded points, by the policy of the round."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Self

from msgspec import Struct

from govgauge.scoring.ranks import grade, ranks
from govgauge.systems.ranking import OrderInGrade, Ranking

SHARP = 9
"""Decimals of points that are told apart; what is behind them is error of binary fractions."""


class Total(Struct, frozen=True):
    """The unrounded points of an entry that takes part in the ranking, by its id."""

    entry: int
    low: float
    high: float

    @classmethod
    def of(cls, entry: int, low: float, high: float) -> Self:
        """The same without the error of binary fractions: 94.99999999999999 has reached 95."""
        return cls(entry, round(low, SHARP), round(high, SHARP))


class Place(Struct, frozen=True):
    """A rank as a table prints it, the places that are possible while checks are open, and grades from and to."""

    rank: str
    best: int
    worst: int
    grade_low: str
    grade_high: str

    @property
    def grade(self) -> str:
        """The grade that holds whatever open checks bring; empty while there are several."""
        return self.grade_low if self.grade_low == self.grade_high else ""


def places(totals: Sequence[Total], ranking: Ranking) -> dict[int, Place]:
    """The place of each entry of one group, by the points that it has for sure.

    Where grades are listed in the order of divisions, no ranks are told.
    """
    numbers = ranks([Fraction(total.low) for total in totals], ranking)
    lows, highs = sorted(total.low for total in totals), sorted(total.high for total in totals)
    told = not (ranking.grades and ranking.order_in_grade is OrderInGrade.DIVISION)
    return {
        total.entry: Place(
            rank=number.label if told else "",
            best=1 + _above(lows, total.high),
            worst=_above(highs, total.low) + (total.high <= total.low),
            grade_low=grade(Fraction(total.low), ranking),
            grade_high=grade(Fraction(total.high), ranking),
        )
        for total, number in zip(totals, numbers, strict=True)
    }


def _above(numbers: list[float], bound: float) -> int:
    """How many of the sorted numbers are greater."""
    return len(numbers) - bisect_right(numbers, bound)


def of_groups(totals: Iterable[tuple[tuple[str, str, str], Total, Ranking]]) -> dict[int, Place]:
    """The places of many entries; only those of one group, system and profile are held against each other."""
    groups: dict[tuple[str, str, str], tuple[list[Total], Ranking]] = {}
    for group, total, ranking in totals:
        groups.setdefault(group, ([], ranking))[0].append(total)
    return {entry: place for members, ranking in groups.values() for entry, place in places(members, ranking).items()}
