"""Lists written into a page as XML records in a script, drawn by the reader's browser (大汉 jpage and its kin)."""

import re

import turbohtml

from govgauge import lazy_re
from govgauge.structure.list_rows import Entry
from govgauge.structure.lists import find
from govgauge.structure.outline import Outline

_STORE = lazy_re.compile(r"<datastore>(.*?)(?:</datastore>|</script>|$)", re.DOTALL | re.IGNORECASE)
_RECORD_START = lazy_re.compile(r"<record[^>]{0,200}>", re.IGNORECASE)
_RECORD_END = lazy_re.compile(r"</record>", re.IGNORECASE)
_TOTAL = lazy_re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>", re.IGNORECASE)
_PAGES = lazy_re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>", re.IGNORECASE)
_SCRIPT_TOTAL = lazy_re.compile(r"totalRecord['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_PER_PAGE = lazy_re.compile(r"perPage['\"]?\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)


class Store:
    """What a page's record store holds: its entries, how many records there are in all, and how many pages."""

    __slots__ = ("entries", "pages", "total")

    def __init__(self, entries: list[Entry], total: int, pages: int) -> None:
        self.entries = entries
        self.total = total
        self.pages = pages


def read(html: str, base: str, encoding: str = "utf-8") -> Store | None:
    """The record store of a page; None when it has none. `html` is the page's source."""
    if "<datastore>" not in html and "<DATASTORE>" not in html:
        return None
    entries: list[Entry] = []
    for store in _STORE.finditer(html):
        records = [_record(piece) for piece in _RECORD_END.split(store[1])[:-1]]
        entries += _entries(records, base, encoding)
    total = _first(_TOTAL, html) or _first(_SCRIPT_TOTAL, html)
    per_page = _first(_PER_PAGE, html)
    pages = _first(_PAGES, html) or (-(-total // per_page) if per_page else 0)
    return Store(entries, total, pages)


def _entries(records: list[str], base: str, encoding: str) -> list[Entry]:
    """Each record is a scrap of HTML, mostly one row of a table or list."""
    if not records:
        return []
    rows = "".join(f"<section><article>{_whole(record)}</article></section>" for record in records)
    outline = Outline(turbohtml.parse(f"<body><div>{rows}</div></body>"), base, encoding)
    found: list[Entry] = []
    for listing in find(outline):
        found += listing.entries
    found.sort(key=lambda entry: entry.row.index)
    return found


def _record(piece: str) -> str:
    """What stands in a record, from the text up to its end tag."""
    inside = _RECORD_START.split(piece)[-1].strip()
    return inside.removeprefix("<![CDATA[").removesuffix("]]>")


def _whole(record: str) -> str:
    """Rows of a table only live inside a table."""
    start = record.lstrip()[:4].lower()
    return f"<table>{record}</table>" if start.startswith(("<tr", "<td")) else record


def _first(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(found[1]) if found else 0
