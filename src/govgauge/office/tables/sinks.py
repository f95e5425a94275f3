"""Where the rows of a table go: a CSV or JSON file, or nowhere but into a hash. The same rows give the same bytes."""

import csv
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from govgauge.office.tables.columns import Holds, Table
from govgauge.subjects.tables.safe_text import guarded

Cells = Sequence[str]
"""The texts of a row, in the order of the columns."""


class Sink(Protocol):
    """Takes the rows of one table."""

    def row(self, cells: Cells) -> None:
        """Take a row."""

    def close(self) -> str:
        """Make an end; the SHA-256 of what was written."""


class Bytes:
    """Bytes on their way into a file, where there is one, and into a hash."""

    def __init__(self, path: Path | None) -> None:
        self._file: BinaryIO | None = path.open("wb") if path else None
        self._hash = hashlib.sha256()

    def write(self, text: str) -> None:
        raw = text.encode()
        self._hash.update(raw)
        if self._file:
            self._file.write(raw)

    def close(self) -> str:
        if self._file:
            self._file.close()
        return self._hash.hexdigest()


class CsvSink:
    """UTF-8 with a header; no text in it is run as a formula by a spreadsheet program."""

    def __init__(self, table: Table, path: Path | None) -> None:
        self._out = Bytes(path)
        self._writer = csv.writer(self._out, lineterminator="\n")
        self._texts = [holds in {Holds.TEXT, Holds.JSON} for holds in table.columns.values()]
        self._writer.writerow(table.columns)

    def row(self, cells: Cells) -> None:
        self._writer.writerow([guarded(cell) if text else cell for cell, text in zip(cells, self._texts, strict=True)])

    def close(self) -> str:
        return self._out.close()


class JsonSink:
    """A list of objects, one on each line; what is not known is null."""

    def __init__(self, table: Table, path: Path | None) -> None:
        self._out = Bytes(path)
        self._columns = table.columns
        self._before = "[\n"

    def row(self, cells: Cells) -> None:
        fields = (
            f"{json.dumps(name)}:{_json(cell, holds)}"
            for (name, holds), cell in zip(self._columns.items(), cells, strict=True)
        )
        self._out.write(f"{self._before}{{{','.join(fields)}}}")
        self._before = ",\n"

    def close(self) -> str:
        self._out.write("\n]\n" if self._before != "[\n" else "[]\n")
        return self._out.close()


def _json(cell: str, holds: Holds) -> str:
    if holds is Holds.TEXT:
        return json.dumps(cell, ensure_ascii=False)
    return cell or "null"
