"""From parsed YAML to typed values, with a sentence for whatever does not fit the form."""

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from govgauge.systems.source_text import UnusableFile, line_of, parse, place_of, read_text

T = TypeVar("T")

_SAYINGS = (
    (re.compile(r"Object missing required field `(.+?)`"), "缺少“{0}”。请补上这一项。"),
    (re.compile(r"Object contains unknown field `(.+?)`"), "不认识“{0}”。请删去或改正拼写。"),
    (re.compile(r"Invalid enum value (.+)"), "取值 {0} 不在允许的范围内。请改用文档列出的取值。"),
    (re.compile(r"Expected `(.+?)`, got `(.+?)`"), "应为 {0}，写成了 {1}。请改正（文字加引号，数不加引号）。"),
)


def read_shaped(path: Path, kind: type[T]) -> tuple[T, str]:
    """Read a YAML file as `kind`; returns the value and the text. Raises UnusableFile naming file, line and remedy."""
    text = read_text(path)
    raw = parse(text, path)
    try:
        return msgspec.convert(raw, type=kind), text
    except msgspec.ValidationError as error:
        raise UnusableFile([_sentence(str(error), text, path)]) from error


def _sentence(message: str, text: str, path: Path) -> str:
    what, _, where = message.partition(" - at `")
    place = place_of(where.rstrip("`"))
    return f"{path} 第 {line_of(text, place)} 行：{_said(what)}"


def _said(what: str) -> str:
    for pattern, saying in _SAYINGS:
        match: Any = pattern.search(what)
        if match:
            return saying.format(*match.groups())
    return f"形式不对（{what}）。请对照 docs/systems.md 改正。"
