"""The general report: what its texts tell is what the tables hold, and no number stands in it without a source."""

import re
from pathlib import Path

import polars as pl
import pytest
from materials_of_tests import made, usual

from govgauge.analysis.shares import shown
from govgauge.reports.document.model import Document, Figure, Heading, Table
from govgauge.reports.document.numbering import numbered
from govgauge.reports.general.report import general_report
from govgauge.reports.material import Material
from govgauge.reports.studied import Studied
from govgauge.reports.writing import texts, told
from govgauge.testbed.materials import LONG_NAME

COUNTY = "区县"
MINISTRIES = ("ministry-department", "ministry-bureau")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return made(tmp_path_factory.mktemp("general"), usual(), previous=True)


@pytest.fixture(scope="module")
def report(material: Material) -> Document:
    return general_report(Studied(material, runs=100))


@pytest.fixture(scope="module")
def facts(report: Document) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in told(report):
        assert found.setdefault(each.what, each.value) == each.value, each.what
    return found


def table(report: Document, caption: str) -> Table:
    return next(block for block in report.blocks if isinstance(block, Table) and block.caption == caption)


def judged(material: Material, *groups: str) -> pl.DataFrame:
    return material.results.filter(pl.col("group").is_in(groups), pl.col("state") == "judged")


def test_counts_in_the_text_are_those_of_the_table_of_results(material: Material, facts: dict[str, float]) -> None:
    results = material.results

    assert facts["samples|entries"] == results.height
    assert facts["samples|bodies"] == results.select("parent", "name").unique().height
    assert facts["samples|judged"] == facts["summary|judged"] == (results["state"] == "judged").sum()
    for group in results["group"].unique():
        assert facts[f"results|{group}|judged"] == judged(material, group).height


def test_mean_indexes_in_the_text_are_those_of_the_table_of_indicators(
    material: Material, facts: dict[str, float]
) -> None:
    rows = pl.read_parquet(material.folder / "indicators.parquet").filter(
        pl.col("group") == "county", ~pl.col("level1").str.contains("案例")
    )
    sums = rows.group_by("parent", "name").agg(
        low=pl.col("low").sum(), high=pl.col("high").sum(), full=pl.col("effective_weight").sum()
    )
    known = sums.filter((pl.col("high") - pl.col("low")).abs() < 1e-6).select(pl.col("low") / pl.col("full"))["low"]

    assert facts["results|county|mean"] == pytest.approx(known.mean(), abs=2e-6)
    assert facts["results|county|max"] == pytest.approx(known.max(), abs=2e-6)
    for told_of in ("results|county", f"summary|{COUNTY}"):
        judged_there = facts[f"{told_of}|judged"]
        assert facts.get(f"{told_of}|known", judged_there) == len(known)
        assert judged_there - facts.get(f"{told_of}|unsettled", 0) == len(known)


def test_shares_of_checks_are_those_of_the_table_of_checks(material: Material, report: Document) -> None:
    rows = pl.read_parquet(material.folder / "checks.parquet").filter(pl.col("group").is_in(MINISTRIES))
    answered = rows.filter("answered", pl.col("outcome") != "not-applicable")
    listed = table(report, "部委网站：评估要点及其达标情况").rows
    told_of = {row.cells[0]: row.cells[3:] for row in listed if not row.strong}

    assert len(told_of) > 150
    for (check,), some in answered.group_by("check"):
        met = (some["value"] >= 1).sum()
        every = rows.filter(pl.col("check") == check)
        still_open = every.filter(~pl.col("answered"), pl.col("outcome") != "not-applicable").height
        out = (every["outcome"] == "not-applicable").sum()
        share = f"{shown(100 * met / some.height, 1)}%"
        assert told_of[str(check)] == (f"{met}/{some.height}", share, str(still_open), str(out))


def test_grades_are_counted_as_the_results_have_them(material: Material, facts: dict[str, float]) -> None:
    found = judged(material, "digital-province")

    for grade in ("卓越", "优秀", "良好", "发展", "准备"):
        assert facts[f"results|digital-province|grade|{grade}|分子"] == (found["grade"] == grade).sum()
        assert facts[f"results|digital-province|grade|{grade}|分母"] == found.height


