"""What a diagnosis may not claim: strengths that are none, ranks of another policy, changes of what is not known."""

import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from diagnosed import a_material, changed, counties, one_of, the_diagnosis, words
from msgspec.structs import replace

from govgauge.reports.about import write_about
from govgauge.reports.diagnosis.chapter_plan import chosen_of
from govgauge.reports.diagnosis.saying import points_text
from govgauge.reports.document.model import Figure, Items, Table
from govgauge.reports.material import Material
from govgauge.systems.ranking import Rounding, Ties

NAMES = [f"{name}县" for name in "甲乙丙丁戊己庚辛"]


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    wanted = counties(*NAMES)
    return a_material(tmp_path_factory.mktemp("claims"), wanted, earlier=wanted)


def test_what_is_best_or_worst_is_named_by_its_distance_from_the_mean(material: Path) -> None:
    seen = set()
    for name in NAMES:
        text = words(the_diagnosis(material, name))
        for word, sign in re.findall(r"(高出平均最多|最接近平均|低于平均最多|高出平均最少)：“[^（]*（([+−])", text):
            seen.add(word)
            assert sign == ("+" if word.startswith("高出") else "−")
    assert {"高出平均最多", "低于平均最多"} <= seen


def test_a_single_subject_has_its_highest_and_lowest_and_no_gap(tmp_path: Path) -> None:
    text = words(the_diagnosis(a_material(tmp_path, counties("独县")), "独县"))
    best, worst = (float(re.search(rf"指数{word}：“[^”]*”，指数 ([\d.]+)", text)[1]) for word in ("最高", "最低"))  # type: ignore[index]

    assert best >= worst
    assert "平均最" not in text


def test_where_all_are_equal_nothing_is_above_or_below_the_mean(tmp_path: Path) -> None:
    text = words(the_diagnosis(a_material(tmp_path, counties(*NAMES, twins=8)), NAMES[0]))

    assert "各一级指标的指数都与同组平均相当。" in text
    assert "平均最" not in text


def test_ranks_and_grades_of_another_ruler_are_not_compared(tmp_path: Path) -> None:
    wanted = counties(*NAMES[:5])
    before = [replace(each, system="2025-city", profile="city") for each in wanted]
    text = words(the_diagnosis(a_material(tmp_path, wanted, earlier=before), NAMES[1]))

    assert "两轮的指标体系不同，名次和档级不作比较。" in text
    assert "上一轮在同组" not in text


def test_the_same_points_are_rounded_alike_in_text_figure_and_plan(material: Path) -> None:
    assert points_text(0.135) == "0.14"
    assert points_text(0.001) == "不到 0.01"
    for name in NAMES[:3]:
        document, one = the_diagnosis(material, name), one_of(material, name)
        plan = next(block for block in document.blocks if isinstance(block, Table) and block.caption == "整改步骤")
        told = {row.cells[1]: row.cells[-1] for row in plan.rows}
        drawn = next(block for block in document.blocks if isinstance(block, Figure) and block.name == "to-win")
        for measure in chosen_of(one.measures):
            assert told[measure.title] == points_text(measure.points)
            if f"{measure.title} " in drawn.alt:
                assert f"{measure.title} {points_text(measure.points)} 分" in drawn.alt


def test_no_two_things_to_do_have_one_title_and_none_is_named_for_a_part_of_it(material: Path) -> None:
    for name in NAMES:
        measures = [each for each in one_of(material, name).measures if not each.audit]
        titles = [each.title for each in measures]
        assert len(set(titles)) == len(titles)
        for each in measures:
            of_them = {leaf.name for leaf in each.leaves}
            assert of_them == {each.title} or {leaf.level2 or leaf.level1 for leaf in each.leaves} == {each.title}


def test_what_was_missed_does_not_read_as_what_was_found(material: Path) -> None:
    for name in NAMES:
        texts = {check.text for check in one_of(material, name).details.checks}
        items = [block for block in the_diagnosis(material, name).blocks if isinstance(block, Items)]
        lines = ["".join(run.text for run in item) for block in items for item in block.items]

        assert not texts & set(lines)
        assert any(line.startswith(("没有做到：", "没有全部做到：")) for line in lines)


def test_the_rank_after_the_plan_follows_the_policy_of_the_round(tmp_path: Path) -> None:
    folder = a_material(tmp_path, counties(*NAMES, twins=4))
    about = Material(folder).about
    dense = {name: replace(each, ties=Ties.DENSE) for name, each in about.rankings.items()}
    write_about(replace(about, rankings=dense), folder)
    one = one_of(folder, NAMES[0])
    others = [key for key in one.peers.places if key != one.key]
    totals = [float(one.peers.ranges.sure[one.peers.places[key]]) for key in others]
    lowest = min(totals) - 1

    assert len(set(np.round(totals, 6))) < len(totals)
    assert one.peers.rank_with(one.key, lowest) == 1 + len(set(np.round(totals, 6)))
    rounded = replace(one.peers.field.ranking, ties=Ties.COMPETITION, on_rounded=True, decimals=0)
    one.peers.field.ranking = replace(rounded, rounding=Rounding.HALF_UP)
    top = max(totals)
    assert one.peers.rank_with(one.key, float(Decimal(str(top)).to_integral_value())) == 1


def test_a_total_that_is_mostly_unknown_in_the_round_before_is_not_compared(tmp_path: Path) -> None:
    wanted = counties(*NAMES[:4])
    folder = a_material(tmp_path, wanted, earlier=wanted)
    path = tmp_path / "2024/1/indicators.parquet"
    rows = pl.read_parquet(path)
    gone = (pl.col("name") == "甲县") & (pl.col("level1") != rows["level1"][0])
    rows.with_columns(index=pl.when(gone).then(None).otherwise("index")).write_parquet(path)
    document = the_diagnosis(folder, "甲县")
    moves = next(block for block in document.blocks if isinstance(block, Figure) and block.name == "moves")

    assert "总指数不作比较" in words(document)
    assert "总指数" not in moves.alt
    assert moves.alt.count("变为") == 1
    assert "总指数由" in words(the_diagnosis(folder, "乙县"))


def test_points_lost_count_where_other_checks_of_the_indicator_are_open(tmp_path: Path) -> None:
    """A leaf whose index is open may have lost points for sure: nobody is told that all is nearly full."""
    folder = a_material(tmp_path, counties(*NAMES[:4]))
    for table, column in (("indicators", "index"),):
        path = folder / f"{table}.parquet"
        rows = pl.read_parquet(path)
        here = pl.col("name") == "甲县"
        rows.with_columns(
            pl.when(here).then(None).otherwise(column).alias(column),
            low=pl.when(here).then(pl.col("low") * 0.5).otherwise("low"),
            high=pl.when(here).then(pl.col("effective_weight") * 0.5).otherwise("high"),
        ).write_parquet(path)
    changed(folder, "甲县", {"coverage": 0.25})
    document = the_diagnosis(folder, "甲县")
    table_of_examples = next(
        block for block in document.blocks if isinstance(block, Table) and block.name == "examples"
    )
    bars = next(block for block in document.blocks if isinstance(block, Figure) and block.name == "peers")

    assert "接近或达到满分" not in words(document)
    assert "已有定论的要点按权重只占 25.0%。" in words(document)
    assert all("–" in row.cells[1] or row.cells[1] == "0.500" for row in table_of_examples.rows)
    assert re.search(r">0\.\d{3}–0\.\d{3}<", bars.svg)
