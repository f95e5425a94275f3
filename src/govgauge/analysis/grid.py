"""A table as it was handed in: headings, cells of text, and the place of each row, from CSV or Parquet."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from msgspec import Struct

from govgauge.scoring.csv_lines import UnusableTable, csv_lines

SUBJECT, CODE, VALUE, GROUP = "subject", "code", "value", "group"
NAME = "name"
"""Another heading for the subjects: that of the tables of first-level indexes."""
FORM = "第一行应为表头：subject、分组列和各末级指标的编号。"
COMMA_LIKE = "\t;；，"


class Grid(Struct, frozen=True):
    """Cells by column, stripped; `places` say where each row stands in the file."""

    path: Path
    header: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    places: tuple[str, ...]


def read_grid(path: Path) -> Grid:
    """Read a CSV in UTF-8, or a Parquet file by its ending. Raises UnusableTable with every fault of form."""
    return _from_parquet(path) if path.suffix.lower() == ".parquet" else _from_csv(path)


def _from_csv(path: Path) -> Grid:
    lines = csv_lines(path, FORM)
    header = tuple(cell.strip() for cell in lines[0][1])
    if len(header) == 1 and any(mark in header[0] for mark in COMMA_LIKE):
        raise UnusableTable(path, ["第 1 行：各列不是用英文逗号隔开的。请另存为 CSV（逗号分隔）后再试 (use commas)."])
    places = tuple(f"第 {number} 行" for number, _ in lines[1:])
    faults = _heading_faults(header)
    rows = [cells for _, cells in lines[1:]]
    for place, cells in zip(places, rows, strict=True):
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            faults.append(f"{place}：有 {len(cells)} 格，表头只有 {len(header)} 列。请核对多出的逗号或引号。")
    _stop(path, faults, rows)
    columns = {
        name: tuple(cells[column].strip() if column < len(cells) else "" for cells in rows)
        for column, name in enumerate(header)
    }
    return Grid(path, header, columns, places)


def _from_parquet(path: Path) -> Grid:
    try:
        frame = pl.read_parquet(path)
    except OSError as error:
        raise UnusableTable(path, [f"无法读取（{error.strerror}）。请核对路径和权限 (cannot be read)."]) from None
    except pl.exceptions.PolarsError:
        raise UnusableTable(
            path, ["不是可读的 Parquet 文件。请重新导出，或另存为 CSV UTF-8 (no Parquet file)."]
        ) from None
    header = tuple(name.strip() for name in frame.columns)
    nested = [name for name, kind in frame.schema.items() if kind.is_nested()]
    faults = [f"列“{name}”不是一格一值。请展开后再导出。" for name in nested]
    _stop(path, [*_heading_faults(header), *faults], range(frame.height))
    columns = {
        name: tuple(
            frame[column].cast(pl.String, strict=False).fill_null("").str.strip_chars().to_list()  # open where null
        )
        for name, column in zip(header, frame.columns, strict=True)
    }
    return Grid(path, header, columns, tuple(f"第 {number} 条" for number in range(1, frame.height + 1)))


def _heading_faults(header: tuple[str, ...]) -> list[str]:
    faults = [
        f"表头：列“{name}”出现了 {header.count(name)} 次。请只留一列 (a column occurs twice)."
        for name in dict.fromkeys(header)
        if name and header.count(name) > 1
    ]
    if "" in header:
        faults.append(f"表头：第 {header.index('') + 1} 列没有列名。请补上列名，或删去这一列 (a column has no name).")
    return faults


def _stop(path: Path, faults: list[str], rows: Sequence[object]) -> None:
    if not faults and not rows:
        faults = ["只有表头，没有数据行。请补上各评估对象的取值 (no rows)."]
    if faults:
        raise UnusableTable(path, faults)
