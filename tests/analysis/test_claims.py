"""What the analyses state, as whole sentences with their numbers and denominators."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from small_system import ROWS, SYSTEM, assessed, names

from govgauge.analysis import claims, claims_of_change
from govgauge.analysis.claim import Counted, Kind, Measured, in_words
from govgauge.analysis.compare import compare
from govgauge.analysis.groups import groups_by
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.shares import Share

ROWS_NOW = [
    (1.0, 1.0, 1.0, 1.0, 1.0),
    (0.5, 0.5, 0.5, 1.0, 0.0),
    (0.2, 0.3, 0.0, 0.0, 0.0),
    ("open", 1.0, 1.0, 1.0, 0.0),
]
ROWS_THEN = [(0.5, 0.5, 0.5, 1.0, 0.0), (0.5, 0.5, 0.5, 1.0, 0.0), (0.2, 0.3, 0.5, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0, 0.0)]
LEVELS = {"level": ("省", "省", "市", "市")}
BY_LEVEL = groups_by(assessed(ROWS_NOW, LEVELS), "level")
PROVINCES, CITIES = BY_LEVEL
ALL = groups_by(assessed(ROWS_NOW))[0]


EXPECTED = Path(__file__).parent / "two_rounds.txt"


def text(claim: object) -> str:
    assert isinstance(claim, claims.Claim)
    return claim.text


def test_statements_about_one_round() -> None:
    assert text(claims.mean_by_group(BY_LEVEL)) == (
        "总指数平均：省 0.775（2 个）和市 0.140（1 个）（另有 1 个尚有未采集的要点，未计入）。"
    )
    assert text(claims.mean_by_group([PROVINCES], "1")) == "省的“公开”指数平均为 0.750（2 个）。"
    assert text(claims.above_mean(PROVINCES)) == "省的总指数平均为 0.775，2 个中有 1 个高于平均，占 50.0%。"
    assert text(claims.below_bound(PROVINCES)) == "省的 2 个评估对象中，总指数低于 0.60 的有 1 个，占 50.0%。"
    assert text(claims.extremes(PROVINCES, 1)) == (
        "省的各一级指标中，“服务”平均指数最高，为 0.813（2 个）；“公开”最低，为 0.750（2 个）。"
    )
    assert text(claims.order_of_indicators(PROVINCES, 2, "2")) == (
        "省的“服务”各二级指标平均指数由高到低：清理 1.000、指南 0.750。"
    )
    assert (
        text(claims.order_of_groups(BY_LEVEL)) == "按总指数的平均由高到低，依次为省 0.775（2 个）、市 0.140（1 个）。"
    )
    assert text(claims.difference(PROVINCES, CITIES, "2.1")) == (
        "省（2 个）“指南”指数平均 0.750，高于市（2 个）的 0.500，相差 0.250。"
    )
    assert text(claims.all_beyond(BY_LEVEL, "1.2", 0.6)) == "省（2 个）和市（2 个）“年报”指数的平均均高于 0.60。"
    assert claims.all_beyond(BY_LEVEL, "2.1", 0.6) is None
    assert text(claims.spread_of(PROVINCES)) == (
        "省的 2 个评估对象中，总指数最高 1.000、中位 0.775、最低 0.550，首尾相差 0.450。"
    )
    assert text(claims.distribution(PROVINCES)) == (
        "省的总指数分布：0.5–0.6 1/2 个，占 50.0%；0.9–1.0 1/2 个，占 50.0%。"
    )
    assert (
        text(claims.grades(ALL))
        == "4 个评估对象中，优 1 个（25.0%）、良 1 个（25.0%）、差 1 个（25.0%）、未定 1 个（25.0%）。"
    )
    assert text(claims.reached(ALL, "良")) == "4 个评估对象中，达到“良”及以上的有 2 个，占 50.0%。"
    assert claims.reached(ALL, "特优") is None


def test_a_claim_keeps_its_numbers_and_its_denominator() -> None:
    claim = claims.above_mean(PROVINCES)
    assert claim == claims.Claim(
        Kind.ABOVE_MEAN,
        "省的总指数平均为 0.775，2 个中有 1 个高于平均，占 50.0%。",
        (Measured("省", "总指数", pytest.approx(0.775), 2),),  # type: ignore[arg-type]
        (Counted("省", "高于平均", Share(1, 2)),),
    )


def test_n_of_m_have_it_counts_only_those_answered_and_asked() -> None:
    values = np.array([[1.0], [1.0], [0.5], [np.nan], [np.nan]])
    applies = np.array([[True], [True], [True], [True], [False]])
    answers = LeafTable(tuple(names(5)), ("1.1-1",), values, applies)
    assert text(claims.have(answers, "1.1-1", "公开了规划", group="城市")) == (
        "城市的 3 个评估对象中有 2 个公开了规划，占 66.7%（超过六成）；另有 1 个未采集，1 个不适用。"
    )
    half = claims.have(answers, "1.1-1", "至少公开了一部分规划", enough=0.5)
    assert half is not None
    assert half.shares == (Counted("全部", "至少公开了一部分规划", Share(3, 3)),)
    nobody = np.array([False, False, False, True, True])
    assert claims.have(answers, "1.1-1", "公开了规划", members=nobody) is None


def test_an_order_that_open_values_may_turn_round_says_so() -> None:
    rows = [(0.5, 0.5, 0.6, 1.0, 0.0), ("open", 0.5, "open", 1.0, 0.0)]
    group = groups_by(assessed(rows))[0]
    order, ends = text(claims.order_of_indicators(group, 1)), text(claims.extremes(group, 1))

    assert "先后可能不同" in order
    assert "先后可能不同" in ends
    assert "先后可能不同" not in text(claims.order_of_indicators(groups_by(assessed(rows[:1]))[0], 1))
    assert text(claims.mean_by_group([group])).endswith(
        "（另有 1 个尚有未采集的要点，未计入；计入后平均在 0.390 至 0.740 之间）。"
    )


def test_equals_are_told_together_as_best_and_nothing_is_best_where_all_are_equal() -> None:
    group = groups_by(assessed([(0.5, 0.5, 0.5, 0.5, 0.0)]))[0]

    assert claims.extremes(group, 1) is None
    assert text(claims.extremes(groups_by(assessed([(1.0, 1.0, 0.5, 0.5, 0.0)]))[0], 2)) == (
        "全部的各二级指标中，“目录”和“年报”平均指数最高，为 1.000（1 个）；“指南”和“清理”最低，为 0.500（1 个）。"
    )


def test_a_grade_that_open_values_cannot_change_is_sure() -> None:
    nearly = assessed([(1.0, 1.0, 1.0, 1.0, 1.0), (1.0, 1.0, 1.0, 1.0, "open"), ("open",) * 5])

    assert nearly.grades[0] == nearly.grades[1] == "优"
    assert nearly.grades[2] == "未定"


def test_grades_of_other_names_are_not_held_against_each_other() -> None:
    now = groups_by(assessed(ROWS_NOW))[0]
    then = replace(now, grades=(("卓越", Share(1, 4)), ("其余", Share(3, 4))))

    assert claims_of_change.grade_changes(then, now) is None
    assert claims_of_change.grade_changes(now, now) is not None


def test_every_check_that_was_answered_is_told_by_group() -> None:
    values = np.array([[1.0, 0.0], [0.0, np.nan], [1.0, np.nan]])
    answers = LeafTable(
        tuple(names(3)), ("1.1-1", "1.2-1"), values, np.ones((3, 2), dtype=bool), {"level": ("省", "省", "市")}
    )
    assert [claim.text for claim in claims.practices(answers, SYSTEM, "level")] == [
        "省的 2 个评估对象中有 1 个做到“要点”，占 50.0%（五成）。",
        "市的 1 个评估对象中有 1 个做到“要点”，占 100.0%（全部）。",
        "省的 1 个评估对象中有 0 个做到“要点”，占 0.0%（没有一个）；另有 1 个未采集。",
    ]


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (32, 32, "全部"),
        (0, 5, "没有一个"),
        (31, 34, "超过九成"),
        (36, 70, "超过五成"),
        (11, 70, "超过一成"),
        (10, 100, "一成"),
        (398, 400, "几乎全部"),
        (39, 100, "近四成"),
        (5, 100, "不足一成"),
        (99, 100, "超过九成"),
        (0, 0, "无从计算"),
    ],
)
def test_round_words_are_true_of_a_share(numerator: int, denominator: int, words: str) -> None:
    assert in_words(Share(numerator, denominator)) == words


def test_statements_about_two_rounds() -> None:
    then, now = assessed(ROWS_THEN, LEVELS), assessed(ROWS_NOW, LEVELS)
    found = compare(then, now, "level")
    told = [claim.text for claim in claims_of_change.statements_of_change(then, now, found)]
    assert told == EXPECTED.read_text(encoding="utf-8").splitlines()


def test_a_share_beside_that_of_the_round_before() -> None:
    """2025 report, chapter 7, section 3: 174 of 219 zones had a site in 2011, 335 of 410 have one in 2025."""
    assert text(claims_of_change.have_changed("开设网站的开发区", Share(174, 219), Share(335, 410))) == (
        "开设网站的开发区：335/410 个，占 81.7%，上一轮 174/219 个，占 79.5%，上升 2.3 个百分点。"
    )
    assert claims_of_change.have_changed("开设网站", Share(0, 0), Share(1, 2)) is None


@given(ROWS, st.integers(1, 4))
def test_every_share_that_is_told_lies_within_its_denominator(rows: list[tuple[object, ...]], parts: int) -> None:
    columns = {"level": tuple("省市县区"[place % parts] for place in range(len(rows)))}
    one = assessed(rows, columns)
    found = claims.statements(groups_by(one, "level"))
    found += claims_of_change.statements_of_change(one, one, compare(one, one, "level"))
    for claim in found:
        assert "nan" not in claim.text
        for each in claim.shares:
            assert 0 <= each.share.numerator <= each.share.denominator
        for number in claim.numbers:
            assert number.subjects > 0
