"""Blocks of links that no reader sees: the trace of a break-in that sells links."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from turbohtml import Document, Element

from govgauge import lazy_re
from govgauge.audits.foreign_link.domains import alien_owner
from govgauge.gather import urls
from govgauge.structure.spam_words import is_spam, is_trade

_MAY_HIDE = lazy_re.compile(r"none|hidden|opacity|: ?-|font-size: ?0|height: ?0")
_DISPLAY_NONE = lazy_re.compile(r"display:none|visibility:hidden|opacity:0(?![.\d])|font-size:[01](?:px|pt)?(?:;|$)")
_OFF_SCREEN = lazy_re.compile(
    r"(?:^|;)(?:left|top|right|bottom|margin-left|margin-top|text-indent):-\d{3,}(?:px|em|pt)?"
)
_NO_HEIGHT = lazy_re.compile(r"(?:^|;)(?:height|max-height|width):[01](?:px)?(?:;|$)")
_HIDDEN_BY_SCRIPT = lazy_re.compile(r"getElementById\(\s*['\"]([\w-]+)['\"]\s*\)\.style\.display\s*=\s*['\"]none")
_WRITTEN_OPEN = lazy_re.compile(
    r"document\.write\(.{0,80}(?:left:\s*-\d{3,}|display:\s*none|text-indent:\s*-\d{3,})", re.DOTALL
)


class Way(Enum):
    """How an element is hidden: off the screen, as menus and tabs never are; folded, as they are; not at all."""

    HARD = auto()
    SOFT = auto()
    NONE = auto()


class HiddenLink(NamedTuple):
    """A link in a block that cannot be seen. `together` is the number of alien links in that block."""

    url: str
    words: str
    together: int


def hidden_links(
    document: Document, base: str, *, least_hard: int, least_soft: int, least_trade: int
) -> Iterator[HiddenLink]:
    """Alien links in hidden blocks that are surely planted.

    Moved off the screen: alien links to at least `least_hard` owners, or one that offers spam. Rows of pictures are
    moved by carousels, they do not count. Merely not displayed, as menus and tabs also are: alien links to at least
    `least_soft` owners, of which at least `least_trade` carry the words of paid links.
    """
    seen: set[str] = set()
    for block, is_hard in _blocks(document):
        links = [link for link in _alien_links(block, base) if link[0] not in seen]
        owners = {urls.owner_domain(url) for url, _ in links}
        trades = {urls.owner_domain(url) for url, words in links if is_trade(words)}
        many_trades = len(owners) >= least_soft and len(trades) >= least_trade
        moved_away = is_hard and len(owners) >= least_hard and block.find("img") is None
        if many_trades or moved_away or (is_hard and any(is_spam(words) for _, words in links)):
            seen.update(url for url, _ in links)
            yield from (HiddenLink(url, words, len(links)) for url, words in links)


def _blocks(document: Document) -> Iterator[tuple[Element, bool]]:
    """Blocks that cannot be seen, and whether by a way that menus and tabs never use."""
    for element in document.select("[style]"):
        way = _way_of_hiding(element.attr("style") or "")
        if way is not Way.NONE:
            yield element, way is Way.HARD
    for element in document.find_all("marquee"):
        if any((element.attr(name) or "").strip() in ("0", "1", "0px", "1px") for name in ("height", "width")):
            yield element, True
    for script in document.find_all("script"):
        yield from _hidden_by(script, document)


@lru_cache(4096)
def _way_of_hiding(style: str) -> Way:
    """How a style hides its element. A site has few styles, each on many pages."""
    style = style.lower()
    if not _MAY_HIDE.search(style):
        return Way.NONE
    style = "".join(style.split())
    if _is_off_screen(style):
        return Way.HARD
    return Way.SOFT if _is_folded(style) else Way.NONE


def _is_off_screen(style: str) -> bool:
    return bool(_OFF_SCREEN.search(style)) and any(word in style for word in ("absolute", "fixed", "text-indent"))


def _is_folded(style: str) -> bool:
    return bool(_DISPLAY_NONE.search(style)) or ("overflow:hidden" in style and bool(_NO_HEIGHT.search(style)))


def _hidden_by(script: Element, document: Document) -> Iterator[tuple[Element, bool]]:
    """Blocks that an inline script hides as soon as they stand there, or that follow an opening tag it wrote."""
    idents, opens = _doings(script.text)
    for ident in idents:
        block = document.find(attrs={"id": ident})
        if block is not None:
            yield block, False
    if opens:
        following = next((node for node in script.next_siblings if isinstance(node, Element)), None)
        if following is not None and following.tag != "script":
            yield following, True


@lru_cache(64)
def _doings(text: str) -> tuple[list[str], bool]:
    """The ids of what a script hides, and whether it writes an opening tag that hides what follows."""
    idents = _HIDDEN_BY_SCRIPT.findall(text) if "none" in text else []
    return idents, "document.write" in text and "</div>" not in text and bool(_WRITTEN_OPEN.search(text))


def _alien_links(block: Element, base: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for element in block.find_all("a"):
        href = (element.attr("href") or "").strip()
        url = urls.absolute(base, href) if href[:4].lower() == "http" or href.startswith("//") else None
        if url and alien_owner(url) not in ("", urls.owner_domain(base)):
            words = " ".join(element.text.split()) or element.attr("title") or ""
            found.setdefault(url, words)
    return list(found.items())
