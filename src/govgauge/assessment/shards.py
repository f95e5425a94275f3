"""What was read, written to disk: one file of records per reading process, a page's links behind its record.

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
HEAD = struct.Struct(">III")
"""Before each record: bytes of its URL, of its data, and of its links."""


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
        self._records = (home / f"pages-{number}.msgpack").open("wb")
        self._encoder = msgspec.msgpack.Encoder()

    def add(self, record: PageRecord) -> None:
        links = record.reading.links
        # Audits look at the links of the home page directly; those of all others are looked through as a table.
        kept = links if record.reading.kind is PageKind.HOME else ()
        slim = PageRecord(replace(record.reading, links=kept), record.observed, record.faults)
        url, data, rest = record.reading.url.encode(), self._encoder.encode(slim), self._encoder.encode(links)
        self._records.write(HEAD.pack(len(url), len(data), len(rest)) + url + data + rest)

    def close(self) -> None:
        self._records.close()
