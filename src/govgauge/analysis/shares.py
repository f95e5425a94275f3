"""A share never stands without what it is a share of, and how a number is shown."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from msgspec import Struct

from govgauge.scoring.bulk import SAME, Flags, Points

INDEX_DECIMALS = 3
PERCENT_DECIMALS = 1


class Share(Struct, frozen=True):
    """So many of so many. `value` is None where there is nothing to be a share of."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    def percent(self) -> str:
        """Per cent, halves rounded up; — where the denominator is 0."""
        if not self.denominator:
            return "—"
        return f"{shown(100 * Decimal(self.numerator) / Decimal(self.denominator), PERCENT_DECIMALS)}%"

    def text(self, unit: str = "个") -> str:
        """`36/70 个，占 51.4%`."""
        return f"{self.numerator}/{self.denominator} {unit}，占 {self.percent()}"

    def facts(self) -> dict[str, int | float | None]:
        """Numerator, denominator and share, for JSON."""
        return {"numerator": self.numerator, "denominator": self.denominator, "share": self.value}


def share_of(hits: Flags, of: Flags) -> Share:
    """How many of the subjects that count are hits."""
    return Share(int(np.count_nonzero(hits & of)), int(np.count_nonzero(of)))


def shown(number: float | Decimal, decimals: int = INDEX_DECIMALS) -> str:
    """A number with so many decimals, halves away from zero; binary dust (0.6449999999) is wiped off before."""
    clean = number if isinstance(number, Decimal) else Decimal(repr(round(float(number), decimals + 6)))
    text = str(clean.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return text.removeprefix("-") if not any(digit in text for digit in "123456789") else text


def index_text(number: float) -> str:
    """An index as it is shown, — where it is not known."""
    return "—" if np.isnan(number) else shown(number)


def above(values: Points, bound: float) -> Flags:
    """Above the bound by more than adding fractions costs."""
    return np.asarray(values > bound + SAME)


def below(values: Points, bound: float) -> Flags:
    """Below the bound by more than adding fractions costs."""
    return np.asarray(values < bound - SAME)
