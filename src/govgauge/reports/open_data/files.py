"""Which files a table comes in, and how each is written."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from govgauge.reports.open_data.shown import OpenTable, Told
from govgauge.reports.open_data.workbook import write_xlsx
from govgauge.reports.open_data.writers import write_csv, write_json, write_parquet


class Format(Struct, frozen=True):
    """A format: its ending, its media type, whether it is worth pressing on its way, and its word among catalogues."""

    ending: str
    media_type: str
    is_text: bool
    title: str
    write: Callable[[OpenTable, Path, Told], None]


FORMATS = {
    one.ending: one
    for one in (
        Format("csv", "text/csv", True, "CSV", write_csv),
        Format("json", "application/json", True, "JSON", write_json),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False, "XLSX", write_xlsx),
        Format("parquet", "application/vnd.apache.parquet", False, "PARQUET", write_parquet),
    )
}
