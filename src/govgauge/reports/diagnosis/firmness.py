"""How firm the ranks of a group are: where each lies in most runs of disturbed scores."""

from collections.abc import Mapping

from msgspec import Struct

from govgauge.analysis.uncertainty import Uncertainty
from govgauge.errors import Unusable
from govgauge.reports.field import Field

RUNS, FEWEST_RUNS = 500, 100
TOTALS_AT_ONCE = 600_000
"""Runs times subjects that are held in memory together."""
SEED = 1


class Firmness(Struct, frozen=True):
    """`between` are the ranks between which nine of ten runs put a subject, by its key."""

    runs: int
    uncertainty: Uncertainty
    between: Mapping[str, tuple[int, int]]


def firmness_of(field: Field) -> Firmness | None:
    """None where nobody is to be compared with."""
    from govgauge.analysis.robustness import robustness  # noqa: PLC0415 - what it loads takes 40 MB

    subjects = len(field.assessed.subjects)
    if subjects < 2:
        return None
    runs = max(FEWEST_RUNS, min(RUNS, TOTALS_AT_ONCE // subjects))
    unsure = Uncertainty(decimals=None)
    try:
        found = robustness(field.system, field.profile, field.values, unsure, runs=runs, seed=SEED, sensitivity=False)
    except Unusable:
        return None
    return Firmness(found.runs, unsure, {each.subject: (each.low, each.high) for each in found.subjects})
