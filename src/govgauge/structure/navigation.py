"""The columns that a page names: navigation, crumbs, headings with 更多, site map."""

import re
from functools import lru_cache

from govgauge import lazy_re
from govgauge.gather.artifacts import Region
from govgauge.structure import column_names
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import ColumnHint
from govgauge.structure.outline import Block, Outline
from govgauge.word_enum import WordEnum

_NAV = Region.NAV
NAME_CHARS = (2, 20)
"""A column's name is short."""
MENU_LINKS = 4
MENU_WORD = 8
MENU_SHARE = 0.35
"""A menu has at least so many links of at most so many characters, and ends within this share of the page's texts."""
MORE_CHARS = 8
_MORE = lazy_re.compile(
    r"^[\[【<>+＋\s·.…]*(?:更\s*多|more|查看更多|更多信息|更多内容|全部|更多详情|进入专栏|\+)[\]】>》+＋\s·.…»]*(?:>>|》》)?$",
    re.IGNORECASE,
)
_NOT_A_COLUMN = lazy_re.compile(
    r"^(?:登录|注册|退出|返回.*|上一[页篇]|下一[页篇]|首页|末页|尾页|打印|关闭|收藏.*|设为首页|加入收藏|无障碍.*|长者.*|关怀.*|适老.*|繁体.*|简体.*|手机版|电脑版|english|"
    r"wap|rss|app|微信|微博|\d+|.*(?:查看|点击|详情).*)$",
    re.IGNORECASE,
)


class Scope(WordEnum):
    """How far a page is looked through for names of columns."""

    HOME = "home"
    """Navigation, headings, and every link whose words are a column's name."""
    PAGE = "page"
    """Navigation and headings."""
    CRUMBS = "crumbs"
    """The trail only: the navigation of detail pages is that of every other page."""
    SITEMAP = "sitemap"
    """Every link."""


def hints(outline: Outline, page_url: str, crumbs: tuple[tuple[str, str], ...], scope: Scope) -> tuple[ColumnHint, ...]:
    """Columns of the same site that this page names, each with the way it was named."""
    found: dict[str, ColumnHint] = {}
    own, host = "/".join(page_url.split("/", 3)[:3]) + "/", _host(page_url)

    def names(url: str, clean: str) -> bool:
        """Whether a link leads to a column of this site that is not yet known, and its words are a column's name."""
        if not url or url in found:
            return False
        return (url.startswith(own) or _host(url) == host) and _names_a_column(clean)

    parent = ""
    for url, name in crumbs:
        is_home = column_names.kind_of(name) is ColumnKind.HOME
        clean = name.strip(_EDGES)
        if url and not is_home and names(url, clean):
            found[url] = ColumnHint(url, clean, parent, "crumb")
        parent = "" if is_home else url or parent
    if scope is Scope.CRUMBS:
        return tuple(found.values())
    for anchor, name, origin in _named(outline, scope):
        url, clean = outline.address(anchor), name.strip(_EDGES)
        if names(url, clean):
            found[url] = ColumnHint(url, clean, _parent_in_menu(outline, anchor), origin)
    return tuple(found.values())


_EDGES = " >》·|-：:"


def _named(outline: Outline, scope: Scope) -> list[tuple[Block, str, str]]:
    """The links that name a column, each with the name and the way in which it is named."""
    at_home, everywhere = scope is Scope.HOME, scope is Scope.SITEMAP
    menu = _menu(outline) if at_home else set()
    words, longest = outline.text, NAME_CHARS[1]
    found: list[tuple[Block, str, str]] = []
    for anchor in outline.anchors:
        text = words(anchor)
        if len(text) > longest:
            continue
        if len(text) <= MORE_CHARS and (_is_more(text) if text else "more" in anchor.names):
            if heading := heading_before(outline, anchor):
                found.append((anchor, heading, "more"))
        elif everywhere:
            found.append((anchor, text, "sitemap"))
        elif anchor.region is _NAV or anchor.index in menu or (at_home and column_names.is_known(text)):
            found.append((anchor, text, "nav"))
    return found


def _menu(outline: Outline) -> set[int]:
    """Links of menus that no name marks as navigation: rows of short words near the top of the page."""
    found: set[int] = set()
    run: list[Block] = []
    end = len(outline.texts) * MENU_SHARE
    for anchor in outline.anchors:
        if anchor.text_start > end:
            break
        text = outline.text(anchor)
        apart = outline.between(run[-1].text_stop, anchor.text_start).strip(" |·｜-—>") if run else ""
        if not 2 <= len(text) <= MENU_WORD or apart:
            run = []
        if 2 <= len(text) <= MENU_WORD:
            run.append(anchor)
            if len(run) >= MENU_LINKS:
                found.update(link.index for link in run)
    return found


def heading_before(outline: Outline, more: Block) -> str:
    """The words of the heading in which a 更多 link stands; empty when there are none or too many."""
    block = more.parent
    for _ in range(4):
        if block is None or block.tag in ("body", "html"):
            return ""
        words = outline.between(block.text_start, more.text_start) or outline.between(more.text_stop, block.text_stop)
        words = words.split(" ")[0] if block.anchors > 2 else words
        if words:
            return words if NAME_CHARS[0] <= len(words) <= NAME_CHARS[1] else ""
        block = block.parent
    return ""


def _parent_in_menu(outline: Outline, anchor: Block) -> str:
    """The entry under which a menu entry hangs: the first link of the item that holds its sub-menu."""
    block, inner = anchor.parent, anchor
    while block is not None and block.tag not in ("body", "nav"):
        if block.tag in ("li", "dl", "tr") and block.anchors > 1:
            first = outline.anchors[block.anchor_start]
            if first is not anchor and not _same_item(inner, first):
                return outline.address(first)
        inner, block = block, block.parent
    return ""


@lru_cache(maxsize=4096)
def _is_more(text: str) -> bool:
    return _MORE.match(text) is not None


def _host(url: str) -> str:
    """Host of a canonical URL without `www.`, so that both names of a site count as one."""
    return url.split("/", 3)[2].removeprefix("www.") if url.count("/") >= 2 else ""


def _same_item(inner: Block, first: Block) -> bool:
    return inner.holds(first)


@lru_cache(maxsize=8192)
def _names_a_column(name: str) -> bool:
    return NAME_CHARS[0] <= len(name) <= NAME_CHARS[1] and not _NOT_A_COLUMN.match(name)
