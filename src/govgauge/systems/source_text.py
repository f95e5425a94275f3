"""Reading YAML exactly: decimals stay decimals, a key said twice is refused, and every place has a line number."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from govgauge.errors import Unusable
from govgauge.systems.yaml_values import Doubled, Unplain, plain_values

Place = Sequence[str | int]
"""The way to a value: keys and list positions from the top of the file."""


MOST_DIGITS = 100
"""Before or behind the point; a weight has three."""

REMEDY = "请按提示改正这一行。"


class UnusableFile(Unusable):
    """A file of the library cannot be used. The message holds one sentence for each fault: file, line, remedy."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = list(sentences)


class _Loader(yaml.CSafeLoader):
    """YAML with decimals in place of binary fractions, and no key twice."""


def _decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    text = loader.construct_scalar(node)
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise yaml.constructor.ConstructorError(None, None, f"“{text}”不是有限的小数", node.start_mark) from None
    if abs(number.adjusted()) > MOST_DIGITS:
        raise yaml.constructor.ConstructorError(None, None, f"“{text}”的位数太多", node.start_mark)
    return number


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    pairs = {loader.construct_object(key): loader.construct_object(value, deep=True) for key, value in node.value}
    if len(pairs) < len(node.value):
        name, mark = _doubled(node)
        raise yaml.constructor.ConstructorError(None, None, _twice(name), mark)
    return pairs


def _doubled(node: yaml.MappingNode) -> tuple[str, Any]:
    """The first key that was said before, and where it is said again."""
    names = [key.value for key, _ in node.value]
    again = next(place for place, name in enumerate(names) if name in names[:place])
    return names[again], node.value[again][0].start_mark


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_text(path: Path) -> str:
    """The text of a file. Raises UnusableFile when it cannot be read as UTF-8."""
    if not path.is_file():
        raise UnusableFile([f"{path}：没有这个文件，或它不是文件。请核对路径 (no such file)."])
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise UnusableFile([f"{path} 第 {line} 行：不是 UTF-8 编码的文字。请另存为 UTF-8 后再试。"]) from error
    except OSError as error:
        raise UnusableFile([f"{path}：无法读取（{error.strerror}）。请检查权限 (cannot be read)."]) from error


def parse(text: str, path: Path) -> Any:
    """The values of a YAML text. Raises UnusableFile with the line of the first fault."""
    try:
        return _values(text)
    except Doubled as error:
        line = error.mark.line + 1
        raise UnusableFile([f"{path} 第 {line} 行：YAML 写法有误（{_twice(error.name)}）。{REMEDY}"]) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise UnusableFile([f"{path} 第 {line} 行：YAML 写法有误（{error.problem}）。{REMEDY}"]) from error
    except ValueError as error:
        raise UnusableFile([f"{path}：含有无法读取的数或日期（{error}）。请改正后再试。"]) from error
    except RecursionError as error:
        raise UnusableFile([f"{path}：YAML 嵌套得太深，无法读取。请对照 docs/systems.md 改正。"]) from error
    except yaml.YAMLError as error:
        raise UnusableFile([f"{path}：含有 YAML 不允许的字符（{error}）。请删去后再试。"]) from error


def _values(text: str) -> Any:
    try:
        return plain_values(text)
    except Unplain:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # a SafeLoader with exact decimals


def _twice(name: str) -> str:
    return f"键“{name}”写了两次"


@lru_cache(maxsize=1)
def _tree(text: str) -> Any:
    """The nodes of a text with their marks. Kept for the last text: its faults are told one after the other."""
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def line_of(text: str, place: Place) -> int:
    """Line (from 1) on which the value at `place` begins; the nearest enclosing one when it is not there."""
    node: Any = _tree(text)
    line = 1
    for step in place:
        key, value = _child(node, step)
        if value is None:
            break
        node, line = value, (key or value).start_mark.line + 1
    return line


def _child(node: Any, step: str | int) -> tuple[Any, Any]:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None


def place_of(path: str) -> list[str | int]:
    """A msgspec path such as `$.indicators[0].name` as a place."""
    steps = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path)
    return [int(position) if position else name for name, position in steps]
