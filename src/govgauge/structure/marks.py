"""The marks of a government website, read from its home page."""

from govgauge.structure.model import Marks
from govgauge.structure.page import Page


def read(page: Page) -> Marks:
    """The marks found on a home page; a field stays empty where its mark was not found."""
    meta = {
        (element.attr("name") or "").lower(): element.attr("content") or ""
        for element in page.document.find_all("meta")
    }
    return Marks(meta_site_name=meta.get("sitename", "").strip(), meta_site_code=meta.get("siteidcode", "").strip())
