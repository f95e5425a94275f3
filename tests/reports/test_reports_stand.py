"""Whatever a round lacks, its reports still stand: a missing group, one subject, no answers, hostile names."""

import re
import shutil
import subprocess
from pathlib import Path

import docx
import polars as pl
import pytest
from materials_of_tests import made, renamed, usual, without_answers
from msgspec.structs import replace
from sample_document import HOSTILE
from typer.testing import CliRunner

from govgauge.cli.report import app
from govgauge.errors import Unusable
from govgauge.office.tables.columns import ALL
from govgauge.office.tables.parquet import TYPES
from govgauge.reports.about import Shows
from govgauge.reports.document.model import Document, Figure, Heading, Table
from govgauge.reports.general.report import general_report
from govgauge.reports.material import Material
from govgauge.reports.special.kinds import kind, kinds
from govgauge.reports.special.report import special_report
from govgauge.reports.studied import Studied
from govgauge.reports.writing import Form, texts, told, write_report
from govgauge.testbed.material_columns import SCHEMAS
from govgauge.testbed.materials import LONG_NAME, of_list


def words_of(report: Document) -> str:
    return "\n".join("".join(run.text for run in runs) for runs in texts(report))


def both(material: Material, folder: Path) -> str:
    """The general and every special report are made and laid out; gives the text of the general one."""
    studied = Studied(material, runs=100)
    report = general_report(studied)
    write_report(report, folder, "general", (Form.PDF, Form.WORD))
    for each in kinds():
        write_report(special_report(studied, each), folder, each.id, (Form.PDF,))
    return words_of(report)


def test_the_form_of_a_made_material_is_that_of_an_office() -> None:
    assert {table.name: {name: TYPES[holds] for name, holds in table.columns.items()} for table in ALL} == SCHEMAS


def test_a_round_of_one_subject_has_a_report(tmp_path: Path) -> None:
    text = both(made(tmp_path, of_list(("county",), 1)), tmp_path / "out")

    assert "列入评估对象 1 个" in text
    assert "模拟 100 次" not in text


def test_a_group_of_nobody_and_one_that_nobody_reached_are_told(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("municipality", "county"), 3))
    path = material.folder / "results.parquet"
    gone = pl.when(pl.col("group") == "municipality").then(pl.lit("unreachable")).otherwise("state")
    pl.read_parquet(path).with_columns(state=gone).write_parquet(path)
    text = both(Material(material.folder), tmp_path / "out")

    assert "直辖市的 3 个评估对象都没有得出结果。" in text
    assert "直辖市没有得出结果的评估对象，无从分析。" in text


def test_a_round_in_which_nobody_was_judged_says_so(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 3))
    path = material.folder / "results.parquet"
    pl.read_parquet(path).with_columns(state=pl.lit("waiting"), rank=pl.lit("")).write_parquet(path)
    text = both(Material(material.folder), tmp_path / "out")

    assert "本轮没有评估对象得出结果" in text


def test_forty_groups_that_no_list_puts_together_stand_beside_each_other(tmp_path: Path) -> None:
    counties = [replace(each, group=f"第{place % 40}组") for place, each in enumerate(of_list(("county",), 80))]
    material = made(tmp_path, counties)
    studied = Studied(material, runs=100)
    both(material, tmp_path / "out")
    figures = [block for block in general_report(studied).blocks if isinstance(block, Figure)]
    matrix = next(figure for figure in figures if "各组一级指标" in figure.caption)

    assert len(studied.families) == len(studied.units) == 1
    assert all(f"第{number}组（2）" in matrix.svg for number in range(40))


def test_a_subject_without_answers_stands_with_its_range(tmp_path: Path) -> None:
    wanted = of_list(("county",), 6)
    material = without_answers(made(tmp_path, wanted), wanted[2].name)
    both(material, tmp_path / "out")
    rows = [
        row
        for block in general_report(Studied(material, runs=100)).blocks
        if isinstance(block, Table) and block.caption == "区县：全部结果"
        for row in block.rows
    ]

    assert next(row.cells for row in rows if row.cells[1] == wanted[2].name)[3] == "0.00–110.00"


