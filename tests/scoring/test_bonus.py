"""The bonus of innovation cases."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.scoring.bonus import UnusableCases, best_cases

POINTS = st.lists(st.fractions(0, 100), max_size=8)


def test_the_three_best_cases_count_and_fewer_are_summed_as_they_are() -> None:
    points = [Fraction(60), Fraction(90), Fraction(80), Fraction(10)]
    assert best_cases(points, 3, Fraction(300)) == Fraction(230, 300)
    assert best_cases(points[:1], 3, Fraction(300)) == Fraction(1, 5)
    assert best_cases([], 3, Fraction(300)) == 0


@given(POINTS, st.fractions(0, 100))
def test_a_further_case_never_lowers_the_bonus(points: list[Fraction], more: Fraction) -> None:
    before = best_cases(points, 3, Fraction(300))
    assert 0 <= before <= best_cases([*points, more], 3, Fraction(300)) <= 1


@pytest.mark.parametrize(
    ("points", "best", "full"), [([Fraction(-1)], 3, Fraction(300)), ([], 0, Fraction(300)), ([], 3, Fraction(0))]
)
def test_points_that_cannot_be_counted_are_refused(points: list[Fraction], best: int, full: Fraction) -> None:
    with pytest.raises(UnusableCases, match="请"):
        best_cases(points, best, full)
