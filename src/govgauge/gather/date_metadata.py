"""Publishing dates that a page states for machines: meta tags, microdata, JSON-LD."""

from datetime import date

import turbohtml

from govgauge import lazy_re
from govgauge.gather.date_words import parse

_NAMES = (
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publishtime",
    "publish_time",
    "pubtime",
    "firstpublishedtime",
    "article:published_time",
    "og:published_time",
    "og:release_date",
    "bytedance:published_time",
    "weibo:article:create_at",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
)
"""Meta names that mean publishing, best first (PubDate: 国办发〔2017〕47号, annex)."""

_JSON_DATE = lazy_re.compile(r"\"(?:datePublished|pubDate)\"\s*:\s*\"([^\"]{8,40})\"")


def meta_date(document: turbohtml.Document) -> date | None:
    """The publishing date of the page's meta tags; None when they are empty, impossible or unfilled."""
    stated: dict[str, date] = {}
    for element in document.find_all("meta"):
        name = element.attr("name") or element.attr("property") or ""
        if not name or name.lower() not in _NAMES:
            continue
        value = parse(element.attr("content") or "")
        if value:
            stated.setdefault(name.lower(), value)
    return next((stated[name] for name in _NAMES if name in stated), None)


def structured_date(document: turbohtml.Document, html: str) -> date | None:
    """The publishing date of microdata or JSON-LD, when all that is stated agrees."""
    stated: set[date | None] = set()
    for element in document.select("[itemprop=datePublished],time[pubdate]"):
        stated.add(parse(element.attr("content") or element.attr("datetime") or element.text))
    if "datePublished" in html or "pubDate" in html:
        for script in document.select('script[type="application/ld+json"]'):
            stated.update(parse(text) for text in _JSON_DATE.findall(script.text))
    stated.discard(None)
    return stated.pop() if len(stated) == 1 else None