def test_graded_subjects_stand_in_the_order_of_divisions_without_ranks(material: Material, report: Document) -> None:
    rows = table(report, "数字政府省级层面：全部结果").rows
    captions = [block.caption for block in report.blocks if isinstance(block, Table)]

    assert "名次" not in [column.title for column in table(report, "数字政府省级层面：全部结果").columns]
    assert len(rows) == judged(material, "digital-province").height
    assert "数字政府省级层面的档级" in captions
    names = [row.cells[0] for row in rows if row.cells[-2] == rows[0].cells[-2]]
    order = ["北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "上海市", "重庆市"]
    assert names == [name for name in order if name in names] or len(names) == 1


def test_ranks_with_ties_are_told_as_the_results_have_them(material: Material, report: Document) -> None:
    rows = table(report, "区县：全部结果").rows
    found = judged(material, "county")
    ranks = dict(zip(found["name"], found["rank"], strict=True))

    assert len(rows) == found.height
    for row in rows:
        assert row.cells[0] == ranks[row.cells[1]]
    assert max(list(ranks.values()).count(rank) for rank in ranks.values()) == 30
    assert any(row.cells[1] == LONG_NAME for row in rows)


def test_every_number_that_a_text_tells_is_known(report: Document) -> None:
    for runs in texts(report):
        for run in runs:
            for fact in run.facts:
                assert fact.told in run.text, (fact, run.text)


ALLOWED = re.compile(
    r"2025-\d\d-\d\d|20(?:17|20|24|25) 年|0 至 1|3、3、5|5、5、6|3–4、3–4、5|(?<!\d)0\.(?:8|5|60)(?!\d)|IPv6"
    r"|govgauge [\d.]+|inspection-2019|[0-9a-f]{64}|\d+ 分(?:及以上|以下)|另有 \d+ 个(?:尚有)?未采集|\d+ 个不适用"
    r"|首尾相差 [\d.]+|低于 0.60|95% 区间"
)
"""Days, names, bounds of the method, the policy's grades, hashes; and what tests of the analysis hold to the data."""


def test_no_number_stands_in_a_text_without_its_fact(report: Document, material: Material) -> None:
    names = sorted(
        {check.text for system in material.about.systems.values() for check in system.checks()}, key=len, reverse=True
    )
    for runs in texts(report):
        for run in runs:
            text = run.text.replace(material.about.title, "")
            for name in names if any(sign.isdigit() for sign in text) else ():
                text = text.replace(name, "")
            text = ALLOWED.sub("", text)
            for fact in run.facts:
                text = re.sub(rf"(?<![\d.]){re.escape(fact.told)}(?![\d.])", "", text)
            assert not re.findall(r"[0-9]", text), (run.text, text)


def test_figures_tell_what_they_show_in_words_and_in_the_drawing(report: Document) -> None:
    figures = [block for block in report.blocks if isinstance(block, Figure)]

    assert len(figures) > 40
    for figure in figures:
        numbers = set(re.findall(r"\d\.\d{3}", figure.alt))
        drawn = set(re.findall(r"\d\.\d{3}", figure.svg))
        assert figure.alt.startswith(figure.caption.split("（第")[0])
        if "平均" in figure.alt and "名次" not in figure.alt:
            means = set(re.findall(r"平均 (\d\.\d{3})", figure.alt))
            assert means <= drawn
        assert numbers or "个" in figure.alt or "位" in figure.alt, figure.alt


def test_bars_are_as_long_as_the_means_of_the_table_of_indicators(material: Material, report: Document) -> None:
    figure = next(block for block in report.blocks if getattr(block, "name", "") == f"level1-{COUNTY}")
    assert isinstance(figure, Figure)
    rows = pl.read_parquet(material.folder / "indicators.parquet").filter(pl.col("group") == "county")
    sums = rows.group_by("level1", "parent", "name").agg(pl.col("low", "high", "effective_weight").sum())
    known = sums.filter((pl.col("high") - pl.col("low")).abs() < 1e-6, pl.col("effective_weight") > 0)
    means = known.group_by("level1").agg(mean=(pl.col("low") / pl.col("effective_weight")).mean())
    lengths = [float(width) for width in re.findall(r'width="([\d.]+)" height="13"', figure.svg)]

    assert means.height == 7
    for name, mean in means.iter_rows():
        assert f"{name}{'（加分）' if '案例' in name else ''}平均 {shown(mean)}" in figure.alt
        assert min(abs(length - 400 * mean) for length in lengths) < 0.01


def test_the_agreement_of_coders_is_told_as_it_was_measured(material: Material, facts: dict[str, float]) -> None:
    found = material.about.collected.agreement

    assert found is not None
    assert facts["agreement|pairs"] == found.pairs
    assert facts["agreement|agreeing|分子"] == found.agreeing
    assert facts["agreement|alpha"] == found.alpha.value
    assert facts["firmness|coders"] == pytest.approx(1 - found.agreeing / found.pairs)


def test_all_chapters_are_there_and_every_reference_leads_somewhere(report: Document) -> None:
    chapters = [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1]

    assert chapters == [
        *("摘要", "评估对象与样本", "评估过程", "指标体系", "评估结果", "结果分析", "主要亮点与不足", "工作建议"),
        *(
            "优秀创新案例",
            "方法与局限",
            "全部评估对象的结果",
            "各评估对象的一级指标指数",
            "评估要点及其达标情况",
            "名次区间",
        ),
    ]
    assert len(numbered(report).blocks) == len(report.blocks)


def test_the_round_before_is_compared_where_there_is_one(report: Document) -> None:
    assert sum(isinstance(block, Heading) and block.text == "与上一轮比较" for block in report.blocks) == 4
    assert any(fact.what.startswith("changes|") for fact in told(report))


def test_the_same_material_gives_the_same_document(material: Material, report: Document) -> None:
    assert general_report(Studied(Material(Path(material.folder)), runs=100)) == report
