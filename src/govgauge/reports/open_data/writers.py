"""A table as CSV, JSON and Parquet: the same rows, written part by part. For XLSX see `workbook`."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

import msgspec
import polars as pl
from polars.io.plugins import register_io_source

from govgauge.reports.open_data.dictionary import Kind, Table
from govgauge.reports.open_data.shown import OpenTable, Told
from govgauge.subjects.tables.safe_text import RUNS

ROW_GROUP = 50_000
"""Rows that a reader of Parquet takes at a time."""
DECIMALS = 6
"""The tables are exact to so many."""


def decimal(name: str) -> pl.Expr:
    """A number without an exponent and without noughts at its end."""
    text = pl.col(name).cast(pl.Decimal(38, DECIMALS)).cast(pl.String)
    short = text.str.strip_chars_end("0").str.strip_chars_end(".")
    return pl.when(short == "-0").then(pl.lit("0")).otherwise(short)


def write_csv(table: OpenTable, path: Path, told: Told) -> None:
    """UTF-8 with its mark, without which spreadsheet programs take Chinese for something else, and a header.

    No text in it is run as a formula by a spreadsheet program; what is not known is empty.
    """
    cells = [_csv_cell(column.name, column.kind) for column in table.words.columns]
    with path.open("wb") as out:
        out.write(BOM_UTF8)
        out.write(f"{','.join(column.name for column in table.words.columns)}\n".encode())
        for frame in table.parts(told):
            frame.select(cells).write_csv(out, include_header=False)


def write_json(table: OpenTable, path: Path, told: Told) -> None:
    """A list of objects, one on each line; what is not known is null."""
    raw = [column.name for column in table.words.columns if column.kind is Kind.JSON]
    encoder = msgspec.json.Encoder()
    before = b"[\n"
    with path.open("wb") as out:
        for frame in table.parts(told):
            lines = encoder.encode_lines(_objects(frame, raw)).rstrip(b"\n")
            out.write(before + lines.replace(b"\n", b",\n"))
            before = b",\n"
        out.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def write_parquet(table: OpenTable, path: Path, told: Told) -> None:
    """Typed columns; what is not known is null. A row group at a time: all at once takes four times the memory."""

    def groups(
        _columns: list[str] | None, _predicate: pl.Expr | None, _count: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        return table.parts(told, ROW_GROUP)

    rows = register_io_source(groups, schema=table.rows(0, 0).schema)
    rows.sink_parquet(
        path,
        compression="zstd",
        row_group_size=ROW_GROUP,
        maintain_order=True,
        metadata=dict(table.marks),
        engine="streaming",
    )


def objects(words: Table, frame: pl.DataFrame) -> list[dict[str, object]]:
    """The rows as a program reads them: cells of JSON as what they hold."""
    found = frame.to_dicts()
    for column in (column.name for column in words.columns if column.kind is Kind.JSON):
        for row in found:
            row[column] = None if row[column] is None else msgspec.json.decode(row[column])
    return found


def _objects(frame: pl.DataFrame, raw: list[str]) -> list[dict[str, object]]:
    found = frame.to_dicts()
    for column in raw:
        for row in found:
            if row[column] is not None:
                row[column] = msgspec.Raw(row[column].encode())
    return found


def _csv_cell(name: str, kind: Kind) -> pl.Expr:
    match kind:
        case Kind.NUMBER:
            return decimal(name).alias(name)
        case Kind.INTEGER | Kind.FLAG:
            return pl.col(name)
        case _:
            text = pl.col(name)
            runs = text.str.contains(f"^(?:{RUNS.pattern})")
            return pl.when(runs).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(name)
