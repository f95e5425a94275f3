"""Coverage floors: a subject of which too little is known gets neither rank nor grade, and is told why."""

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.scoring.explain import shown
from govgauge.scoring.ranks import Rank, ranks
from govgauge.scoring.scored import Scored
from govgauge.systems.ranking import Ranking


class UnusableFloor(Unusable):
    """A floor outside 0…1; the message says which."""


class CoverageFloor(Struct, frozen=True):
    """Shares of the weight (0…1) that must have an answer: of the whole table, of each first-level indicator.

    The bonus stays out of both. A setting of each round; 0 asks for nothing. Raises UnusableFloor.
    """

    total: Fraction = Fraction(0)
    each_first_level: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        for floor in (self.total, self.each_first_level):
            if not 0 <= floor <= 1:
                raise UnusableFloor(f"覆盖率下限 {floor} 不在 0 至 1 之间，请改正本轮设置 (a share from 0 to 1).")


class Shortfall(Struct, frozen=True):
    """A part of the table of which less is answered than the floor asks for; `code` is empty for the whole."""

    code: str
    name: str
    answered: Fraction
    floor: Fraction

    @property
    def sentence(self) -> str:
        what = f"“{self.name}”" if self.code else "全部指标"
        return f"{what}已有采集值的权重占 {shown(100 * self.answered)}%，不足 {shown(100 * self.floor)}%，不排名。"


def shortfalls(scored: Scored, floor: CoverageFloor) -> list[Shortfall]:
    """Where the coverage stays below the floor; exactly at it is enough. Parts that do not apply are left out."""
    found = []
    if scored.base_coverage.share < floor.total:
        found.append(Shortfall("", "", scored.base_coverage.share, floor.total))
    for node in scored.level(1):
        if node.bonus or not node.applies:
            continue
        answered = node.answered / node.effective_weight
        if answered < floor.each_first_level:
            found.append(Shortfall(node.code, node.name, answered, floor.each_first_level))
    return found


def ranks_above_floor(field: Sequence[Scored], floor: CoverageFloor, ranking: Ranking) -> list[Rank | None]:
    """The rank of each subject by the points it has for sure, in the order of `field`; None below the floor.

    Subjects below the floor take up no place.
    """
    ranked = [place for place, scored in enumerate(field) if not shortfalls(scored, floor)]
    places = dict(zip(ranked, ranks([field[place].total.points for place in ranked], ranking), strict=True))
    return [places.get(place) for place in range(len(field))]
