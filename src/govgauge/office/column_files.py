"""The columns that a visit found, kept beside its files for the daily looks."""

from pathlib import Path

import msgspec

from govgauge.assessment.conclusion import Conclusion
from govgauge.audits.column_stale.audit import aged_by_their_lists
from govgauge.audits.windows import SPAN_OF
from govgauge.office.column_looks import KnownColumn

COLUMNS = "columns.json"
NAME_CHARACTERS = 120


def write_columns(conclusion: Conclusion, folder: Path) -> None:
    """Keep which columns of a visited site have a window of freshness; news first, then as the site has them."""
    columns = [column for column in conclusion.site.columns.values() if column.kind in SPAN_OF and column.name]
    order = {kind: number for number, kind in enumerate(SPAN_OF)}
    columns.sort(key=lambda column: order[column.kind])
    aged = aged_by_their_lists(conclusion.site)
    known = [
        KnownColumn(
            column.url,
            column.name[:NAME_CHARACTERS],
            column.kind.value,
            empty=not column.items,
            tells_age=column.url in aged,
        )
        for column in columns
    ]
    (folder / COLUMNS).write_bytes(msgspec.json.encode(known))
