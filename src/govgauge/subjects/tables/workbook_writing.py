"""Writing a list as XLSX; every cell is a text, and none a formula."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from govgauge.subjects.model import Roster
from govgauge.subjects.tables.columns import COLUMNS, GROUP_HEADINGS, GROUP_SHEET, HEADINGS, SUBJECT_SHEET
from govgauge.subjects.tables.lines import lines
from govgauge.subjects.tables.safe_text import RUNS

HEAD_FONT = Font(bold=True)
HEAD_FILL = PatternFill("solid", fgColor="DDE6F0")
ERROR_SIGN = "#"
"""With it begin the errors that a formula gives; the library takes such a text for one."""


def workbook(roster: Roster) -> bytes:
    """The XLSX file of a list: its subjects, and its groups."""
    book = Workbook(write_only=True)
    subjects = book.create_sheet(SUBJECT_SHEET)
    _sheet(subjects, HEADINGS, [column.width for column in COLUMNS], lines(roster))
    groups = book.create_sheet(GROUP_SHEET)
    rows = [(group.id, group.title, group.within, group.system, group.profile) for group in roster.groups]
    _sheet(groups, GROUP_HEADINGS, (24, 36, 24, 24, 18), rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(
    sheet: WriteOnlyWorksheet, headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[str]]
) -> None:
    sheet.freeze_panes = "C2" if len(headings) > len(GROUP_HEADINGS) else "A2"
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width  # type: ignore[attr-defined]  # the stub lacks it
    sheet.append([_head(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_text(sheet, text) for text in row])


def _head(sheet: WriteOnlyWorksheet, heading: str) -> Cell:
    cell = WriteOnlyCell(sheet, heading)
    cell.font, cell.fill = HEAD_FONT, HEAD_FILL
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> Cell | str | None:
    """What makes a cell of type text. One that could be run is marked as text as well, so that it stays one when it
    is edited."""
    if not text:
        return None
    if not (RUNS.match(text) or text.startswith(ERROR_SIGN)):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
