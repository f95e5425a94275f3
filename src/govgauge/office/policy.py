"""How a round ranks and grades, and whether subjects may share a site: settings, checked before they are stored."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from govgauge.scoring.coverage_floor import CoverageFloor
from govgauge.systems.ranking import Grade, OrderInGrade, Ranking, Rounding, Ties
from govgauge.word_enum import WordEnum


class SharedSites(WordEnum):
    """What becomes of a second subject with the same site."""

    REFUSE = "refuse"
    ALLOW = "allow"


class Floor(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shares of the weight (0…1) that must have an answer before a subject is ranked."""

    total: Decimal = Decimal(0)
    each_first_level: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        self.exact()

    def exact(self) -> CoverageFloor:
        """The same as scoring takes it. Raises UnusableFloor."""
        return CoverageFloor(Fraction(self.total), Fraction(self.each_first_level))


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tie, rounding and grade policy of a round; what is left out is as the indicator system's source has it."""

    ties: Ties | None = None
    decimals: int | None = None
    rounding: Rounding | None = None
    on_rounded: bool | None = None
    grades: tuple[Grade, ...] | None = None
    order_in_grade: OrderInGrade | None = None
    coverage_floor: Floor = Floor()

    def __post_init__(self) -> None:
        if self.decimals is not None and not 0 <= self.decimals <= MOST_DECIMALS:
            raise ValueError(f"decimals 应为 0 至 {MOST_DECIMALS}")
        bounds = [grade.at_least for grade in self.grades or ()]
        if any(above <= below for above, below in pairwise(bounds)):
            raise ValueError("grades 应从最高的等次写到最低的")

    def ranking(self, of_system: Ranking) -> Ranking:
        """The policy over that of an indicator system."""
        return Ranking(
            ties=of_system.ties if self.ties is None else self.ties,
            decimals=of_system.decimals if self.decimals is None else self.decimals,
            rounding=of_system.rounding if self.rounding is None else self.rounding,
            on_rounded=of_system.on_rounded if self.on_rounded is None else self.on_rounded,
            grades=of_system.grades if self.grades is None else self.grades,
            order_in_grade=of_system.order_in_grade if self.order_in_grade is None else self.order_in_grade,
        )


MOST_DECIMALS = 6
