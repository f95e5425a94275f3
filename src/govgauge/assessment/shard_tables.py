"""What was read, found again by URL: records one at a time, links as a table.

The tables bring threads of their own, which must not stand when reading processes are forked: none imports this module.
"""

import mmap
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import polars as pl

from govgauge.assessment.shards import HEAD, LINK_FIELDS, PageRecord, shard_folder
from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.structure.site import LinkUse

PLACES_KEPT = 2
"""Pages on which a link of the same words is kept for looking through all links."""

NAMES_KEPT = 4
"""Different words under which one URL is kept."""

LINK_SCHEMA = dict.fromkeys(LINK_FIELDS, pl.String)


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
        decoder = msgspec.msgpack.Decoder(list[list[str]])
        for path in self._home.glob("links-*.msgpack"):
            frame = pl.DataFrame(decoder.decode(path.read_bytes()), schema=LINK_SCHEMA, orient="col")
            frame.write_parquet(path.with_suffix(".parquet"), compression="lz4")
            path.unlink()
        files = sorted(self._home.glob("links-*.parquet"))
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
