"""A table as Parquet: typed columns, written part by part so that millions of rows need little memory."""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from govgauge.office.tables.columns import Holds, Table

PART = 100_000
"""Rows that are held before they are written."""
TYPES = {Holds.TEXT: pl.String(), Holds.JSON: pl.String(), Holds.NUMBER: pl.Float64(), Holds.FLAG: pl.Boolean()}
FLAGS = {"true": True, "false": False, "": None}


class ParquetSink:
    """Takes the rows of one table. Texts stay as they are; numbers and flags that are not known are null."""

    def __init__(self, table: Table, path: Path) -> None:
        self._path = path
        self._schema: dict[str, pl.DataType] = {name: TYPES[holds] for name, holds in table.columns.items()}
        self._holds = tuple(table.columns.values())
        self._parts = Path(tempfile.mkdtemp(prefix=f".{table.name}-", dir=path.parent))
        self._rows: list[Sequence[str]] = []
        self._count = 0

    def row(self, cells: Sequence[str]) -> None:
        self._rows.append(cells)
        if len(self._rows) >= PART:
            self._flush()

    def close(self) -> str:
        if self._rows or not self._count:
            self._flush()
        pl.scan_parquet(self._parts / "*.parquet").sink_parquet(self._path, compression="zstd")
        shutil.rmtree(self._parts)
        with self._path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _flush(self) -> None:
        columns = list(zip(*self._rows, strict=True)) or [()] * len(self._holds)
        frame = pl.DataFrame(
            {
                name: _typed(cells, holds)
                for (name, cells), holds in zip(zip(self._schema, columns, strict=True), self._holds, strict=True)
            },
            schema=self._schema,
        )
        frame.write_parquet(self._parts / f"{self._count:06}.parquet", compression="lz4")
        self._count += 1
        self._rows.clear()


def _typed(cells: Sequence[str], holds: Holds) -> list[object]:
    match holds:
        case Holds.NUMBER:
            return [float(cell) if cell else None for cell in cells]
        case Holds.FLAG:
            return [FLAGS[cell] for cell in cells]
        case _:
            return list(cells)
