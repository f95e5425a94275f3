"""Reading a public message and its answer."""

from govgauge.structure.model import Letter
from govgauge.structure.page import Page


def read(page: Page) -> Letter | None:
    """What the page says; None when it is no such page."""
    return None
