"""A publication that an office made has its reports: from records to pages, with nothing in between."""

from pathlib import Path

import docx
from django.test import override_settings
from published import a_publication

from govgauge.office.domain import publications
from govgauge.reports.general.report import general_report
from govgauge.reports.material import Material
from govgauge.reports.special.kinds import kinds
from govgauge.reports.special.report import special_report
from govgauge.reports.studied import Studied
from govgauge.reports.writing import Form, write_report


def test_every_report_of_a_publication_is_written(office: Path, tmp_path: Path) -> None:
    with override_settings(HOME=office):
        made = a_publication({"甲县": "0.5", "乙县": "1", "丙县": "0", "丁县": "1"})
        folder = publications.home() / made.folder
    studied = Studied(Material(folder))
    write_report(general_report(studied), tmp_path, "general", (Form.PDF, Form.WORD))
    for each in kinds():
        write_report(special_report(studied, each), tmp_path, each.id, (Form.PDF,))

    assert len(list(tmp_path.glob("*.pdf"))) == 1 + len(kinds())
    word = docx.Document(str(tmp_path / "general.docx"))
    cells = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    ranked = [row[:2] for row in cells if len(row) > 2 and row[1] in {"甲县", "乙县", "丙县", "丁县"}]
    assert ranked[:4] == [["1", "丁县"], ["1", "乙县"], ["3", "甲县"], ["4", "丙县"]]
