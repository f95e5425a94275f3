"""Agreement of two or more coders against published examples, and what can and cannot be said of few pairs."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.analysis.agreement import Scale, Undefined, agreement, alpha

BEN, GERRY = "aabbdcccedda", "babbbcccedd" + "d"
"""Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part B."""
FOUR = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""The same, parts C and D: four observers, any level, with missing values."""


def units(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    return [[value for value in unit if value is not None] for unit in zip(*rows, strict=True)]


def table(counts: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The pairs of a table of counts, rows by columns."""
    return [pair for i, row in enumerate(counts) for j, times in enumerate(row) for pair in [(i, j)] * times]


def test_alpha_of_binary_values_as_published() -> None:
    pairs = list(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
    assert alpha(pairs).value == pytest.approx(0.095, abs=0.0005)
    assert agreement(pairs).alpha.value == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_names_as_published() -> None:
    pairs = list(zip(BEN, GERRY, strict=True))
    assert alpha(pairs).value == pytest.approx(0.692, abs=0.0005)
    assert agreement(pairs).alpha.value == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(
    ("scale", "published"), [(Scale.NOMINAL, 0.743), (Scale.ORDINAL, 0.815), (Scale.INTERVAL, 0.849)]
)
def test_alpha_of_four_observers_with_missing_values_as_published(scale: Scale, published: float) -> None:
    assert alpha(units(FOUR), scale).value == pytest.approx(published, abs=0.0005)


def test_kappa_as_published() -> None:
    cohen_1968 = table([[44, 7, 9], [5, 20, 5], [1, 3, 6]])
    assert agreement(cohen_1968).kappa.value == pytest.approx(0.492, abs=0.0005)
    assert agreement(table([[20, 5], [10, 15]])).kappa.value == pytest.approx(0.4)
    assert agreement(table([[45, 15], [25, 15]])).kappa.value == pytest.approx(0.1304, abs=0.00005)


@pytest.mark.parametrize("pairs", [[], [(1, 1)], [(0, 1)]])
def test_fewer_than_two_pairs_say_nothing(pairs: list[tuple[int, int]]) -> None:
    told = agreement(pairs)
    assert (told.kappa.value, told.kappa.why) == (None, Undefined.TOO_FEW)
    assert (told.alpha.value, told.alpha.why) == (None, Undefined.TOO_FEW)
    assert alpha(pairs).why is Undefined.TOO_FEW


def test_where_everybody_gave_one_value_chance_cannot_be_told_from_agreement() -> None:
    told = agreement([(1, 1)] * 20)
    assert (told.percent.value, told.pairs, told.agreeing) == (1.0, 20, 20)
    assert (told.kappa.why, told.alpha.why) == (Undefined.ONE_VALUE, Undefined.ONE_VALUE)
    assert alpha([(1, 1)] * 20).why is Undefined.ONE_VALUE


def test_one_deviation_among_equal_values_has_a_measure_but_no_interval() -> None:
    told = agreement([(1, 1)] * 9 + [(1, 0)])
    assert told.alpha.value == pytest.approx(0.0)
    assert (told.alpha.low, told.alpha.high) == (None, None)


def test_the_share_of_a_small_number_is_not_told_as_certain() -> None:
    told = agreement([(0, 0)] * 5 + [(1, 1)] * 5).percent
    assert told.value == 1.0
    assert told.low == pytest.approx(0.7225, abs=0.0005)
    assert told.high == 1.0


def test_the_tolerance_counts_for_the_share_of_agreeing_pairs() -> None:
    pairs = [(0.5, 0.6), (0.2, 0.2), (0.9, 0.4), (0.1, 0.2)]
    assert agreement(pairs, Scale.INTERVAL).agreeing == 1
    assert agreement(pairs, Scale.INTERVAL, tolerance=0.1).agreeing == 3


def test_what_does_not_apply_is_a_value_of_its_own_among_names() -> None:
    told = agreement([("n/a", "n/a"), (1, 1), (0, "n/a"), (0, 0)])
    assert told.agreeing == 3
    assert told.alpha.value == alpha([("n/a", "n/a"), (1, 1), (0, "n/a"), (0, 0)]).value


def test_intervals_hold_the_value_and_are_the_same_again() -> None:
    pairs = table([[40, 6], [9, 45]])
    told = agreement(pairs, seed="r/1.1.1")
    assert told.alpha.low is not None
    assert told.alpha.value is not None
    assert told.alpha.high is not None
    assert told.alpha.low < told.alpha.value < told.alpha.high
    assert told == agreement(pairs[::-1], seed="r/1.1.1")
    assert told.alpha != agreement(pairs, seed="another").alpha


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40), st.sampled_from(Scale))
def test_counting_pairs_gives_the_alpha_of_the_definition(pairs: list[tuple[int, int]], scale: Scale) -> None:
    counted, defined = agreement(pairs, scale, runs=0).alpha, alpha(pairs, scale)
    assert counted.why == defined.why
    if defined.value is not None:
        assert counted.value == pytest.approx(defined.value)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_who_is_called_first_makes_no_difference(pairs: list[tuple[int, int]]) -> None:
    turned = [(other, one) for one, other in pairs]
    one, other = agreement(pairs, runs=0), agreement(turned, runs=0)
    assert one.alpha == other.alpha
    assert one.kappa.value == pytest.approx(other.kappa.value) if one.kappa.value is not None else other.kappa.why
