"""Reading an XLSX as rows of cells by field: formulas are marked, never taken, and merged cells spread out."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from govgauge.subjects.tables.columns import GROUP_HEADINGS, GROUP_SHEET, SUBJECT_SHEET
from govgauge.subjects.tables.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Unread, UnusableTable, grid_of

MOST_BYTES = 256_000_000
"""Unpacked; ten times a list of 15,000 subjects."""
MOST_MERGED = 2_000_000
"""Cells within merged areas: the library lays out each of them."""
MERGED = re.compile(rb"""mergeCell\s[^>]*?ref\s*=\s*["']\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)""")


def read_workbook(path: Path) -> Grid:
    """The rows of the sheet 对象, or of the first sheet, and of the sheet 组. Raises UnusableTable."""
    book = _opened(path)
    sheets = [sheet for sheet in book.worksheets if sheet.title == SUBJECT_SHEET] or book.worksheets[:1]
    if not sheets:
        raise UnusableTable(f"{path}：没有工作表。请从导出的文件改起 (no sheet).")
    grid = grid_of(_sheet_lines(sheets[0], path), str(path))
    if GROUP_SHEET not in book.sheetnames or sheets[0].title != SUBJECT_SHEET:
        return grid
    groups = [
        tuple(cell if isinstance(cell, str) else "" for cell in line)
        for line in _sheet_lines(book[GROUP_SHEET], path, columns=len(GROUP_HEADINGS))
    ]
    return Grid(grid.rows, grid.columns, [line for line in groups[1:] if any(line)])


def _opened(path: Path) -> Workbook:
    remedy = "请在表格软件中打开，另存为 .xlsx 后再试 (not a usable XLSX file)."
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise UnusableTable(f"{path}：解开后超过 {MOST_BYTES // 1_000_000} MB，不像对象名单。{remedy}")
            if _merged_cells(packed) > MOST_MERGED:
                raise UnusableTable(f"{path}：合并单元格的范围太大。请取消合并 (merged cells are too large).")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of looks that it does not keep; only values matter here
            book: Workbook = load_workbook(path, keep_links=False)
    except UnusableTable:
        raise
    except PermissionError as error:
        raise UnusableTable(f"{path}：无法读取。请检查权限 (cannot be read).") from error
    except Exception as error:  # the reader raises whatever a broken part makes it raise
        raise UnusableTable(f"{path}：不是可读的 XLSX 文件（{type(error).__name__}）。{remedy}") from error
    return book


def _merged_cells(packed: zipfile.ZipFile) -> int:
    parts = [part for part in packed.namelist() if part.startswith("xl/worksheets/") and part.endswith(".xml")]
    areas = [area for part in parts for area in MERGED.findall(packed.read(part))]
    return sum(
        (abs(column_index_from_string(right.decode()) - column_index_from_string(left.decode())) + 1)
        * (abs(int(bottom) - int(top)) + 1)
        for left, top, right, bottom in areas
    )


def _sheet_lines(sheet: Worksheet, path: Path, columns: int = MOST_COLUMNS) -> Iterator[list[Cell]]:
    if sheet.max_row > MOST_ROWS:
        raise UnusableTable(
            f"{path}：工作表“{sheet.title}”有 {sheet.max_row} 行，最多 {MOST_ROWS} 行。请删去空行 (too many rows)."
        )
    spread = _spread(sheet, columns)
    for number, cells in enumerate(sheet.iter_rows(max_col=min(columns, sheet.max_column)), 1):
        line = [_value(cell.value, cell.data_type) for cell in cells]
        if number in spread and any(line):  # an empty row within merged cells stays empty
            for column, value in spread[number].items():
                line[column - 1] = value
        yield line


def _spread(sheet: Worksheet, columns: int) -> dict[int, dict[int, Cell]]:
    """What merged cells of one column say in the rows below their first."""
    said: dict[int, dict[int, Cell]] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col <= columns:
            first = sheet.cell(area.min_row, area.min_col)
            for row in range(area.min_row + 1, min(area.max_row, sheet.max_row) + 1):
                said.setdefault(row, {})[area.min_col] = _value(first.value, first.data_type)
    return said


def _value(value: object, kind: str) -> Cell:
    if value is None:
        return ""
    if kind == "f":
        return Unread("公式")
    if kind == "e":
        return Unread(f"错误值 {value}")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
