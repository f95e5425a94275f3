"""A list from wherever it is: an id of the library, or a table, whose faulty rows are refused."""

from pathlib import Path

from govgauge.subjects import library
from govgauge.subjects.loader import load
from govgauge.subjects.model import Roster
from govgauge.subjects.tables.grid import CSV_ENDINGS, WORKBOOK_ENDINGS
from govgauge.subjects.tables.importing import read_table


def open_roster(name: str) -> Roster:
    """The list of that id, of that TOML file with its CSV, or of that XLSX or CSV file.

    Raises UnknownRoster, UnusableRoster, UnusableTable with a sentence for each faulty row.
    """
    path = Path(name)
    ending = path.suffix.lower()
    if ending == ".toml":
        return load(path)
    if ending in CSV_ENDINGS | WORKBOOK_ENDINGS:
        return read_table(path, strict=True).roster
    return library.roster(name)
