"""Names of columns that stand on a page without an address: links that lead nowhere, and what only a script opens."""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from govgauge import lazy_re
from govgauge.audits import sources
from govgauge.audits.entrances import Wanted, names
from govgauge.audits.other_bodies import of_other_bodies
from govgauge.audits.own_content import EMPTY_HREFS
from govgauge.structure.kinds import PageKind
from govgauge.structure.site import Site

LONGEST_NAME = 12
"""Characters of the longest words taken for the name of a column: longer ones without an address are headlines."""

MOST_PAGES = 300
"""Pages whose source is looked through: the home page, site maps and the columns first met. Menus and trees repeat."""
PAGES_KEPT = 16
"""Pages whose names are kept at hand for the next question about the same site."""

_LINK = lazy_re.compile(r"<a\b([^>]*)>((?:[^<]|<(?!/?a\b)[^>]*>){1,400}?)</a", re.IGNORECASE)
_HREF = lazy_re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_ONCLICK = lazy_re.compile(r"""\bonclick\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_NODE = lazy_re.compile(r"""\b(?:name|title|text|label)["']?\s*:\s*["']([^"'<>]{2,16})["']""")
"""A node of a tree that a script draws."""


class DeadName(Struct, frozen=True):
    """Words that name a column, the page they stand on, and whether a script may open what they name."""

    page: str
    words: str
    scripted: bool


def find(site: Site, wanted: Mapping[str, Wanted]) -> dict[str, DeadName]:
    """For each of `wanted` whose name stands somewhere without an address, by its id: the first place, one that a
    script may open before one that nothing opens. Pages of another body tell nothing. Reads `facts`, `home`, `pages`,
    `columns` and `html_of`."""
    found: dict[str, DeadName] = {}
    tried: set[tuple[str, bool]] = set()
    maps = [url for url, page in site.pages.items() if page.kind is PageKind.SITEMAP]
    others = of_other_bodies(site)
    own = [url for url in dict.fromkeys([site.facts.home, *maps, *site.columns]) if url not in others]
    for url in own[:MOST_PAGES]:
        for words, scripted in _names(site.html_of(url)):
            if (words, scripted) in tried or words.endswith("网"):
                continue
            tried.add((words, scripted))
            for name, what in wanted.items():
                known = found.get(name)
                if (known is None or (scripted and not known.scripted)) and names(what, words):
                    found[name] = DeadName(url, words, scripted)
    return found


@lru_cache(maxsize=PAGES_KEPT)
def _names(html: str) -> tuple[tuple[str, bool], ...]:
    """Short words of links without an address, each with whether a script may open it.

    A call that stands on links with an address too only marks what was clicked, and opens nothing. What a script
    writes, a script may give an address to.
    """
    found: list[tuple[str, bool]] = []
    links = [(_href(tag), _call(tag), inside) for tag, inside in _LINK.findall(sources.shown(html))]
    marking = {call for href, call, _inside in links if not _is_dead(href)}
    for href, call, inside in links:
        words = re.sub(r"<[^>]*>|&\w+;|\s", "", inside)
        if _is_dead(href) and 1 < len(words) <= LONGEST_NAME:
            found.append((words, bool((call and call not in marking) or "(" in href.replace("void(0)", ""))))
    script = sources.scripts(html)
    for tag, inside in _LINK.findall(script):
        words = re.sub(r"<[^>]*>|&\w+;|\s", "", inside)
        if _is_dead(_href(tag)) and 1 < len(words) <= LONGEST_NAME:
            found.append((words, True))
    return (*found, *((words, True) for words in _NODE.findall(script)))


def _is_dead(href: str) -> bool:
    return href.lower() in EMPTY_HREFS or href.startswith(("#", "javascript:"))


def _href(tag: str) -> str:
    match = _HREF.search(tag)
    return "".join(match.groups("")).strip() if match else ""


def _call(tag: str) -> str:
    match = _ONCLICK.search(tag)
    return "".join(match.groups("")).strip() if match else ""
