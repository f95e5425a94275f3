"""Reading the site maps that robots.txt names (sitemaps.org, version 0.9)."""

import html
import re

from isal import isal_zlib

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.gather.archive import Corrupt

FILES = 10
"""Site map files read in one visit."""
LARGEST = 20 * 1024 * 1024
"""Bytes to which a compressed site map is unpacked; sitemaps.org allows 50 MB."""
ENTRIES = 50_000
"""URLs that one file may hold."""
_LOCATION = lazy_re.compile(rb"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</(?:\w+:)?loc>", re.DOTALL)
_INDEX = lazy_re.compile(rb"<(?:\w+:)?sitemapindex\b")


def locations(body: bytes, base: str) -> tuple[list[str], list[str]]:
    """Canonical URLs of the pages and of the further site maps that a file names; empty when it is none.

    A plain text file with one URL on each line is a site map too.
    """
    body = _unpacked(body)
    raw = [match[1] for match in _LOCATION.finditer(body)][:ENTRIES]
    if not raw and b"<" not in body[:1000]:
        raw = [line.strip() for line in body.splitlines() if line.strip().startswith((b"http://", b"https://"))][
            :ENTRIES
        ]
    found = (urls.absolute(base, html.unescape(each.decode("utf-8", "replace"))) for each in raw)
    kept = list(dict.fromkeys(url for url in found if url and urls.is_web(url)))
    return ([], kept) if _INDEX.search(body) else (kept, [])


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return bytes(isal_zlib.decompressobj(31).decompress(body, LARGEST))
    except Corrupt:
        return b""
