"""Two rounds beside each other: the same yardstick, the common subjects, everything that moved."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from small_system import CODES, PROFILE, ROWS, SYSTEM, assessed, leaf, system, table

from govgauge.analysis.assessed import Assessed
from govgauge.analysis.compare import Movement, compare
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.pairing import paired, read_pairs
from govgauge.analysis.shares import Share
from govgauge.errors import Unusable
from govgauge.scoring.csv_lines import UnusableTable
from govgauge.systems.model import Indicator, System

BEFORE = [(0.5, 0.5, 0.5, 1.0, 0.0), (1.0, 1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0, 0.0)]
AFTER = [(1.0, 0.5, 0.5, 1.0, 0.0), (0.9, 1.0, 1.0, 1.0, 1.0), (0.0, "open", 1.0, 0.0, 0.0)]
LATER = system(
    Indicator(code="A", name="公开", children=(leaf("A.1", "5", "目录"), leaf("A.2", "5", "解读"))),
    Indicator(code="B", name="办事", children=(leaf("B.1", "10", "指南"),)),
    name="later",
)


def test_changes_are_those_of_the_values_known_in_both() -> None:
    found = compare(assessed(BEFORE), assessed(AFTER))
    whole, catalogue, report = (found.groups[0].change(code) for code in ("", "1.1", "1.2"))
    # 甲 0.55 → 0.75, 乙 1 → 0.96; 丙 without 年报: 目录 6, 指南 3, 清理 1 of 10, 0 → 0.3
    assert whole.before == pytest.approx((0.55 + 1 + 0) / 3)
    assert whole.after == pytest.approx((0.75 + 0.96 + 0.3) / 3)
    assert (whole.known, whole.rose, whole.fell, whole.flat) == (3, Share(2, 3), Share(1, 3), Share(0, 3))
    assert (catalogue.known, catalogue.change) == (3, pytest.approx(0.4 / 3))
    assert (report.known, report.change) == (2, pytest.approx(0))
    assert whole.coverage == 1


def test_a_deducting_indicator_that_nobody_has_looked_at_never_counts_as_full() -> None:
    found = compare(assessed([(0.0, 0.0, 0.0, "open", 0.0)]), assessed([(0.5, 0.5, 0.5, 1.0, 0.0)]))
    assert (found.subjects[0].before, found.subjects[0].after) == (0, pytest.approx(0.5))
    out = compare(assessed([(0.0, 0.0, 0.0, "out", 0.0)]), assessed([(0.5, 0.5, 0.5, "out", 0.0)]))
    assert (out.subjects[0].before, out.subjects[0].after) == (0, pytest.approx(0.5))


def test_ranks_and_grades_are_those_of_each_round() -> None:
    found = compare(assessed(BEFORE), assessed(AFTER))
    rows = [(each.subject, each.rank_before, each.rank_after, each.rise) for each in found.subjects]
    assert rows == [("甲", 2, 2, 0), ("乙", 1, 1, 0), ("丙", 3, None, None)]
    assert found.movements == (
        Movement("优", "优", Share(1, 3)),
        Movement("差", "未定", Share(1, 3)),
        Movement("良", "良", Share(1, 3)),
    )
    assert [each.subject for each in found.improved()] == ["丙", "甲"]


def test_those_who_entered_and_left_are_named_and_not_compared() -> None:
    before, after = table(BEFORE), table(AFTER)
    renamed = LeafTable(("甲", "新", "丙"), CODES, after.values, after.applies)
    found = compare(Assessed(SYSTEM, PROFILE, before), Assessed(SYSTEM, PROFILE, renamed))
    assert (found.entered, found.left) == (("新",), ("乙",))
    assert [each.subject for each in found.subjects] == ["甲", "丙"]


def test_a_name_in_two_groups_is_two_subjects() -> None:
    twice = LeafTable(("甲", "甲"), CODES, table(BEFORE[:2]).values, table(BEFORE[:2]).applies, {"group": ("一", "二")})
    found = compare(Assessed(SYSTEM, PROFILE, twice), Assessed(SYSTEM, PROFILE, twice.rows([1, 0])))
    assert [(each.group, each.change) for each in found.subjects] == [("二", 0), ("一", 0)]


def later_round() -> Assessed:
    values = table([(0.8, 0.1, 0.7, 0, 0)]).values[:, :3]
    return Assessed(LATER, PROFILE, LeafTable(("甲",), ("A.1", "A.2", "B.1"), values, values >= 0))


def test_two_systems_are_compared_over_common_indicators() -> None:
    found = compare(assessed(BEFORE), later_round())
    assert found.pairing.earlier_by_later == {"A.1": "1.1", "B.1": "2.1"}
    assert (found.pairing.only_earlier, found.pairing.only_later) == (("1.2", "2.2", "3"), ("A.2",))
    whole, publicity = found.groups[0].change(""), found.groups[0].change("A")
    # with the later weights 5 and 10: before (0.5·5 + 0.5·10)/15, after (0.8·5 + 0.7·10)/15
    assert (whole.before, whole.after) == (pytest.approx(0.5), pytest.approx(11 / 15))
    assert (whole.coverage, publicity.coverage) == (pytest.approx(15 / 20), 0.5)
    assert found.left == ("乙", "丙")


def test_given_pairs_are_the_whole_truth(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("from,to\n年报,A.2\n")
    pairs = read_pairs(path, SYSTEM, PROFILE, LATER, PROFILE)
    found = compare(assessed(BEFORE), later_round(), pairs=pairs)
    assert found.pairing.earlier_by_later == {"A.2": "1.2"}
    assert found.groups[0].change("A.2").change == pytest.approx(-0.4)
    # A.2 is less than half of A and of the whole: what one leaf did is not told of them
    assert [found.groups[0].change(code).change for code in ("", "A")] == [None, pytest.approx(-0.4)]


def test_what_is_mostly_unknown_in_one_of_the_rounds_is_not_compared() -> None:
    only_reports = [("open", 0.1, "open", "open", "open"), (0.5, 0.5, 0.5, 0.5, 0.5)]
    found = compare(assessed(only_reports), assessed([(1.0, 0.9, 1.0, 1.0, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0)]))
    changes = {each.node.code: (each.known, each.change) for each in found.groups[0].changes}

    assert changes["1.2"] == (2, pytest.approx(0.65))
    assert changes["1"] == changes[""] == (1, pytest.approx(0.5))
    assert [each.subject for each in found.improved()] == ["乙"]


def test_equals_of_the_last_that_is_told_are_not_cut_in_two() -> None:
    before = assessed([(0.0, 0.0, 0.0, 0.0, 0.0)] * 8)
    first_and_equals = compare(before, assessed([(1.0,) * 5, *[(0.5,) * 5] * 3, *[(0.0,) * 5] * 4]))

    assert [each.subject for each in first_and_equals.improved(2)] == ["甲", "丁", "丙", "乙"]
    assert [each.subject for each in compare(before, assessed([(1.0,) * 5, *[(0.5,) * 5] * 7])).improved(2)] == ["甲"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("from,to\n无此,A.2\n", "第 2 行：“无此”不是 small 的末级指标"),
        ("from,to\n1.1,A.1\n1.1,A.2\n", "第 3 行：1.1 在第 2 行已经配过对"),
        ("from,to\n", "没有一对指标"),
        ("a,b\n1,2\n", "缺少列“from”或“to”"),
    ],
)
def test_faults_of_pairs_are_told(tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(text)
    with pytest.raises(UnusableTable, match=part):
        read_pairs(path, SYSTEM, PROFILE, LATER, PROFILE)


def test_rounds_without_a_common_indicator_are_refused() -> None:
    stranger: System = system(leaf("1", "1", "别的"), name="stranger")
    only = LeafTable(
        ("甲",), ("1",), table([(0.5, 0, 0, 0, 0)]).values[:, :1], table([(0.5, 0, 0, 0, 0)]).applies[:, :1]
    )
    with pytest.raises(Unusable, match="没有共同的末级指标"):
        compare(assessed(BEFORE), Assessed(stranger, PROFILE, only))


def test_rounds_without_a_common_subject_are_refused() -> None:
    other = LeafTable(("某县",), CODES, table(BEFORE[:1]).values, table(BEFORE[:1]).applies)
    with pytest.raises(Unusable, match="没有同名的评估对象"):
        compare(assessed(BEFORE), Assessed(SYSTEM, PROFILE, other))


def test_a_name_that_moved_is_still_matched_where_it_is_the_only_one() -> None:
    moved = replace(
        SYSTEM,
        indicators=(Indicator(code="X", name="新级", children=(leaf("X.1", "1", "目录"), leaf("X.2", "1", "别的"))),),
    )
    assert paired(SYSTEM, PROFILE, moved, PROFILE).earlier_by_later == {"X.1": "1.1"}


@given(ROWS, st.integers(0, 7))
def test_a_round_beside_itself_does_not_move(rows: list[tuple[object, ...]], turn: int) -> None:
    one = table(rows)
    order = [*range(turn % len(rows), len(rows)), *range(turn % len(rows))]
    found = compare(Assessed(SYSTEM, PROFILE, one), Assessed(SYSTEM, PROFILE, one.rows(order)))
    assert all(each.change in {None, 0} for group in found.groups for each in group.changes)
    assert all(each.rise in {None, 0} for each in found.subjects)
    assert sum(each.share.numerator for each in found.movements) == len(rows)
    assert not found.entered
    assert not found.left


@given(ROWS, ROWS)
def test_shares_of_changes_sum_to_the_known(before: list[tuple[object, ...]], after: list[tuple[object, ...]]) -> None:
    found = compare(assessed(before), assessed(after))
    for group in found.groups:
        for each in group.changes:
            assert each.rose.numerator + each.fell.numerator + each.flat.numerator == each.known <= group.subjects
            assert each.rose.denominator == each.fell.denominator == each.flat.denominator == each.known
