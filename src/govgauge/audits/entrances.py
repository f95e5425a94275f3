"""Finding entrances by their words: columns by name and kind, then links, on whatever host they lead to."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

from msgspec import Struct

from govgauge import lazy_re
from govgauge.audits import sources
from govgauge.audits.foreign_link.domains import alien_owner
from govgauge.gather import urls
from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.structure import column_names
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import LinkUse, Site

LONGEST_WORDS = 16
"""Characters of the longest link text that is read as the name of an entrance, not as a headline."""
SORTING = frozenset("↕▲▼△▽↑↓⇅")
"""Signs behind the heading of a table by which it is sorted: no entrance, whatever its words."""
_LINKS = frozenset({LinkKind.A, LinkKind.AREA, LinkKind.FRAME, LinkKind.SCRIPTED})
_SCRIPTED = lazy_re.compile(
    r"<(?:a|div|span|li|p|td|button|img)\b[^>]*(?:onclick\s*=|href\s*=\s*[\"']?\s*(?:javascript:|#))[^>]*>((?:[^<]|<(?!/(?:a|div|li|p|td|button)>|a\b)[^>]*>){1,300})",
    re.IGNORECASE,
)
_BODIES = lazy_re.compile(
    r"(?:局|委|[委管]会|委员会|厅|部|院|(?<![通上次近尖掌])办|办公室|学院|大学|公司|协会|人民网|新华网|[省市州县区旗局][^|｜丨]*中心|处|科|(?<!科)室|站|支队|大队|街道)"
    r"(?=$|[|｜丨·(（])"
)
"""Names of bodies, alone or before what is done with them (某局|我要留言): a link to them is no column. 一网通办 is no
body."""
_TAKING_PART = lazy_re.compile(
    r"(?:建言(?:献策)?|献策|提建议|(?:意见|建议|民意)?征集|征求意见|调查|投票|问卷|投诉|举报|留言|信箱|咨询)(?:平台|专区|专栏|入口|热线|电话)?$"
)
"""Heads of names of places to take part: a survey about plans is no column of plans."""


_known: WeakKeyDictionary[object, "_Named"] = WeakKeyDictionary()


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


def names(what: Wanted, words: str) -> bool:
    """Whether words are a name of what is wanted: no body's name, and not only what a survey or a mailbox is about."""
    if _BODIES.search(words) and not column_names.is_known(words):
        return False
    head = _TAKING_PART.search(words)
    return any(head is None or match.end() > head.start() for match in what.words.finditer(words))


def is_column_of(what: Wanted, column: Column) -> bool:
    """Whether a column is one of what is wanted, by its kind or by its name."""
    head = _TAKING_PART.search(column.name)
    if column.kind in what.kinds and (head is None or column_names.kind_of(head.group()) in what.kinds):
        return True
    return names(what, column.name)


def find(site: Site, wanted: Mapping[str, Wanted], *, without: Collection[str] = ()) -> dict[str, Entrance]:
    """The first entrance found for each of `wanted`, by its id: columns, links of the home page, links of any page,
    and at last what the home page opens by a script alone. What leads to a page in `without` is none, nor is the
    headline of a dated entry of a list.

    Reads `columns`, `home`, `facts`, `links` and `html_of`; the links of all pages are passed only while
    something is still missing.
    """
    found: dict[str, Entrance] = {}
    for name, what in wanted.items():
        column = _column(site, what, without)
        if column is not None:
            found[name] = column
    named = _named(site)
    _take(found, wanted, (use for use in named.at_home if use.link.url not in without))
    if len(found) < len(wanted):
        _take(found, wanted, (use for use in named.anywhere(site) if use.link.url not in without))
    if len(found) < len(wanted):
        _take_scripted(found, wanted, site)
    return found


