"""What the columns of the open tables hold, in words and units, and in which order they stand."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from govgauge.word_enum import WordEnum

WORDS = Path(__file__).with_name("columns.toml")
ORDER = {
    "results": "subject parent name group url system profile home_ok pages findings low high answered vetoes digest "
    "state total_low total_high weight coverage rank rank_best rank_worst grade grade_low grade_high unranked region "
    "became",
    "indicators": "subject parent name group system profile code level1 level2 level3 weight effective_weight index "
    "score low high",
    "checks": "subject parent name group system profile indicator check text method audit outcome value weight low "
    "high findings answered confirmed source reason",
    "findings": "subject parent name group audit page target slug sentence data excerpt confirmed sha256 system "
    "profile",
    "groups": "group title within system profile members judged",
    "cases": "number name owner family category region reason place subject",
}
"""The columns of each table."""
NAMES = tuple(ORDER)
BY_SUBJECT = ("results", "indicators", "checks", "findings")
"""Tables of which each row tells of one subject."""


class Kind(WordEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    URI = "uri"
    NUMBER = "number"
    INTEGER = "integer"
    FLAG = "flag"
    JSON = "json"


class Column(Struct, frozen=True):
    """A column: `unit` is `points`, `share` (0…1), `count` or nothing."""

    name: str
    kind: Kind
    zh: str
    en: str
    unit: str
    note_zh: str
    note_en: str


class Table(Struct, frozen=True):
    """A table with its columns; `key` are those that together tell its rows apart, where there are any."""

    name: str
    zh: str
    en: str
    note_zh: str
    note_en: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def tables() -> Mapping[str, Table]:
    """Every open table by its name."""
    said = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    found = {}
    for name, order in ORDER.items():
        words = {**said["columns"], **said["in"].get(name, {})}
        (zh, note_zh), (en, note_en) = said[name]["zh"], said[name]["en"]
        columns = tuple(_column(column, words[column]) for column in order.split())
        found[name] = Table(name, zh, en, note_zh, note_en, tuple(said[name]["key"]), columns)
    return found


def _column(name: str, words: list[str]) -> Column:
    kind, zh, en, unit, note_zh, note_en = words
    return convert(
        {"name": name, "kind": kind, "zh": zh, "en": en, "unit": unit, "note_zh": note_zh, "note_en": note_en}, Column
    )
