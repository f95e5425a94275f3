"""Columns that an incomplete visit saw as links only: what they hold, nobody knows."""

from govgauge.audits.addresses import place, suffix
from govgauge.audits.link_faults import ATTACHMENTS, IMAGES
from govgauge.gather import urls
from govgauge.gather.artifacts import LinkKind
from govgauge.structure.site import Site

EVERY_USE = 10_000
"""Pages looked at for one link."""


def unread_columns(site: Site) -> dict[str, list[str]]:
    """URLs that look like columns, were linked and never asked for, with the pages that hold the link.

    Empty after a complete visit. Reads `facts`, `columns`, `pages`, `targets`, `links` and `uses`.
    """
    if not site.facts.budget_exhausted:
        return {}
    known = {place(url) for url in (*site.pages, *site.targets, *site.columns)}
    forms = {urls.template(url) for url in site.columns}
    unread = {
        use.link.url
        for use in site.links()
        if use.link.kind in (LinkKind.A, LinkKind.AREA)
        and urls.is_same_site(use.link.url, site.facts.home)
        and place(use.link.url) not in known
        and _looks_like_a_column(use.link.url, forms)
    }
    held = site.uses(unread, EVERY_USE) if unread else {}
    return {url: [use.page for use in held.get(url, ())] for url in unread}


def holders_of(unread: dict[str, list[str]]) -> set[str]:
    """The places of the pages that link to columns which were not read."""
    return {place(page) for pages in unread.values() for page in pages}


def _looks_like_a_column(url: str, forms: set[str]) -> bool:
    """Whether an address has the form of a known column, or no number in its last step as articles have."""
    if suffix(url) in ATTACHMENTS | IMAGES:
        return False
    last = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    return urls.template(url) in forms or ("?" not in url and not any(mark.isdigit() for mark in last))
