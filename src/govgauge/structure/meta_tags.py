"""What the head of a page says about it: meta tags, title, declared encoding."""

import re

from turbohtml import Document

from govgauge import lazy_re
from govgauge.gather import urls

_CHARSET = lazy_re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read(document: Document) -> dict[str, str]:
    """Meta tags by lower-case name (or property), white space folded; the first non-empty one of a name counts."""
    found: dict[str, str] = {}
    for element in document.find_all("meta"):
        name = element.attr("name") or element.attr("property")
        if name:
            key = name.strip().lower()
            if not found.get(key):
                found[key] = " ".join((element.attr("content") or "").split())
    return found


def title(document: Document) -> str:
    """<title>, white space folded."""
    element = document.find("title")
    return " ".join(element.text.split()) if element is not None else ""


def declared_charset(document: Document) -> str:
    """The encoding that the page's meta tags declare, lower case as written; empty when none does."""
    for element in document.find_all("meta"):
        written = element.attr("charset")
        if not written and (element.attr("http-equiv") or "").lower() == "content-type":
            match = _CHARSET.search(element.attr("content") or "")
            written = match[1] if match else None
        if written:
            return written.strip().lower()
    return ""


def canonical(document: Document, html: str, base: str) -> str:
    """Another address than `base` that the page names as its own (`<link rel="canonical">`); empty without one."""
    if "canonical" not in html:
        return ""
    for element in document.find_all("link"):
        if (element.attr("rel") or "").strip().lower() == "canonical":
            named = urls.resolve(base, (element.attr("href") or "").strip()) or ""
            return "" if named == base else named
    return ""
