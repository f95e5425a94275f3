"""Reading a normative document: its number, issuer, dates, validity."""

from govgauge.structure.model import Article, Policy
from govgauge.structure.page import Page


def read(page: Page, article: Article | None) -> Policy | None:
    """What the page says; None when it is no such page."""
    return None
