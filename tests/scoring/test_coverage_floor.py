"""Coverage floors: too little known, no rank."""

from fractions import Fraction

import pytest
from trees import NOT_APPLICABLE, NOT_OBSERVABLE, PROFILE, given_value, leaf, system

from govgauge.scoring.coverage_floor import CoverageFloor, UnusableFloor, ranks_above_floor, shortfalls
from govgauge.scoring.score import score
from govgauge.scoring.scored import Scored
from govgauge.systems.ranking import Ranking

SMALL = system(leaf("1", "60"), leaf("2", "40"), leaf("9", "10", bonus=True))


def scored(first: str | None, second: str | None) -> Scored:
    given = {
        f"{code}-1": given_value(value) if value is not None else NOT_OBSERVABLE
        for code, value in (("1", first), ("2", second))
    }
    return score(SMALL, PROFILE, given)


def test_exactly_at_the_floor_is_enough_and_the_bonus_stays_out() -> None:
    assert shortfalls(scored("1", None), CoverageFloor(total=Fraction("0.6"))) == []
    [short] = shortfalls(scored("1", None), CoverageFloor(total=Fraction("0.61")))
    assert short.sentence == "全部指标已有采集值的权重占 60%，不足 61%，不排名。"


def test_each_first_level_has_its_floor() -> None:
    [short] = shortfalls(scored("1", None), CoverageFloor(each_first_level=Fraction(1, 2)))
    assert (short.code, short.answered, short.floor) == ("2", 0, Fraction(1, 2))


def test_what_does_not_apply_is_not_held_against_a_subject() -> None:
    partly = score(SMALL, PROFILE, {"1-1": given_value("1"), "2-1": NOT_APPLICABLE})
    assert shortfalls(partly, CoverageFloor(Fraction(1), Fraction(1))) == []


def test_who_is_below_the_floor_takes_up_no_place() -> None:
    field = [scored("0.5", "0.5"), scored("1", None), scored("0.4", "0.4")]
    found = ranks_above_floor(field, CoverageFloor(total=Fraction(9, 10)), Ranking())
    assert [None if rank is None else rank.number for rank in found] == [1, None, 2]
    everyone = ranks_above_floor(field, CoverageFloor(), Ranking())
    assert [rank.number for rank in everyone if rank is not None] == [2, 1, 3]


@pytest.mark.parametrize("floor", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_floor_outside_the_scale_is_refused(floor: Fraction) -> None:
    with pytest.raises(UnusableFloor, match="不在 0 至 1 之间"):
        CoverageFloor(total=floor)
