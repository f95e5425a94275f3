"""The ids of the audit catalogue, so that a check cannot name an audit that nobody knows."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).parent / "library" / "audits.txt"


@cache
def audit_ids() -> frozenset[str]:
    """Every id of the catalogue, whether or not its program exists already."""
    return frozenset(CATALOGUE.read_text(encoding="utf-8").split())


def nearest(audit_id: str) -> str:
    """The most similar id of the catalogue, or the empty string."""
    return next(iter(get_close_matches(audit_id, sorted(audit_ids()), n=1)), "")
