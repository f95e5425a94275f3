"""Tables of first-level indexes: one row a subject, one column an indicator, read whole or not at all."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from msgspec import Struct

from govgauge.scoring.csv_lines import UnusableTable, csv_lines
from govgauge.systems.model import Indicator, System

NAME, RANK, TOTAL, GROUP = "name", "rank", "total", "group"
OPTIONAL = (RANK, TOTAL, GROUP)
SHARED_RANK = re.compile(r"[1-9][0-9]*(?:[–-][1-9][0-9]*)?")
"""A rank, or the places that equal totals share (3–4), of which the first counts."""
FORM = "第一行应为表头：name 和各一级指标的名称。"


class Row(Struct, frozen=True):
    """A subject's line: `indexes` by code, 0…1; `total` and `rank` as published, None where the table has none."""

    line: int
    name: str
    group: str
    indexes: dict[str, Decimal]
    total: Decimal | None
    rank: int | None
    cells: dict[str, str]


class IndexTable(Struct, frozen=True):
    """A whole table. `columns` are its headings in their order, `indicators` the first-level ones it speaks of."""

    path: Path
    columns: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...]

    @property
    def grouped(self) -> bool:
        """Whether the table has a column of groups."""
        return GROUP in self.columns


def read_table(path: Path, system: System, profile: str) -> IndexTable:
    """Read a table of first-level indexes (UTF-8 CSV). Raises UnusableTable with every fault found."""
    lines = csv_lines(path, FORM)
    header = [cell.strip() for cell in lines[0][1]]
    assessed = tuple(node for node in system.indicators if node.weight(profile) is not None)
    faults = list(_header_faults(header, assessed, [cells for _, cells in lines[1:3]]))
    if faults:
        raise UnusableTable(path, faults)
    rows = []
    for number, cells in lines[1:]:
        row, found = _row(number, cells, header, assessed)
        faults += found
        if row is not None:
            rows.append(row)
    faults += _doubles(rows)
    if not rows and not faults:
        faults.append("只有表头，没有数据行。请补上各评估对象的指数。")
    if faults:
        raise UnusableTable(path, faults)
    return IndexTable(path, tuple(header), assessed, tuple(rows))


def _header_faults(header: list[str], assessed: tuple[Indicator, ...], sample: list[list[str]]) -> Iterator[str]:
    if len(header) == 1 and any(mark in header[0] for mark in "\t;；，"):
        yield "第 1 行：各列不是用英文逗号隔开的。请另存为 CSV（逗号分隔）后再试 (separate by commas)."
        return
    needed = [NAME, *(node.name for node in assessed)]
    known = {*needed, *OPTIONAL}
    missing = [name for name in needed if name not in header]
    if missing:
        unknown = [name for name in header if name and name not in known]
        hint = f"；不认识的列：{'、'.join(unknown)}" if unknown else ""
        yield (
            f"第 1 行：缺少列“{'”“'.join(missing)}”{hint}。请补上，列名与指标体系的一级指标完全一致 (missing columns)."
        )
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            yield f"第 1 行：列“{name}”出现了 {header.count(name)} 次。请只留一列。"
    if "" in header and any(len(cells) > header.index("") and cells[header.index("")].strip() for cells in sample):
        yield f"第 1 行第 {header.index('') + 1} 列没有列名。请补上列名，或删去这一列。"


def _row(
    number: int, cells: list[str], header: list[str], assessed: tuple[Indicator, ...]
) -> tuple[Row | None, list[str]]:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        return None, [f"第 {number} 行：有 {len(cells)} 格，表头只有 {len(header)} 列。请核对多出的逗号或引号。"]
    by_name = dict(zip(header, [*(cell.strip() for cell in cells), *[""] * len(header)], strict=False))
    faults: list[str] = []
    name = by_name[NAME]
    if not name:
        faults.append(f"第 {number} 行：列“{NAME}”是空的。请填写评估对象的名称。")
    faults += [
        f"第 {number} 行（{name}）列“{column}”：是公式。请在表格软件中粘贴为数值后再存 (a formula; paste as values)."
        for column, cell in by_name.items()
        if cell.startswith("=")
    ]
    if faults:
        return None, faults
    indexes: dict[str, Decimal] = {}
    for node in assessed:
        value = _index(by_name[node.name])
        if isinstance(value, str):
            faults.append(f"第 {number} 行（{name}）列“{node.name}”：{value}")
        else:
            indexes[node.code] = value
    total, rank = by_name.get(TOTAL, ""), by_name.get(RANK, "")
    if total and _number(total) is None:
        faults.append(f"第 {number} 行（{name}）列“{TOTAL}”：“{total}”不是数。请填写公布的总分，没有就留空。")
    if rank and not SHARED_RANK.fullmatch(rank):
        faults.append(f"第 {number} 行（{name}）列“{RANK}”：“{rank}”不是名次。请填写正整数，没有就留空。")
    if faults:
        return None, faults
    return (
        Row(
            line=number,
            name=name,
            group=by_name.get(GROUP, ""),
            indexes=indexes,
            total=_number(total) if total else None,
            rank=int(re.split(r"[–-]", rank)[0]) if rank else None,
            cells=by_name,
        ),
        [],
    )


def _index(text: str) -> Decimal | str:
    """An index, or what is wrong with it and what to do."""
    if not text:
        return "是空的。请填写 0 至 1 之间的指数；缺数的对象请先从表中移出。"
    value = _number(text)
    if value is None:
        percent = "，不要写百分号" if text.endswith(("%", "％")) else ""
        return f"“{text}”不是数。请填写 0 至 1 之间的小数{percent}。"
    if not 0 <= value <= 1:
        return f"指数 {text} 不在 0 至 1 之间。指数是得分除以权重，请核对是否填成了得分或百分数。"
    return value


def _number(text: str) -> Decimal | None:
    if not re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _doubles(rows: list[Row]) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        first = seen.setdefault((row.name, row.group), row.line)
        if first != row.line:
            where = f"（组“{row.group}”）" if row.group else ""
            yield (f"第 {row.line} 行：“{row.name}”{where}与第 {first} 行重名。请删去一行，或在 group 列写明不同的组。")
