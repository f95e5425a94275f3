"""Which encoding a page declares: by its byte-order mark, its Content-Type header, its meta tags."""

import re

from govgauge import lazy_re
from govgauge.gather.encodings import name_of

PRESCAN_BYTES = 4096
"""How far a declaration in the page is looked for. The standard demands 1024; old pages put long scripts first."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_PARAMETER = lazy_re.compile(r"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;,\"']*))", re.IGNORECASE)
_TAG = lazy_re.compile(
    rb"<!--.*?(?:-->|\Z)"
    rb"|<meta[\s/]((?:\"[^\"]*\"|'[^']*'|[^\"'>])*)>"
    rb"|</?[a-zA-Z](?:\"[^\"]*\"|'[^']*'|[^\"'>])*>",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = lazy_re.compile(r"([^\s=/\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_XML = lazy_re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([\x21-\x7e]+?)[\"']", re.IGNORECASE)


def by_mark(body: bytes) -> tuple[str, int] | None:
    """Encoding named by a byte-order mark, and the mark's length in bytes."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name, len(mark)
    return None


def by_header(content_type: str | None) -> str | None:
    """Encoding named by a Content-Type header; None when it names none that is known."""
    return _from_parameter(content_type) if content_type else None


def by_page(body: bytes) -> str | None:
    """Encoding named by the page itself: a meta tag outside comments, else an XML declaration (HTML, 13.2.3.2)."""
    head = body[:PRESCAN_BYTES]
    if b"harset" in head or b"HARSET" in head:
        for found in _TAG.finditer(head):
            name = _from_meta(found[1].decode("latin-1")) if found[1] is not None else None
            if name:
                return _as_ascii_based(name)
    declaration = _XML.match(head)
    name = name_of(declaration[1].decode("ascii")) if declaration else None
    return _as_ascii_based(name) if name else None


def _from_meta(attributes: str) -> str | None:
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(attributes):
        values.setdefault(found[1].lower(), found[2] or found[3] or found[4] or "")
    if "charset" in values:
        return name_of(values["charset"])
    if values.get("http-equiv", "").strip().lower() == "content-type":
        return _from_parameter(values.get("content", ""))
    return None


def _from_parameter(text: str) -> str | None:
    found = _PARAMETER.search(text)
    return name_of(found[1] or found[2] or found[3] or "") if found else None


def _as_ascii_based(name: str) -> str:
    """A declaration that could be read as ASCII cannot mean an encoding in which it would look different."""
    return {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}.get(name, name)
