"""Writing single cells: values as they are, and how they look."""

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | bool | None

EXACT_DIGITS = 15
"""So many digits survive as a number in a workbook; a longer decimal is written as text."""

HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
HEAD_FONT = Font(name="黑体", size=10, bold=True)
FONT = Font(name="宋体", size=10)
THIN = Side(style="thin", color="999999")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
WRAPPED = Alignment(wrap_text=True, vertical="center")
CENTERED = Alignment(wrap_text=True, vertical="center", horizontal="center")
A4 = 9
"""The number of this paper in the format."""


def put(cell: Cell, value: Value, *, head: bool = False) -> None:
    """Write a value as it is: a text that looks like a formula or a number stays a text."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, Decimal):
        exact = len(value.normalize().as_tuple().digits) <= EXACT_DIGITS
        cell.value = _number(value) if exact else f"{value:f}"
    else:
        cell.value = value
    cell.font = HEAD_FONT if head else FONT
    cell.alignment = CENTERED if head or isinstance(value, int | Decimal) else WRAPPED
    cell.border = BOX
    if head:
        cell.fill = HEAD_FILL


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def head(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int]) -> None:
    """Write the row of headings, and keep it in sight."""
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        put(cell_of(sheet, 1, column), heading, head=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def formula(cell: Cell, text: str) -> None:
    """Write a formula, without its `=`."""
    put(cell, None)
    cell.value = f"={text}"


def cell_of(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell itself, which is never part of a merged range when it is written."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(cell)
    return cell
