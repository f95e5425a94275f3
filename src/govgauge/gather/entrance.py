"""Where a home page that is only an entrance leads to: a stub that sends the browser on without HTTP's help."""

import re

from govgauge import lazy_re
from govgauge.gather import charset, urls

LARGEST_STUB = 4096
"""Bytes; a page with content of its own is larger."""

_SCRIPT_LIMIT = 3
"""A stub has no more links than this (often one: 点击进入)."""

_COMMENT = lazy_re.compile(r"<!--.*?-->", re.DOTALL)
_META = lazy_re.compile(r"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?refresh\b[^>]*>", re.IGNORECASE)
_META_URL = lazy_re.compile(r"\burl\s*=\s*[\"']?([^\"'>\s]+)", re.IGNORECASE)
_SECONDS = lazy_re.compile(r"\bcontent\s*=\s*[\"']?\s*(\d+)", re.IGNORECASE)
_SLOWEST_REFRESH = 15
_ASSIGNMENT = lazy_re.compile(
    r"(?:^|[\s;{(.>])(?:window|self|top|document|parent)?\.?location(?:\.href)?\s*(?:=|\.(?:replace|assign)\s*\()\s*[\"']([^\"'+]+)[\"']\s*[;)\s<]",
    re.IGNORECASE,
)


def leads_to(body: bytes, url: str, content_type: str) -> str:
    """The canonical URL to which a stub of a home page sends its visitors; empty when the page is none."""
    if not body or len(body) > LARGEST_STUB:
        return ""
    text = _COMMENT.sub("", charset.decode(body, content_type or None)[0])
    if text.lower().count("<a ") > _SCRIPT_LIMIT or "<frameset" in text.lower():
        return ""
    href = _refresh(text) or _script(text)
    target = urls.absolute(url, href) if href else None
    return target if target and urls.is_web(target) and target != url else ""


def _refresh(text: str) -> str:
    meta = _META.search(text)
    if meta is None:
        return ""
    seconds = _SECONDS.search(meta.group())
    if seconds and int(seconds[1]) > _SLOWEST_REFRESH:
        return ""
    found = _META_URL.search(meta.group())
    return found[1] if found else ""


def _script(text: str) -> str:
    """A script that only sets the location. One that decides between several places is not guessed at."""
    found = {match[1] for match in _ASSIGNMENT.finditer(text)}
    return found.pop() if len(found) == 1 else ""
