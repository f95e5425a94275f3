"""Reading a workbook as plain grids: values, merged ranges spread out, and nothing computed by guess."""

import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from govgauge.systems.source_text import UnusableFile

MOST_BYTES = 64_000_000
"""Unpacked; a workbook of the largest system has a hundredth of this."""
MOST_ROWS = 20_000
HEAD_WITHIN = 10
"""The headings stand in one of so many first rows: editors put a title above them."""

Place = tuple[int, int]


class Fault(Struct, frozen=True):
    """What is wrong in which cell, and what to do. `cell` may be empty."""

    sheet: str
    cell: str
    what: str
    remedy: str


class Unread(Struct, frozen=True):
    """A cell whose formula the workbook holds no value for."""

    formula: str


class Row(Struct, frozen=True):
    """A row by its headings."""

    number: int
    values: Mapping[str, object]
    columns: Mapping[str, int]

    def get(self, heading: str) -> object:
        """The value below a heading; None where it is empty."""
        return self.values.get(key(heading))

    def cell(self, heading: str) -> str:
        """Where it stands."""
        column = self.columns.get(key(heading))
        return f"{get_column_letter(column)}{self.number}" if column else f"第 {self.number} 行"

    def empty(self) -> bool:
        return not self.values


class Table(Struct, frozen=True):
    """A sheet whose headings are known. Rows without any value are left out."""

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[Row]

    def has(self, heading: str) -> bool:
        return key(heading) in self.columns


def key(heading: object) -> str:
    """A heading without differences of width, case and blanks."""
    return "".join(unicodedata.normalize("NFKC", str(heading)).casefold().split())


def read_tables(path: Path, wanted: Mapping[str, Sequence[str]]) -> dict[str, Table]:
    """The sheets wanted, each with the headings that it must have. Raises UnusableFile with a sentence each."""
    values, formulas = _opened(path, computed=True), _opened(path, computed=False)
    faults: list[Fault] = []
    tables = {}
    for name, headings in wanted.items():
        if name not in values.sheetnames:
            faults.append(Fault(name, "", "没有这个工作表", "请从导出的文件补回；没有内容时只留表头"))
            continue
        table = _table(values[name], formulas[name], headings, faults)
        if table is not None:
            tables[name] = table
    refuse(path, faults)
    return tables


def refuse(path: Path, faults: Sequence[Fault]) -> None:
    """Raise UnusableFile when there is a fault."""
    if faults:
        raise UnusableFile([f"{path} {_said(fault)}" for fault in faults])


def _said(fault: Fault) -> str:
    cell = f" {fault.cell}" if fault.cell else ""
    return f"工作表“{fault.sheet}”{cell}：{fault.what}。{fault.remedy.rstrip('。')}。"


def _opened(path: Path, *, computed: bool) -> Workbook:
    if not path.is_file():
        raise UnusableFile([f"{path}：没有这个文件，或它不是文件。请核对路径 (no such file)."])
    remedy = "请在表格软件中打开，另存为 .xlsx 后再试 (not a usable XLSX file)."
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise UnusableFile([f"{path}：解开后超过 {MOST_BYTES // 1_000_000} MB，不像指标体系。{remedy}"])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of looks that it does not keep; only values matter here
            return load_workbook(path, data_only=computed)
    except UnusableFile:
        raise
    except PermissionError as error:
        raise UnusableFile([f"{path}：无法读取。请检查权限 (cannot be read)."]) from error
    except Exception as error:  # the reader raises whatever a broken part makes it raise
        raise UnusableFile([f"{path}：不是可读的 XLSX 文件（{type(error).__name__}）。{remedy}"]) from error


def _table(sheet: Worksheet, formulas: Worksheet, headings: Sequence[str], faults: list[Fault]) -> Table | None:
    if sheet.max_row > MOST_ROWS:
        faults.append(Fault(sheet.title, "", f"有 {sheet.max_row} 行", f"删去多余的空行，最多 {MOST_ROWS} 行"))
        return None
    grid = _grid(sheet, formulas)
    head, columns = _head(grid, headings)
    missing = [heading for heading in headings if key(heading) not in columns]
    if missing:
        said = "、".join(f"“{heading}”" for heading in missing)
        faults.append(Fault(sheet.title, "", f"找不到列 {said}", "请补上表头，列的先后不限"))
        return None
    faults.extend(
        Fault(sheet.title, f"{get_column_letter(column)}{head}", f"列“{name}”写了两次", "请删去其中一列")
        for name, column in _doubled(grid, head)
    )
    rows = [row for row in _rows(grid, head, columns) if not row.empty()]
    return Table(sheet.title, columns, rows)


def _grid(sheet: Worksheet, formulas: Worksheet) -> dict[int, dict[int, object]]:
    grid: dict[int, dict[int, object]] = {}
    for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        line: dict[int, object] = {column: value for column, value in enumerate(cells, 1) if not _blank(value)}
        if line:
            grid[row] = line
    for line_of_cells in formulas.iter_rows():
        for cell in line_of_cells:
            row, column = int(cell.row or 0), int(cell.column or 0)
            if cell.data_type == "f" and column not in grid.get(row, {}):
                grid.setdefault(row, {})[column] = Unread(str(cell.value))
    for area in sheet.merged_cells.ranges:
        value = grid.get(area.min_row, {}).get(area.min_col)
        if value is not None and area.min_col == area.max_col:
            for row in range(area.min_row, area.max_row + 1):
                grid.setdefault(row, {})[area.min_col] = value
    return grid


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _head(grid: Mapping[int, Mapping[int, object]], headings: Sequence[str]) -> tuple[int, dict[str, int]]:
    """The row that has most of the headings, and the column of each name in it."""
    wanted = {key(heading) for heading in headings}
    best: tuple[int, dict[str, int]] = (1, {})
    most = 0
    for row in sorted(grid)[:HEAD_WITHIN]:
        columns: dict[str, int] = {}
        for column, value in grid[row].items():
            columns.setdefault(key(value), column)
        if len(wanted & set(columns)) > most:
            most, best = len(wanted & set(columns)), (row, columns)
    return best


def _doubled(grid: Mapping[int, Mapping[int, object]], head: int) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for column, value in sorted(grid.get(head, {}).items()):
        if key(value) in seen:
            yield str(value), column
        seen.add(key(value))


def _rows(grid: Mapping[int, Mapping[int, object]], head: int, columns: Mapping[str, int]) -> Iterator[Row]:
    names = {column: name for name, column in columns.items()}
    for number in sorted(grid):
        if number > head:
            values = {names[column]: value for column, value in grid[number].items() if column in names}
            yield Row(number, values, columns)
