"""Statistics of groups: whole values, and what must hold of any table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_system import ROWS, assessed

from govgauge.analysis.groups import Band, bands, groups_by
from govgauge.analysis.shares import Share, shown

THREE = [
    (1.0, 1.0, 1.0, 1.0, 1.0),
    (0.5, 0.0, 0.5, "out", 0.0),
    (0.0, 1.0, "open", 0.0, 0.0),
]


def test_a_group_counts_known_open_and_not_applicable_apart() -> None:
    group = groups_by(assessed(THREE))[0]
    whole, services, cleaning = group.spread(""), group.spread("2"), group.spread("2.2")
    # 甲 10/10; 乙 2 + 0 + 1.5 + 1 (nothing deducted) of 10; 丙 open between 0.2 and 0.5
    assert (whole.known, whole.still_open, whole.not_applicable) == (2, 1, 0)
    assert whole.mean == pytest.approx((1 + 0.45) / 2)
    assert (whole.low, whole.high) == (pytest.approx((1 + 0.45 + 0.2) / 3), pytest.approx((1 + 0.45 + 0.5) / 3))
    assert (whole.above_mean, whole.below) == (Share(1, 2), Share(1, 2))
    assert (services.known, services.still_open) == (2, 1)
    assert (cleaning.known, cleaning.still_open, cleaning.not_applicable) == (2, 0, 1)
    assert cleaning.mean == pytest.approx(0.5)
    assert group.spread("3").mean == pytest.approx(1 / 3)
    assert group.grades == (("优", Share(1, 3)), ("良", Share(0, 3)), ("差", Share(1, 3)), ("未定", Share(1, 3)))


def test_groups_come_in_order_and_an_empty_cell_is_a_group() -> None:
    found = groups_by(assessed(THREE, {"level": ("市", "", "市")}), "level")
    assert [(group.name, group.subjects) for group in found] == [("市", 2), ("（未填）", 1)]


def test_indicators_are_ordered_from_the_best() -> None:
    group = groups_by(assessed(THREE))[0]
    assert [spread.node.name for spread in group.ordered(1)] == ["服务", "公开"]
    assert [spread.node.name for spread in group.ordered(2, "1")] == ["年报", "目录"]


def test_bands_hold_their_lower_bound() -> None:
    found = bands(np.array([0.0, 0.1, 0.6, 0.6 - 1e-12, 0.599, 1.0, np.nan]))
    counts = {band.start: band.share.numerator for band in found if band.share.numerator}
    assert counts == {0.0: 1, 0.1: 1, 0.5: 1, 0.6: 2, 0.9: 1}
    assert found[0] == Band(0.0, 0.1, Share(1, 6))


def test_a_mean_of_equals_is_exceeded_by_none() -> None:
    group = groups_by(assessed([(0.1, 0.2, 0.3, 0.7, 0.0)] * 7))[0]
    assert group.spread("").above_mean == Share(0, 7)


def test_exactly_the_bound_is_not_below_it() -> None:
    group = groups_by(assessed([(0.6, 0.6, 0.6, 0.6, 0.0)] * 3))[0]
    assert group.spread("").below == Share(0, 3)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.6449999999999, "0.645"), (0.0005, "0.001"), (0.6765, "0.677"), (-0.0001, "0.000"), (1, "1.000")],
)
def test_numbers_are_shown_with_halves_rounded_up(number: float, text: str) -> None:
    assert shown(number) == text


def test_a_share_of_nothing_has_no_value() -> None:
    assert (Share(0, 0).value, Share(0, 0).percent(), Share(36, 70).percent()) == (None, "—", "51.4%")


@given(ROWS)
def test_means_lie_between_the_extremes_and_shares_within_their_denominators(rows: list[tuple[object, ...]]) -> None:
    group = groups_by(assessed(rows))[0]
    for spread in group.spreads:
        assert spread.known + spread.still_open + spread.not_applicable == len(rows)
        assert 0 <= spread.above_mean.numerator <= spread.above_mean.denominator <= len(rows)
        assert 0 <= spread.below.numerator <= spread.below.denominator == spread.known
        if spread.mean is not None and spread.minimum is not None and spread.maximum is not None:
            assert spread.minimum - 1e-9 <= spread.mean <= spread.maximum + 1e-9
            assert spread.above_mean.numerator < max(spread.known, 1)
        if spread.low is not None and spread.high is not None:
            assert -1e-9 <= spread.low <= spread.high <= 1 + 1e-9
    assert sum(band.share.numerator for band in group.bands) == group.spread("").known
    assert sum(share.numerator for _, share in group.grades) == len(rows)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_subjects_does_not_matter(rows: list[tuple[object, ...]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (groups_by(assessed(each))[0] for each in (rows, shuffled))
    assert [band.share for band in one.bands] == [band.share for band in other.bands]
    assert one.grades == other.grades
    for spread, again in zip(one.spreads, other.spreads, strict=True):
        assert (spread.known, spread.still_open, spread.above_mean, spread.below) == (
            *(again.known, again.still_open),
            *(again.above_mean, again.below),
        )
        assert spread.mean == (None if again.mean is None else pytest.approx(again.mean))
