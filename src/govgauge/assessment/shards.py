"""What was read, written to disk: one file of records per reading process, a page's links behind its record.

A shard can always be made again from the archive, so it is thrown away when an assessment starts or resumes.
"""

import shutil
import struct
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from govgauge.assessment.first_uses import FirstUses
from govgauge.outcomes import Finding
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import PageReading

FOLDER = "reading"
HEAD = struct.Struct(">IIII")
"""Before each record: bytes of its URL, of its data, of its first uses of links, and of all its links."""
UNWRITTEN_BYTES = 1 << 17
"""Records wait in memory until they are this many bytes."""


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
        self._records = (home / f"pages-{number}.msgpack").open("wb", buffering=0)
        self._encoder = msgspec.msgpack.Encoder()
        self._unwritten = bytearray()
        self._first_uses = FirstUses()

    def add(self, record: PageRecord, order: int) -> None:
        """Keep the record of a page; `order` is its place in the visit."""
        reading, raw = record.reading, self._unwritten
        # Audits look at the links of the home page directly; those of all others are looked through as a table.
        kept = reading.links if reading.kind is PageKind.HOME else ()
        slim = PageRecord(replace(reading, links=kept), record.observed, record.faults)
        url, start = reading.url.encode(), len(raw)
        raw += bytes(HEAD.size) + url
        data_start = len(raw)
        self._encoder.encode_into(slim, raw, data_start)
        uses_start = len(raw)
        self._encoder.encode_into(self._first_uses.sieve(reading.links, order), raw, uses_start)
        links_start = len(raw)
        self._encoder.encode_into(reading.links, raw, links_start)
        HEAD.pack_into(raw, start, len(url), uses_start - data_start, links_start - uses_start, len(raw) - links_start)
        if len(raw) > UNWRITTEN_BYTES:
            self._write()

    def close(self) -> None:
        self._write()
        self._records.close()

    def _write(self) -> None:
        rest = memoryview(self._unwritten)
        while rest:
            rest = rest[self._records.write(rest) :]
        rest.release()
        self._unwritten = bytearray()
