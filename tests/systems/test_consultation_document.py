"""The document of a consultation shows every indicator, and leaves room to comment on it."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from govgauge.systems import library
from govgauge.systems.consultation_document import Consultation, document

CITY = library.system("2025-city")


def opened(system_id: str, consultation: Consultation | None = None) -> docx.document.Document:
    return docx.Document(io.BytesIO(document(library.system(system_id), consultation)))


@pytest.mark.parametrize("system_id", library.system_ids())
def test_every_indicator_and_check_stands_in_the_tables(system_id: str) -> None:
    system = library.system(system_id)
    word = opened(system_id)
    shown = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    text = "\n".join([*shown, *(paragraph.text for paragraph in word.paragraphs)])
    assert [node.name for _, node in system.nodes() if node.name not in text] == []
    assert [check.text for check in system.checks() if check.text not in text] == []
    assert {leaf.indicator.code for leaf in system.leaves()} <= shown


def test_a_chapter_has_headings_weights_and_an_empty_column() -> None:
    table = opened("2025-city").tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["代码", "二级指标", "三级指标", "权重", "评估要点", "意见"]
    assert [cell.text for cell in table.rows[2].cells][:4] == ["1.1.2", "政府信息公开", "主动公开事项目录", "1"]
    assert {row.cells[-1].text for row in table.rows[1:]} == {""}
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_page_says_until_when_and_where_to() -> None:
    word = opened("2025-city", Consultation(until=date(2026, 1, 15), contact="评估办公室"))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert word.paragraphs[0].text == f"{CITY.title}（征求意见稿）"
    assert "反馈时间：2026-01-15 以前。    反馈方式：评估办公室" in text
    assert "附：案例类别" in text


def test_the_paper_is_a4_and_the_fonts_are_chinese() -> None:
    word = opened("2025-city")
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    fonts = {name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Heading 1")}
    assert fonts == {"Normal": "宋体", "Heading 1": "黑体"}
    assert [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_the_command_writes_it(tmp_path: Path) -> None:
    out = tmp_path / "city.docx"
    program = [sys.executable, "-c", "from govgauge.cli.main import main; main()", "systems", "export", "2025-city"]
    subprocess.run([*program, "--out", str(out), "--until", "2026-01-15"], check=True, capture_output=True)
    assert "2026-01-15" in "\n".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
