"""Values of a YAML text straight from the parser's events, for the plain YAML that nearly every file is written in.

Building a tree of nodes first costs twice the time. A text with tags, anchors, merges or several documents is not
plain: `Unplain` sends it to the full reader, which means the same by everything that is read here.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from govgauge import lazy_re

STRING = "tag:yaml.org,2002:str"
WHOLE = lazy_re.compile(r"[-+]?(0|[1-9][0-9]*)")
"""Whole numbers without the bases and underscores of YAML 1.1."""
FRACTION = lazy_re.compile(r"[-+]?[0-9]+\.[0-9]*")
DAY = lazy_re.compile(r"\d{4}-\d{2}-\d{2}")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRUTHS = {
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"), False),
}


class Unplain(Exception):
    """The text uses more of YAML than is read here."""


class Doubled(Exception):
    """A key stands twice in one mapping. Holds the key and where it is said again."""

    def __init__(self, name: str, mark: Any) -> None:
        super().__init__(name)
        self.name = name
        self.mark = mark


def plain_values(text: str) -> Any:
    """The value of a text of one document. Raises Unplain, Doubled, and yaml.YAMLError as the parser does."""
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
    next(events)
    if not isinstance(next(events), yaml.DocumentStartEvent):
        raise Unplain
    value = _value(next(events), events)
    next(events)
    if not isinstance(next(events), yaml.StreamEndEvent):
        raise Unplain
    return value


def _value(event: Any, events: Iterator[Any]) -> Any:
    kind = type(event)
    if kind is yaml.AliasEvent or event.anchor or event.tag:
        raise Unplain
    if kind is yaml.ScalarEvent:
        return _scalar(event.value) if event.implicit[0] else event.value
    return _mapping(events) if kind is yaml.MappingStartEvent else _sequence(events)


def _sequence(events: Iterator[Any]) -> list[Any]:
    values = []
    for event in events:
        if type(event) is yaml.SequenceEndEvent:
            break
        values.append(_value(event, events))
    return values


def _mapping(events: Iterator[Any]) -> dict[Any, Any]:
    values: dict[Any, Any] = {}
    for event in events:
        if type(event) is yaml.MappingEndEvent:
            break
        key = _key(event)
        if key in values:
            raise Doubled(event.value, event.start_mark)
        values[key] = _value(next(events), events)
    return values


def _key(event: Any) -> Any:
    if type(event) is not yaml.ScalarEvent or event.anchor or event.tag:
        raise Unplain
    return _scalar(event.value) if event.implicit[0] else event.value


_RESOLVERS = yaml.CSafeLoader.yaml_implicit_resolvers


def _scalar(text: str) -> Any:
    """What an unquoted text means: a whole number, a decimal, a truth, a day, nothing, or itself."""
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return _resolved(tag.rpartition(":")[2], text)
    return text


def _resolved(kind: str, text: str) -> Any:
    if kind == "float" and FRACTION.fullmatch(text):
        return Decimal(text)
    if kind == "int" and WHOLE.fullmatch(text):
        return int(text)
    if kind == "null" and text in NULLS:
        return None
    if kind == "bool":
        return TRUTHS[text]
    if kind == "timestamp" and DAY.fullmatch(text):
        return _day(text)
    raise Unplain


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unplain from None
