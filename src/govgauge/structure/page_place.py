"""Where a page says it stands: the words of its column, from meta tags and the trail 当前位置."""

import re

from govgauge import lazy_re
from govgauge.structure.blocks import Block
from govgauge.structure.page import Page

_TRAIL = lazy_re.compile(r"(?:当前|现在|您的?|你的?|所在)(?:的)?(?:所在)?位置|您(?:现在)?(?:所在|在)|^首页\s*[>＞»›/-]")


def words(page: Page, blocks: list[Block]) -> str:
    """Names of the column that holds the page, as far as the page tells them: meta tags, then the trail."""
    trail: list[str] = []
    for number, block in enumerate(blocks[:200]):
        if len(block.text) < 200 and _TRAIL.search(block.text):
            trail = [
                near.text for near in blocks[number : number + 8] if near.path[:-1] == block.path[:-1] or near is block
            ]
            break
    return " ".join([page.meta.get("columnname", ""), page.meta.get("columntype", ""), *trail]).strip()


def title(page: Page) -> str:
    """The title of the page: ArticleTitle, else its first large heading, else <title> up to the first separator."""
    tagged = page.meta.get("articletitle", "")
    if tagged:
        return tagged
    for tag in ("h1", "h2"):
        heading = page.document.find(tag)
        if heading is not None and 4 <= len(heading.text.strip()) <= 200:
            return " ".join(heading.text.split())
    element = page.document.find("title")
    page_title = " ".join(element.text.split()) if element is not None else ""
    return re.split(r"\s*[-_|—–]+\s*", page_title)[0]
