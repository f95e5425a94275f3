"""Judges' severity, held against a solver of ordinary least squares and against laws that must hold."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govgauge.choosing.calibration import Calibrated, calibrate
from govgauge.choosing.exact_equations import solve
from govgauge.choosing.marks import Mark
from govgauge.choosing.rubric import rubric
from govgauge.choosing.severity import AdjustedCase, Adjustment, Score, adjust
from govgauge.choosing.severity_parts import connected_parts
from govgauge.choosing.unusable import UnusableChoice

POINTS = st.integers(0, 100).map(Fraction)


@st.composite
def designs(draw: st.DrawFn) -> list[Score]:
    """Scores of some judges for some cases, with gaps, in one part or several."""
    judges = [f"J{at}" for at in range(draw(st.integers(1, 6)))]
    return [
        Score(f"C{at}", judge, draw(POINTS))
        for at in range(draw(st.integers(1, 8)))
        for judge in draw(st.lists(st.sampled_from(judges), min_size=1, unique=True))
    ]


def by_case(adjustment: Adjustment) -> dict[str, AdjustedCase]:
    return {case.case: case for case in adjustment.cases}


def order(adjustment: Adjustment) -> list[list[str]]:
    """The cases of each part from the best to the last, equal ones by name."""
    return [
        [
            case.case
            for case in sorted(adjustment.cases, key=lambda one: (-one.adjusted, one.case))
            if case.part == number
        ]
        for number in range(adjustment.parts)
    ]


def reference(scores: list[Score]) -> tuple[dict[str, float], dict[str, float], np.ndarray]:
    """The model as one big system by numpy's least squares: effects of cases with judges adding up to 0, severities,
    and the covariance of all, for one connected part."""
    cases, judges = sorted({one.case for one in scores}), sorted({one.judge for one in scores})
    rows, values = [], []
    for score in scores:
        row = np.zeros(len(cases) + len(judges))
        row[cases.index(score.case)] = 1
        row[len(cases) + judges.index(score.judge)] = -1
        rows.append(row)
        values.append(float(score.points))
    bound = np.zeros(len(cases) + len(judges))
    bound[len(cases) :] = 1
    design = np.array([*rows, bound])
    found, *_ = np.linalg.lstsq(design, np.array([*values, 0.0]), rcond=None)
    residual = design @ found - np.array([*values, 0.0])
    freedom = len(scores) - len(cases) - len(judges) + 1
    chance = float(residual @ residual) / freedom if freedom > 0 else float("nan")
    # the restriction is not an observation: project it out of the inverse
    plain = np.array(rows)
    null = np.concatenate([np.ones(len(cases)), np.ones(len(judges))])
    inverse = np.linalg.pinv(plain.T @ plain)
    shift = np.eye(len(null)) - np.outer(null, bound) / len(judges)
    return (
        dict(zip(cases, found, strict=False)),
        dict(zip(judges, found[len(cases) :], strict=True)),
        chance * shift @ inverse @ shift.T,
    )


@given(designs())
def test_estimates_and_errors_are_those_of_ordinary_least_squares(scores: list[Score]) -> None:
    adjustment = adjust(scores)
    assume(adjustment.comparable)
    cases, judges, covariance = reference(scores)
    for at, case in enumerate(adjustment.cases):
        assert float(case.adjusted) == pytest.approx(cases[case.case], abs=1e-6)
        assert (case.error is None) == bool(np.isnan(covariance[at, at]))
        if case.error is not None:
            assert case.error == pytest.approx(max(0.0, covariance[at, at]) ** 0.5, abs=1e-5)
    for at, judge in enumerate(adjustment.judges, start=len(adjustment.cases)):
        assert float(judge.severity) == pytest.approx(judges[judge.judge], abs=1e-6)
        if judge.error is not None:
            assert judge.error == pytest.approx(max(0.0, covariance[at, at]) ** 0.5, abs=1e-5)


@given(designs(), POINTS, st.integers(0, 5))
def test_a_judge_who_gives_everybody_more_changes_no_order(scores: list[Score], more: Fraction, which: int) -> None:
    generous = f"J{which}"
    raised = [Score(one.case, one.judge, one.points + more) if one.judge == generous else one for one in scores]
    assert order(adjust(raised)) == order(adjust(scores))


@given(designs(), st.randoms())
def test_the_order_of_scores_is_of_no_account(scores: list[Score], random: Random) -> None:
    shuffled = scores.copy()
    random.shuffle(shuffled)
    assert adjust(shuffled) == adjust(scores)


@given(st.lists(st.lists(POINTS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_with_every_judge_at_every_case_adjusted_points_are_the_means(table: list[list[Fraction]]) -> None:
    scores = [Score(f"C{at}", f"J{j}", points) for at, row in enumerate(table) for j, points in enumerate(row)]
    for case in adjust(scores).cases:
        assert case.adjusted == case.mean


@given(
    st.lists(POINTS, min_size=2, max_size=8),
    st.lists(st.integers(-20, 20).map(Fraction), min_size=2, max_size=5),
    st.data(),
)
def test_scores_without_chance_give_back_true_cases_and_judges(
    cases: list[Fraction], severities: list[Fraction], data: st.DataObject
) -> None:
    mean = sum(severities, Fraction(0)) / len(severities)
    everybody = range(len(severities))
    scores = [
        Score(f"C{at}", f"J{judge}", true - severities[judge])
        for at, true in enumerate(cases)
        for judge in (
            everybody if at == 0 else data.draw(st.lists(st.sampled_from(everybody), min_size=1, unique=True))
        )
    ]
    adjustment = adjust(scores)
    assert adjustment.comparable
    assert {one.judge: one.severity for one in adjustment.judges} == {
        f"J{at}": severity - mean for at, severity in enumerate(severities)
    }
    assert {one.case: one.adjusted + mean for one in adjustment.cases} == {
        f"C{at}": true for at, true in enumerate(cases)
    }


@given(designs(), st.fractions(Fraction(1, 10), 10))
def test_shrinking_never_makes_severities_larger_together(scores: list[Score], shrink: Fraction) -> None:
    plain, shrunk = adjust(scores), adjust(scores, shrink)
    assert sum(one.severity**2 for one in shrunk.judges) <= sum(one.severity**2 for one in plain.judges)
    for part in range(shrunk.parts):
        assert sum(one.severity for one in shrunk.judges if one.part == part) == 0


def test_much_shrinking_leaves_the_raw_means() -> None:
    scores = [Score("甲", "一", Fraction(90)), Score("甲", "二", Fraction(70)), Score("乙", "一", Fraction(80))]
    for case in adjust(scores, Fraction(10**9)).cases:
        assert float(case.adjusted) == pytest.approx(float(case.mean), abs=1e-5)


def test_a_case_seen_by_severe_judges_only_rises() -> None:
    scores = [
        Score("甲", "严", Fraction(60)),
        Score("甲", "宽", Fraction(80)),
        Score("乙", "严", Fraction(65)),
        Score("丙", "宽", Fraction(75)),
    ]
    found = by_case(adjust(scores))
    assert [found[case].adjusted for case in "甲乙丙"] == [70, 75, 65]
    assert [found[case].mean for case in "甲乙丙"] == [70, 65, 75]
    assert found["甲"].error is None, "four scores for five unknowns say nothing of chance"


def test_adjusted_points_that_leave_the_scale_enter_a_total_at_its_end() -> None:
    scores = [
        Score("甲", "严", Fraction(100)),
        Score("乙", "严", Fraction(0)),
        Score("乙", "宽", Fraction(40)),
        Score("丙", "宽", Fraction(0)),
    ]
    found = by_case(adjust(scores))
    assert [found[case].adjusted for case in "甲乙丙"] == [120, 20, -20]
    assert [found[case].points for case in "甲乙丙"] == [100, 20, 0]


def test_cases_without_common_judges_are_not_comparable_and_that_is_said() -> None:
    scores = [Score("甲", "一", Fraction(60)), Score("乙", "一", Fraction(70)), Score("丙", "二", Fraction(90))]
    adjustment = adjust(scores)
    assert (adjustment.parts, adjustment.comparable) == (2, False)
    assert {case.case: case.part for case in adjustment.cases} == {"丙": 0, "乙": 1, "甲": 1}
    assert {case.case: case.adjusted for case in adjustment.cases} == {"甲": 60, "乙": 70, "丙": 90}
    assert "互不相连的 2 部分" in adjustment.sentences[0]
    assert len(adjustment.sentences) == 3


def test_nothing_at_all_is_no_fault() -> None:
    assert adjust([]) == Adjustment((), (), 0, ())


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("123456"), unique=True)))
def test_parts_are_those_found_by_walking(judges_of: dict[str, list[str]]) -> None:
    left, walked = set(judges_of), []
    while left:
        reached = {min(left)}
        while more := {
            case for case in left - reached if any(set(judges_of[case]) & set(judges_of[one]) for one in reached)
        }:
            reached |= more
        walked.append(sorted(reached))
        left -= reached
    assert connected_parts(judges_of) == sorted(walked)


@pytest.mark.parametrize(
    ("scores", "shrink", "sentence"),
    [
        ([Score("甲", "一", Fraction(1)), Score("甲", "一", Fraction(2))], Fraction(0), "评了两次"),
        ([], Fraction(-1), "收缩系数"),
    ],
)
def test_scores_that_cannot_be_used_are_refused(scores: list[Score], shrink: Fraction, sentence: str) -> None:
    with pytest.raises(UnusableChoice, match=sentence):
        adjust(scores, shrink)


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(st.fractions(-9, 9), min_size=n + 1, max_size=n + 1), min_size=n, max_size=n)
    )
)
def test_exact_equations_are_solved_exactly(rows: list[list[Fraction]]) -> None:
    matrix, right = [row[:-1] for row in rows], [row[-1] for row in rows]
    try:
        found = solve(matrix, right)
    except ZeroDivisionError:
        assert abs(np.linalg.det(np.array(matrix, dtype=float))) < 1e-3
        return
    assert [sum(a * x for a, x in zip(row, found, strict=True)) for row in matrix] == right


SCALE = rubric()
AGREED = dict(zip(SCALE.codes, (4, 3, 3, 2, 4), strict=True))


def test_each_judge_sees_how_far_off_the_agreed_levels_they_were() -> None:
    marks = [
        Mark("校准", "二", dict(zip(SCALE.codes, (5, 4, 4, 3, 5), strict=True))),
        Mark("校准", "一", dict(zip(SCALE.codes, (4, 1, 4), strict=False))),
        Mark("校准", "三", {}),
    ]
    one, three, two = calibrate(SCALE, AGREED, marks)
    assert one == Calibrated(
        "一",
        {"function": 0, "practice": -2, "effect": 1},
        ("mechanism", "transferability"),
        Fraction(-1, 3),
        Fraction(1),
        False,
    )
    assert three == Calibrated("三", {}, SCALE.codes, None, None, False)
    assert two == Calibrated("二", dict.fromkeys(SCALE.codes, 1), (), Fraction(1), Fraction(1), True)


@pytest.mark.parametrize(
    ("agreed", "marks", "sentence"),
    [
        ({}, [], "逐项商定"),
        ({**AGREED, "effect": 9}, [], "逐项商定"),
        ({**AGREED, "beauty": 3}, [], "beauty"),
        (AGREED, [Mark("甲", "一", {}), Mark("甲", "一", {})], "每人一次"),
        (AGREED, [Mark("甲", "一", {}), Mark("乙", "二", {})], "同一案例"),
    ],
)
def test_a_calibration_that_cannot_be_used_is_refused(agreed: dict[str, int], marks: list[Mark], sentence: str) -> None:
    with pytest.raises(UnusableChoice, match=sentence):
        calibrate(SCALE, agreed, marks)
