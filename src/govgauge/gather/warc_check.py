"""Whether a WARC file is whole: every member, every mandatory header, every length and digest, every offset."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from isal import isal_zlib

from govgauge import lazy_re
from govgauge.gather.archive import Corrupt

JOURNAL = "visit.jsonl"
_MANDATORY = ("WARC-Record-ID", "Content-Length", "WARC-Date", "WARC-Type")
_DATE = lazy_re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_RECORD_ID = lazy_re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]+>")
_NEED_TARGET = {"response", "request", "resource", "revisit", "conversion", "continuation", "metadata"}
_CHUNK = 1 << 16
_LARGEST_MEMBER = 256 << 20
"""Bytes to which one member may unpack; a record of ours is a few megabytes at most."""


class _Damaged(Exception):
    """A member that cannot be read to its end."""


class _Line(msgspec.Struct):
    class Place(msgspec.Struct):
        url: str = ""
        final_url: str = ""
        offset: int = -1

    exchange: Place | None = None


def verify(path: Path | str) -> list[str]:
    """Problems of a WARC file, a sentence each with the offset at which it was found; empty when it is good.

    Where the journal of the visit lies beside it, its offsets are checked too.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            start = file.read(2)
    except OSError as error:
        return [f"offset 0: the file cannot be read: {error.strerror}"]
    if not start:
        return ["offset 0: the file is empty"]
    if start != b"\x1f\x8b":
        return ["offset 0: the file is not compressed record by record with gzip"]
    problems: list[str] = []
    found: dict[int, str] = {}
    ids: set[bytes] = set()
    try:
        for offset, record in members(path):
            headers, faults = _record(record)
            problems += [f"offset {offset}: {fault}" for fault in faults]
            found[offset] = headers.get("warc-target-uri", "")
            key = hashlib.blake2b(headers.get("warc-record-id", str(offset)).encode(), digest_size=16).digest()
            if key in ids:
                problems.append(f"offset {offset}: the WARC-Record-ID was used before")
            ids.add(key)
    except _Damaged as damage:
        problems.append(str(damage))
    return problems + _journal_problems(path.with_name(JOURNAL), found)


def members(path: Path) -> Iterator[tuple[int, bytes]]:
    """Every gzip member of a file: its offset and what it unpacks to."""
    with path.open("rb") as file:
        offset = 0
        rest = file.read(_CHUNK)
        while rest:
            unpacker = isal_zlib.decompressobj(31)
            parts = []
            used = unpacked = 0
            while True:
                try:
                    parts.append(unpacker.decompress(rest))
                except Corrupt as error:
                    raise _Damaged(f"offset {offset}: the gzip member is corrupt: {error}") from None
                used += len(rest)
                unpacked += len(parts[-1])
                if unpacked > _LARGEST_MEMBER:
                    raise _Damaged(f"offset {offset}: the gzip member is too large to hold a single record")
                if unpacker.eof:
                    break
                rest = file.read(_CHUNK)
                if not rest:
                    raise _Damaged(f"offset {offset}: the last record breaks off in the middle")
            rest = unpacker.unused_data
            yield offset, b"".join(parts)
            offset += used - len(rest)
            rest = rest or file.read(_CHUNK)


def _record(record: bytes) -> tuple[dict[str, str], list[str]]:
    """The headers of a record, and what is wrong with it."""
    head, blank, rest = record.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    if not blank or not version.startswith("WARC/"):
        return {}, ["this is not a WARC record"]
    fields = [line.partition(":") for line in lines if not line.startswith((" ", "\t"))]
    headers = {name.strip().lower(): value.strip() for name, _, value in fields}
    faults = [f"the mandatory header {name} is missing" for name in _MANDATORY if not headers.get(name.lower())]
    kind = headers.get("warc-type", "")
    if kind in _NEED_TARGET - {"metadata"} and not headers.get("warc-target-uri"):
        faults.append("the mandatory header WARC-Target-URI is missing")
    if "warc-date" in headers and not _DATE.fullmatch(headers["warc-date"]):
        faults.append("WARC-Date is not a UTC time")
    if headers.get("warc-record-id") and not _RECORD_ID.fullmatch(headers["warc-record-id"]):
        faults.append("WARC-Record-ID is not a URI in angle brackets")
    faults += _length_faults(headers.get("content-length", ""), rest)
    if not any("Content-Length" in fault or "compressed" in fault for fault in faults):
        faults += _digest_faults(headers, rest[:-4])
    return headers, faults


def _length_faults(stated: str, rest: bytes) -> list[str]:
    if not stated:
        return []
    if not stated.isascii() or not stated.isdigit():
        return ["Content-Length is not a number"]
    length = int(stated)
    if rest[length : length + 4] == b"\r\n\r\n" and rest[length + 4 :].startswith(b"WARC/"):
        return ["more than one record lies in one gzip member: the file is not compressed record by record"]
    if len(rest) != length + 4 or not rest.endswith(b"\r\n\r\n"):
        return [f"Content-Length says {length} bytes, but the record holds {max(0, len(rest) - 4)}"]
    return []


def _digest_faults(headers: dict[str, str], block: bytes) -> list[str]:
    faults = []
    if not _digest_fits(headers.get("warc-block-digest", ""), block):
        faults.append("the block does not fit its WARC-Block-Digest")
    if headers.get("warc-type") != "response" or not headers.get("content-type", "").startswith("application/http"):
        return faults
    http_head, blank, body = block.partition(b"\r\n\r\n")
    if not blank or not http_head.startswith(b"HTTP/"):
        return [*faults, "the response holds no HTTP header"]
    if not _digest_fits(headers.get("warc-payload-digest", ""), body):
        faults.append("the payload does not fit its WARC-Payload-Digest")
    stated = re.search(rb"(?im)^content-length:[ \t]*(\d+)[ \t]*\r?$", http_head)
    if stated and int(stated[1]) != len(body) and "warc-truncated" not in headers:
        faults.append(f"the HTTP header Content-Length says {int(stated[1])} bytes, but the body holds {len(body)}")
    return faults


def _digest_fits(stated: str, content: bytes) -> bool:
    """Whether a digest as `algorithm:value` (hexadecimal or base 32) fits; an unknown algorithm is not judged."""
    algorithm, _, value = stated.partition(":")
    if not stated or algorithm.lower() not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
        return True
    raw = hashlib.new(algorithm.lower(), content, usedforsecurity=False)
    if len(value) == len(raw.hexdigest()):
        return value.lower() == raw.hexdigest()
    return value.rstrip("=").upper() == _base32(raw.digest())


def _base32(raw: bytes) -> str:

    return base64.b32encode(raw).decode().rstrip("=")


def _journal_problems(journal: Path, found: dict[int, str]) -> list[str]:
    if not journal.is_file():
        return []
    problems = []
    with journal.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                place = msgspec.json.decode(line, type=_Line).exchange
            except msgspec.DecodeError:
                problems.append(f"offset 0: line {number} of the journal cannot be read")
                continue
            if place is None or place.offset < 0:
                continue
            if place.offset not in found or found[place.offset] != (place.final_url or place.url):
                problems.append(f"offset {place.offset}: the journal expects the response of {place.url} here")
    return problems