class _Named:
    """The links of a site that may be names of entrances: the same for whatever is looked for."""

    def __init__(self, site: Site) -> None:
        self._entries = _entries(site)
        self._host = site.facts.host
        self._anywhere: list[LinkUse] | None = None
        self.at_home = [use for use in _at_home(site) if self._is_name(use.link)]

    def anywhere(self, site: Site) -> list[LinkUse]:
        """Those of all pages, the first of the same words among those that count alike."""
        if self._anywhere is None:
            first: dict[tuple[str, bool], LinkUse] = {}
            for use in site.links():
                key = (use.link.text, use.link.url in self._entries)
                if key not in first and _may_name(use.link, self._host):
                    first[key] = use
            self._anywhere = [use for use in first.values() if self._is_name(use.link)]
        return self._anywhere

    def _is_name(self, link: Link) -> bool:
        if not _may_name(link, self._host):
            return False
        title = self._entries.get(link.url)
        return title is None or not _is_headline(link, title)


def _named(site: Site) -> _Named:
    """Sought once a site, whose function of links stands for it: audits see it through windows of their own."""
    known = _known.get(site.links)
    if known is None:
        known = _known[site.links] = _Named(site)
    return known


def _take_scripted(found: dict[str, Entrance], wanted: Mapping[str, Wanted], site: Site) -> None:
    """Words on the home page that only a script opens: the reader sees an entrance, we cannot follow it."""
    for words in _scripted(site.html_of(site.facts.home)):
        for name, what in wanted.items():
            if name not in found and names(what, words):
                found[name] = Entrance(site.facts.home, site.facts.home, words)


@lru_cache(maxsize=sources.KEPT)
def _scripted(html: str) -> tuple[str, ...]:
    words = [re.sub(r"<[^>]*>|&\w+;|\s", "", match.group(1)) for match in _SCRIPTED.finditer(sources.shown(html))]
    return tuple(dict.fromkeys(name for name in words if 0 < len(name) <= LONGEST_WORDS))


def _column(site: Site, what: Wanted, without: Collection[str]) -> Entrance | None:
    for column in site.columns.values():
        if column.url not in without and is_column_of(what, column):
            return Entrance(column.parent_url or site.facts.home, column.url, column.name, column=True)
    return None


def _at_home(site: Site) -> Iterator[LinkUse]:
    if site.home is None:
        return
    for link in site.home.links:
        yield LinkUse(site.home.url, link)
    for hint in site.home.column_hints:
        yield LinkUse(site.home.url, Link(hint.url, LinkKind.A, hint.name))


def _entries(site: Site) -> dict[str, str]:
    """Titles of the dated entries of all lists by URL, where these are no columns."""
    lists = [column.items for column in site.columns.values()] + ([site.home.items] if site.home else [])
    return {
        item.url: item.title
        for items in lists
        for item in items
        if item.date is not None and item.url not in site.columns
    }


def _is_headline(link: Link, title: str) -> bool:
    """Whether a link shows the title of an entry, shortened or not, and not the usual name of a column."""
    if link.region is Region.NAV or column_names.is_known(link.text):
        return False
    return _folded(title).startswith(_folded(link.text).rstrip(".…"))


def _folded(text: str) -> str:
    return "".join(text.split())


def _take(found: dict[str, Entrance], wanted: Mapping[str, Wanted], uses: Iterable[LinkUse]) -> None:
    """Add the first of the links whose words name what is still missing; words are looked at once."""
    tried: set[str] = set()
    for use in uses:
        words = use.link.text
        if words in tried:
            continue
        tried.add(words)
        for name, what in wanted.items():
            if name not in found and names(what, words):
                found[name] = Entrance(use.page, use.link.url, words)
        if len(found) == len(wanted):
            return


def _may_name(link: Link, host: str) -> bool:
    """Whether a link's words can be the name of an entrance; a foreign link at the foot is a friendly link."""
    if not 0 < len(link.text) <= LONGEST_WORDS or link.kind not in _LINKS or link.text[-1] in SORTING:
        return False
    if link.text.endswith("网") and alien_owner(link.url):
        return False  # a website's name, and no platform of the state
    return link.region is not Region.FOOT or urls.host(link.url) == host
