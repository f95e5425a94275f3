"""The columns of the tables, in their order. New ones come behind the others: programs read them by name."""

from msgspec import Struct

from govgauge.word_enum import WordEnum


class Holds(WordEnum):
    """What the cells of a column hold; an empty cell is a value that is not known or does not apply."""

    TEXT = "text"
    NUMBER = "number"
    """Decimals without an exponent."""
    FLAG = "flag"
    """`true` or `false`."""
    JSON = "json"
    """A list or an object, as JSON."""


class Table(Struct, frozen=True):
    """A table: its name, and its columns with what they hold."""

    name: str
    columns: dict[str, Holds]


def _table(name: str, texts: str, others: dict[Holds, str]) -> Table:
    """`texts` are all columns in their order; `others` name those of them that hold something else."""
    kinds = {column: kind for kind, columns in others.items() for column in columns.split()}
    return Table(name, {column: kinds.get(column, Holds.TEXT) for column in texts.split()})


WHO = "parent name group"

RESULTS = _table(
    "results",
    f"{WHO} url system profile home_ok pages findings low high answered vetoes digest state total_low total_high "
    "weight coverage rank rank_best rank_worst grade grade_low grade_high unranked region became",
    {
        Holds.NUMBER: "pages findings low high answered total_low total_high weight coverage rank_best rank_worst",
        Holds.FLAG: "home_ok",
        Holds.JSON: "vetoes",
    },
)
"""One row an entry. `low`, `high`, `answered` leave the bonus out, `total_…` include it and are rounded for showing.

`rank_best` and `rank_worst` are the places that are possible while checks are open.
"""

INDICATORS = _table(
    "indicators",
    f"{WHO} system profile code level1 level2 level3 weight effective_weight index score low high",
    {Holds.NUMBER: "weight effective_weight index score low high"},
)

CHECKS = _table(
    "checks",
    f"{WHO} system profile indicator check text method audit outcome value weight low high findings answered "
    "confirmed source reason",
    {Holds.NUMBER: "value weight low high findings", Holds.FLAG: "answered confirmed"},
)

FINDINGS = _table(
    "findings",
    f"{WHO} audit page target slug sentence data excerpt confirmed sha256 system profile",
    {Holds.FLAG: "confirmed", Holds.JSON: "data"},
)

ALL = (RESULTS, INDICATORS, CHECKS, FINDINGS)
