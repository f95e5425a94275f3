"""When an article was published: rather no answer than a wrong one.

Evidence, best first: a label such as 发布时间 in the line below the title; the PubDate meta tag and its kin; such a
label elsewhere, when it is the only one; JSON-LD; a plain date in the line below the title; and 更新时间 where there is
nothing else. Dates of writing, validity, events, calendars, footers, laws and other articles are no evidence.
"""

from datetime import date

import turbohtml

from govgauge.gather import charset
from govgauge.gather.date_labels import ShownDates
from govgauge.gather.date_metadata import meta_date, structured_date
from govgauge.gather.date_words import all_in, in_url, month_in_url, parse

__all__ = ["all_in", "from_document", "in_url", "month_in_url", "parse", "published"]


def published(html: bytes, url: str) -> date | None:
    """Publishing date of the article `html` at `url`; None when neither page nor URL say it beyond doubt."""
    text, _ = charset.decode(html, None)
    return from_document(turbohtml.parse(text, positions=False), text, url) or in_url(url)


def from_document(document: turbohtml.Document, html: str, url: str, text: str | None = None) -> date | None:
    """What the page itself says, from a page that is already parsed; `html` is its decoded source.

    `text` holds the page's visible runs of text, one a line, when they are known. The URL only lends its year to
    `11-05`.
    """
    if "<" not in html:
        return None
    meta = meta_date(document)
    shown = ShownDates(document, url, text)
    return (
        _one(shown.near_title)
        or meta
        or _one(shown.labelled)
        or structured_date(document, html)
        or _one(shown.line)
        or _one(shown.updated)
    )


def _one(candidates: list[date]) -> date | None:
    """The day on which all candidates agree; None when they differ: then they belong to several articles."""
    return candidates[0] if len(set(candidates)) == 1 else None
