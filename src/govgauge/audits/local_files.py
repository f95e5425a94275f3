"""References to files on the computer of whoever wrote the page: `file:///C:/…`, `C:\\…`."""

import re
from collections.abc import Iterator
from functools import lru_cache

from govgauge.audits.addresses import suffix
from govgauge.audits.link_faults import ATTACHMENTS
from govgauge.outcomes import Fact, Finding
from govgauge.structure.page import Page

TRACE = re.compile(r"=\s*[\"']?\s*(?:file:|[c-h]:[\\/])", re.IGNORECASE)
_COLON = re.compile(r":(?:(?<=file:)|(?<=[c-h]:)[\\/])", re.IGNORECASE)
"""What stands in every trace: colons are fewer in a source than equals signs."""
LOCAL = re.compile(r"\s*(?:file:/|[c-h]:[\\/])", re.IGNORECASE)


def on_page(page: Page, audit: str, tag: str, attribute: str, *, downloads: bool | None = None) -> Iterator[Finding]:
    """Elements `tag` whose `attribute` names a local file; `downloads` keeps only (or leaves out) attachments.

    The target is the address as written, with slashes for backslashes.
    """
    if not _names_one(page.html):
        return
    seen = set[str]()
    for element in page.document.find_all(tag):
        address = (element.attr(attribute) or "").strip().replace("\\", "/")
        if not LOCAL.match(address) or address in seen:
            continue
        if downloads is not None and (_ending(address) in ATTACHMENTS) is not downloads:
            continue
        seen.add(address)
        text = " ".join(element.text.split())
        facts: dict[str, Fact] = {"text": text[:60] or "（无文字）", "status": 0, "words": "", "type": ""}
        yield Finding(audit=audit, page=page.url, target=address, slug="local-file", data=facts, excerpt=address)


@lru_cache(maxsize=2)
def _names_one(html: str) -> bool:
    """Whether the source names a local file at all: several audits ask it of the same page, one after the other."""
    return _COLON.search(html) is not None and TRACE.search(html) is not None


def _ending(address: str) -> str:
    return suffix("file://local/" + address.partition(":")[2].lstrip("/"))
