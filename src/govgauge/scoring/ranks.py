"""From totals to ranks and grades, by the policy of a table or a round."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from msgspec import Struct

from govgauge.systems.ranking import Ranking, Rounding, Ties

_MODES = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.HALF_EVEN: ROUND_HALF_EVEN}


class Rank(Struct, frozen=True):
    """A place in an order. `first` and `last` are the places that equal totals take up together."""

    number: int
    first: int
    last: int
    ties: Ties

    @property
    def label(self) -> str:
        """The rank as a table prints it: 5, or 3–4 where places are shared."""
        return f"{self.first}–{self.last}" if self.ties is Ties.SHARED and self.first < self.last else str(self.number)


def rounded(value: Decimal | Fraction, ranking: Ranking) -> Decimal:
    """A total with the decimals in which it is shown. Exact: no binary fraction comes in between."""
    if isinstance(value, Fraction):
        scaled = value * 10**ranking.decimals
        whole, rest = divmod(scaled.numerator, scaled.denominator)
        twice = 2 * rest - scaled.denominator
        up = twice > 0 or (twice == 0 and (ranking.rounding is Rounding.HALF_UP or whole % 2 == 1))
        return Decimal(whole + up).scaleb(-ranking.decimals)
    return value.quantize(Decimal(1).scaleb(-ranking.decimals), _MODES[ranking.rounding])


def ranks(totals: Sequence[Decimal | Fraction], ranking: Ranking) -> list[Rank]:
    """The rank of each total, highest first; equal totals share a rank. In the order of `totals`."""
    if ranking.on_rounded:
        return ranks_of_keys([rounded(total, ranking) for total in totals], ranking.ties)
    return ranks_of_keys([Fraction(total) for total in totals], ranking.ties)


def ranks_of_keys(keys: Sequence[Fraction] | Sequence[Decimal] | Sequence[int], ties: Ties) -> list[Rank]:
    """The rank of each key, highest first."""
    known: dict[Fraction | Decimal | int, Rank] = {}
    first = 1
    sizes: dict[Fraction | Decimal | int, int] = dict(Counter(keys))
    for order, key in enumerate(sorted(sizes, reverse=True), start=1):
        size = sizes[key]
        number = order if ties is Ties.DENSE else first
        known[key] = Rank(number, first, first + size - 1, ties)
        first += size
    return [known[key] for key in keys]


def grade(total: Decimal | Fraction, ranking: Ranking) -> str:
    """The best grade whose bound the unrounded total reaches; empty where there are no grades or none is reached."""
    exact = Fraction(total)
    return next((each.name for each in ranking.grades if exact >= Fraction(each.at_least)), "")
