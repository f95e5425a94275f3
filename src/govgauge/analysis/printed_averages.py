"""A table of averages as they are printed: group, indicator, average; each number an interval by its rounding."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from govgauge.scoring.csv_lines import UnusableTable, csv_lines
from govgauge.systems.model import System

GROUP, INDICATOR, AVERAGE = "group", "indicator", "average"
FORM = f"第一行应为表头：{GROUP},{INDICATOR},{AVERAGE}。"
WHOLE_NAMES = ("", "总指数", "总体", "total")
"""What stands for the total index in the column of indicators."""
PRINTED = re.compile(r"(?P<bound>>=|<=|≥|≤)?\s*(?P<number>[01](?:\.[0-9]+)?)")


DUST = Decimal("1e-20")
"""A gap that comes of thirds that decimals cannot hold."""


class Interval(Struct, frozen=True):
    """From low to high, both within; exact."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Whether the two have a number in common."""
        return self.gap(other) == 0

    def gap(self, other: "Interval") -> Decimal:
        """By how much they miss each other; 0 where they meet, or miss by no more than dividing decimals costs."""
        gap = max(self.low - other.high, other.low - self.high)
        return gap if gap > DUST else Decimal(0)


UNKNOWN = Interval(Decimal(0), Decimal(1))


class Scheme(Struct, frozen=True):
    """A system with the profile by which a group's subjects are scored."""

    system: System
    profile: str


class Printed(Struct, frozen=True):
    """One average of the print: `text` as it stands there, `interval` what it can have been before rounding."""

    group: str
    code: str
    text: str
    interval: Interval


def read_printed_averages(path: Path, groups: Mapping[str, Sequence[Scheme]]) -> list[Printed]:
    """Read the averages. `groups` tells by which schemes each group is scored. Raises UnusableTable.

    A bound as in `>=0.98` is taken as it stands. Indicators may be named or given by code.
    """
    lines = csv_lines(path, FORM)
    header = [cell.strip() for cell in lines[0][1]]
    missing = [name for name in (GROUP, INDICATOR, AVERAGE) if name not in header]
    if missing:
        raise UnusableTable(path, [f"第 {lines[0][0]} 行：缺少列“{'”“'.join(missing)}”。{FORM} (missing columns)"])
    faults: list[str] = []
    found: dict[tuple[str, str], Printed] = {}
    for number, cells in lines[1:]:
        group, indicator, average = (
            cells[header.index(name)].strip() if header.index(name) < len(cells) else ""
            for name in (GROUP, INDICATOR, AVERAGE)
        )
        if group not in groups:
            known = "、".join(groups)
            faults.append(
                f"第 {number} 行：没有说明“{group}”按哪套体系评。现有：{known}。请用 --group 说明 (unknown group)."
            )
            continue
        code = code_of(indicator, groups[group])
        interval = interval_of(average)
        if code is None:
            ids = "、".join(scheme.system.id for scheme in groups[group])
            faults.append(f"第 {number} 行：{ids} 没有指标“{indicator}”，或不止一个。请改用编号 (no such indicator).")
        elif interval is None:
            faults.append(
                f"第 {number} 行：“{average}”不是 0 至 1 之间的平均指数。请照印出的小数填写 (not within 0…1)."
            )
        elif (group, code) in found:
            faults.append(f"第 {number} 行：“{group}”的“{indicator}”已经有过。请删去一行 (a duplicate).")
        else:
            found[group, code] = Printed(group, code, average, interval)
    if not found and not faults:
        faults.append("只有表头，没有数据行。请补上印出的平均指数 (no rows).")
    if faults:
        raise UnusableTable(path, faults)
    return list(found.values())


def interval_of(text: str) -> Interval | None:
    """What a printed average can have been: half a unit of its last decimal to either side. None for no average."""
    match = PRINTED.fullmatch(text)
    if match is None:
        return None
    number = Decimal(match["number"])
    if number > 1:
        return None
    exponent = number.as_tuple().exponent
    half = Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)
    low, high = max(number - half, Decimal(0)), min(number + half, Decimal(1))
    match match["bound"]:
        case ">=" | "≥":
            return Interval(low, Decimal(1))
        case "<=" | "≤":
            return Interval(Decimal(0), high)
        case _:
            return Interval(low, high)


def code_of(indicator: str, schemes: Sequence[Scheme]) -> str | None:
    """The code of a node by code or name, "" for the total; None where it is no node, or the name has several."""
    if indicator in WHOLE_NAMES:
        return ""
    nodes = [node for scheme in schemes for _, node in scheme.system.nodes()]
    if any(node.code == indicator for node in nodes):
        return indicator
    codes = {node.code for node in nodes if node.name == indicator}
    if len(codes) > 1:
        codes = {code for code in codes if code.count(".") == min(each.count(".") for each in codes)}
    return codes.pop() if len(codes) == 1 else None
