"""How totals become ranks and grades: settings that a table of the sources prints by, and that a round may change."""

from decimal import Decimal

from msgspec import Struct

from govgauge.word_enum import WordEnum


class Ties(WordEnum):
    """The ranks of equal totals."""

    DENSE = "dense"
    """5, 5, 6."""
    COMPETITION = "competition"
    """3, 3, 5."""
    SHARED = "shared"
    """Equal totals share the places that they take up: 3–4, 3–4, 5."""


class Rounding(WordEnum):
    """What becomes of a half when a number is rounded for showing."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"


class OrderInGrade(WordEnum):
    """In which order the subjects of one grade are listed."""

    TOTAL = "total"
    DIVISION = "division"
    """That of the administrative divisions: ranks inside a grade are not told."""


class Grade(Struct, frozen=True, forbid_unknown_fields=True):
    """A grade and the lowest total that reaches it."""

    name: str
    at_least: Decimal


class Ranking(Struct, frozen=True, forbid_unknown_fields=True):
    """Tie, rounding and grade policy.

    Ranks come from unrounded totals, or, with `on_rounded`, from totals as they are shown with `decimals`.
    `grades` go from the best to the worst.
    """

    ties: Ties = Ties.COMPETITION
    decimals: int = 2
    rounding: Rounding = Rounding.HALF_UP
    on_rounded: bool = False
    grades: tuple[Grade, ...] = ()
    order_in_grade: OrderInGrade = OrderInGrade.TOTAL
