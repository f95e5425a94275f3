"""What an editor's cell means: texts, numbers in any guise, marks, and a sentence for what is none of these."""

import json
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from govgauge.systems.sheets.grid import Fault, Row, Unread

DASHES = re.compile(r"[-‐‑‒–—―−－]+")
"""By these a table says: nothing here."""
YESES = frozenset({"是", "√", "✓", "y", "yes", "true", "1", "对"})
NOES = frozenset({"", "否", "×", "n", "no", "false", "0"})
SIGNIFICANT = 15
"""Digits that a number in a workbook holds; what is behind them is error of binary fractions."""
NUMBER = re.compile(r"[-+]?\d+(\.\d*)?|[-+]?\.\d+")
HUNDRED = Decimal(100)


class Reader:
    """Reads cells of one sheet, and collects what cannot be read."""

    def __init__(self, sheet: str, faults: list[Fault]) -> None:
        self.sheet = sheet
        self.faults = faults

    def fault(self, row: Row, heading: str, what: str, remedy: str) -> None:
        self.faults.append(Fault(self.sheet, row.cell(heading), what, remedy))

    def text(self, row: Row, heading: str) -> str:
        """A text as it stands; a number that was typed where a text belongs becomes its digits."""
        value = row.get(heading)
        if isinstance(value, Unread):
            self._unread(row, heading, value)
            return ""
        if isinstance(value, float | int) and not isinstance(value, bool):
            return f"{exact(value).normalize():f}"
        return "" if value is None else str(value).strip()

    def name(self, row: Row, heading: str) -> str:
        """A text, empty where the table prints a dash."""
        text = self.text(row, heading)
        return "" if DASHES.fullmatch(text) else text

    def code(self, row: Row, heading: str) -> str:
        """A code or id, whatever width its digits have."""
        return unicodedata.normalize("NFKC", self.name(row, heading)).strip()

    def number(self, row: Row, heading: str) -> Decimal | None:
        """A number; None where the cell is empty or holds a dash, or cannot be read, which is then a fault."""
        value = row.get(heading)
        if isinstance(value, Unread):
            self._unread(row, heading, value)
            return None
        if isinstance(value, float | int) and not isinstance(value, bool):
            return exact(value)
        said = unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()
        if not said or DASHES.fullmatch(said):
            return None
        found = as_decimal(said)
        if found is None:
            self.fault(row, heading, f"“{value}”不是数", "请写成数，如 4 或 1.5；不评估时写 — 或留空")
        return found

    def whole(self, row: Row, heading: str) -> int | None:
        """A whole number; None as for `number`."""
        found = self.number(row, heading)
        if found is None:
            return None
        if found != found.to_integral_value():
            self.fault(row, heading, f"“{found}”不是整数", "请写成整数")
            return None
        return int(found)

    def mark(self, row: Row, heading: str) -> bool:
        """Whether a cell says yes."""
        said = unicodedata.normalize("NFKC", self.text(row, heading)).casefold()
        if said not in YESES | NOES and not DASHES.fullmatch(said):
            self.fault(row, heading, f"“{said}”既不是“是”也不是“否”", "请写“是”，或留空")
        return said in YESES

    def mapping(self, row: Row, heading: str) -> dict[str, object]:
        """A JSON object; empty where the cell is."""
        said = self.text(row, heading)
        if not said:
            return {}
        try:
            found = json.loads(said, parse_constant=_refused)
        except ValueError as error:
            self.fault(row, heading, f"不是 JSON（{error}）", '请写成 {"名": 值} 的形式，用英文引号')
            return {}
        if not isinstance(found, Mapping):
            self.fault(row, heading, "不是一组键值", '请写成 {"名": 值} 的形式')
            return {}
        return dict(found)

    def _unread(self, row: Row, heading: str, value: Unread) -> None:
        remedy = "请在表格软件中打开并保存一次，或直接写上数"
        self.fault(row, heading, f"公式 {value.formula} 没有存下算出的值", remedy)


def exact(value: float) -> Decimal:
    """A number of a workbook without the error of binary fractions."""
    return Decimal(f"{value:.{SIGNIFICANT}g}") if isinstance(value, float) else Decimal(value)


def as_decimal(said: str) -> Decimal | None:
    """A number written as text: `4`, `4.0`, `4 分`, `40%`; None when it is none."""
    percent = said.endswith("%")
    bare = said.rstrip("%分 ")
    if not NUMBER.fullmatch(bare):
        return None
    try:
        found = Decimal(bare)
    except InvalidOperation:
        return None
    return found / HUNDRED if percent else found


def _refused(name: str) -> object:
    raise ValueError(name)
