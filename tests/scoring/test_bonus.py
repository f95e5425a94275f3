"""The bonus of innovation cases."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.scoring.bonus import UnusableCases, best_cases, voted_cases

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


def test_cases_that_tie_with_the_last_chosen_are_chosen_with_it() -> None:
    votes = {"甲/一": 9, "甲/二": 5, "乙/一": 5, "丙/一": 4, "丁/一": 0}
    assert voted_cases(votes, 2, Fraction(4), Fraction(10)) == {
        "甲": Fraction(4, 5),
        "乙": Fraction(2, 5),
        "丙": 0,
        "丁": 0,
    }


def test_a_case_without_a_vote_is_never_chosen() -> None:
    assert voted_cases({"甲/一": 0, "乙/一": 0}, 2, Fraction(4), Fraction(10)) == {"甲": 0, "乙": 0}


@pytest.mark.parametrize(
    ("points", "best", "full"), [([Fraction(-1)], 3, Fraction(300)), ([], 0, Fraction(300)), ([], 3, Fraction(0))]
)
def test_points_that_cannot_be_counted_are_refused(points: list[Fraction], best: int, full: Fraction) -> None:
    with pytest.raises(UnusableCases, match="请"):
        best_cases(points, best, full)


def test_negative_votes_are_refused() -> None:
    with pytest.raises(UnusableCases, match="票数 -1"):
        voted_cases({"甲/一": -1}, 1, Fraction(4), Fraction(10))
