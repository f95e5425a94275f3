"""Lists as files: CSV that a spreadsheet reads, and XLSX; no text in them is taken for a formula."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from govgauge.subjects.tables.safe_text import guarded

Cell: TypeAlias = str | int | Decimal | datetime | bool | None
KINDS = ("csv", "xlsx")
CSV_LINES = 500
"""Lines sent at a time."""


def answer(kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    """A list as a file to keep; `kind` is one of KINDS, `name` goes without its ending."""
    return _xlsx(name, heads, rows) if kind == "xlsx" else _csv(name, heads, rows)


def _csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    response = StreamingHttpResponse(_lines(heads, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")  # by this a spreadsheet sees that it is UTF-8
    writer.writerow(heads)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_plain(cell) for cell in row])
        if number % CSV_LINES == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def book(name: str, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> HttpResponseBase:
    """Several tables as one workbook: each with its name, its headings and its rows."""
    made = Workbook(write_only=True)
    for title, heads, rows in sheets:
        _sheet(made, title, heads, rows)
    return _sent(made, name)


def _xlsx(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    made = Workbook(write_only=True)
    _sheet(made, name, heads, rows)
    return _sent(made, name)


def _sheet(made: Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sheet = made.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for column in range(len(heads)):
        sheet.column_dimensions[get_column_letter(column + 1)].width = 30 if column == 0 else 18
    titles = []
    for head in heads:
        cell = WriteOnlyCell(sheet, value=head)
        cell.font = Font(bold=True)
        titles.append(cell)
    sheet.append(titles)
    for row in rows:
        sheet.append([_of_sheet(cell) for cell in row])


def _sent(made: Workbook, name: str) -> HttpResponseBase:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    made.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{cell.normalize():f}"
        case datetime():
            return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M:%S")
        case str():
            return guarded(cell)
        case _:
            return str(cell)


def _of_sheet(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return timezone.localtime(cell).replace(tzinfo=None, microsecond=0)
    return guarded(ILLEGAL_CHARACTERS_RE.sub("", cell)) if isinstance(cell, str) else cell
