"""What was read, found again by URL: records one at a time, links as a table.

The tables bring threads of their own, which must not stand when reading processes are forked: none imports this module.
"""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import polars as pl

from govgauge.assessment.shards import HEAD, PageRecord, shard_folder
from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.structure.site import LinkUse

PLACES_KEPT = 2
"""Pages on which a link of the same words is kept for looking through all links."""

NAMES_KEPT = 4
"""Different words under which one URL is kept."""

ROWS_PER_PART = 100_000
"""Rows of the table of links that are held in memory before they go to disk."""

LINK_SCHEMA = dict.fromkeys(("page", "url", "kind", "text", "region"), pl.String)


class Shards:
    """All shards of an assessment, read by URL. Holds only an index in memory (about 150 bytes a page)."""

    def __init__(self, folder: Path) -> None:
        self._home = shard_folder(folder)
        self._files: list[int] = []
        self._index: dict[str, tuple[int, int, int, int]] = {}
        self._decoder = msgspec.msgpack.Decoder(PageRecord)
        self._link_decoder = msgspec.msgpack.Decoder(tuple[Link, ...])
        for path in sorted(self._home.glob("pages-*.msgpack")):
            self._index_file(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            os.close(file)

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, url: str) -> bool:
        return url in self._index

    def record(self, url: str) -> PageRecord:
        """The record of a page. Raises KeyError when the page was not read."""
        number, start, middle, _ = self._index[url]
        return self._decoder.decode(os.pread(self._files[number], middle - start, start))

    def links_of(self, url: str) -> tuple[Link, ...]:
        """The links of a page. Raises KeyError when the page was not read."""
        number, _, middle, end = self._index[url]
        return self._link_decoder.decode(os.pread(self._files[number], end - middle, middle))

    def text_of(self, url: str) -> str:
        """Main text of a page; empty when it was not read."""
        return self.record(url).reading.text if url in self._index else ""

    def links(self, order: Iterable[str]) -> list[LinkUse]:
        """Every different link (URL, kind, text, region) on the first `PLACES_KEPT` of the pages, taken in their order.

        A URL that is called by ever new words keeps the first `NAMES_KEPT` of them.
        """
        names: dict[str, dict[Link, int]] = {}
        found: list[LinkUse] = []
        for page in order:
            for link in dict.fromkeys(self.links_of(page)):
                known = names.setdefault(link.url, {})
                places = known.get(link, 0)
                if places < PLACES_KEPT and (places or len(known) < NAMES_KEPT):
                    known[link] = places + 1
                    found.append(LinkUse(page, link))
        return found

    def write_links(self, order: Iterable[str]) -> None:
        """Lay the links of the pages down as a table, in the order of the pages."""
        columns: list[list[str]] = [[] for _ in LINK_SCHEMA]
        pages, urls, kinds, words, regions = columns
        parts = 0
        for page in order:
            links = self.links_of(page)
            pages += [page] * len(links)
            urls += [link.url for link in links]
            kinds += [link.kind for link in links]
            words += [link.text for link in links]
            regions += [link.region for link in links]
            if len(pages) >= ROWS_PER_PART:
                self._write_part(parts, columns)
                parts += 1
        self._write_part(parts, columns)

    def link_table(self) -> pl.LazyFrame:
        """The table of links, not yet read. `write_links` must have been called."""
        return pl.scan_parquet(sorted(self._home.glob("links-*.parquet")))

    def uses(self, wanted: set[str], limit: int, order: dict[str, int]) -> dict[str, list[LinkUse]]:
        """Where URLs are linked from: at most `limit` uses a URL, pages of the lowest `order` first."""
        if not wanted:
            return {}
        frame = self.link_table().filter(pl.col("url").is_in(list(wanted))).collect()
        found: dict[str, list[tuple[int, LinkUse]]] = defaultdict(list)
        for page, url, kind, text, region in frame.iter_rows():
            use = LinkUse(page, Link(url, LinkKind(kind), text, Region(region)))
            found[url].append((order.get(page, len(order)), use))
        ranked = {url: sorted(uses, key=lambda ranked: (ranked[0], ranked[1].page)) for url, uses in found.items()}
        return {url: [use for _, use in uses[:limit]] for url, uses in ranked.items()}

    def _index_file(self, path: Path) -> None:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._files.append(file)
        number, position, size = len(self._files) - 1, 0, path.stat().st_size
        while position + HEAD.size <= size:
            url_bytes, data_bytes, link_bytes = HEAD.unpack(os.pread(file, HEAD.size, position))
            start = position + HEAD.size + url_bytes
            end = start + data_bytes + link_bytes
            if end > size:
                return  # the process was killed while writing: the page is read again from the archive
            url = os.pread(file, url_bytes, position + HEAD.size).decode()
            self._index[url] = (number, start, start + data_bytes, end)
            position = end

    def _write_part(self, part: int, columns: list[list[str]]) -> None:
        frame = pl.DataFrame(dict(zip(LINK_SCHEMA, columns, strict=True)), schema=LINK_SCHEMA)
        frame.write_parquet(self._home / f"links-{part:05d}.parquet", compression="lz4")
        for column in columns:
            column.clear()
