"""What was read, on disk: one file of records per reading process, and the links as columns beside it.

A shard can always be made again from the archive, so it is thrown away when an assessment starts or resumes.
"""

import mmap
import shutil
import struct
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.outcomes import Finding
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import PageReading
from govgauge.structure.site import LinkUse

FOLDER = "reading"
ROWS_PER_FILE = 200_000
"""Link rows held in memory before they go to disk."""

PLACES_KEPT = 2
"""Pages on which a link of the same words is kept for looking through all links."""

NAMES_KEPT = 4
"""Different words under which one URL is kept."""

HEAD = struct.Struct(">II")
"""Before each record: bytes of its URL, bytes of its data."""

LINK_SCHEMA = {"page": pl.String, "url": pl.String, "kind": pl.String, "text": pl.String, "region": pl.String}


class PageRecord(Struct, frozen=True, array_like=True):
    """A page's reading (its links apart, but for the home page's), what page-wise audits saw on it, and the audits
    that broke on it.
    """

    reading: PageReading
    observed: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()


def shard_folder(folder: Path) -> Path:
    return folder / FOLDER


def clear(folder: Path) -> None:
    """Throw the shards of an assessment away."""
    shutil.rmtree(shard_folder(folder), ignore_errors=True)


class ShardWriter:
    """Appends records and links of one reading process."""

    def __init__(self, folder: Path, number: int) -> None:
        home = shard_folder(folder)
        home.mkdir(parents=True, exist_ok=True)
        for stale in home.glob(f"links-{number}-*.parquet"):  # of a process that died: its pages are read again
            stale.unlink()
        self._home = home
        self._number = number
        self._records = (home / f"pages-{number}.msgpack").open("wb")
        self._encoder = msgspec.msgpack.Encoder()
        self._rows: dict[str, list[str]] = {name: [] for name in LINK_SCHEMA}
        self._files = 0

    def add(self, record: PageRecord) -> None:
        page = record.reading.url
        rows = self._rows
        for link in record.reading.links:
            rows["page"].append(page)
            rows["url"].append(link.url)
            rows["kind"].append(link.kind)
            rows["text"].append(link.text)
            rows["region"].append(link.region)
        # Audits look at the links of the home page directly; those of all others lie in the table of links alone.
        kept = record.reading.links if record.reading.kind is PageKind.HOME else ()
        slim = PageRecord(replace(record.reading, links=kept), record.observed, record.faults)
        data, url = self._encoder.encode(slim), page.encode()
        self._records.write(HEAD.pack(len(url), len(data)) + url + data)
        if len(rows["page"]) >= ROWS_PER_FILE:
            self._flush_links()

    def close(self) -> None:
        self._records.close()
        self._flush_links()

    def _flush_links(self) -> None:
        if self._rows["page"]:
            frame = pl.DataFrame(self._rows, schema=LINK_SCHEMA)
            frame.write_parquet(self._home / f"links-{self._number}-{self._files}.parquet", compression="lz4")
            self._files += 1
            self._rows = {name: [] for name in LINK_SCHEMA}


class Shards:
    """All shards of an assessment, read by URL. Holds only an index in memory (about 150 bytes a page)."""

    def __init__(self, folder: Path) -> None:
        self._home = shard_folder(folder)
        self._maps: list[mmap.mmap] = []
        self._index: dict[str, tuple[int, int, int]] = {}
        self._decoder = msgspec.msgpack.Decoder(PageRecord)
        for path in sorted(self._home.glob("pages-*.msgpack")):
            self._index_file(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for mapped in self._maps:
            mapped.close()

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, url: str) -> bool:
        return url in self._index

    def record(self, url: str) -> PageRecord:
        """The record of a page. Raises KeyError when the page was not read."""
        number, start, end = self._index[url]
        return self._decoder.decode(memoryview(self._maps[number])[start:end])

    def text_of(self, url: str) -> str:
        """Main text of a page; empty when it was not read."""
        return self.record(url).reading.text if url in self._index else ""

    def links(self, order: dict[str, int]) -> list[LinkUse]:
        """Every different link (URL, kind, text, region) on its first `PLACES_KEPT` pages, by the `order` of pages.

        A URL that is called by ever new words keeps the first `NAMES_KEPT` of them.
        """
        pages = list(order)
        places = pl.LazyFrame(
            {"page": pages, "order": range(len(pages))}, schema={"page": pl.String, "order": pl.Int64}
        )
        keys = ["url", "kind", "text", "region"]
        frame = (
            self.link_frame()
            .join(places, on="page")
            .group_by(keys)
            .agg(pl.col("order").unique().bottom_k(PLACES_KEPT))
            .with_columns(first=pl.col("order").list.min())
            .sort("first", *keys)
            .with_columns(name=pl.int_range(pl.len()).over("url"))
            .filter(pl.col("name") < NAMES_KEPT)
            .explode("order")
            .sort("order", *keys)
            .collect(engine="streaming")
        )
        kinds, regions = {kind.value: kind for kind in LinkKind}, {region.value: region for region in Region}
        links: dict[tuple[str, str, str, str], Link] = {}
        uses = []
        for url, kind, text, region, number in frame.select(*keys, "order").iter_rows():
            key = (url, kind, text, region)
            if key not in links:
                links[key] = Link(url, kinds[kind], text, regions[region])
            uses.append(LinkUse(pages[number], links[key]))
        return uses

    def link_frame(self) -> pl.LazyFrame:
        """All links, not yet read."""
        files = self._link_files()
        return pl.scan_parquet(files) if files else pl.LazyFrame(schema=LINK_SCHEMA)

    def uses(self, wanted: set[str], limit: int, order: dict[str, int]) -> dict[str, list[LinkUse]]:
        """Where URLs are linked from: at most `limit` uses a URL, pages of the lowest `order` first."""
        if not wanted:
            return {}
        frame = self.link_frame().filter(pl.col("url").is_in(list(wanted))).collect()
        found: dict[str, list[tuple[int, LinkUse]]] = defaultdict(list)
        for page, url, kind, text, region in frame.iter_rows():
            use = LinkUse(page, Link(url, LinkKind(kind), text, Region(region)))
            found[url].append((order.get(page, len(order)), use))
        ranked = {url: sorted(uses, key=lambda ranked: (ranked[0], ranked[1].page)) for url, uses in found.items()}
        return {url: [use for _, use in uses[:limit]] for url, uses in ranked.items()}

    def _link_files(self) -> list[Path]:
        return sorted(self._home.glob("links-*.parquet"))

    def _index_file(self, path: Path) -> None:
        if path.stat().st_size == 0:
            return
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._maps.append(mapped)
        number, position, size = len(self._maps) - 1, 0, len(mapped)
        while position + HEAD.size <= size:
            url_bytes, data_bytes = HEAD.unpack_from(mapped, position)
            start = position + HEAD.size + url_bytes
            end = start + data_bytes
            if end > size:
                return  # the process was killed while writing: the page is read again from the archive
            self._index[mapped[position + HEAD.size : start].decode()] = (number, start, end)
            position = end
