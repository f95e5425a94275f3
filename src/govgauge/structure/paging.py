"""Further pages of a list: links, and the scripts in use that write them."""

import re
from collections.abc import Container
from functools import lru_cache

from msgspec import Struct

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.structure.outline import Outline

STEP_CHARS = 10
"""Longer words are no step of a paging bar, unless they count pages or items."""
MAX_PAGES = 2000
"""A list that claims more pages than this is not believed."""

_AROUND = "[]<>《》〈〉«»‹›【】()（） \u3000\xa0·."
_ON = frozenset(["下一页", "下页", "下一頁", "后一页", "后页", "下一张", "next", "nextpage"])
_STEPS = _ON | frozenset(
    [
        "上一页",
        "上页",
        "前一页",
        "前页",
        "首页",
        "第一页",
        "末页",
        "尾页",
        "最后一页",
        "最末页",
        "prev",
        "previous",
        "last",
        "first",
        "上一頁",
    ]
)
_FIRST = frozenset(["首页", "第一页", "上一页", "上页", "前一页", "前页", "prev", "previous", "first", "上一頁"])
_TOTAL_ITEMS = lazy_re.compile(
    r"(?:共有?|总共|总计|合计|总数|记录总?数)\s*[:：]?\s*(\d{1,7})\s*(?:条|篇|个?记录|项|则|件|个信息)|(?:总记录数?|记录总数|总条数|"
    r"信息总数)\s*[:：]?\s*(\d{1,7})"
)
_PAGE_OF = lazy_re.compile(
    r"(?:第|当前第?|页次|页码|页数)?\s*[:：]?\s*(\d{1,5})\s*(?:页)?\s*/\s*(?:共|总)?\s*(\d{1,5})\s*页|共\s*(\d{1,5})\s*页|(?:总页数|"
    r"页总数|总页)\s*[:：]?\s*(\d{1,5})"
)
_TRS_CALL = lazy_re.compile(
    r"(?<!function "
    r")createPageHTML\s*\(\s*(?:['\"][\w-]*['\"]\s*,\s*)?(\d+)\s*,\s*(\d+)\s*,\s*['\"]([^'\"]+)['\"]\s*,\s*['\"](\w+)['\"]",
    re.IGNORECASE,
)
_TRS_PAGER = lazy_re.compile(
    r"Pager\s*\(\s*\{[^}]{0,300}?size\s*:\s*(\d+)\s*,[^}]{0,300}?current\s*:\s*(\d+)[^}]{0,300}?prefix\s*:\s*['\"]([^'\"]+)['\"][^}]{0,300}?suffix\s*:\s*['\"](\w+)['\"]",
    re.DOTALL,
)
_TRS_COUNT = lazy_re.compile(r"(?:countPage|pageCount|totalPage|total_?pages?)\s*=\s*['\"]?(\d{1,5})\b", re.IGNORECASE)
_POSTBACK = lazy_re.compile(r"__doPostBack|javascript:\s*\w*(?:page|goto|turn|jump)\w*\s*\(", re.IGNORECASE)


class Paging(Struct, frozen=True):
    """How a list goes on. `total_items` and `pages` are 0 where the page says nothing.

    `scripted`: further pages exist but are reached by a script only, so that they cannot be followed.
    """

    next_urls: tuple[str, ...] = ()
    total_items: int = 0
    pages: int = 0
    scripted: bool = False


def read(outline: Outline, html: str, url: str) -> Paging:
    """The paging of a list page. `html` is its source, `url` the address it stands at."""
    total, pages = _counts(outline)
    found: dict[str, None] = {}
    scripted = False
    for anchor in outline.anchors:
        text = outline.text(anchor)
        if len(text) > 40 or not is_paging_link(text):
            continue
        address = outline.address(anchor)
        if address and same_list(url, address):
            found[address] = None
        elif text.strip(_AROUND).lower() not in _FIRST:
            scripted = scripted or bool(_POSTBACK.search(anchor.element.attr("href") or ""))
    for address in _from_script(html, url):
        found[address] = None
    found.pop(url, None)
    return Paging(tuple(found), total, pages, scripted and not found)


@lru_cache(maxsize=4096)
def key(url: str) -> str:
    """What all pages of one list share: the address without its page number."""
    path, _, query = url.partition("?")
    path = _PAGE_IN_NAME.sub(r"\1\3", path)
    path = _INDEX.sub("/", path)
    if query:
        kept = [part for part in query.split("&") if part and not _PAGE_PARAMETER.match(part)]
        query = "&".join(sorted(kept))
    return f"{path}?{query}" if query else path


_PAGE_IN_NAME = lazy_re.compile(
    r"((?:/|^)[^/]*?)((?:[_-](?:p|page|list)?\d{1,4}|_p\d+|(?<=index)\d{1,4}|(?<=list)_?\d{1,4}|"
    r"(?<=default)_?\d{1,4}|/p(?:age)?[_-]?\d{1,4}))(\.\w{2,5})?$"
)
_INDEX = lazy_re.compile(r"/(?:index|default|home)\.\w{2,5}$", re.IGNORECASE)
_PAGE_PARAMETER = lazy_re.compile(
    r"^(?:page|pageno|pagenum|pageindex|page_?id|pagenumber|curpage|currentpage|currpage|p|pn|pg|cur|offset|start|"
    r"pagesize|uid|totalpage|nowpage|toPage|index)=",
    re.IGNORECASE,
)


