"""Reading a consultation or survey: when it runs and whether its result is published."""

from govgauge.structure.model import Article, Consultation
from govgauge.structure.page import Page


def read(page: Page, article: Article | None) -> Consultation | None:
    """What the page says; None when it is no such page."""
    return None
