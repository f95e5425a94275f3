"""Whether a visit looked at what a finding is about, so that not seeing it means that it is gone."""

from collections.abc import Iterable
from pathlib import Path

from govgauge.gather import archive, journal, links, urls
from govgauge.gather.artifacts import OURS, Exchange
from govgauge.office.models import Finding

KEPT_OUT = frozenset({401, 403, 407, 429})
"""Statuses that say nothing about a page."""


def looked_at(folder: Path, missing: Iterable[Finding]) -> frozenset[str]:
    """Identities of those findings whose page the visit fetched (or found removed), and whose target, where that is an
    address, it asked for as well or did not find on the page any more.
    """
    asked: set[str] = set()
    pages: dict[str, Exchange] = {}
    for made in journal.exchanges(folder / journal.NAME):
        names = {made.url, made.final_url}
        if made.failure not in OURS:
            asked |= names
        if made.failure is None and 200 <= made.status < 500 and made.status not in KEPT_OUT:
            pages |= dict.fromkeys(names, made)
    linked: dict[str, frozenset[str]] = {}
    found = set()
    for finding in missing:
        page = pages.get(finding.page)
        if page is None:
            continue
        if not urls.is_web(finding.target) or finding.target in asked:
            found.add(finding.identity)
            continue
        if finding.page not in linked:
            linked[finding.page] = _links(folder, page)
        if finding.target not in linked[finding.page]:
            found.add(finding.identity)
    return frozenset(found)


def _links(folder: Path, page: Exchange) -> frozenset[str]:
    """The addresses that a page names now."""
    if page.offset < 0 or not page.ok:
        return frozenset()
    body = archive.body(folder / archive.NAME, page.offset)[1]
    return frozenset(link.url for link in links.extract(body, page.final_url or page.url))
