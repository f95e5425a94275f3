"""References to files on the computer of whoever wrote the page: `file:///C:/…`, `C:\\…`."""

import re
from collections.abc import Iterator
from functools import lru_cache

from turbohtml import Element

from govgauge.audits.addresses import suffix
from govgauge.audits.link_faults import ATTACHMENTS
from govgauge.outcomes import Fact, Finding
from govgauge.structure.page import Page

_SELECTOR = ",".join(
    f'{tag}[{attribute}]:not({",".join(f"""[{attribute}^="{usual}"]""" for usual in ("http", "/", ".", "#", "j"))})'
    for tag, attribute in (("a", "href"), ("img", "src"))
)
"""References that do not begin as most do."""
LOCAL = re.compile(r"\s*(?:file:/|[c-h]:[\\/])", re.IGNORECASE)


def on_page(page: Page, audit: str, tag: str, *, downloads: bool | None = None) -> Iterator[Finding]:
    """Elements `tag` (a or img) that name a local file; `downloads` keeps only (or leaves out) attachments.

    The target is the address as written, with slashes for backslashes.
    """
    seen = set[str]()
    for element, address in _local(page):
        if element.tag != tag or address in seen:
            continue
        if downloads is not None and (_ending(address) in ATTACHMENTS) is not downloads:
            continue
        seen.add(address)
        text = " ".join(element.text.split())
        facts: dict[str, Fact] = {"text": text[:60] or "（无文字）", "status": 0, "words": "", "type": ""}
        yield Finding(audit=audit, page=page.url, target=address, slug="local-file", data=facts, excerpt=address)


@lru_cache(maxsize=1)
def _local(page: Page) -> list[tuple[Element, str]]:
    """Links and pictures that name a local file, with that name: several audits ask it, one after the other."""
    found = []
    for element in page.document.select(_SELECTOR):
        address = element.attr("href" if element.tag == "a" else "src") or ""
        if ":" in address and LOCAL.match(address):
            found.append((element, address.strip().replace("\\", "/")))
    return found


def _ending(address: str) -> str:
    return suffix("file://local/" + address.partition(":")[2].lstrip("/"))
