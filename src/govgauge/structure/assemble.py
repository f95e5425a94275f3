"""From the readings of all pages to the artifacts of the site."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from functools import lru_cache
from sys import intern

import msgspec

from govgauge.gather.artifacts import Exchange, LinkKind, Purpose
from govgauge.gather.facts import NetworkFacts
from govgauge.structure import columns as column_tree
from govgauge.structure.columns import ListPage, Named
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import (
    ArticleFacts,
    Column,
    PageFacts,
    PageReading,
    Probe,
    SiteFacts,
    Target,
)
from govgauge.structure.site import LinkUse, Site

_LISTING = frozenset({PageKind.COLUMN, PageKind.FRAME, PageKind.FORM})
"""Pages that may be a column or a part of one."""
DAYS_REMEMBERED = 4096
"""Days in the words of a server that are kept in mind."""
DAY_CHARACTERS = len("Wed, 05 Nov 2025")


def assemble(
    facts: SiteFacts,
    readings: Iterable[PageReading],
    requested: dict[str, Target],
    *,
    probes: tuple[Probe, ...] = (),
    network: NetworkFacts | None = None,
    links: Callable[[], Iterator[LinkUse]] | None = None,
    uses: Callable[[set[str], int], dict[str, list[LinkUse]]] | None = None,
    text_of: Callable[[str], str] | None = None,
    html_of: Callable[[str], str] | None = None,
) -> Site:
    """Build the site from one pass over its readings (in the order of the visit) and what became of its URLs.

    The readings are consumed one at a time and not kept, so that a site of 100,000 pages fits in memory.
    """
    site = Site(facts=facts, targets=requested, probes=probes)
    if network is not None:
        site.network = network
    site.links = links or site.links
    site.uses = uses or site.uses
    site.text_of = text_of or site.text_of
    site.html_of = html_of or site.html_of
    gathered = _Gathered()
    for reading in readings:
        if reading.url not in site.pages:
            _take(site, gathered, reading)
    site.columns = column_tree.build(
        gathered.pages,
        gathered.named,
        gathered.single,
        as_of=facts.as_of,
        home=facts.home,
        own_dates={url: place.article.published for url, place in site.articles.items() if place.article.published},
    )
    site.home = _with_frames(site.home, gathered)
    _place_articles(site, gathered)
    _place_pages(site)
    return site


def _with_frames(home: PageReading | None, gathered: "_Gathered") -> PageReading | None:
    """A home page of frames shows what stands in them."""
    if home is None or home.items or not home.script_only:
        return home
    frames = [link.url for link in home.links if link.kind is LinkKind.FRAME and link.url in gathered.pages]
    items = tuple(item for url in frames for item in gathered.pages[url].items)
    return msgspec.structs.replace(home, items=items, script_only=False) if items else home


class _Gathered:
    """What is collected while the readings stream by."""

    __slots__ = ("crumb_columns", "named", "pages", "single")

    def __init__(self) -> None:
        self.pages: dict[str, ListPage] = {}
        self.named: dict[str, Named] = {}
        self.single: dict[str, ListPage] = {}
        """Pages of text without a date: a column may be no more than that."""
        self.crumb_columns: dict[str, str] = {}
        """The last linked step of an article's trail, by the article's URL."""


def _take(site: Site, gathered: _Gathered, reading: PageReading) -> None:
    """Keep of one reading what the site needs."""
    url = intern(reading.url)
    target = site.targets.get(url)
    exchange = target.exchange if target else Exchange(url=url, purpose=Purpose.PAGE)
    site.pages[url] = PageFacts(
        url=url,
        kind=reading.kind,
        title=reading.title,
        depth=reading.depth,
        exchange=exchange,
        text_chars=reading.text_chars,
        soft_error=reading.soft_error,
        charset=intern(reading.charset),
        declared_charset=intern(reading.declared_charset),
        script_only=reading.script_only,
        heading=reading.heading,
        forms=reading.forms,
        site_tags=_site_tags(reading.meta),
    )
    if reading.soft_error:
        _mark_soft_error(site.targets, exchange, url, reading.soft_error)
    if exchange.purpose is Purpose.PROBE:
        return
    if reading.kind is PageKind.HOME and site.home is None:
        site.home = reading
        site.marks = reading.marks
    if reading.kind in _LISTING:
        gathered.pages[url] = ListPage(reading)
    elif reading.article is not None and reading.article.published is None:
        gathered.single[url] = ListPage(reading)
    for hint in reading.column_hints:
        gathered.named.setdefault(intern(hint.url), Named()).add(hint)
    if reading.article is not None:
        site.articles[url] = ArticleFacts(
            url=url, column_url="", article=reading.article, last_modified=_last_modified(exchange)
        )
        crumb = next((step for step, _ in reversed(reading.crumbs) if step and step != url), "")
        if crumb:
            gathered.crumb_columns[url] = intern(crumb)
    _take_special(site, url, reading)


def _site_tags(meta: Mapping[str, str]) -> tuple[str, str, str]:
    return intern(meta.get("sitename", "")), intern(meta.get("sitedomain", "")), intern(meta.get("siteidcode", ""))


def _take_special(site: Site, url: str, reading: PageReading) -> None:
    if reading.policy is not None:
        site.policies[url] = reading.policy
    if reading.guide is not None:
        site.guides[url] = reading.guide
    if reading.letter is not None:
        site.letters[url] = reading.letter
    if reading.consultation is not None:
        site.consultations[url] = reading.consultation
    if reading.dataset is not None:
        site.datasets[url] = reading.dataset


def _mark_soft_error(known: dict[str, Target], exchange: Exchange, url: str, words: str) -> None:
    for address in {url, exchange.url, exchange.final_url}:
        target = known.get(address)
        if target is not None:
            known[address] = msgspec.structs.replace(target, soft_error=words)


def _last_modified(exchange: Exchange) -> date | None:
    written = exchange.header("last-modified")
    return (
        _day(f"{written[:DAY_CHARACTERS]} 00:00:00 GMT" if written.endswith(" GMT") else written) if written else None
    )


@lru_cache(maxsize=DAYS_REMEMBERED)
def _day(written: str) -> date | None:
    try:
        return parsedate_to_datetime(written).date()
    except ValueError:
        return None


def _place_articles(site: Site, gathered: _Gathered) -> None:
    """Give every article its column: the one that lists it, else the one its trail names, else its directory's."""
    listed: dict[str, tuple[str, date | None, str]] = {}
    for column in site.columns.values():
        for page in (gathered.pages[url] for url in column.pages if url in gathered.pages):
            for item in page.items:
                if not item.url or item.url not in site.articles:
                    continue
                known = listed.get(item.url)
                if known is None or _nearer(item.url, column, site.columns[known[0]]):
                    listed[item.url] = (column.url, item.date, item.title)
    by_page = {page: column.url for column in site.columns.values() for page in column.pages}
    by_directory: dict[str, str] = {}
    for column in site.columns.values():
        by_directory.setdefault(_directory(column.url), column.url)
    for url, facts in site.articles.items():
        place = listed.get(url)
        column_url = place[0] if place else by_page.get(gathered.crumb_columns.get(url, ""), "")
        site.articles[url] = msgspec.structs.replace(
            facts,
            column_url=column_url or _by_directory(url, by_directory),
            list_date=place[1] if place else None,
            list_title=place[2] if place else "",
        )


def _nearer(url: str, column: Column, other: Column) -> bool:
    """Whether `column` is the closer home of an article: below the other, else by the deeper shared directory."""
    if column.parent_url == other.url or other.parent_url == column.url:
        return column.parent_url == other.url
    one, two = _shared(url, column.url), _shared(url, other.url)
    return one > two


def _shared(url: str, column_url: str) -> int:
    directory = _directory(column_url)
    return len(directory) if url.startswith(directory) else 0


def _directory(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[0] + "/"


def _by_directory(url: str, columns: dict[str, str]) -> str:
    directory = _directory(url)
    for _ in range(4):
        if directory in columns:
            return columns[directory]
        directory = directory.rstrip("/").rpartition("/")[0] + "/"
        if directory.count("/") <= 3:
            break
    return ""


def _place_pages(site: Site) -> None:
    """Tell every page its column."""
    by_page = {page: column.url for column in site.columns.values() for page in column.pages}
    for url, page in site.pages.items():
        place = site.articles.get(url)
        column_url = by_page.get(url) or (place.column_url if place else "")
        if column_url:
            site.pages[url] = msgspec.structs.replace(page, column_url=column_url)
