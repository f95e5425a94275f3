"""What a report may not claim: no more than its data say, and no other thing in one chapter than in the next."""

import re
from pathlib import Path

import polars as pl
import pytest
from materials_of_tests import GROUPS, made
from msgspec.structs import replace
from test_reports_stand import words_of

from govgauge.analysis.shares import shown
from govgauge.audits.catalogue import texts
from govgauge.errors import Unusable
from govgauge.reports.document.model import Paragraph, Table
from govgauge.reports.general.advice import evidence, example, rules
from govgauge.reports.general.report import general_report
from govgauge.reports.general.shortcomings import common_or_rare
from govgauge.reports.material import Material
from govgauge.reports.special.kinds import kind
from govgauge.reports.special.report import special_report
from govgauge.reports.studied import Studied
from govgauge.reports.writing import told
from govgauge.testbed.materials import of_list, write_material


def opened(material: Material, groups: tuple[str, ...], keep: str) -> Material:
    """The same where of these groups only the checks whose text has a word were answered."""
    path = material.folder / "checks.parquet"
    rows = pl.read_parquet(path)
    gone = pl.col("group").is_in(groups) & ~pl.col("text").str.contains(keep)
    rows.with_columns(
        answered=pl.when(gone).then(pl.lit(value=False)).otherwise("answered"),
        outcome=pl.when(gone).then(pl.lit("not-observable")).otherwise("outcome"),
        value=pl.when(gone).then(None).otherwise("value"),
        low=pl.when(gone).then(0.0).otherwise("low"),
        high=pl.when(gone).then(pl.col("weight")).otherwise("high"),
    ).write_parquet(path)
    path = material.folder / "indicators.parquet"
    rows = pl.read_parquet(path)
    there = pl.col("group").is_in(groups)
    rows.with_columns(
        index=pl.when(there).then(None).otherwise("index"),
        low=pl.when(there).then(0.0).otherwise("low"),
        high=pl.when(there).then(pl.col("effective_weight")).otherwise("high"),
    ).write_parquet(path)
    path = material.folder / "results.parquet"
    rows = pl.read_parquet(path)
    rows.with_columns(
        total_low=pl.when(there).then(0.0).otherwise("total_low"),
        total_high=pl.when(there).then(110.0).otherwise("total_high"),
        coverage=pl.when(there).then(0.1).otherwise("coverage"),
        rank_best=pl.when(there).then(1.0).otherwise("rank_best"),
        rank_worst=pl.when(there).then(9.0).otherwise("rank_worst"),
    ).write_parquet(path)
    return Material(material.folder)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return made(tmp_path_factory.mktemp("graded"), of_list(("digital-province",), 32), previous=True)


def test_grades_are_the_same_in_all_chapters_and_as_published(graded: Material) -> None:
    """An open total whose grade is sure has it in the results and in the analysis."""
    text = words_of(general_report(Studied(graded, runs=100)))
    published = graded.results.filter(pl.col("state") == "judged")
    sure = published.filter(pl.col("grade") != "", pl.col("total_low") != pl.col("total_high"))

    assert sure.height
    for grade, number in published.filter(pl.col("grade") != "")["grade"].value_counts().iter_rows():
        analysed = re.search(rf"{grade} (\d+) 个（", text)
        listed = re.search(rf"{grade} (\d+)/{published.height} 个，占", text)
        assert analysed
        assert listed
        assert int(analysed.group(1)) == int(listed.group(1)) == number
    moved = re.search(r"两轮都有档级的评估对象 (\d+) 个", text)
    before = Material(graded.folder.parent.parent / "2024" / "1").results
    both = published.join(before, on=["parent", "name"], nulls_equal=True)
    assert moved
    assert int(moved.group(1)) == both.filter(pl.col("grade") != "", pl.col("grade_right") != "").height


def test_a_mean_tells_whom_it_leaves_out_and_between_which_bounds_that_of_all_lies(graded: Material) -> None:
    facts = [fact for fact in _facts(graded) if fact.startswith("results|digital-province|")]
    rows = pl.read_parquet(graded.folder / "indicators.parquet").filter(~pl.col("level1").str.contains("案例"))
    of_all = rows.group_by("parent", "name").agg(pl.col("low", "high", "effective_weight").sum())
    low, high = (float((of_all[end] / 100).mean()) for end in ("low", "high"))  # type: ignore[arg-type]

    assert high > low
    assert f"results|digital-province|low={shown(low)}" in facts
    assert f"results|digital-province|high={shown(high)}" in facts


def test_a_round_of_which_most_is_open_claims_little(tmp_path: Path) -> None:
    """Nobody is ahead where every place is possible, nothing is common or weak where few were looked at."""
    material = opened(made(tmp_path, of_list(("county",), 9)), ("county",), "首页")
    studied = Studied(material, runs=100)
    text = words_of(general_report(studied))

    assert "只采集了 10.0%" in text
    assert "不能用来判断先后" in text
    assert "总指数都未确定，平均在 0.000 至 1.000 之间" in text
    assert "指数都未确定，只说明已有答案的要点。" in text
    assert "平均指数最高" not in text


def test_what_few_were_asked_is_neither_common_nor_rare(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 20))
    path = material.folder / "checks.parquet"
    rows = pl.read_parquet(path)
    some = set(rows["name"].unique().sort()[:6])
    kept = pl.col("name").is_in(some)
    rows.with_columns(
        answered=pl.when(kept).then("answered").otherwise(pl.lit(value=False)),
        outcome=pl.when(kept).then("outcome").otherwise(pl.lit("not-observable")),
        value=pl.when(kept).then(1.0).otherwise(None),
    ).write_parquet(path)
    unit = Studied(Material(material.folder), runs=100).units[0]

    assert max(each.share.denominator for each in unit.having) == 6
    assert common_or_rare(unit, good=True) == []


