"""Scoring a whole field gives what scoring its subjects one by one gives."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import NOT_APPLICABLE, PROFILE, branch, check, given_value, leaf, system

from govgauge.scoring.bulk import Field, UnusableField, grades_of_totals, ranks_of_totals, score_field
from govgauge.scoring.ranks import grade, ranks
from govgauge.scoring.score import score
from govgauge.systems.ranking import Grade, Ranking, Rounding, Ties

TREE = system(
    branch("1", leaf("1.1", "5", check("1.1-1")), leaf("1.2", "3", check("1.2-1"))),
    leaf("2", "2", check("2-1"), deduct=True),
    leaf("3", "1", check("3-1"), bonus=True),
)
CODES = ("1.1", "1.2", "2", "3")
CELL = st.one_of(st.integers(0, 100), st.sampled_from([None, "out"]))
ROWS = st.lists(st.tuples(*[CELL] * len(CODES)), min_size=1, max_size=6)


def field_of(rows: list[tuple[object, ...]]) -> Field:
    values = np.array([[cell / 100 if isinstance(cell, int) else np.nan for cell in row] for row in rows])
    applies = np.array([[cell != "out" for cell in row] for row in rows])
    return Field([str(place) for place in range(len(rows))], CODES, values, applies)


@given(ROWS)
def test_a_field_scores_as_its_subjects_do_one_by_one(rows: list[tuple[object, ...]]) -> None:
    found = score_field(TREE, PROFILE, field_of(rows))
    for place, row in enumerate(rows):
        answers = {
            f"{code}-1": NOT_APPLICABLE if cell == "out" else given_value(str(Decimal(cell) / 100))
            for code, cell in zip(CODES, row, strict=True)
            if cell is not None
        }
        exact = score(TREE, PROFILE, answers)
        assert found.total_low[place] == pytest.approx(float(exact.total.low))
        assert found.total_high[place] == pytest.approx(float(exact.total.high))
        for code, node in exact.nodes.items():
            assert found.weights[code][place] == pytest.approx(float(node.effective_weight))
            index = found.index(code)[place]
            if node.index is None:
                assert np.isnan(index) or not node.applies
            elif node.effective_weight:
                assert index == pytest.approx(float(node.index))


TOTALS = st.lists(st.decimals(0, 110, places=3), min_size=1, max_size=30)
POLICIES = st.builds(
    Ranking,
    ties=st.sampled_from([Ties.DENSE, Ties.COMPETITION]),
    decimals=st.integers(0, 2),
    rounding=st.sampled_from(Rounding),
    on_rounded=st.booleans(),
    grades=st.just((Grade("甲", Decimal(85)), Grade("乙", Decimal(60)))),
)


@given(TOTALS, POLICIES)
def test_ranks_and_grades_of_a_field_are_the_exact_ones(totals: list[Decimal], ranking: Ranking) -> None:
    many = np.array([float(total) for total in totals])
    assert ranks_of_totals(many, ranking).tolist() == [one.number for one in ranks(totals, ranking)]
    assert grades_of_totals(many, ranking) == [grade(total, ranking) for total in totals]


@given(TOTALS, st.integers(1, 9), POLICIES)
def test_ranks_do_not_change_when_all_totals_are_scaled(totals: list[Decimal], factor: int, ranking: Ranking) -> None:
    exact = [Fraction(total) for total in totals]
    if not ranking.on_rounded:
        assert ranks(exact, ranking) == ranks([total * factor for total in exact], ranking)


@pytest.mark.parametrize(
    ("values", "codes", "sentence"),
    [([[1.2]], ["1.1"], "“甲”的指标 1.1 取值 1.2 不在 0 至 1 之间"), ([[0.2]], ["9"], "没有末级指标“9”")],
)
def test_a_field_that_cannot_be_scored_is_refused(values: list[list[float]], codes: list[str], sentence: str) -> None:
    with pytest.raises(UnusableField, match=sentence):
        score_field(TREE, PROFILE, Field(["甲"], codes, np.array(values)))
