"""Lists of cases as files: CSV and XLSX, in which no text is taken for a formula."""

import csv
import io
from collections.abc import Sequence
from pathlib import PurePath

from govgauge.case_library.case_json import HEADINGS, rows
from govgauge.case_library.model import Case
from govgauge.errors import Unusable
from govgauge.subjects.tables.safe_text import RUNS, guarded

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes a CSV for GBK."""
WIDTHS = (18, 8, 12, 8, 24, 60, 30, 16, 28, 30, 16, 60)


def file_of(cases: Sequence[Case], name: str) -> bytes:
    """The file of that name, CSV or XLSX by its ending. Raises Unusable for another one."""
    match PurePath(name).suffix.lower():
        case ".csv":
            return csv_bytes(cases)
        case ".xlsx":
            return workbook(cases)
    raise Unusable(f"不能写成 {name}；请用 .xlsx 或 .csv 结尾的文件名 (unknown ending).")


def csv_bytes(cases: Sequence[Case]) -> bytes:
    """The cases as CSV, for spreadsheet programs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([guarded(text) for text in row] for row in rows(cases))
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def workbook(cases: Sequence[Case]) -> bytes:
    """The cases as a workbook of one sheet; every cell is a text."""
    from openpyxl import Workbook  # noqa: PLC0415  # slow to load
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("案例")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    heads = [WriteOnlyCell(sheet, heading) for heading in HEADINGS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows(cases):
        cells = [WriteOnlyCell(sheet, text or None) for text in row]
        for cell, text in zip(cells, row, strict=True):
            if RUNS.match(text):
                cell.data_type = "s"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
