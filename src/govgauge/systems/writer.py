"""Writing an indicator system as a YAML file that reads like those of the library."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum

import msgspec
import yaml

from govgauge import lazy_re
from govgauge.systems.model import Indicator, System
from govgauge.systems.ranking import Ranking

INDENT = "  "

SAFE = lazy_re.compile(r"(?:[^\W_]|[“《（])[\w（）、。，：；！？“”‘’《》〈〉【】—…·/%+.() -]*(?<! )")
"""Texts that need no quotes: they begin with a letter, digit or Chinese sign and hold no sign of YAML."""

Value = object


def write(system: System) -> str:
    """The file's text. Loading it gives an equal system; comments of an earlier file are not kept."""
    return "\n".join([*_head(system), "indicators:", *_nodes(system.indicators, 1), ""])


def _head(system: System) -> Iterator[str]:
    for key in ("id", "year", "table", "title"):
        yield f"{key}: {scalar(getattr(system, key))}"
    yield f"source: {flow(_said(system.source))}"
    yield f"status: {system.status.value}"
    if system.counts:
        yield f"counts: {flow(system.counts)}"
    yield from _list("profiles", [flow(_said(profile)) for profile in system.profiles])
    yield f"full_marks: {scalar(system.full_marks)}"
    yield f"bonus_max: {scalar(system.bonus_max)}"
    if system.ranking != Ranking():
        yield f"ranking: {flow(_said(system.ranking))}"
    yield from _list("notes", [scalar(note) for note in system.notes])
    yield from _list("defects", [flow(_said(defect)) for defect in system.defects])


def _list(key: str, lines: Sequence[str], indent: str = "") -> Iterator[str]:
    if not lines:
        yield f"{indent}{key}: []"
        return
    yield f"{indent}{key}:"
    yield from (f"{indent}{INDENT}- {line}" for line in lines)


def _nodes(nodes: Sequence[Indicator], depth: int) -> Iterator[str]:
    for node in nodes:
        lines = _node(node, depth)
        yield f"{INDENT * depth}- {next(lines)}"
        for line in lines:
            yield line if line.startswith(INDENT * (depth + 1)) else f"{INDENT * (depth + 1)}{line}"


def _node(node: Indicator, depth: int) -> Iterator[str]:
    yield f"code: {_quoted(node.code)}"
    yield f"name: {scalar(node.name)}"
    for key, shown in (("bonus", node.bonus), ("deduct", node.deduct)):
        if shown:
            yield f"{key}: true"
    for name in ("printed", "weights", "counts"):
        if getattr(node, name):
            yield f"{name}: {flow(getattr(node, name))}"
    if node.best is not None:
        yield f"best: {node.best}"
    indent = INDENT * (depth + 1)
    if node.categories:
        yield from _list("categories", [flow(_said(category)) for category in node.categories], indent)
    if node.checks:
        yield from _list("checks", [flow(_said(check)) for check in node.checks], indent)
    if node.children:
        yield f"{indent}children:"
        yield from _nodes(node.children, depth + 2)


def _said(struct: msgspec.Struct) -> dict[str, Value]:
    """The fields of a value that differ from their defaults."""
    said: dict[str, Value] = {}
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        default = field.default if field.default is not msgspec.NODEFAULT else None
        factory = field.default_factory
        usual = factory() if callable(factory) else default
        if field.required or value != usual:
            said[field.name] = value
    return said


def flow(value: Value) -> str:
    """A value on one line, with brackets."""
    if isinstance(value, msgspec.Struct):
        return flow(_said(value))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value)


def scalar(value: Value) -> str:
    """A single value, quoted where YAML would otherwise take it for something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return scalar(value.value)
    if isinstance(value, float):
        return _fraction(Decimal(repr(value)))
    if isinstance(value, Decimal):
        return _whole(value)
    if isinstance(value, str):
        return _text(value)
    return str(value)


def _whole(value: Decimal) -> str:
    """A decimal, without its point where it is whole."""
    shown = f"{value:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) or "0"


def _fraction(value: Decimal) -> str:
    """A parameter that is a fraction keeps a point, so that it is not read as a whole number."""
    shown = f"{value:f}"
    return shown if "." in shown else f"{shown}.0"


def _text(value: str) -> str:
    plain = SAFE.fullmatch(value) is not None and not _means_otherwise(value) and value.isprintable()
    return value if plain else _quoted(value)


def _means_otherwise(value: str) -> bool:
    """Whether YAML, unquoted, reads the text as a number, a date, a truth or nothing."""
    resolvers = yaml.CSafeLoader.yaml_implicit_resolvers.get(value[:1], ())
    return any(pattern.match(value) for _, pattern in resolvers)


def _quoted(value: str) -> str:
    dumped: str = yaml.dump(value, Dumper=yaml.CSafeDumper, default_style='"', allow_unicode=True, width=1 << 20)
    return dumped.strip()
