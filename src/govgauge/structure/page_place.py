"""Where a page says it stands: the words of its column, from meta tags and the trail 当前位置."""

import html
import re

from govgauge.structure.blocks import Block
from govgauge.structure.page import Page

_META = re.compile(
    r"<meta\b[^>]*?name\s*=\s*[\"']?(ColumnName|ColumnType|ColumnDescription|ArticleTitle|channel|column)[\"'\s][^>]*?content\s*=\s*[\"']([^\"'>]*)",
    re.IGNORECASE,
)
_META_REVERSED = re.compile(
    r"<meta\b[^>]*?content\s*=\s*[\"']([^\"'>]*)[\"'][^>]*?name\s*=\s*[\"']?(ColumnName|ColumnType|ArticleTitle)\b",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"(?:当前|现在|您的?|你的?|所在)(?:的)?(?:所在)?位置|您(?:现在)?(?:所在|在)|^首页\s*[>＞»›/-]")
HEAD = 20_000
"""Characters at the start of the source in which meta tags are looked for."""


def meta(page: Page) -> dict[str, str]:
    """Meta tags about column and article, by lower-case name."""
    head = page.html[:HEAD]
    found = {match.group(2).lower(): match.group(1).strip() for match in _META_REVERSED.finditer(head)}
    found.update({match.group(1).lower(): match.group(2).strip() for match in _META.finditer(head)})
    return found


def words(page: Page, blocks: list[Block]) -> str:
    """Names of the column that holds the page, as far as the page tells them: meta tags, then the trail."""
    tags = meta(page)
    trail: list[str] = []
    for number, block in enumerate(blocks[:200]):
        if len(block.text) < 200 and _TRAIL.search(block.text):
            trail = [
                near.text for near in blocks[number : number + 8] if near.path[:-1] == block.path[:-1] or near is block
            ]
            break
    return " ".join([tags.get("columnname", ""), tags.get("columntype", ""), *trail]).strip()


def title(page: Page) -> str:
    """The title of the page: ArticleTitle, else its first large heading, else <title> up to the first separator."""
    tagged = meta(page).get("articletitle", "")
    if tagged:
        return " ".join(html.unescape(tagged).split())
    for tag in ("h1", "h2"):
        heading = page.document.find(tag)
        if heading is not None and 4 <= len(heading.text.strip()) <= 200:
            return " ".join(heading.text.split())
    element = page.document.find("title")
    page_title = " ".join(element.text.split()) if element is not None else ""
    return re.split(r"\s*[-_|—–]+\s*", page_title)[0]
