"""The tables of an assessment: written from what was read, and looked through for links."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from govgauge.assessment.read_pages import ReadPages
from govgauge.assessment.table_columns import TABLES, Kind
from govgauge.assessment.table_requests import Use

ROWS_PER_PART = 100_000
"""Rows of the table of links that are held in memory before they go to disk."""

LINK_SCHEMA = dict.fromkeys(("page", "url", "kind", "text", "region"), pl.String)
TYPES: dict[Kind, type[pl.DataType]] = {
    Kind.TEXT: pl.String,
    Kind.COUNT: pl.Int32,
    Kind.SIZE: pl.Int64,
    Kind.MEASURE: pl.Float64,
    Kind.DAY: pl.Date,
    Kind.TRUTH: pl.Boolean,
}


class Tables:
    """Writes the tables of one assessment into its folder, and looks links up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._order: dict[str, int] = {}

    @property
    def _links(self) -> Path:
        return self._folder / "links.parquet"

    def write_links(self, order: list[str]) -> None:
        """links.parquet: the links of all pages, in the order of the pages."""
        self._order = {url: place for place, url in enumerate(order)}
        parts: list[Path] = []
        with ReadPages(self._folder) as read:
            for frame in _frames(read, order):
                parts.append(self._folder / f"links-{len(parts):05d}.parquet")
                frame.write_parquet(parts[-1], compression="lz4")
        if len(parts) == 1:
            parts[0].rename(self._links)
            return
        pl.scan_parquet(parts).sink_parquet(self._links, compression="lz4", maintain_order=True)
        for part in parts:
            part.unlink()

    def uses(self, wanted: list[str], limit: int) -> list[Use]:
        """Where URLs are linked from: at most `limit` uses a URL, pages first in the visit first."""
        frame = pl.scan_parquet(self._links).filter(pl.col("url").is_in(wanted)).collect()
        found: dict[str, list[tuple[int, Use]]] = defaultdict(list)
        for row in frame.iter_rows():
            found[row[1]].append((self._order[row[0]], row))
        return [use for uses in found.values() for _, use in sorted(uses, key=lambda each: each[0])[:limit]]

    def write(self, name: str, rows: list[list[object]]) -> None:
        """One of the tables that come as rows."""
        schema = {column: TYPES[kind] for column, kind in TABLES[name].items()}
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        frame.write_parquet(self._folder / f"{name}.parquet")


def _frames(read: ReadPages, order: list[str]) -> Iterator[pl.DataFrame]:
    """The links of the pages in portions; at least one, empty where there are none."""
    columns: list[list[str]] = [[] for _ in LINK_SCHEMA]
    pages, urls, kinds, words, regions = columns
    begun = False
    for page in order:
        links = read.links_of(page)
        pages += [page] * len(links)
        urls += [link.url for link in links]
        kinds += [link.kind for link in links]
        words += [link.text for link in links]
        regions += [link.region for link in links]
        if len(pages) >= ROWS_PER_PART:
            yield pl.DataFrame(dict(zip(LINK_SCHEMA, columns, strict=True)), schema=LINK_SCHEMA)
            begun = True
            for column in columns:
                column.clear()
    if pages or not begun:
        yield pl.DataFrame(dict(zip(LINK_SCHEMA, columns, strict=True)), schema=LINK_SCHEMA)
