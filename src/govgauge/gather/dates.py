"""When an article was published: rather no answer than a wrong one.

Evidence, best first: a label such as 发布时间 in the line below the title; the PubDate meta tag and its kin; such a
label elsewhere, when it is the only one; JSON-LD; a plain date in the line below the title; and 更新时间 where there is
nothing else. Dates of writing, validity, events, calendars, footers, laws and other articles are no evidence.
"""

import datetime
from datetime import date
from enum import StrEnum

import turbohtml
from msgspec import Struct

from govgauge.gather import charset
from govgauge.gather.date_labels import Shown, shown_dates
from govgauge.gather.date_metadata import meta_date, structured_date
from govgauge.gather.date_words import all_in, in_url, month_in_url, parse

__all__ = ["Dating", "Origin", "all_in", "dating", "from_document", "in_url", "month_in_url", "parse", "published"]


class Origin(StrEnum):
    """Where a publishing date was found."""

    LABEL = "label"
    META = "meta"
    STRUCTURED = "structured"
    LINE = "line"
    UPDATE = "update"
    NONE = "none"


class Dating(Struct, frozen=True):
    """What a page says of its publishing date: the day, the words as shown (empty for tags), where, the meta date."""

    date: datetime.date | None = None
    text: str = ""
    origin: Origin = Origin.NONE
    meta: datetime.date | None = None


def published(html: bytes, url: str) -> date | None:
    """Publishing date of the article `html` at `url`; None when neither page nor URL say it beyond doubt."""
    text, _ = charset.decode(html, None)
    return from_document(turbohtml.parse(text, positions=False), text, url) or in_url(url)


def from_document(document: turbohtml.Document, html: str, url: str) -> date | None:
    """What the page itself says, from a page that is already parsed; `html` is its decoded source."""
    return dating(document, html, url).date


def dating(document: turbohtml.Document, html: str, url: str) -> Dating:
    """As `from_document`, with the words and the place of the date. The URL only lends its year to `11-05`."""
    if "<" not in html:
        return Dating()
    meta = meta_date(document)
    shown = shown_dates(document, url)
    for found, origin in (
        (_one(shown.near_title), Origin.LABEL),
        (None if meta else _one(shown.labelled), Origin.LABEL),
    ):
        if found:
            return Dating(found.date, found.text, origin, meta)
    if meta:
        same = next((found for found in (*shown.labelled, *shown.line) if found.date == meta), None)
        return Dating(meta, same.text if same else "", Origin.META, meta)
    structured = structured_date(document, html)
    if structured:
        return Dating(structured, "", Origin.STRUCTURED, None)
    for candidates, origin in ((shown.line, Origin.LINE), (shown.updated, Origin.UPDATE)):
        found = _one(candidates)
        if found:
            return Dating(found.date, found.text, origin, None)
    return Dating()


def _one(candidates: list[Shown]) -> Shown | None:
    """The first of candidates that agree; None when they differ: then they belong to several articles."""
    return candidates[0] if len({found.date for found in candidates}) == 1 else None
