"""From parsed YAML to typed values, with a sentence for whatever does not fit the form."""

from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from govgauge import lazy_re
from govgauge.systems.source_text import UnusableFile, line_of, parse, place_of, read_text

T = TypeVar("T")

PARAMS = frozenset({"params", "audit_params"})
"""Keys under which the parameters of audits stand."""

TYPES = {
    "int": "整数",
    "float": "小数",
    "decimal": "小数",
    "str": "文字",
    "object": "一组键值",
    "array": "列表",
    "bool": "真假值",
    "null": "空",
    "date": "日期",
}
"""Kinds of values as msgspec calls them, in the words of a reader."""

UNKNOWN_FIELD = lazy_re.compile(r"Object contains unknown field `(.+?)`")

_SAYINGS = (
    (lazy_re.compile(r"Object missing required field `(.+?)`"), "缺少“{0}”。请补上这一项。"),
    (UNKNOWN_FIELD, "不认识“{0}”。请删去或改正拼写。"),
    (lazy_re.compile(r"Invalid enum value (.+)"), "取值 {0} 不在允许的范围内。请改用文档列出的取值。"),
    (lazy_re.compile(r"Expected `(.+?)`, got `(.+?)`"), "应为{0}，写成了{1}。请改正（文字加引号，数不加引号）。"),
    (lazy_re.compile(r"Invalid decimal string"), "应为数。请改成不带引号的数。"),
)


def read_shaped(path: Path, kind: type[T]) -> tuple[T, str]:
    """Read a YAML file as `kind`; returns the value and the text. Raises UnusableFile naming file, line and remedy."""
    text = read_text(path)
    raw = _with_plain_params(parse(text, path))
    try:
        return msgspec.convert(raw, type=kind), text
    except msgspec.ValidationError as error:
        raise UnusableFile([_sentence(str(error), text, path)]) from error


def _with_plain_params(raw: Any, *, inside: bool = False) -> Any:
    """The same values, with the parameters of audits as binary fractions, which is what audits take."""
    if isinstance(raw, dict):
        return {key: _with_plain_params(value, inside=inside or key in PARAMS) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_with_plain_params(value, inside=inside) for value in raw]
    return float(raw) if inside and isinstance(raw, Decimal) else raw


def _sentence(message: str, text: str, path: Path) -> str:
    what, _, where = message.partition(" - at `")
    place = place_of(where.rstrip("`"))
    if unknown := UNKNOWN_FIELD.search(what):
        place.append(unknown.group(1))
    return f"{path} 第 {line_of(text, place)} 行：{_said(what)}"


def _said(what: str) -> str:
    for pattern, saying in _SAYINGS:
        match: Any = pattern.search(what)
        if match:
            return saying.format(*(TYPES.get(word.split(" ")[0], word) for word in match.groups()))
    return f"形式不对（{what}）。请对照 docs/systems.md 改正。"
