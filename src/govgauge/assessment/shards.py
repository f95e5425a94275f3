"""What was read, written to disk: one file of records per reading process, and the links as columns beside it.

A shard can always be made again from the archive, so it is thrown away when an assessment starts or resumes.
"""

import shutil
import struct
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from govgauge.outcomes import Finding
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import PageReading

FOLDER = "reading"
ROWS_PER_FILE = 50_000
"""Link rows held in memory before they go to disk."""

HEAD = struct.Struct(">II")
"""Before each record: bytes of its URL, bytes of its data."""

LINK_FIELDS = ("page", "url", "kind", "text", "region")
"""The columns of links, in their order."""


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
        for stale in home.glob(f"links-{number}-*"):  # of a process that died: its pages are read again
            stale.unlink()
        self._home = home
        self._number = number
        self._records = (home / f"pages-{number}.msgpack").open("wb")
        self._encoder = msgspec.msgpack.Encoder()
        self._rows: list[list[str]] = [[] for _ in LINK_FIELDS]
        self._files = 0

    def add(self, record: PageRecord) -> None:
        page, links = record.reading.url, record.reading.links
        pages, addresses, kinds, words, regions = self._rows
        pages += [page] * len(links)
        addresses += [link.url for link in links]
        kinds += [link.kind for link in links]
        words += [link.text for link in links]
        regions += [link.region for link in links]
        # Audits look at the links of the home page directly; those of all others lie in the table of links alone.
        kept = links if record.reading.kind is PageKind.HOME else ()
        slim = PageRecord(replace(record.reading, links=kept), record.observed, record.faults)
        data, url = self._encoder.encode(slim), page.encode()
        self._records.write(HEAD.pack(len(url), len(data)) + url + data)
        if len(pages) >= ROWS_PER_FILE:
            self._flush_links()

    def close(self) -> None:
        self._records.close()
        self._flush_links()

    def _flush_links(self) -> None:
        if self._rows[0]:
            path = self._home / f"links-{self._number}-{self._files}.msgpack"
            path.write_bytes(self._encoder.encode(self._rows))
            self._files += 1
            self._rows = [[] for _ in LINK_FIELDS]