def test_a_bonus_that_few_have_is_no_weakness(graded: Material) -> None:
    for unit in Studied(graded, runs=100).units:
        bonus = {node.code for node in unit.assessed.nodes if node.bonus}
        assert bonus
        assert not [each for each in common_or_rare(unit, good=False) if each.code in bonus]


def test_rounds_of_other_rulers_are_not_held_against_each_other_beyond_what_they_share(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(GROUPS[-1:], 12), previous=True)
    path = material.folder.parent.parent / "2024" / "1"
    about = (path / "about.json").read_text()
    (path / "about.json").write_text(about.replace('"at_least":60', '"at_least":61'))
    text = words_of(general_report(Studied(material, runs=100)))

    assert "与上一轮相比" in text
    assert "升档" not in text


def test_what_no_program_answered_is_not_told_as_answered_by_one(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 4))
    path = material.folder / "checks.parquet"
    rows = pl.read_parquet(path)
    by_hand = rows["check"].str.starts_with("1.")
    source = pl.when(by_hand).then(pl.lit("coding:1")).otherwise(pl.lit("audit:x@1"))
    rows.with_columns(source=source).write_parquet(path)
    automatic = rows.filter(by_hand, pl.col("method") == "auto")["check"].n_unique()
    facts = _facts(Material(material.folder))

    assert automatic > 10
    assert f"methods|without|分子={automatic}" in facts
    assert f"methods|without|分母={rows.filter(pl.col('method') == 'auto')['check'].n_unique()}" in facts


def test_an_index_below_nothing_is_refused_with_its_place(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 2))
    path = material.folder / "indicators.parquet"
    below = pl.when(pl.col("code") == "1.5").then(-1.0).otherwise("index")
    pl.read_parquet(path).with_columns(index=below).write_parquet(path)

    with pytest.raises(Unusable, match=r"1\.5 取值 -1\.0 不在 0 至 1 之间.*请重新生成公布材料"):
        general_report(Studied(Material(material.folder), runs=100))


def test_one_subject_is_no_share_of_itself(tmp_path: Path) -> None:
    text = words_of(general_report(Studied(made(tmp_path, of_list(("county",), 1)), runs=100)))

    assert "的 1 个评估对象中有" not in text.split("主要亮点")[0]
    assert "已有答案的要点 " in text


def test_a_round_of_another_ruler_names_nobody_who_improved(tmp_path: Path) -> None:
    wanted = of_list(("county",), 8)
    write_material(
        tmp_path / "2024/1", [replace(each, system="2025-city", profile="city") for each in wanted], year=2024
    )
    material = Material(write_material(tmp_path / "2025/1", wanted, previous="2024/1"))
    text = words_of(general_report(Studied(material, runs=100)))

    assert "不比较总分、名次和档级" in text
    assert "进步最大" not in text
    assert "升档" not in text


def test_faults_are_told_as_shares_of_those_whom_the_audit_looked_at(tmp_path: Path) -> None:
    """Not of the whole round: provinces of the digital government have no check of their links."""
    material = made(tmp_path, of_list(("digital-province", "county"), 10))
    path = material.folder / "results.parquet"
    gone = pl.col("name") == of_list(("county",), 1)[0].name
    state = pl.when(gone).then(pl.lit("distorted")).otherwise("state")
    pl.read_parquet(path).with_columns(state=state).write_parquet(path)
    material = Material(material.folder)
    report = special_report(Studied(material, runs=100), kind("cleanup"))
    table = next(block for block in report.blocks if isinstance(block, Table) and block.name == "findings-table")
    row = next(row for row in table.rows if row.cells[0] == texts("broken-link").title)
    checks = pl.read_parquet(material.folder / "checks.parquet").filter(pl.col("audit") == "broken-link")
    answered = checks.filter("answered", pl.col("outcome") != "not-applicable")
    found = pl.read_parquet(material.folder / "findings.parquet").filter(pl.col("audit") == "broken-link")
    who = ["parent", "name", "group"]
    judged = material.results.filter(pl.col("state") == "judged").select(who)
    found = found.join(judged, on=who, nulls_equal=True)
    looked_at = pl.concat([answered.select(who), found.select(who)]).unique().join(judged, on=who, nulls_equal=True)

    assert looked_at.height < studied_by(material)
    assert row.cells[1:3] == (str(found.height), f"{found.select(who).unique().height}/{looked_at.height}")


def test_advice_rests_on_checks_of_its_own_matter_and_names_who_comes_up_to_them(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 30))
    studied = Studied(material, runs=100)
    units = studied.units
    for rule in rules():
        for each in evidence(units, rule):
            assert each.check is None or not set(each.check.path) & set(rule.without)
    letters = next(rule for rule in rules() if "诉求" in rule.title)
    having = {each.text: each for each in units[0].having}
    assert not letters.speaks_of(having["答复注明出处"])
    assert letters.speaks_of(having["公开的留言按期答复"])
    found = evidence(units, letters)
    weakest = next(each.check for each in found if each.check and each.check.share.numerator)
    told_of_it = next(words for words in map(_words, example(studied, found)))
    assert told_of_it.startswith(f"以区县的“{weakest.text}”为例，没有做到的还有 ")
    assert len(units[0].who_has(weakest.check)) == weakest.share.numerator


def studied_by(material: Material) -> int:
    return material.results.filter(pl.col("state") == "judged").height


def _words(block: object) -> str:
    assert isinstance(block, Paragraph)
    return "".join(run.text for run in block.runs)


def _facts(material: Material) -> list[str]:
    return [f"{each.what}={each.told}" for each in told(general_report(Studied(material, runs=100)))]
