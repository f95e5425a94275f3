"""Reading a service guide: the eight element classes."""

from govgauge.structure.model import Article, Guide
from govgauge.structure.page import Page


def read(page: Page, article: Article | None) -> Guide | None:
    """What the page says; None when it is no such page."""
    return None
