"""Attribute values that hold references: lazy pictures, srcset lists, style declarations, and what is no reference."""

import re
from collections.abc import Iterator, Mapping

from govgauge import lazy_re

LAZY = ("data-src", "data-original", "data-lazy", "data-lazy-src", "lazy-src", "data-echo", "data-url", "_src")
"""Attributes from which scripts load a picture when it comes into view."""

OPTION_URL = lazy_re.compile(
    r"\s*(?:https?:)?//\S+\.\S|\s*\.{0,2}/\S*\S|\s*\S+\.(?:s?html?|jsp|aspx?|php|do)(?:[?#]\S*)?\s*$"
)
"""Values of `<option>` that are a reference, not a search term."""

_TEMPLATE = lazy_re.compile(r"[{}]|<%|%>|<\?|\[!--|\[#|\[field|\[\$|\$\[|@@|%7B[^/?#]*%7D", re.IGNORECASE)
_STYLE_URL = lazy_re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]+))\s*\)|@import\s+[\"']([^\"']+)[\"']", re.IGNORECASE
)
_STYLE_COMMENT = lazy_re.compile(r"/\*.*?\*/", re.DOTALL)
_REFRESH = lazy_re.compile(
    r"\s*[\d.]*(?![\d.])\s*[;,]?\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(\S.*))", re.IGNORECASE | re.DOTALL
)
_CANDIDATE = lazy_re.compile(r"\s*,*\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[^,]*)?(?:,|$)")


def fills_a_template(reference: str) -> bool:
    """Whether a reference is a template tag that nobody filled: `{stl.url}`, `<%=url%>`, `${link}`, `[!--url--]`."""
    return bool(_TEMPLATE.search(reference))


def is_page_itself(reference: str) -> bool:
    """Whether a reference leads nowhere else: empty, or a place in the same page."""
    reference = reference.strip()
    return not reference or reference.startswith("#")


def lazy_sources(attributes: Mapping[str, object]) -> Iterator[str]:
    """The pictures that a script will load into an element."""
    for name in [name for name in LAZY if name in attributes]:
        value = attributes.get(name)
        if isinstance(value, str) and value:
            yield value


def in_srcset(value: str) -> Iterator[str]:
    """The URLs of a srcset attribute (HTML Standard, 4.8.4.3)."""
    return (found[1] for found in _CANDIDATE.finditer(value) if not found[1].startswith("data:"))


def in_refresh(content: str) -> str:
    """Where a meta refresh leads; empty when it only reloads the page (HTML Standard, 4.2.5.3)."""
    found = _REFRESH.match(content)
    return next((part for part in found.groups() if part), "").strip() if found else ""


def in_style(sheet: str) -> Iterator[str]:
    """The URLs of style declarations, comments apart."""
    if "url(" not in sheet and "@import" not in sheet:
        return
    text = _STYLE_COMMENT.sub("", sheet) if "/*" in sheet else sheet
    for found in _STYLE_URL.finditer(text):
        yield found[1] or found[2] or found[3] or found[4] or ""
