"""A publication that an office made has its reports: from records to pages, with nothing in between."""

from pathlib import Path

import docx
from django.test import override_settings
from published import a_publication

from govgauge.office.domain import publications
from govgauge.reports.produce import produce, report_ids
from govgauge.reports.writing import Form


def test_every_report_of_a_publication_is_written(office: Path, tmp_path: Path) -> None:
    with override_settings(HOME=office):
        made = a_publication({"甲县": "0.5", "乙县": "1", "丙县": "0", "丁县": "1"})
        folder = publications.home() / made.folder
    found = list(produce(folder, tmp_path, forms=(Form.PDF, Form.WORD)))

    assert [each.id for each in found] == report_ids()
    word = docx.Document(str(tmp_path / "general.docx"))
    cells = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    ranked = [row[:2] for row in cells if len(row) > 2 and row[1] in {"甲县", "乙县", "丙县", "丁县"}]
    assert ranked[:4] == [["1", "丁县"], ["1", "乙县"], ["3", "甲县"], ["4", "丙县"]]
