"""From a parsed page to its reading: every reader of this room is called here, once a page."""

from govgauge.structure.kinds import PageKind
from govgauge.structure.model import PageReading
from govgauge.structure.page import Page


def read(page: Page) -> PageReading:
    """Read one page. Never raises on bad markup: what cannot be read stays empty."""
    return PageReading(url=page.url, kind=PageKind.HOME if page.is_home else PageKind.OTHER, links=tuple(page.links))
