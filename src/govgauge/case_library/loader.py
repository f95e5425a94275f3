"""Loading the cases of a year: the head in TOML, the cases in the CSV of the same name, nothing left out."""

import csv
import io
import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from govgauge.case_library.model import Case, Described, Edition
from govgauge.errors import Unusable

PARTED_BY = "；"
COLUMNS = ["id", "kind", "group", "owner", "subject", "region", "name", "categories", "place"]
Read = TypeVar("Read")


class UnusableCases(Unusable):
    """Cases that cannot be used. The message tells file, place and remedy."""


class _Shelf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    described: tuple[Described, ...]


def load(path: Path) -> Edition:
    """The year whose head is the TOML file at `path`. Raises UnusableCases."""
    head = _toml(path, Edition)
    rows = path.with_suffix(".csv")
    reader = csv.DictReader(io.StringIO(_text(rows), newline=""))
    if reader.fieldnames != COLUMNS:
        raise UnusableCases(f"{rows}：表头应为 {','.join(COLUMNS)}。请改正后再试 (unfit headings).")
    return msgspec.structs.replace(head, cases=tuple(_case(head.year, row, rows, reader) for row in reader))


def load_described(path: Path) -> tuple[Described, ...]:
    """The described cases of a TOML file. Raises UnusableCases."""
    return _toml(path, _Shelf).described


def _case(year: int, row: dict[str, str], path: Path, reader: "csv.DictReader[str]") -> Case:
    categories = [one for one in (row["categories"] or "").split(PARTED_BY) if one]
    try:
        return msgspec.convert({**row, "year": year, "categories": categories}, Case)
    except msgspec.ValidationError as error:
        raise UnusableCases(f"{path} 第 {reader.line_num} 行：{error}。请改正后再试 (unfit row).") from error


def _toml(path: Path, shape: type[Read]) -> Read:
    try:
        return msgspec.convert(tomllib.loads(_text(path)), shape)
    except tomllib.TOMLDecodeError as error:
        raise UnusableCases(f"{path}：不是可读的 TOML（{error}）。请改正后再试 (broken TOML).") from error
    except msgspec.ValidationError as error:
        raise UnusableCases(f"{path}：{error}。请对照 docs/case-library.md 改正 (unfit value).") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableCases(f"{path}：无法读取（{error}）。请核对路径和编码 (cannot be read).") from error
