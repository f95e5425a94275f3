"""Which kind of page a page is, weighed from signs that no single CMS has all of."""

import re

from msgspec import Struct

from govgauge import lazy_re
from govgauge.structure.kinds import PageKind

_ARTICLE_URL = lazy_re.compile(
    r"/t?\d{8}_\d+\.|/content[_/]\d|/art/\d{4}/|/contents?/\d+/\d+|/(?:19|20)\d\d-?/?\d\d(?:/\d\d)?/[^/]+\.\w+$|"
    r"/\d{6,}\.s?html?$|[?&](?:id|aid|articleid|newsid|infoid|contentid|docid|article)=|/(?:detail|article|info|"
    r"show|view|news_?show|content)(?:[_-]?\w+)?[/_.]\w*\d|/\d+/\d+/[\w-]+\.s?html?$|/20\d{6}/|_content/",
    re.IGNORECASE,
)
_COLUMN_URL = lazy_re.compile(
    r"/$|/(?:index|default|list|lists|node|channel|column|main)(?:[_-]?\d*)?\.\w+$|/col/col\d+|/channels?/|"
    r"/node_\d+|/list[_/]|[?&](?:columnid|channelid|cid|classid|catid|typeid|lmid|colid)=|/\w{1,12}/?$",
    re.IGNORECASE,
)


SURE = 2.0
"""Weight from which a page is an article."""
FEW_CHARS = 30
"""A page without any list whose address is no column's needs only so many words to be one."""


class Signs(Struct, frozen=True, kw_only=True):
    """What was seen on a page that tells its kind. Counts are of the main part of the page."""

    url: str
    named_article: bool = False
    """The meta tags name an article, and the page shows that title."""
    named_date: bool = False
    published_shown: bool = False
    heading: bool = False
    text_chars: int = 0
    known_container: bool = False
    listed: int = 0
    dated: int = 0
    paged: bool = False
    column_tags: bool = False
    """The meta tags name a column but no article."""
    own_step: bool = False
    """The trail ends with a link to the page itself, as on the first page of a column."""
    nameless: bool = False
    """The page carries the tag for an article's title, left empty, and one that names a column."""
    attachments: int = 0
    images: int = 0


def is_article(signs: Signs) -> bool:
    """Whether the page is a detail page rather than a list."""
    article = 0.0
    article += 2.5 if signs.named_article else 0
    article += 1 if signs.named_date else 0
    article += 1.5 if signs.published_shown else 0
    article += 0.75 if signs.heading else 0
    article += min(3.0, signs.text_chars / 150)
    article += 1 if signs.known_container and signs.text_chars >= 80 else 0
    article += 1.5 if _ARTICLE_URL.search(signs.url) else 0
    article += 0.5 if signs.attachments and signs.text_chars else 0
    column = 0.0
    column += min(4.0, signs.dated * 0.8) if signs.dated else 0
    column += min(1.5, signs.listed * 0.15)
    column += 2 if signs.paged else 0
    column += 1.5 if signs.own_step else 0
    column += 4 if signs.nameless else 1.5 if signs.column_tags else 0
    column += 1 if _COLUMN_URL.search(signs.url) and not _ARTICLE_URL.search(signs.url) else 0
    if article <= column:
        return False
    bare = not signs.listed and not signs.column_tags and not _COLUMN_URL.search(signs.url)
    return article >= SURE or (bare and signs.text_chars >= FEW_CHARS)


_SEARCH_URL = lazy_re.compile(r"/(?:search|searchall|jsearch|was5|so|query|ssjg|jiansuo)(?:[/._?-]|$)", re.IGNORECASE)
_SEARCH_TITLE = lazy_re.compile(r"(?:搜索|检索)(?:结果|页面?|引擎|平台)?$|^(?:站内|全文|高级|智能)?(?:搜索|检索)")
_SITEMAP = lazy_re.compile(r"(?:网站|站点)(?:地图|导航)|site\s?map", re.IGNORECASE)
_SITEMAP_URL = lazy_re.compile(r"/(?:sitemap|wzdt)(?:/|\.|$)", re.IGNORECASE)
_MAP_URL = lazy_re.compile(r"/map(?:/|\.|$)", re.IGNORECASE)
_MAY_BE_SITEMAP = lazy_re.compile(
    r"(?:本站|全站)?(?:地图|导航|map)?|.*(?:网|网站|门户|政府|厅|局|部|委|委员会|办公室)", re.IGNORECASE
)
_FIRST_PART = lazy_re.compile(r"[^-_|·—–>]*")


def special(url: str, title: str, crumb: str, links: int, forms: tuple[str, ...]) -> PageKind | None:
    """Site maps and search pages, known by their names; None for any other page."""
    if links >= 5 and (
        _SITEMAP.search(crumb) or _SITEMAP.search(title) or _SITEMAP_URL.search(url) or _is_plain_map(url, title)
    ):
        return PageKind.SITEMAP
    if _SEARCH_URL.search(url) or _SEARCH_TITLE.search(title):
        return PageKind.SEARCH if forms or "?" in url or _SEARCH_URL.search(url) else None
    return None


def _is_plain_map(url: str, title: str) -> bool:
    """An address that says no more than `map` names a site map only where the title names no other map (电子地图,
    各地一览): it says 地图 alone, is the site's own name, or is empty."""
    first = _FIRST_PART.match(title)
    return bool(_MAP_URL.search(url) and _MAY_BE_SITEMAP.fullmatch(first[0].strip() if first else ""))
