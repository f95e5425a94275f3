"""Tables for download: a CSV for each, and one workbook with all of them."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet as Page

from govgauge.analysis.sheets import Cell, Sheet
from govgauge.reports.file_names import file_name

NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_SHEET_NAME = 31
"""Excel's limit."""
NARROWEST, WIDEST = 8, 48
DECIMALS = "0.000"


def write_csvs(sheets: Sequence[Sheet], folder: Path) -> list[Path]:
    """A file for each table, in UTF-8 with the mark by which spreadsheets know it. Numbers are not rounded."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for sheet in sheets:
        path = folder / f"{file_name(sheet.name)}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(sheet.header)
            writer.writerows(sheet.rows)
        paths.append(path)
    return paths


def write_workbook(sheets: Sequence[Sheet], path: Path) -> None:
    """All tables in one XLSX. Texts stay texts, also where they look like formulas."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        page = book.create_sheet(_sheet_name(sheet.name, taken))
        page.freeze_panes = "A2"
        for column, head in enumerate(sheet.header, start=1):
            page.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(NARROWEST, 2 * len(head) + 2))
        page.append([_cell(page, head, bold=True) for head in sheet.header])
        for row in sheet.rows:
            page.append([_cell(page, cell) for cell in row])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def _cell(page: Page, content: Cell, *, bold: bool = False) -> BookCell:
    cell = WriteOnlyCell(page, NOT_IN_CELLS.sub("", content) if isinstance(content, str) else content)
    if isinstance(content, str):
        cell.data_type = "s"
    if isinstance(content, float):
        cell.number_format = DECIMALS
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that no sheet has yet; Excel tells them apart without regard to case."""
    base = file_name(name)[:LONGEST_SHEET_NAME]
    found, number = base, 2
    while found.lower() in taken:
        found = f"{base[: LONGEST_SHEET_NAME - len(str(number)) - 1]}-{number}"
        number += 1
    taken.add(found.lower())
    return found
