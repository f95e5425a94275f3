"""When an article was published: rather no answer than a wrong one."""

from datetime import date

import turbohtml

from govgauge.gather import charset
from govgauge.gather.date_words import all_in, in_url, month_in_url, parse

__all__ = ["all_in", "from_document", "in_url", "month_in_url", "parse", "published"]


def published(html: bytes, url: str) -> date | None:
    """Publishing date of the article `html` at `url`; None when the page does not say it beyond doubt."""
    text, _ = charset.decode(html, None)
    return from_document(turbohtml.parse(text), text, url)


def from_document(document: turbohtml.Document, html: str, url: str) -> date | None:
    """As `published`, from a page that is already parsed; `html` is its decoded source."""
    for element in document.find_all("meta"):
        if (element.attr("name") or "").lower() == "pubdate":
            return parse(element.attr("content") or "")
    return in_url(url)
