"""A column pasted from a spreadsheet: values, each beside a name or in the order of the rows, perhaps with a reason."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

MOST_LINES = 1000
WORDS: Mapping[str, Decimal | None] = {
    **dict.fromkeys(("是", "有", "符合", "yes", "y", "true", "✓", "√", "对", "完全做到"), Decimal(1)),
    **dict.fromkeys(("部分", "部分是", "做到一半", "partly"), Decimal("0.5")),
    **dict.fromkeys(("大部分", "大部分做到"), Decimal("0.75")),
    **dict.fromkeys(("小部分", "小部分做到"), Decimal("0.25")),
    **dict.fromkeys(("否", "无", "没有", "不符合", "no", "n", "false", "✗", "×", "错", "没有做到"), Decimal(0)),
    **dict.fromkeys(("不适用", "na", "n/a"), None),
}
"""Words for values; None: it does not apply."""
_NUMBER = re.compile(r"([+-]?\d+(?:[.．]\d+)?)\s*([%％]?)")


class Pasted(Struct, frozen=True, kw_only=True):
    """A value for a row, `not_applicable` or 0…1, with the reason that stood beside it."""

    row: int
    value: Decimal | None
    not_applicable: bool
    reason: str


class Read(Struct, frozen=True):
    """What was read: values for rows, and a sentence for each line that cannot be used."""

    values: tuple[Pasted, ...]
    faults: tuple[str, ...]


def read(text: str, names: Sequence[str]) -> Read:
    """Values from pasted text for rows of these names, in their order.

    A line of one cell is the value of the row at its place. In a line of several the first is the name of the row
    where it is one, then comes the value, then a reason.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) > MOST_LINES:
        return Read((), (f"粘贴了 {len(lines)} 行，最多 {MOST_LINES} 行；请分几次粘贴",))
    named = {name: place for place, name in enumerate(names) if names.count(name) == 1}
    found: dict[int, Pasted] = {}
    faults = []
    for number, line in enumerate(lines):
        told = _line(number, [cell.strip() for cell in line.split("\t")], named, len(names))
        if isinstance(told, str):
            faults.append(f"第 {number + 1} 行：{told}")
        elif told is not None and told.row in found:
            faults.append(f"第 {number + 1} 行：“{names[told.row]}”出现了两次，只取前一次")
        elif told is not None:
            found[told.row] = told
    return Read(tuple(found.values()), tuple(faults))


def value_of(text: str) -> tuple[Decimal | None, bool] | None:
    """A value and whether it does not apply; None for what is neither a value nor a word for one."""
    word = text.strip().lower()
    if word in WORDS:
        return WORDS[word], WORDS[word] is None
    match = _NUMBER.fullmatch(word)
    if match is None:
        return None
    try:
        number = Decimal(match[1].replace("．", "."))
    except InvalidOperation:
        return None
    value = number / 100 if match[2] else number
    return (value, False) if 0 <= value <= 1 else None


def _line(number: int, cells: list[str], named: Mapping[str, int], count: int) -> Pasted | str | None:
    if not any(cells):
        return None
    has_name = len(cells) > 1 and value_of(cells[0]) is None
    row = named.get(cells[0]) if has_name else number
    if row is None:
        return f"没有名为“{cells[0]}”的一行，或有几行同名；请核对名称"
    if row >= count:
        return f"本页只有 {count} 行，多出来的没有取"
    rest = cells[1:] if has_name else cells
    if not rest[0]:
        return None
    found = value_of(rest[0])
    if found is None:
        return f"“{rest[0]}”不是取值；请写 0 至 1 的数、百分比、是、部分、否或不适用"
    return Pasted(row=row, value=found[0], not_applicable=found[1], reason=" ".join(cell for cell in rest[1:] if cell))
