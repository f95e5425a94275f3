"""The tables of a round: the same bytes from the same results, with a hash."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from decimal import Decimal

from govgauge.office.models import Result, Round

COLUMNS = (
    *("parent", "name", "group", "url", "system", "profile", "home_ok", "pages", "findings"),
    *("low", "high", "answered", "vetoes", "digest"),
)
STARTERS = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings by which a spreadsheet would take a text for a formula."""


def results_table(round_: Round) -> bytes:
    """results.csv (UTF-8): one row for each entry, in the order of groups and keys; empty cells where nothing came."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in round_.entries.select_related("result").order_by("group", "key"):
        result = getattr(entry, "result", None)
        head = [entry.parent, entry.name, entry.group, entry.url, entry.system, entry.profile]
        writer.writerow([*map(as_text, head), *(_cells(result) if result else [""] * (len(COLUMNS) - len(head)))])
    return out.getvalue().encode()


def tables_hash(round_: Round) -> str:
    """SHA-256 of the tables."""
    return hashlib.sha256(results_table(round_)).hexdigest()


def as_text(value: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(STARTERS) else value


def _cells(result: Result) -> Iterable[str]:
    return (
        *("true" if result.home_ok else "false", str(result.pages), str(result.findings)),
        *(_plain(value) for value in (result.low, result.high, result.answered)),
        json.dumps(result.vetoes, ensure_ascii=False),
        result.digest,
    )


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
