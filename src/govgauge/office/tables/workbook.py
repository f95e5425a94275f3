"""A table as XLSX: numbers as numbers, texts as texts, and the same bytes from the same rows."""

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

from govgauge.office.tables.columns import Holds, Table
from govgauge.subjects.tables.safe_text import RUNS

MOST_ROWS = 1_000_000
"""Rows of a sheet below its head, a little fewer than a workbook holds; the rest goes on in a further sheet."""
MOST_CHARACTERS = 32_767
"""Characters that a cell holds."""
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
STAMP = re.compile(rb"<dcterms:(created|modified)([^>]*)>[^<]*<")
ERROR_SIGN = "#"
"""With it begin the errors that a formula gives; the library takes such a text for one."""
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no workbook can hold."""


class WorkbookSink:
    """Takes the rows of one table and writes the workbook when it is closed."""

    def __init__(self, table: Table, path: Path) -> None:
        self._table = table
        self._path = path
        self._book = Workbook(write_only=True)
        self._sheets = 0
        self._left = 0

    def row(self, cells: Sequence[str]) -> None:
        if not self._left:
            self._begin()
        self._left -= 1
        self._sheet.append(
            [self._cell(cell, holds) for cell, holds in zip(cells, self._table.columns.values(), strict=True)]
        )

    def close(self) -> str:
        if not self._sheets:
            self._begin()
        with tempfile.TemporaryFile(dir=self._path.parent) as draft:
            self._book.save(draft)
            draft.seek(0)
            with zipfile.ZipFile(draft) as made, zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as out:
                for member in made.infolist():
                    _copy(made, member, out)
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _begin(self) -> None:
        self._sheets += 1
        self._left = MOST_ROWS
        name = self._table.name
        self._sheet = self._book.create_sheet(name if self._sheets == 1 else f"{name} {self._sheets}")
        self._sheet.freeze_panes = "C2"
        self._sheet.append(list(self._table.columns))

    def _cell(self, cell: str, holds: Holds) -> Cell | str | float | bool | None:
        if not cell:
            return None
        if holds is Holds.NUMBER:
            return float(cell)
        if holds is Holds.FLAG:
            return cell == "true"
        text = UNFIT.sub("□", cell)[:MOST_CHARACTERS]
        if not (RUNS.match(text) or text.startswith(ERROR_SIGN)):
            return text
        made = WriteOnlyCell(self._sheet, text)
        made.data_type = "s"
        made.number_format = "@"
        return made


def _copy(made: zipfile.ZipFile, member: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
    """A part of the workbook without the time at which it was written."""
    plain = zipfile.ZipInfo(member.filename, NEVER.timetuple()[:6])
    plain.compress_type = zipfile.ZIP_DEFLATED
    if member.filename == "docProps/core.xml":
        out.writestr(plain, STAMP.sub(rb"<dcterms:\1\2>2000-01-01T00:00:00Z<", made.read(member)))
        return
    with made.open(member) as source, out.open(plain, "w", force_zip64=member.file_size > 2**31) as target:
        while piece := source.read(1 << 20):
            target.write(piece)
