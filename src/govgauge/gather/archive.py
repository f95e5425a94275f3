"""Reading single responses back from the archive of a visit."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from isal import isal_zlib

NAME = "archive.warc.gz"
_CHUNK = 64 * 1024
LINES_REMEMBERED = 512
"""Header lines remembered with their meaning: a server sends most of them with every answer."""


Corrupt: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stubs call it a value
"""What isal raises when it cannot unpack."""


class ArchiveError(Exception):
    """The archive does not hold what was looked for; the text says where."""


def body(path: Path, offset: int) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """HTTP headers and decoded body of the response at `offset`. Raises ArchiveError when there is none."""
    with Archive(path) as archive:
        return archive.response(offset)


class Archive:
    """An archive opened for random access; cheap to ask many times."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_exit: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def response(self, offset: int) -> tuple[tuple[tuple[str, str], ...], bytes]:
        """HTTP headers and decoded body of the response at `offset`."""
        record = self._record(offset)
        _, blank, block = record.partition(b"\r\n\r\n")
        head, blank_too, rest = block.partition(b"\r\n\r\n")
        if not blank or not blank_too or not record.startswith(b"WARC/") or not head.startswith(b"HTTP/"):
            raise ArchiveError(f"{self._path}: no response lies at offset {offset}")
        return headers(head.split(b"\r\n")), rest[:-4]

    def _record(self, offset: int) -> bytes:
        unpacker = isal_zlib.decompressobj(31)
        parts = []
        place = offset
        try:
            while not unpacker.eof:
                chunk = os.pread(self._file, _CHUNK, place)
                if not chunk:
                    raise ArchiveError(f"{self._path}: the record at offset {offset} breaks off")
                place += len(chunk)
                parts.append(unpacker.decompress(chunk))
        except Corrupt as error:
            raise ArchiveError(f"{self._path}: the record at offset {offset} cannot be unpacked: {error}") from None
        return b"".join(parts)


def headers(lines: list[bytes]) -> tuple[tuple[str, str], ...]:
    """Names and values of header lines, past the first (the status). Bytes that are no UTF-8 are GB18030."""
    return tuple([found for line in lines[1:] if (found := _header(line))])


def final_block(lines: list[bytes]) -> list[bytes]:
    """Status line and headers of the last response among `lines`, past any 1xx that came before; no trailers."""
    if lines and lines[-1] == b"\r\n" and lines.index(b"\r\n") == len(lines) - 1:
        return lines[:-1]  # one response and no trailers, as nearly always
    first = 0
    for number, line in enumerate(lines):
        if line.startswith(b"HTTP/") and number:
            first = number
    block = lines[first:]
    for number, line in enumerate(block):
        if line in {b"\r\n", b"\n"}:
            return block[:number]
    return block


@lru_cache(maxsize=LINES_REMEMBERED)
def _header(line: bytes) -> tuple[str, str] | None:
    name, colon, value = line.partition(b":")
    return (_text(name.strip()), _text(value.strip())) if colon and name and name[0] not in b" \t" else None


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def bodies(path: Path, offsets: Iterator[int]) -> Iterator[bytes]:
    """The bodies at the given offsets, in their order."""
    with Archive(path) as archive:
        for offset in offsets:
            yield archive.response(offset)[1]
