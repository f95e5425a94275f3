"""What a page shows that other pages of its site do not: the content without the template."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import turbohtml
from msgspec import Struct

from govgauge import lazy_re
from govgauge.structure.outline import Outline

HOLDERS = ("iframe", "frame", "object", "embed", "video", "audio", "canvas", "form")
"""Elements that bring content of their own into a page."""

FIELDS = ("input", "textarea", "select")
"""Elements by which a page asks something of its reader."""

EMPTY_HREFS = ("", "#", "javascript:", "javascript:;", "javascript:void(0)", "javascript:void(0);")

FETCHES = lazy_re.compile(
    r"\$\.(?:ajax|get|post|getJSON)|XMLHttpRequest|axios|fetch\s*\(|v-for|ng-repeat|new\s+Vue|createApp|datastore|"
    r"document\.write|innerHTML|\.html\s*\(|\.append\s*\(|\.load\s*\(|layui|template\s*\(|location(?:\.href)?\s*=|"
    r"location\.(?:replace|assign)",
    re.IGNORECASE,
)
"""Signs that a script of the page writes content into it, or leads on to where the content is."""

EMPTY_STORE = lazy_re.compile(r"<datastore>(?:(?!<record>).)*</datastore>", re.DOTALL)
"""A list in the way of 大汉版通 (the first records stand in the page itself) that has no record at all."""

SHELLS = lazy_re.compile(
    r"http-equiv=[\"']?refresh|\{\{|v-for=|v-html=|ng-repeat=|:data=|id=[\"']?(?:app|root|__nuxt|__next)[\"'\s>]",
    re.IGNORECASE,
)
"""Signs in the markup itself that a script fills the page, or that it leads on to another."""

TOOLS = lazy_re.compile(
    r"[\[【<«‹]*(?:首\s?页|第一页|上[一1]?页|下[一1]?页|末页|尾页|最后一页|前页|后页|打印.*|关闭.*|分享.*|收藏.*|订阅.*|rss.*|更多.*|more.*|"
    r"返回.*|刷新|go|跳转|转到|\d{1,4}|[<>«»‹›.…]+)[\]】>»›]*",
    re.IGNORECASE,
)
"""Words of links that every list page has, with or without items: paging, printing, sharing."""


class OwnContent(Struct, frozen=True):
    """What stands on one page alone: lines of text, and how many links, pictures, frames, scripts."""

    lines: tuple[str, ...]
    things: int


class _Parts(Struct, frozen=True):
    lines: frozenset[str]
    things: frozenset[str]
    makers: frozenset[str]


def own_content(html: str, filled: Sequence[str], bare: Sequence[str]) -> OwnContent | None:
    """What the page `html` shows that no other page shows; None without another page to compare.

    `filled` are sources of pages with content of their own, `bare` of pages that seem to have none. A thing or a line
    that stands on another page is template. A script or frame that stands on bare pages only may be what fills them.
    The page itself among the others is passed over.
    """
    with_content = [_parts(other) for other in filled if other != html]
    without = [_parts(other) for other in bare if other != html]
    if not html or not with_content:
        return None
    mine = _parts(html)
    lines = mine.lines.difference(*(parts.lines for parts in [*with_content, *without]))
    things = mine.things.difference(*(parts.things for parts in [*with_content, *without]))
    makers = mine.makers.difference(*(parts.makers for parts in with_content))
    return OwnContent(lines=tuple(sorted(lines)), things=len(things) + len(makers))


@lru_cache(maxsize=64)
def _parts(html: str) -> _Parts:
    document = turbohtml.parse(html)
    makers = frozenset([*_holders(document), *_scripts(document), *(["shell"] if SHELLS.search(html) else [])])
    return _Parts(frozenset(Outline(document, "").visible.split("\n")), frozenset(_things(document)), makers)


def _things(document: turbohtml.Document) -> Iterator[str]:
    """Links (but for the tools of every page) and pictures."""
    for element in document.find_all("a"):
        href = (element.attr("href") or "").strip()
        text = " ".join(element.text.split())
        if href.lower() not in EMPTY_HREFS and not href.startswith("#") and not TOOLS.fullmatch(text or "图"):
            yield f"a {_last(href)} {text}"
    for element in document.find_all("img"):
        yield f"img {_last(element.attr('src') or element.attr('data-src') or '')}"


def _holders(document: turbohtml.Document) -> Iterator[str]:
    """Frames, players, forms and their fields."""
    for name in HOLDERS:
        for element in document.find_all(name):
            yield f"{name} {_last(element.attr('src') or element.attr('action') or element.attr('data') or '')}"
    for name in FIELDS:
        for element in document.find_all(name):
            if (element.attr("type") or "").lower() != "hidden":
                yield f"{name} {element.attr('name') or element.attr('id') or ''}"


def _scripts(document: turbohtml.Document) -> Iterator[str]:
    """Scripts that may write content; digits are left out, so that one script with two columns' numbers is one."""
    for element in document.find_all("script"):
        source, body = element.attr("src"), element.text or ""
        if source:
            yield f"script {_last(source)}"
        elif FETCHES.search(body) and not EMPTY_STORE.search(body):
            yield "script " + re.sub(r"[\d\s]+", "", body)


def _last(address: str) -> str:
    """The end of an address, without the steps that differ between pages of different depth."""
    return address.strip().removeprefix("./").replace("../", "").rpartition("//")[2]
