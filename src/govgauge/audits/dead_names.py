"""Names of columns that stand on a page without an address: links that lead nowhere, and what only a script opens."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from govgauge import lazy_re
from govgauge.audits.entrances import LONGEST_WORDS, Wanted
from govgauge.audits.own_content import EMPTY_HREFS
from govgauge.structure.kinds import PageKind
from govgauge.structure.site import Site

MOST_PAGES = 300
"""Pages whose source is looked through: the home page, site maps and the columns first met. Menus and trees repeat."""

_LINK = lazy_re.compile(r"<a\b([^>]*)>((?:[^<]|<(?!/?a\b)[^>]*>){1,400}?)</a", re.IGNORECASE)
_HREF = lazy_re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_ONCLICK = lazy_re.compile(r"""\bonclick\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_NODE = lazy_re.compile(r"""\b(?:name|title|text|label)["']?\s*:\s*["']([^"'<>]{2,16})["']""")
"""A node of a tree that a script draws."""
_BODIES = lazy_re.compile(r"(?:局|委|委员会|厅|部|院|办|办公室|学院|大学|公司|协会|中心|处|科|室|站|网)$")
"""Names of bodies: they stand in lists of friendly links."""


class DeadName(Struct, frozen=True):
    """Words that name a column, the page they stand on, and whether a script may open what they name."""

    page: str
    words: str
    scripted: bool


def find(site: Site, wanted: Mapping[str, Wanted]) -> dict[str, DeadName]:
    """For each of `wanted` whose name stands somewhere without an address, by its id: the first place, one that a
    script may open before one that nothing opens. Reads `facts`, `pages`, `columns` and `html_of`."""
    found: dict[str, DeadName] = {}
    tried: set[tuple[str, bool]] = set()
    maps = [url for url, page in site.pages.items() if page.kind is PageKind.SITEMAP]
    for url in list(dict.fromkeys([site.facts.home, *maps, *site.columns]))[:MOST_PAGES]:
        for words, scripted in _names(site.html_of(url)):
            if (words, scripted) in tried or _BODIES.search(words):
                continue
            tried.add((words, scripted))
            for name, what in wanted.items():
                known = found.get(name)
                if (known is None or (scripted and not known.scripted)) and what.words.search(words):
                    found[name] = DeadName(url, words, scripted)
    return found


def _names(html: str) -> Iterator[tuple[str, bool]]:
    """Short words of links without an address, each with whether a script may open it.

    A call that stands on links with an address too only marks what was clicked, and opens nothing.
    """
    links = [(_href(tag), _call(tag), inside) for tag, inside in _LINK.findall(html)]
    marking = {call for href, call, _inside in links if not _is_dead(href)}
    for href, call, inside in links:
        words = re.sub(r"<[^>]*>|&\w+;|\s", "", inside)
        if _is_dead(href) and 1 < len(words) <= LONGEST_WORDS:
            yield words, bool((call and call not in marking) or "(" in href.replace("void(0)", ""))
    for words in _NODE.findall(html):
        yield words, True


def _is_dead(href: str) -> bool:
    return href.lower() in EMPTY_HREFS or href.startswith(("#", "javascript:"))


def _href(tag: str) -> str:
    match = _HREF.search(tag)
    return "".join(match.groups("")).strip() if match else ""


def _call(tag: str) -> str:
    match = _ONCLICK.search(tag)
    return "".join(match.groups("")).strip() if match else ""