def same_list(one: str, other: str) -> bool:
    """Whether two addresses are pages of one list."""
    return one != other and (key(one) == key(other) or _goes_on(one, other) or _goes_on(other, one))


_FURTHER = lazy_re.compile(
    r"(?:index|list|default|more|page|p)[_-]?(?:\d{1,6}[_-])?\d{1,4}(?:\.\w{2,5})?", re.IGNORECASE
)
"""Name of a further page in the folder of its list: list_2.html, list_12_2.html (with the number of the list)."""


def _goes_on(first: str, further: str) -> bool:
    """Whether an address is a numbered page in the folder whose index is the first page (/yw/, /yw/list_2.html)."""
    if _is_numbered_below(first, further):
        return True
    folder = _INDEX.sub("/", first.partition("?")[0])
    if not folder.endswith("/") or not further.startswith(folder):
        return False
    return _FURTHER.fullmatch(further.partition("?")[0].removeprefix(folder)) is not None


def _is_numbered_below(first: str, further: str) -> bool:
    """The way of 博达: /yw.htm goes on with /yw/12.htm, and that with /yw/11.htm (pages count from the last)."""
    folder, _, name = further.rpartition("/")
    if not _NUMBERED.fullmatch(name):
        return False
    stem, _, ending = first.rpartition(".")
    beside = first.rpartition("/")[0] == folder and bool(_NUMBERED.fullmatch(first.rpartition("/")[2]))
    return beside or (stem == folder and ending in ("htm", "html", "shtml"))


_NUMBERED = lazy_re.compile(r"\d{1,4}\.s?html?")


def _counts(outline: Outline) -> tuple[int, int]:
    """Items and pages that the list says it has; 0 where it says nothing. The bar stands below the list."""
    total = pages = 0
    for line in reversed(outline.visible_lines):
        if len(line) > 160 or not ("共" in line or "总" in line or ("页" in line and "/" in line)):
            continue
        items = _TOTAL_ITEMS.search(line)
        if items and not total:
            total = int(items[1] or items[2])
        page = _PAGE_OF.search(line)
        if page and not pages:
            pages = int(page[2] or page[3] or page[4])
        if total and pages:
            break
    return total, pages if pages <= MAX_PAGES else 0


def _from_script(html: str, url: str) -> list[str]:
    """Addresses that a paging script in the page would write."""
    call = _TRS_CALL.search(html) if "createPageHTML" in html else None
    call = call or (_TRS_PAGER.search(html) if "Pager" in html else None)
    if not call:
        return []
    count, current, prefix, suffix = int(call[1]), int(call[2]), call[3], call[4]
    if count > MAX_PAGES:
        return []
    # The first page names all others; each of them only its neighbours, or n pages would hold n² addresses.
    numbers = range(1, count) if current == 0 else dict.fromkeys([0, current - 1, current + 1])
    written = [
        f"{prefix}_{number}.{suffix}" if number else f"{prefix}.{suffix}" for number in numbers if number < count
    ]
    return [urls.canonical(address) for name in written if (address := urls.resolve(url, name))]


@lru_cache(maxsize=8192)
def is_paging_link(text: str) -> bool:
    """Whether these words are a step of a paging bar rather than a title."""
    if len(text) > STEP_CHARS and not ("页" in text or "共" in text):
        return False
    bare = text.strip(_AROUND)
    if not bare:
        return bool(text) and text.strip("<>《》〈〉«»‹› ") == ""
    if (
        len(bare) <= 40
        and (bare.startswith("共") or bare.endswith("页"))
        and (_TOTAL_ITEMS.search(bare) or _PAGE_OF.search(bare))
    ):
        return True
    return (len(bare) <= 4 and bare.isdecimal()) or bare.lower() in _STEPS


def order(url: str) -> tuple[int, str]:
    """Where a page stands among the pages of its list: its page number, 0 for an address without one."""
    path, _, query = url.partition("?")
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if value.isdigit() and name.lower() != "uid" and _PAGE_PARAMETER.match(part):
            return int(value), url
    found = _PAGE_IN_NAME.search(path)
    number = re.search(r"\d+$", found[2]) if found else None
    return (int(number[0]) if number else 0), url


def read_as(url: str, pages: Container[str]) -> str:
    """Under which address a page was read: its own, or that of its folder for an index page; empty when it was not."""
    if url in pages:
        return url
    folder = _INDEX.sub("/", url)
    if folder in pages:
        return folder
    return next((whole for name in _INDEX_NAMES if (whole := folder + name) in pages), "") if folder[-1] == "/" else ""


_INDEX_NAMES = ("index.html", "index.htm", "index.shtml", "index.jsp", "index.aspx", "index.php", "default.aspx")
