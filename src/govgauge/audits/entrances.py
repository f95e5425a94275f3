"""Finding entrances by their words: columns by name and kind, then links, on whatever host they lead to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from weakref import WeakKeyDictionary

from msgspec import Struct

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.site import LinkUse, Site

LONGEST_WORDS = 16
"""Characters of the longest link text that is read as the name of an entrance, not as a headline."""
_LINKS = frozenset({LinkKind.A, LinkKind.AREA, LinkKind.FRAME, LinkKind.SCRIPTED})
_SCRIPTED = lazy_re.compile(
    r"<(?:a|div|span|li|p|td|button|img)\b[^>]*(?:onclick\s*=|href\s*=\s*[\"']?\s*(?:javascript:|#))[^>]*>((?:[^<]|<(?!/(?:a|div|li|p|td|button)>|a\b)[^>]*>){1,300})",
    re.IGNORECASE,
)
_BODIES = lazy_re.compile(r"(?:局|委|委员会|厅|部|院|办|办公室|学院|大学|公司|协会|人民网|新华网)$")
"""Names of bodies: a link to them is no column."""


_named: WeakKeyDictionary[object, list[LinkUse]] = WeakKeyDictionary()


class Wanted(Struct, frozen=True):
    """What an entrance is called, and the kinds of columns that are one by themselves."""

    words: re.Pattern[str]
    kinds: frozenset[ColumnKind] = frozenset()


class Entrance(Struct, frozen=True):
    """Where an entrance was found: the page with the link, where it leads, its words; `column` when it is a column."""

    page: str
    url: str
    words: str
    column: bool = False


def find(site: Site, wanted: Mapping[str, Wanted]) -> dict[str, Entrance]:
    """The first entrance found for each of `wanted`, by its id: columns, links of the home page, links of any page,
    and at last what the home page opens by a script alone.

    Reads `columns`, `home`, `facts`, `links` and `html_of`; the links of all pages are passed only while something is
    still missing.
    """
    found: dict[str, Entrance] = {}
    for name, what in wanted.items():
        column = _column(site, what)
        if column is not None:
            found[name] = column
    _take(found, wanted, _named_at_home(site), site.facts.host)
    _take(found, wanted, _named_anywhere(site), site.facts.host)
    if len(found) < len(wanted):
        _take_scripted(found, wanted, site)
    return found


def _take_scripted(found: dict[str, Entrance], wanted: Mapping[str, Wanted], site: Site) -> None:
    """Words on the home page that only a script opens: the reader sees an entrance, we cannot follow it."""
    for match in _SCRIPTED.finditer(site.html_of(site.facts.home)):
        words = re.sub(r"<[^>]*>|&\w+;|\s", "", match.group(1))
        for name, what in wanted.items():
            if name not in found and 0 < len(words) <= LONGEST_WORDS and what.words.search(words):
                found[name] = Entrance(site.facts.home, site.facts.home, words)


def _column(site: Site, what: Wanted) -> Entrance | None:
    for column in site.columns.values():
        if column.kind in what.kinds or what.words.search(column.name):
            return Entrance(column.parent_url or site.facts.home, column.url, column.name, column=True)
    return None


def _named_at_home(site: Site) -> Iterator[LinkUse]:
    if site.home is None:
        return
    for link in site.home.links:
        yield LinkUse(site.home.url, link)
    for hint in site.home.column_hints:
        yield LinkUse(site.home.url, Link(hint.url, LinkKind.A, hint.name))


def _named_anywhere(site: Site) -> list[LinkUse]:
    """The links of all pages that can be the name of an entrance, the first of the same words; sought once a site."""
    known = _named.get(site.links)
    if known is None:
        first: dict[str, LinkUse] = {}
        for use in site.links():
            if use.link.text not in first and _may_name(use.link, site.facts.host):
                first[use.link.text] = use
        known = _named[site.links] = list(first.values())
    return known


def _take(found: dict[str, Entrance], wanted: Mapping[str, Wanted], uses: Iterable[LinkUse], host: str) -> None:
    """Add the first of the links whose words name what is still missing; words are looked at once."""
    tried: set[str] = set()
    for use in uses:
        words = use.link.text
        if words in tried or not _may_name(use.link, host):
            continue
        tried.add(words)
        for name, what in wanted.items():
            if name not in found and what.words.search(words):
                found[name] = Entrance(use.page, use.link.url, words)
        if len(found) == len(wanted):
            return


def _may_name(link: Link, host: str) -> bool:
    """Whether a link's words can be the name of an entrance; a foreign link at the foot is a friendly link."""
    if not 0 < len(link.text) <= LONGEST_WORDS or link.kind not in _LINKS or _BODIES.search(link.text):
        return False
    return link.region is not Region.FOOT or urls.host(link.url) == host
