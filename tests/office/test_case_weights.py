"""Weights of the rubric's aspects: read from rules, in the points of screeners and experts, and kept in step."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nominated import a_call, body, handed_in
from test_screening import head, home, levels, screener

from govgauge.choosing.rubric import rubric
from govgauge.errors import Unusable
from govgauge.office.case_papers import kept_rules
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_calls, case_scoring, case_weights
from govgauge.office.models import CaseScore

__all__ = ["home"]
CODES = rubric().codes
UNEQUAL = dict(zip(CODES, ("30", "25", "20", "15", "10"), strict=True))


@pytest.mark.parametrize(
    ("weights", "told", "points"),
    [
        ({}, (5, 1, 1, 1, 1), "20"),
        (dict.fromkeys(CODES, "7"), (5, 1, 1, 1, 1), "20"),
        (UNEQUAL, (5, 1, 1, 1, 1), "30"),
        (UNEQUAL, (1, 1, 1, 1, 5), "10"),
        (UNEQUAL, (5, 4, 3, 2, 1), "62.5"),
        ({**UNEQUAL, "function": "0"}, (5, 1, 1, 1, 1), "0"),
        ({**dict.fromkeys(CODES, "1"), "function": "2"}, (5, 1, 1, 1, 1), "33.3333"),
        ({**dict.fromkeys(CODES, "0.1"), "effect": "0.3"}, (1, 1, 2, 1, 1), "10.7143"),
    ],
)
def test_points_follow_from_levels_and_weights(weights: dict[str, str], told: tuple[int, ...], points: str) -> None:
    rules = case_calls.checked({"weights": weights})
    score = CaseScore(case_id=1, by_id=1, levels=dict(zip(CODES, told, strict=True)))
    assert case_weights.points_of(rules, score) == Decimal(points)


@given(
    st.lists(st.decimals(0, 1000, places=2), min_size=5, max_size=5).filter(any),
    st.lists(st.integers(1, 5), min_size=5, max_size=5),
    st.sampled_from([Decimal(2), Decimal("0.5"), Decimal("0.01")]),
)
def test_only_the_proportion_of_weights_counts(weights: list[Decimal], told: list[int], by: Decimal) -> None:
    score = CaseScore(case_id=1, by_id=1, levels=dict(zip(CODES, told, strict=True)))
    one = CaseSettings(weights=dict(zip(CODES, weights, strict=True)))
    scaled = CaseSettings(weights={code: weight * by for code, weight in one.weights.items() if weight * by <= 1000})
    points = case_weights.points_of(one, score)
    if len(scaled.weights) == len(CODES):
        assert case_weights.points_of(scaled, score) == points
    exact = sum(Fraction(w) * 25 * (level - 1) for w, level in zip(weights, told, strict=True)) / sum(
        map(Fraction, weights)
    )
    assert points == case_weights.fine(exact)


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ({"function": "1"}, "权重须逐项给出：缺少 practice、effect、mechanism、transferability"),
        ({**UNEQUAL, "looks": "5"}, "多出 looks"),
        (dict.fromkeys(CODES, "0"), "不全为 0"),
        ({**UNEQUAL, "function": "-1"}, "案例评选办法不能用"),
        ({**UNEQUAL, "function": "NaN"}, "案例评选办法不能用"),
        ({**UNEQUAL, "function": "1001"}, "案例评选办法不能用"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(weights: dict[str, str], told: str) -> None:
    with pytest.raises(Unusable, match=told):
        case_calls.checked({"weights": weights})


def test_new_weights_reach_scores_that_were_handed_in() -> None:
    call = a_call()
    case = handed_in(body(), call)
    for one, level in ((screener(), 4), (screener(), 5)):
        case_scoring.save(one, case, levels(3, function=level), "", 0)
        case_scoring.submit(one, case)
    assert [one.points for one in CaseScore.objects.order_by("id")] == [Decimal(55), Decimal(60)]
    settings = kept_rules(case_calls.rules_of(call))
    case_calls.change_rules(head(), call, {**settings, "weights": UNEQUAL})
    assert [one.points for one in CaseScore.objects.order_by("id")] == [Decimal("57.5"), Decimal(65)]
    assert case_scoring.means(CaseScore.objects.all(), case_calls.rules_of(call)) == {case.pk: Fraction(245, 4)}


def test_rules_that_were_added_later_change_no_older_digest() -> None:
    kept = kept_rules(CaseSettings())
    assert not {"weights", "apart_from"} & kept.keys()
    told = kept_rules(CaseSettings(weights={code: Decimal(1) for code in CODES}, apart_from=Decimal(0)))
    assert (told["weights"], told["apart_from"]) == (dict.fromkeys(CODES, "1"), "0")
