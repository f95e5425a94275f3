"""What was read, found again by URL, one record at a time."""

import os
from collections.abc import Iterable
from math import inf
from pathlib import Path
from sys import intern
from types import TracebackType
from typing import Self

import msgspec
from msgspec.structs import replace

from govgauge.assessment.first_uses import FirstUses
from govgauge.assessment.shards import HEAD, PageRecord, shard_folder
from govgauge.gather.artifacts import Link
from govgauge.structure.site import LinkUse


class ReadPages:
    """The shards of an assessment, read by URL. Holds only an index in memory (about 150 bytes a page)."""

    def __init__(self, folder: Path) -> None:
        self._home = shard_folder(folder)
        self._files: list[int] = []
        self._index: dict[str, tuple[int, int, int, int, int]] = {}
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
        number, start, end, _, _ = self._index[url]
        return self._decoder.decode(os.pread(self._files[number], end - start, start))

    def links_of(self, url: str) -> tuple[Link, ...]:
        """The links of a page. Raises KeyError when the page was not read."""
        number, _, _, start, end = self._index[url]
        return self._link_decoder.decode(os.pread(self._files[number], end - start, start))

    def text_of(self, url: str) -> str:
        """Main text of a page; empty when it was not read."""
        return self.record(url).reading.text if url in self._index else ""

    def first_uses(self, order: Iterable[str]) -> list[LinkUse]:
        """The first uses of every link of the pages, taken in their order (see `FirstUses`)."""
        sieve = FirstUses(remembered=inf).sieve
        found: list[LinkUse] = []
        for place, page in enumerate(order):
            number, _, start, end, _ = self._index[page]
            links = self._link_decoder.decode(os.pread(self._files[number], end - start, start))
            found += [LinkUse(page, replace(link, url=intern(link.url))) for link in sieve(links, place)]
        return found

    def _index_file(self, path: Path) -> None:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self._files.append(file)
        number, position, size = len(self._files) - 1, 0, path.stat().st_size
        while position + HEAD.size <= size:
            url_bytes, data_bytes, use_bytes, link_bytes = HEAD.unpack(os.pread(file, HEAD.size, position))
            start = position + HEAD.size + url_bytes
            uses = start + data_bytes
            links = uses + use_bytes
            end = links + link_bytes
            if end > size:
                return  # the process was killed while writing: the page is read again from the archive
            url = os.pread(file, url_bytes, position + HEAD.size).decode()
            self._index[url] = (number, start, uses, links, end)
            position = end
