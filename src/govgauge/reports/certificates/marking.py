"""The mark in a certificate's PDF: statement, signature, and a seal over all bytes of the file but the seal's own.

The mark stands in the document's keywords, which the layout writes in plain letters. It is found again without reading
the file as a PDF: nothing of a stranger's file is run, rendered or followed.
"""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator

from msgspec import Struct

from govgauge.reports.certificates import signing
from govgauge.reports.certificates.signing import Signed
from govgauge.reports.certificates.statement import MOST_BYTES

NAME = "govgauge-certificate-1"
SEAL_LETTERS = 86
"""64 bytes in base64 without padding."""
OPEN_SEAL = "A" * SEAL_LETTERS
MOST_STREAMS = 4_000
STREAM_BYTES = 65_536
"""Of each packed part of a file so much is looked at: a mark is far smaller, and a bomb costs no more."""
UNPACKED_BYTES = 48_000_000
"""Of all packed parts together."""
_MARK = re.compile(
    rb"govgauge-certificate-1:([A-Za-z0-9_-]{1,%d})\.([A-Za-z0-9_-]{86})\.([0-9a-f]{16})\.([A-Za-z0-9_-]{86})"
    % (MOST_BYTES * 4 // 3)
)
_STREAM = re.compile(rb"stream\r?\n")


class Mark(Struct, frozen=True):
    """What a file carries: the signed statement, and the seal with the id of its key.

    The key of the seal is the office's at the time when the file was made, which may be a later one.
    """

    signed: Signed
    seal_key: str
    seal: bytes


def keywords(signed: Signed, seal_key: str) -> str:
    """The document's keywords with a seal that is still open, and the id of the key that will close it."""
    return f"{NAME}:{_letters(signed.statement)}.{_letters(signed.signature)}.{seal_key}.{OPEN_SEAL}"


def sealed(pdf: bytes, secret: bytes) -> bytes:
    """The file with its seal, of the same length. Raises ValueError when it has no open mark."""
    if not any(found[4] == OPEN_SEAL.encode() for found in _MARK.finditer(pdf)):
        raise ValueError("no open mark in the file")
    return _with_seal(pdf, _letters(signing.seal(hashlib.sha256(pdf).digest(), secret)).encode())


def found(pdf: bytes) -> tuple[Mark, ...]:
    """The different marks of a file: one in a file of ours, none in a stranger's, several in a botched one."""
    plain = [*_MARK.finditer(pdf)] or [*_MARK.finditer(pdf.replace(b"\0", b""))]
    if not plain:
        plain = [one for part in _unpacked(pdf) for one in _MARK.finditer(part)]
    marks = (_mark(one) for one in plain)
    return tuple(dict.fromkeys(one for one in marks if one))


def is_sealed(pdf: bytes, mark: Mark, public: bytes) -> bool:
    """Whether not one byte of a file differs from what was sealed with this mark."""
    opened = hashlib.sha256(_with_seal(pdf, OPEN_SEAL.encode())).digest()
    return signing.seal_holds(opened, mark.seal, public)


def _with_seal(pdf: bytes, letters: bytes) -> bytes:
    made = bytearray(pdf)
    for one in _MARK.finditer(pdf):
        made[one.start(4) : one.end(4)] = letters
    return bytes(made)


def _unpacked(pdf: bytes) -> Iterator[bytes]:
    """The beginnings of packed parts, in bounded number and size."""
    left = UNPACKED_BYTES
    view = memoryview(pdf)
    for number, one in enumerate(_STREAM.finditer(pdf)):
        if number >= MOST_STREAMS or left <= 0:
            return
        try:
            part = zlib.decompressobj().decompress(view[one.end() : one.end() + STREAM_BYTES], STREAM_BYTES)
        except zlib.error:
            continue
        left -= len(part)
        yield part.replace(b"\0", b"")


def _mark(one: re.Match[bytes]) -> Mark | None:
    statement, signature, seal = (_bytes(one[part]) for part in (1, 2, 4))
    return Mark(Signed(statement, signature), one[3].decode(), seal) if statement and signature and seal else None


def _letters(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).decode().rstrip("=")


def _bytes(letters: bytes) -> bytes:
    """What letters stand for; empty when they are not the one way to write it."""
    try:
        plain = base64.urlsafe_b64decode(letters + b"=" * (-len(letters) % 4))
    except ValueError:
        return b""
    return plain if _letters(plain).encode() == letters else b""
