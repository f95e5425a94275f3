"""Diagnoses: every number in them is that of the tables, and every kind of subject gets a document that stands."""

from pathlib import Path

import polars as pl
import pytest
from diagnosed import a_material, changed, counties, one_of, the_diagnosis, words
from sample_document import HOSTILE

from govgauge.audits.catalogue import all_audits
from govgauge.reports.about import Shows
from govgauge.reports.diagnosis.chapter_plan import chosen_of
from govgauge.reports.diagnosis.remedies import remedies
from govgauge.reports.document.html import write_html
from govgauge.reports.document.model import Figure, Table
from govgauge.reports.document.pdf import write_pdf
from govgauge.reports.document.word import write_word
from govgauge.reports.material import Material
from govgauge.reports.writing import told
from govgauge.scoring.bulk import SAME
from govgauge.systems import library
from govgauge.testbed.materials import LONG_NAME, Wanted

NAMES = tuple(f"{sign}县" for sign in "甲乙丙丁戊己庚辛壬癸")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    wanted = counties(*NAMES)
    return a_material(tmp_path_factory.mktemp("diagnoses"), wanted, earlier=wanted[1:])


def facts(folder: Path, name: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in told(the_diagnosis(folder, name)):
        assert found.setdefault(each.what, each.value) == each.value, each.what
    return found


def rows_of(folder: Path, table: str, name: str) -> pl.DataFrame:
    return Material(folder).table(table).filter(pl.col("name") == name)


@pytest.mark.parametrize("name", NAMES)
def test_points_lost_are_those_of_the_checks(material: Path, name: str) -> None:
    bonus = [leaf.indicator.code for leaf in library.system("2025-county").leaves() if leaf.bonus]
    checks = rows_of(material, "checks", name).filter(~pl.col("indicator").is_in(bonus))
    lost = float((checks["weight"] - checks["high"]).sum())
    found = facts(material, name)
    assert found["lost"] == pytest.approx(lost)
    still_open = float((checks["high"] - checks["low"]).sum())
    assert found.get("open_points", 0.0) == pytest.approx(still_open, abs=1e-4)


def test_score_mean_and_rank_are_those_of_the_results(material: Path) -> None:
    results = Material(material).results.filter(pl.col("state") == "judged")
    for row in results.iter_rows(named=True):
        found = facts(material, row["name"])
        assert found["total_low"] == row["total_low"]
        assert found["index"] == pytest.approx(row["low"] / row["weight"])
        assert found["in_ranking"] == results.height
        assert f"列第 {row['rank']} 名" in words(the_diagnosis(material, row["name"]))
        if row["low"] == row["high"]:
            settled = results.filter(pl.col("low") == pl.col("high"))
            assert found["mean"] == pytest.approx((settled["low"] / settled["weight"]).mean())


def test_rank_after_the_plan_is_that_of_the_field_with_these_points(material: Path) -> None:
    one = one_of(material, "甲县")
    totals = one.peers.ranges.sure
    for more in (0.0, 3.3, 12.0, 60.0):
        wanted = 1 + sum(
            bool(total > one.total + more + SAME) for place, total in enumerate(totals) if place != one.place
        )
        assert one.peers.rank_with(one.key, one.total + more) == wanted


def test_steps_go_from_urgent_to_slow_and_from_many_points_to_few(material: Path) -> None:
    chosen = chosen_of(one_of(material, "乙县").measures)
    order = [(not each.remedy.first, each.soon, -each.points) for each in chosen]
    assert order == sorted(order)
    assert all(each.points > SAME or each.remedy.first for each in chosen)


def test_what_was_not_observable_is_no_step_and_costs_nothing(tmp_path: Path) -> None:
    folder = a_material(tmp_path, counties(*NAMES))
    path = folder / "checks.parquet"
    rows = pl.read_parquet(path)
    mine = pl.col("name") == "甲县"
    rows.with_columns(
        pl.when(mine).then(0.0).otherwise("low").alias("low"),
        pl.when(mine).then("weight").otherwise("high").alias("high"),
        pl.when(mine).then(pl.lit("not-observable")).otherwise("outcome").alias("outcome"),
        pl.when(mine).then(False).otherwise("answered").alias("answered"),
    ).write_parquet(path)
    assert one_of(folder, "甲县").measures == []
    text = words(the_diagnosis(folder, "甲县"))
    assert "没有计为失分，也没有列入整改计划" in text
    assert "没有需要整改的失分" in text


def test_changes_are_told_where_the_round_before_has_the_subject(material: Path) -> None:
    assert "没有甲县，不作比较" in words(the_diagnosis(material, "甲县"))
    found = facts(material, "乙县")
    assert found["common_weight"] > 0
    assert found["common"] == found["rose"] + found["fell"] + found["flat"]
    before = Material(material).previous
    assert before is not None
    was = before.results.filter(pl.col("name") == "乙县").row(0, named=True)
    if was["low"] == was["high"] and found["common"] == len(one_of(material, "乙县").peers.leaves):
        assert found["before"] == pytest.approx(was["low"] / was["weight"])


def test_every_audit_has_somebody_who_usually_puts_it_right() -> None:
    found = remedies()
    assert set(found.audits) == set(all_audits())
    assert {each.who for each in (*found.audits.values(), *found.indicators)} <= set(found.bodies)
    assert {each.within for each in (*found.audits.values(), *found.indicators)} <= set(found.times)


@pytest.mark.parametrize("state", ["unreachable", "closed", "distorted", "waiting", "no-site", "merged", "gone", "?"])
def test_a_subject_without_numbers_gets_no_blame_and_something_to_do(tmp_path: Path, state: str) -> None:
    wanted = counties(*NAMES)
    folder = a_material(tmp_path, wanted, earlier=wanted)
    numbers = dict.fromkeys(("low", "high", "total_low", "total_high", "rank_best", "rank_worst", "coverage"))
    changed(folder, "乙县", {"state": state, "rank": "", "unranked": "无", "became": "新县", **numbers})
    document = the_diagnosis(folder, "乙县")
    text = words(document)
    assert "请勿把没有结果理解为得零分" in text
    assert "得分 0" not in text
    write_pdf(document, tmp_path / "a.pdf")


def test_one_alone_is_compared_with_nobody(tmp_path: Path) -> None:
    document = the_diagnosis(a_material(tmp_path, counties("独县")), "独县")
    text = words(document)
    assert "中是唯一有结果的对象" in text
    assert "名次没有比较意义" in text
    assert "高 " not in text
    assert not any(isinstance(block, Figure) and block.name == "field" for block in document.blocks)


def test_thirty_equals_are_told_to_be_equal(tmp_path: Path) -> None:
    names = [f"{number}县" for number in range(34)]
    folder = a_material(tmp_path, counties(*names, twins=30))
    assert facts(folder, "33县")["equals"] == 29


@pytest.mark.parametrize("name", [LONG_NAME, f"县{HOSTILE}".replace("/", "")])
def test_names_of_any_kind_are_written_as_they_are(tmp_path: Path, name: str) -> None:
    folder = a_material(tmp_path, [*counties(*NAMES[:3]), Wanted(name, "省", "省", "county", "2025-county", "county")])
    document = the_diagnosis(folder, name)
    write_pdf(document, tmp_path / "a.pdf")
    write_word(document, tmp_path / "a.docx")
    write_html(document, tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<script>" not in html
    assert document.title.startswith(name)


def test_nothing_is_told_that_the_publication_does_not_show(tmp_path: Path) -> None:
    folder = a_material(tmp_path, counties(*NAMES), shows=Shows(answers=False, findings=False, ranks=False))
    for table in ("checks", "findings"):
        pl.read_parquet(folder / f"{table}.parquet").head(0).write_parquet(folder / f"{table}.parquet")
    document = the_diagnosis(folder, "丙县")
    text = words(document)
    assert "列第" not in text
    assert "名次相当于" not in text
    assert "本轮不公布名次" in text
    assert "本轮不公布每个要点的采集结果" in text
    assert not any(isinstance(block, Table) and block.name in {"checks", "open"} for block in document.blocks)
    assert facts(folder, "丙县")["lost"] > 0


def test_full_marks_leave_nothing_to_do(tmp_path: Path) -> None:
    folder = a_material(tmp_path, counties(*NAMES))
    checks = pl.read_parquet(folder / "checks.parquet")
    full = pl.col("weight")
    checks.with_columns(low=full, high=full, answered=pl.lit(value=True)).write_parquet(folder / "checks.parquet")
    assert "没有失分" in words(the_diagnosis(folder, "甲县"))
