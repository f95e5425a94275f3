"""Tables as rows of cells by field, and reading them from a CSV: texts as they stand, nothing computed."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.subjects.tables.columns import field_of
from govgauge.subjects.tables.safe_text import bare

MOST_ROWS = 200_000
MOST_COLUMNS = 64
HEAD_WITHIN = 10
"""The headings stand in one of so many first rows: editors put a title above them."""
CSV_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm"})


class UnusableTable(Unusable):
    """A file that cannot be read as a table of subjects. The message says why, and what to do."""


class Unread(Struct, frozen=True):
    """A cell whose content is not taken: a formula, or the error that one gave."""

    what: str


Cell = str | date | Unread


class Row(Struct, frozen=True):
    """A row with something in it: its number as the spreadsheet shows it, and its cells by field, no empty ones."""

    number: int
    cells: dict[str, Cell]


class Grid(Struct, frozen=True):
    """The rows of a table, the letter of each field's column, and the lines of its sheet of groups."""

    rows: list[Row]
    columns: dict[str, str]
    groups: list[tuple[str, ...]] = []


def read_grid(path: Path) -> Grid:
    """The rows of a CSV or XLSX file. Raises UnusableTable."""
    if not path.is_file():
        raise UnusableTable(f"{path}：没有这个文件，或它不是文件。请核对路径 (no such file).")
    ending = path.suffix.lower()
    if ending in CSV_ENDINGS:
        return read_csv(path.read_bytes(), str(path))
    if ending in WORKBOOK_ENDINGS:
        from govgauge.subjects.tables.workbook_reading import read_workbook  # noqa: PLC0415  # slow to load

        return read_workbook(path)
    raise UnusableTable(f"{path}：不认识的文件类型。请用 .xlsx 或 .csv (unknown type of file).")


def read_csv(body: bytes, named: str) -> Grid:
    """The rows of a CSV: UTF-8, UTF-16 with its mark, or GB18030; commas, semicolons or tabs. Raises UnusableTable."""
    text = _decoded(body, named)
    head = text.split("\n", HEAD_WITHIN)[:HEAD_WITHIN]
    mark = max(",;\t", key=lambda sign: max(line.count(sign) for line in head))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        return grid_of(([bare(cell.strip()) for cell in line] for line in reader), named)
    except csv.Error as error:
        raise UnusableTable(
            f"{named} 第 {reader.line_num} 行：不是完整的 CSV（{error}）。请检查引号 (broken CSV)."
        ) from error


def _decoded(body: bytes, named: str) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        tries: tuple[str, ...] = ("utf-16",)
    else:
        tries = ("utf-8-sig", "gb18030")
    for encoding in tries:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableTable(f"{named}：文字编码无法识别。请另存为 UTF-8 的 CSV (unknown encoding).")


def grid_of(lines: Iterable[Sequence[Cell]], named: str) -> Grid:
    columns: dict[int, str] = {}
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        if number > MOST_ROWS:
            raise UnusableTable(f"{named}：超过 {MOST_ROWS} 行。请拆分后再试 (too many rows).")
        if not columns:
            if number > HEAD_WITHIN:
                break
            columns = _head(line, named)
            continue
        cells = {field: line[place] for place, field in columns.items() if place < len(line) and line[place] != ""}
        if cells:
            rows.append(Row(number, cells))
    if not columns:
        raise UnusableTable(f"{named}：前 {HEAD_WITHIN} 行中找不到“名称”列的表头。请补上表头 (no heading 名称).")
    return Grid(rows, {field: letter(place) for place, field in columns.items()})


def _head(line: Sequence[Cell], named: str) -> dict[int, str]:
    """The fields of the columns; none when this is not the row of headings."""
    columns: dict[int, str] = {}
    for place, cell in enumerate(line[:MOST_COLUMNS]):
        field = field_of(cell) if isinstance(cell, str) else None
        if field is None:
            continue
        if field in columns.values():
            raise UnusableTable(f"{named}：列“{cell}”写了两次，或有两列意思相同。请删去一列 (doubled column).")
        columns[place] = field
    return columns if "name" in columns.values() else {}


def letter(place: int) -> str:
    """The letter that a spreadsheet shows above a column, counted from 0."""
    before, last = divmod(place, 26)
    return f"{letter(before - 1) if before else ''}{chr(ord('A') + last)}"
