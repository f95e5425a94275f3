"""What bytes are, whatever the header says."""

import re

from govgauge import lazy_re

HTML = "html"
IMAGE = "image"
PDF = "pdf"
OFFICE = "office"
ARCHIVE = "archive"
OFD = "ofd"
TEXT = "text"
EMPTY = "empty"
OTHER = "other"

FILES = frozenset({IMAGE, PDF, OFFICE, ARCHIVE, OFD})
"""Contents that are never a page."""

LOOKED_AT = 4096
"""Bytes from the start that decide (the HTML standard's sniffing looks at 1,445)."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", IMAGE),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"BM", IMAGE),
    (b"\x00\x00\x01\x00", IMAGE),
    (b"\x00\x00\x02\x00", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"{\\rtf", OFFICE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"PK\x05\x06", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
)
_MARKUP = lazy_re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|base|frameset|frame|iframe|div|span|table|center|"
    rb"p|br|hr|h[1-6]|a|ul|ol|li|dl|form|font|img|noscript|section|header|main|article|nav|footer|b|strong|pre)[\s/>]",
    re.IGNORECASE,
)
_WHOLE_PAGE = lazy_re.compile(rb"<(?:html|body|head)[\s>]", re.IGNORECASE)
_SVG = lazy_re.compile(rb"<svg[\s>]", re.IGNORECASE)
_PROLOGUE = lazy_re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>|<!doctype\s+svg[^>]*>)*", re.IGNORECASE | re.DOTALL)
_TEXT_STARTS = frozenset({b"<", b" ", b"\n", b"\r", b"\t"})
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROLS = lazy_re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_ZIP_NAMES = 2048
"""Bytes from the start of a ZIP in which the first entries' names tell what it holds."""


def content(body: bytes, media_type: str = "") -> str:
    """What a body is, from its first bytes: html, image, pdf, office, archive, ofd, text, empty, other.

    `media_type` (lower case, without parameters) only decides between HTML and plain text where the bytes fit both.
    """
    if not body:
        return EMPTY
    start = bytes(body[:LOOKED_AT])
    return _binary(start) or _textual(start, media_type)


def is_file(start: bytes) -> bool:
    """Whether the first bytes of a body already show that it cannot be a page."""
    return _binary(start) in FILES or start[4:8] == b"ftyp"


def _binary(start: bytes) -> str:
    if start[:1] in _TEXT_STARTS:
        return ""
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind if magic != b"BM" or _is_bitmap(start) else ""
    if start.startswith(b"PK\x03\x04"):
        return _zipped(start)
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return IMAGE
    if start[4:8] == b"ftyp" and start[8:12] in {b"avif", b"avis", b"heic", b"mif1"}:
        return IMAGE
    return ""


def _is_bitmap(start: bytes) -> bool:
    """`BM` is also the start of words: a bitmap has zeroes in its two reserved fields."""
    return len(start) >= 14 and start[6:10] == b"\x00\x00\x00\x00"


def _zipped(start: bytes) -> str:
    """A ZIP container: OFD, Office (OOXML, ODF), or any other archive, by the names of its first entries."""
    names = start[:_ZIP_NAMES]
    if b"OFD.xml" in names or b"Doc_0/" in names:
        return OFD
    office = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"application/vnd.oasis")
    return OFFICE if any(name in names for name in office) else ARCHIVE


def _textual(start: bytes, media_type: str) -> str:
    if start.startswith(_BOMS[1:]):
        start = start.replace(b"\x00", b"")
    for mark in _BOMS:
        start = start.removeprefix(mark)
    found = _PROLOGUE.match(start)
    first = start[found.end() :] if found else start
    if _SVG.match(first):
        return IMAGE
    if _MARKUP.match(first) or (first.startswith(b"<") and _WHOLE_PAGE.search(first)):
        return HTML
    if media_type in {"text/html", "application/xhtml+xml"}:
        return HTML if _MARKUP.search(start) or not _CONTROLS.search(start.replace(b"\x00", b"")) else OTHER
    return OTHER if _CONTROLS.search(start) else TEXT
