"""Writing a list as CSV; no text in it is run as a formula by a spreadsheet program."""

import csv
import io

from govgauge.subjects.model import Roster
from govgauge.subjects.tables.columns import HEADINGS
from govgauge.subjects.tables.lines import lines
from govgauge.subjects.tables.safe_text import guarded

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes a CSV for GBK."""


def csv_text(roster: Roster) -> str:
    """The CSV of a list; UTF-8 is meant. Its groups come with their ids only."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows([guarded(text) for text in line] for line in lines(roster))
    return out.getvalue()


def csv_bytes(roster: Roster) -> bytes:
    """The CSV file of a list, for spreadsheet programs."""
    return (BYTE_ORDER_MARK + csv_text(roster)).encode()
