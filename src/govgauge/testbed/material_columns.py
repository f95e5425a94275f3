"""The columns of a made-up material, as an office writes them."""

import polars as pl


def _schema(texts: str, numbers: str, flags: str = "") -> dict[str, pl.DataType]:
    """Types by name; `texts` are all columns in their order."""
    kinds = {**dict.fromkeys(numbers.split(), pl.Float64()), **dict.fromkeys(flags.split(), pl.Boolean())}
    return {name: kinds.get(name, pl.String()) for name in texts.split()}


SCHEMAS = {
    "results": _schema(
        "parent name group url system profile home_ok pages findings low high answered vetoes digest state total_low "
        "total_high weight coverage rank rank_best rank_worst grade grade_low grade_high unranked region became",
        "pages findings low high answered total_low total_high weight coverage rank_best rank_worst",
        "home_ok",
    ),
    "indicators": _schema(
        "parent name group system profile code level1 level2 level3 weight effective_weight index score low high",
        "weight effective_weight index score low high",
    ),
    "checks": _schema(
        "parent name group system profile indicator check text method audit outcome value weight low high findings "
        "answered confirmed source reason",
        "value weight low high findings",
        "answered confirmed",
    ),
    "findings": _schema(
        "parent name group audit page target slug sentence data excerpt confirmed sha256 system profile",
        "",
        "confirmed",
    ),
}
"""Columns of the tables; a test holds them against those that an office writes."""
