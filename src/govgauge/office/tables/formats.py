"""The formats in which tables are written."""

from govgauge.word_enum import WordEnum


class Format(WordEnum):
    """The ending of a table's file."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
