"""References to files on the computer of whoever wrote the page: `file:///C:/…`, `C:\\…`."""

import re
from collections.abc import Iterator

from govgauge import lazy_re
from govgauge.audits.addresses import suffix
from govgauge.audits.link_faults import ATTACHMENTS
from govgauge.outcomes import Fact, Finding
from govgauge.structure.page import Page

_ATTRIBUTES = {"a": "href", "img": "src"}
_UNUSUAL = {
    "a": 'a[href]:not([href^="http"],[href^="/"],[href^="."],[href^="#"],[href^="j"])',
    "img": 'img[src]:not([src^="http"],[src^="/"],[src^="."])',
}
"""References that do not begin as most do."""
LOCAL = lazy_re.compile(r"\s*(?:file:/|[c-h]:[\\/])", re.IGNORECASE)


def on_page(page: Page, audit: str, tag: str, *, downloads: bool | None = None) -> Iterator[Finding]:
    """Elements `tag` (a or img) that name a local file; `downloads` keeps only (or leaves out) attachments.

    The target is the address as written, with slashes for backslashes.
    """
    seen = set[str]()
    for element in page.document.select(_UNUSUAL[tag]):
        written = element.attr(_ATTRIBUTES[tag]) or ""
        address = written.strip().replace("\\", "/") if ":" in written and LOCAL.match(written) else ""
        if not address or address in seen:
            continue
        if downloads is not None and (_ending(address) in ATTACHMENTS) is not downloads:
            continue
        seen.add(address)
        text = " ".join(element.text.split())
        facts: dict[str, Fact] = {"text": text[:60] or "（无文字）", "status": 0, "words": "", "type": ""}
        yield Finding(audit=audit, page=page.url, target=address, slug="local-file", data=facts, excerpt=address)


def _ending(address: str) -> str:
    return suffix("file://local/" + address.partition(":")[2].lstrip("/"))