def test_answers_and_ranks_that_are_not_told_are_nowhere(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 8), shows=Shows(answers=False, findings=False, ranks=False))
    checks = material.folder / "checks.parquet"
    pl.read_parquet(checks).clear().write_parquet(checks)
    material = Material(material.folder)
    text = both(material, tmp_path / "out")
    report = general_report(Studied(material, runs=100))

    assert "不公布" in text
    titles = {column.title for block in report.blocks if isinstance(block, Table) for column in block.columns}
    assert "名次" not in titles
    assert not [each for each in told(report) if each.what.startswith(("have|", "firmness"))]
    assert "名次区间" not in [block.text for block in report.blocks if isinstance(block, Heading)]
    assert "不能给出任何要点的达标比例" in words_of(special_report(Studied(material), kind("search")))


def test_hostile_and_long_names_are_shown_as_they_are(tmp_path: Path) -> None:
    wanted = usual()
    victim = next(each for each in wanted if each.group == "municipality")
    material = renamed(made(tmp_path, wanted), victim.name, f"{HOSTILE}\x00\x07")
    text = both(material, tmp_path / "out")
    found = docx.Document(str(tmp_path / "out" / "general.docx"))
    cells = {cell.text for table in found.tables[:40] for cell in table._cells}

    assert HOSTILE in text
    assert HOSTILE in cells
    assert LONG_NAME in cells
    if shutil.which("pdftotext"):
        pdf = subprocess.run(["pdftotext", tmp_path / "out" / "general.pdf", "-"], check=True, capture_output=True)
        tight = re.sub(r"\s", "", pdf.stdout.decode())
        assert LONG_NAME in tight
        assert re.sub(r"\s", "", HOSTILE) in tight


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_every_result_stands_in_the_pdf_as_the_table_has_it(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("ministry-department", "county"), 12))
    write_report(general_report(Studied(material, runs=100)), tmp_path, "general", (Form.PDF,))
    pdf = subprocess.run(["pdftotext", "-layout", tmp_path / "general.pdf", "-"], check=True, capture_output=True)
    appendix = pdf.stdout.decode().split("全部评估对象的结果")[-1]
    judged = material.results.filter(pl.col("state") == "judged", pl.col("total_low") == pl.col("total_high"))

    assert judged.height > 15
    for row in judged.iter_rows(named=True):
        pattern = rf"{re.escape(row['rank'])}\s+{re.escape(row['name'])}\s.*{row['total_low']:.2f}\s"
        assert re.search(pattern, appendix), row


def test_special_reports_say_what_the_round_cannot_answer(tmp_path: Path) -> None:
    studied = Studied(made(tmp_path, of_list(("digital-province",), 6)), runs=100)

    assert "不能回答这一专题的任何问题" not in words_of(special_report(studied, kind("disclosure")))
    assert "本轮没有这样的分组时" in words_of(special_report(studied, kind("new-media")))
    text = words_of(special_report(studied, kind("cleanup")))
    assert "不能回答这一专题的任何问题" in text or "做到" in text


def test_accounts_assessed_by_the_system_of_new_media_have_their_report(tmp_path: Path) -> None:
    accounts = [
        replace(each, group="wechat", system="2020-new-media", profile="wechat") for each in of_list(("county",), 12)
    ]
    report = special_report(Studied(made(tmp_path, accounts), runs=100), kind("new-media"))
    headings = [block.text for block in report.blocks if isinstance(block, Heading)]

    assert {"账号的发布与解读", "账号的服务与互动", "账号的管理规范"} <= set(headings)
    assert next(each for each in told(report) if each.what == "scope|checks").value == 28
    assert "平均每个对象做到其中的" in words_of(report)


def test_a_special_report_that_nobody_knows_names_those_there_are() -> None:
    with pytest.raises(Unusable, match="disclosure（网上政务公开专项报告）"):
        kind("nothing")


def test_whoever_waits_is_told_how_far_it_is(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    report = general_report(Studied(made(tmp_path, of_list(("county",), 3)), runs=100))
    found = write_report(report, tmp_path, "general", (Form.HTML,), lambda *step: steps.append(step))

    assert [path.name for path in found] == ["general.html", "general.facts.json"]
    assert steps == [("正在写 general.html", 0, 1), ("写完 general", 1, 1)]


def test_the_command_writes_what_is_asked_for(tmp_path: Path) -> None:
    material = made(tmp_path, of_list(("county",), 4))
    run = CliRunner().invoke(
        app, ["special", str(material.folder), "--out", str(tmp_path / "out"), "--kind", "qa", "--format", "html"]
    )

    assert run.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"qa.html", "qa.facts.json"}
    with pytest.raises(Unusable, match="没有格式“rtf”"):
        CliRunner().invoke(
            app, ["general", str(material.folder), "--out", "x", "--format", "rtf"], catch_exceptions=False
        )
