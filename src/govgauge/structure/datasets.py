"""Reading the page of an open dataset: formats, frequency, last update, fields."""

from govgauge.structure.model import Dataset
from govgauge.structure.page import Page


def read(page: Page) -> Dataset | None:
    """What the page says; None when it is no such page."""
    return None
