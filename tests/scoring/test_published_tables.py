"""Published tables: recomputed, and their faults named once."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from govgauge.scoring.index_table import IndexTable, Row, UnusableTable, read_table
from govgauge.scoring.infer import inferred_weights
from govgauge.scoring.published import BY_ROUNDING, RowFault, WeightFault, verify_table
from govgauge.scoring.published_ranks import RankFault, rank_faults
from govgauge.scoring.ranks import ranks
from govgauge.scoring.totals import standings, weights_of
from govgauge.systems.model import Indicator, Profile, Source, Status, System
from govgauge.systems.ranking import Grade, Ranking, Ties

PUBLISHED = Path(__file__).parent / "published" / "2017-ministries.csv"
NAMES = {
    "信息发布": 24,
    "解读回应": 10,
    "办事服务": 24,
    "互动交流": 12,
    "管理保障": 22,
    "应用推广": 8,
    "优秀创新案例": 10,
}
DENSE = Ranking(ties=Ties.DENSE, decimals=1, on_rounded=True)
SYSTEM = System(
    id="ministries",
    year=2017,
    table="部委",
    title="部委",
    source=Source("2017"),
    status=Status.COMPLETE,
    profiles=(Profile("ministry", "部委"),),
    full_marks=Decimal(110),
    bonus_max=Decimal(10),
    indicators=tuple(
        Indicator(code=str(place), name=name, weights={"ministry": Decimal(weight)}, bonus=name == "优秀创新案例")
        for place, (name, weight) in enumerate(NAMES.items(), start=1)
    ),
    ranking=DENSE,
)
WEIGHTS = weights_of(SYSTEM, "ministry")


def changed(tmp_path: Path, *changes: tuple[str, str]) -> IndexTable:
    """The published table with some of its text replaced."""
    text = PUBLISHED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path, SYSTEM, "ministry")


def test_the_published_ministries_follow_from_their_indexes_to_the_printed_decimal() -> None:
    table = read_table(PUBLISHED, SYSTEM, "ministry")
    verified = verify_table(table, WEIGHTS, DENSE)
    assert (verified.ok, verified.compared, verified.sentences) == (True, 17, ())
    found = standings(table, WEIGHTS, DENSE)
    assert [one.rank.number for one in found] == [one.row.rank for one in found]
    assert found[0].total == Decimal("91.72")


def test_a_wrong_total_is_the_only_row_that_is_named(tmp_path: Path) -> None:
    verified = verify_table(changed(tmp_path, ("0.27,84.1", "0.27,84.4")), WEIGHTS, DENSE)
    assert verified.rows == (RowFault("农业部", "", Decimal("84.4"), Decimal("84.1")),)
    assert (verified.ranks, verified.weights) == ((), ())
    assert verified.sentences == ("“农业部”公布的总分 84.4 与各指数不符，应为 84.1。",)


def test_a_jump_in_the_ranks_is_told_once(tmp_path: Path) -> None:
    later = [(f"\n{number},", f"\n{number + 1},") for number in range(15, 8, -1)]
    verified = verify_table(changed(tmp_path, *later), WEIGHTS, DENSE)
    assert verified.ranks == (RankFault("公安部", "", 10, 9),)
    assert verified.rows == ()


def test_two_subjects_in_the_wrong_order_are_found_by_their_totals(tmp_path: Path) -> None:
    verified = verify_table(
        changed(tmp_path, ("1,商务部", "2,商务部"), ("2,交通运输部", "1,交通运输部")), WEIGHTS, DENSE
    )
    assert verified.ranks == (RankFault("商务部", "", 2, 1), RankFault("交通运输部", "", 1, 2))


def test_a_single_wrong_rank_accuses_nobody_after_it(tmp_path: Path) -> None:
    verified = verify_table(changed(tmp_path, ("\n6,国土资源部", "\n9,国土资源部")), WEIGHTS, DENSE)
    assert verified.ranks == (RankFault("国土资源部", "", 9, 6),)


def test_a_wrong_total_leaves_a_rank_alone_that_fits_the_right_one(tmp_path: Path) -> None:
    verified = verify_table(changed(tmp_path, ("0.80,81.0", "0.80,85.9")), WEIGHTS, DENSE)
    assert [row.name for row in verified.rows] == ["水利部"]
    assert verified.ranks == ()


def test_ranks_by_unrounded_totals_may_part_what_is_printed_alike(tmp_path: Path) -> None:
    lines = ["name,rank,total," + ",".join(NAMES)]
    for place, index in enumerate(("0.5004", "0.5003", "0.5002"), start=1):
        lines.append(f"部{place},{place},55.0," + ",".join([index] * len(NAMES)))
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    table = read_table(path, SYSTEM, "ministry")
    assert verify_table(table, WEIGHTS, Ranking(decimals=1)).ok
    assert len(verify_table(table, WEIGHTS, DENSE).ranks) == 2


@given(st.lists(st.integers(0, 40), min_size=3, max_size=40, unique=True), st.data())
def test_one_planted_fault_of_the_ranks_is_told_once(points: list[int], data: st.DataObject) -> None:
    totals = sorted(points, reverse=True)
    rows = [
        Row(line, f"部{line}", "", {"1": Decimal(each) / 40}, None, line, {})
        for line, each in enumerate(totals, start=1)
    ]
    at = data.draw(st.integers(0, len(rows) - 1))
    step = data.draw(st.integers(1, 5))
    shifted = data.draw(st.booleans())
    planted = [
        replace(row, rank=(row.rank or 0) + step) if place == at or (shifted and place > at) else row
        for place, row in enumerate(rows)
    ]
    table = IndexTable(Path("t.csv"), ("name",), (), tuple(planted))
    found = rank_faults(table, Ranking(), 2, {"1": Decimal(40)}, ())
    assert found == [RankFault(f"部{at + 1}", "", at + 1 + step, at + 1)]


def test_one_wrong_weight_is_inferred_and_no_row_accused() -> None:
    verified = verify_table(read_table(PUBLISHED, SYSTEM, "ministry"), {**WEIGHTS, "5": Decimal(20)}, DENSE)
    assert verified.weights == (WeightFault("5", "管理保障", Decimal(20), Decimal(22)),)
    assert (verified.rows, verified.ranks) == ((), ())
    assert "“管理保障”按 22 分而不是 20 分" in verified.sentences[0]


def test_a_bonus_that_was_left_out_is_inferred_as_plain_zero() -> None:
    rows = [{"1": Decimal(each) / 20, "2": Decimal(each * each % 17) / 17} for each in range(20)]
    totals = [round(row["1"] * 100, 2) for row in rows]
    fit = inferred_weights(rows, totals, {"1": Decimal(100), "2": Decimal(10)}, 2)
    assert fit is not None
    assert [str(weight) for weight in fit.weights.values()] == ["100", "0.0"]


def test_a_wrong_weight_is_inferred_past_a_wrong_row(tmp_path: Path) -> None:
    table = changed(tmp_path, ("0.27,84.1", "0.27,94.1"))
    verified = verify_table(table, {**WEIGHTS, "3": Decimal(26)}, DENSE)
    assert verified.weights == (WeightFault("3", "办事服务", Decimal(26), Decimal(24)),)
    assert [row.name for row in verified.rows] == ["农业部"]


def test_totals_from_unrounded_indexes_are_no_fault(tmp_path: Path) -> None:
    moved = [("0.60,91.7", "0.60,91.9"), ("0.85,88.8", "0.85,88.5"), ("0.79,86.8", "0.79,87.1"),
             ("0.27,84.1", "0.27,83.8"), ("0.80,81.0", "0.80,81.2"), ("0.50,81.0", "0.50,81.2"),
             ("0.21,79.7", "0.21,79.4"), ("0.80,78.9", "0.80,79.1"), ("0.28,78.9", "0.28,79.1"),
             ("0.26,77.3", "0.26,77.0"), ("0.26,75.3", "0.26,75.5")]  # fmt: skip
    verified = verify_table(changed(tmp_path, *moved), WEIGHTS, DENSE)
    assert (verified.ok, verified.sentences) == (True, (BY_ROUNDING,))


@pytest.mark.parametrize(
    ("ties", "labels"),
    [
        (Ties.DENSE, ["1", "2", "2", "3"]),
        (Ties.COMPETITION, ["1", "2", "2", "4"]),
        (Ties.SHARED, ["1", "2–3", "2–3", "4"]),
    ],
)
def test_ties_are_ranked_by_policy(ties: Ties, labels: list[str]) -> None:
    totals = [Decimal(90), Decimal("80.04"), Decimal("80.04"), Decimal(70)]
    assert [rank.label for rank in ranks(totals, Ranking(ties=ties))] == labels


def test_ranks_come_from_unrounded_totals_unless_the_policy_says_otherwise() -> None:
    totals = [Decimal("80.04"), Decimal("80.01")]
    assert [rank.number for rank in ranks(totals, Ranking(decimals=1))] == [1, 2]
    assert [rank.number for rank in ranks(totals, Ranking(decimals=1, on_rounded=True))] == [1, 1]


def test_grades_go_by_unrounded_totals() -> None:
    grades = Ranking(grades=(Grade("优秀", Decimal(85)), Grade("良好", Decimal(75))))
    table = read_table(PUBLISHED, SYSTEM, "ministry")
    found = {one.row.name: one.grade for one in standings(table, WEIGHTS, grades)}
    assert (found["商务部"], found["农业部"], found["民政部"]) == ("优秀", "良好", "")


FAULTY = {
    "a missing column": (("优秀创新案例,", ""), "第 1 行：缺少列“优秀创新案例”"),
    "an index of 1.2": (("商务部,0.93", "商务部,1.2"), "第 2 行（商务部）列“信息发布”：指数 1.2 不在 0 至 1 之间"),
    "an empty cell": (("商务部,0.93", "商务部,"), "第 2 行（商务部）列“信息发布”：是空的"),
    "a percentage": (("商务部,0.93", "商务部,93%"), "不要写百分号"),
    "no number": (("商务部,0.93", "商务部,NaN"), "“NaN”不是数"),
    "a name twice": (("\n2,交通运输部", "\n2,商务部"), "第 3 行：“商务部”与第 2 行重名"),
    "no name": (("\n2,交通运输部", "\n2,"), "第 3 行：列“name”是空的"),
    "a rank of zero": (("\n1,商务部", "\n0,商务部"), "列“rank”：“0”不是名次"),
    "a total in words": (("91.7", "优"), "列“total”：“优”不是数"),
    "a formula": (("商务部,0.93", "商务部,=A1/2"), "第 2 行（商务部）列“信息发布”：是公式"),
    "a formula for a name": (("\n2,交通运输部", "\n2,=cmd"), "列“name”：是公式"),
    "a column twice": (("解读回应", "信息发布"), "列“信息发布”出现了 2 次"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_table_that_cannot_be_used_is_refused_with_place_and_remedy(case: str, tmp_path: Path) -> None:
    change, sentence = FAULTY[case]
    with pytest.raises(UnusableTable, match="请") as refused:
        changed(tmp_path, change)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (PUBLISHED.read_text(encoding="utf-8").encode("gbk"), "看起来是 GBK 编码"),
        (b"", "文件是空的"),
        (b"name;x\n", "英文逗号"),
        (PUBLISHED.read_bytes().splitlines()[0], "只有表头"),
        (b'name,"x\n', "不是可读的 CSV"),
        (PUBLISHED.read_bytes()[:-30], "第 18 行：不完整"),
    ],
)
def test_a_file_that_is_no_table_is_refused(raw: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(raw)
    with pytest.raises(UnusableTable) as refused:
        read_table(path, SYSTEM, "ministry")
    assert sentence in str(refused.value)


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnusableTable) as refused:
        changed(tmp_path, ("商务部,0.93", "商务部,9.3"), ("交通运输部,0.88", "交通运输部,"))
    assert len(refused.value.sentences) == 2


def test_groups_are_ranked_apart_and_may_share_a_name(tmp_path: Path) -> None:
    text = PUBLISHED.read_text(encoding="utf-8").splitlines()
    lines = [f"group,{text[0]}", f"甲,{text[1]}", f"甲,{text[2]}", f"乙,{text[1]}"]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    table = read_table(path, SYSTEM, "ministry")
    assert [(one.row.group, one.rank.number) for one in standings(table, WEIGHTS, DENSE)] == [
        ("甲", 1),
        ("甲", 2),
        ("乙", 1),
    ]
    assert verify_table(table, WEIGHTS, replace(DENSE, ties=Ties.COMPETITION)).ok


def test_json_numbers_of_a_weight_are_plain() -> None:
    verified = verify_table(read_table(PUBLISHED, SYSTEM, "ministry"), {**WEIGHTS, "2": Decimal(12)}, DENSE)
    assert json.dumps(float(verified.weights[0].inferred)) == "10.0"
