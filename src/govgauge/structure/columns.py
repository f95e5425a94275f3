"""The tree of columns, put together from list pages, navigation, crumbs and site map."""

from collections.abc import Mapping
from datetime import date
from sys import intern

import msgspec

from govgauge.gather.artifacts import LinkKind
from govgauge.structure import column_names, paging
from govgauge.structure.kinds import ColumnKind, PageKind
from govgauge.structure.model import Column, ColumnHint, Item, PageReading

ITEMS_KEPT = 500
"""Items kept of one column; more are only counted."""
PICTURE_WORTH = 50
"""A picture or film in the main part counts as so many characters: a chart may be all there is to say."""
FORM_WORTH = 100
"""A form counts as so many characters of text: a column that offers one is not empty."""
ORIGINS = ("crumb", "sitemap", "nav", "more")
"""Ways in which a column is named, the surest first."""
INHERITED = frozenset(
    {
        ColumnKind.TOPICS,
        ColumnKind.ANNUAL_REPORT,
        ColumnKind.BUDGET,
        ColumnKind.STATISTICS,
        ColumnKind.LEADERSHIP,
        ColumnKind.INSTITUTIONS,
        ColumnKind.PROPOSALS,
        ColumnKind.OPEN_DATA,
        ColumnKind.GUIDES,
        ColumnKind.ABOUT,
    }
)
"""Kinds that a column without a telling name takes over from the column above it."""
_GENERIC_NAMES = frozenset(
    ["首页", "正文", "列表", "列表页", "栏目", "更多", "信息列表", "文章列表", "首页正文", "当前位置"]
)


class ListPage:
    """What is kept of one page of a column."""

    __slots__ = (
        "description",
        "frames",
        "goes_on",
        "is_frame",
        "items",
        "name",
        "next_urls",
        "parents",
        "script_only",
        "total",
        "url",
    )

    def __init__(self, reading: PageReading) -> None:
        self.url = intern(reading.url)
        self.name = own_name(reading)
        self.parents = tuple((intern(url), name) for url, name in reading.crumbs[:-1] if url or name)
        self.items = tuple(_compact(item) for item in reading.items)
        self.next_urls = tuple(intern(url) for url in reading.next_urls)
        self.total = reading.total_items
        self.goes_on = reading.goes_on
        self.script_only = reading.script_only
        self.is_frame = reading.kind is PageKind.FRAME
        self.frames = (
            () if reading.items else tuple(intern(link.url) for link in reading.links if link.kind is LinkKind.FRAME)
        )
        self.description = 0 if reading.items else _description(reading, self.name)


class Named:
    """The names under which one URL is known, with the way each was given."""

    __slots__ = ("goes_on", "names", "parent")

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], int] = {}
        self.parent = ""

    def add(self, hint: ColumnHint) -> None:
        place = (intern(hint.origin), intern(hint.name))
        self.names[place] = self.names.get(place, 0) + 1
        self.parent = self.parent or intern(hint.parent_url)

    def best(self) -> str:
        """The surest and most frequent name."""
        ranked = sorted(self.names.items(), key=lambda pair: (ORIGINS.index(pair[0][0]), -pair[1]))
        return ranked[0][0][1] if ranked else ""


def own_name(reading: PageReading) -> str:
    """The name that a column's page gives itself."""
    if reading.crumbs:
        url, name = reading.crumbs[-1]
        if (not url or url == reading.url or paging.key(url) == paging.key(reading.url)) and _telling(name):
            return intern(name)
    for name in (reading.meta.get("columnname", ""), reading.heading):
        if _telling(name) and len(name) <= 24:
            return intern(name)
    return ""


def build(
    pages: Mapping[str, ListPage],
    named: Mapping[str, Named],
    single: Mapping[str, ListPage],
    *,
    as_of: date,
    home: str,
    own_dates: Mapping[str, date],
) -> dict[str, Column]:
    """Columns by the URL of their first page.

    `pages` are the list pages read, `named` the hints by URL, `single` pages of text that are columns where others name
    them so, `own_dates` the publishing dates of articles by URL. A page that lists nothing, bears no column's name and
    is named by no other page is no column.
    """
    columns: dict[str, Column] = {}
    belongs: dict[str, str] = {}
    for group in _groups(pages):
        column = _column(group, pages, named, as_of, own_dates)
        if not _is_column(column, group, named):
            continue
        columns[column.url] = column
        for page in group:
            belongs[page.url] = column.url
    for url, page in single.items():
        known = named.get(url)
        if url not in belongs and known and column_names.kind_of(known.best()) is not ColumnKind.OTHER:
            columns[url] = _column([page], pages, named, as_of, own_dates)
            belongs[url] = url
    return _linked(columns, {**pages, **single}, named, belongs, home)


def _is_column(column: Column, group: list[ListPage], named: Mapping[str, Named]) -> bool:
    if column.items and column.name:
        return True
    if any(page.url in named for page in group):
        return True
    return bool(column.name) and column_names.kind_of(column.name) is not ColumnKind.OTHER


def _groups(pages: Mapping[str, ListPage]) -> list[list[ListPage]]:
    """The pages of each column, in order: list pages that lead on to each other, and what stands in their frames."""
    parent: dict[str, str] = {url: url for url in pages}

    def root(url: str) -> str:
        while parent[url] != url:
            parent[url] = parent[parent[url]]
            url = parent[url]
        return url

    for page in pages.values():
        for url in (*page.next_urls, *page.frames):
            if known := paging.read_as(url, parent):
                parent[root(known)] = root(page.url)
    groups: dict[str, list[ListPage]] = {}
    for url, page in pages.items():
        groups.setdefault(root(url), []).append(page)
    return [sorted(group, key=_place) for group in groups.values()]


def _place(page: ListPage) -> tuple[bool, int, str]:
    return (not page.frames, *paging.order(page.url))


def _column(
    group: list[ListPage],
    pages: Mapping[str, ListPage],
    named: Mapping[str, Named],
    as_of: date,
    own_dates: Mapping[str, date],
) -> Column:
    first = group[0]
    seen: set[int] = set()
    kept: list[Item] = []
    newest: date | None = None
    oldest: date | None = None
    future: date | None = None
    for page in group:
        for item in page.items:
            mark = hash(item.url or item.title)
            if mark in seen:
                continue
            seen.add(mark)
            if len(kept) < ITEMS_KEPT:
                kept.append(item)
            day = item.date or own_dates.get(item.url)
            if day is None:
                continue
            if day > as_of:
                future = day if future is None else min(future, day)
                continue
            newest = day if newest is None or day > newest else newest
            oldest = day if oldest is None or day < oldest else oldest
    total = max(page.total for page in group)
    unread = any(not paging.read_as(url, pages) for page in group for url in page.next_urls)
    scripted = not seen and any(page.script_only for page in group)
    name = next((page.name for page in group if page.name), "") or next(
        (known.best() for page in group if (known := named.get(page.url))), ""
    )
    return Column(
        url=first.url,
        name=name,
        kind=column_names.kind_of(name),
        items=tuple(kept),
        item_count=len(seen),
        newest=newest or future,
        oldest=oldest or future,
        pages=tuple(page.url for page in group),
        complete=not unread and not scripted and not any(page.goes_on for page in group) and total <= len(seen),
        script_only=scripted,
        description_chars=max(page.description for page in group),
    )


def _linked(
    columns: dict[str, Column],
    pages: Mapping[str, ListPage],
    named: Mapping[str, Named],
    belongs: Mapping[str, str],
    home: str,
) -> dict[str, Column]:
    """Give every column its parent, its sub-columns, and the kind that it inherits."""
    parents: dict[str, str] = {}
    above: dict[str, tuple[str, ...]] = {}
    for url in columns:
        page = pages[url]
        names = tuple(name for _, name in page.parents)
        above[url] = names
        candidates = [step for step, _ in reversed(page.parents)]
        hint = named.get(url)
        if hint is not None and hint.parent:
            candidates.append(hint.parent)
        parents[url] = next(
            (
                found
                for step in candidates
                if step and (found := belongs.get(step, step)) != url and found in columns and found != home
            ),
            "",
        )
    children: dict[str, list[str]] = {}
    for url, parent in parents.items():
        if parent:
            children.setdefault(parent, []).append(url)
    return {
        url: _settled(column, parents, above, columns, tuple(children.get(url, ()))) for url, column in columns.items()
    }


def _settled(
    column: Column,
    parents: Mapping[str, str],
    above: Mapping[str, tuple[str, ...]],
    columns: Mapping[str, Column],
    children: tuple[str, ...],
) -> Column:
    return msgspec.structs.replace(
        column,
        parent_url=parents[column.url],
        sub_columns=children,
        kind=_kind(column, parents, above, columns),
    )


def _kind(
    column: Column, parents: Mapping[str, str], above: Mapping[str, tuple[str, ...]], columns: Mapping[str, Column]
) -> ColumnKind:
    """The column's own kind; below a topic everything is topic; a name that tells nothing takes over from above."""
    kinds = [column_names.kind_of(name) for name in above[column.url]]
    url, guard = parents[column.url], 0
    while url and guard < 8:
        kinds.insert(0, columns[url].kind)
        url, guard = parents[url], guard + 1
    if ColumnKind.TOPICS in kinds:
        return ColumnKind.TOPICS
    if column.kind is not ColumnKind.OTHER:
        return column.kind
    return next((kind for kind in reversed(kinds) if kind in INHERITED), ColumnKind.OTHER)


def _compact(item: Item) -> Item:
    return Item(intern(item.url), item.title, item.date, intern(item.date_text))


def _description(reading: PageReading, name: str) -> int:
    """Characters of text on a page without a list, its own name left out. A form to fill in says at least something."""
    chars = sum(
        len(word) for line in reading.text.split("\n") if line not in (name, reading.heading) for word in line.split()
    )
    chars += PICTURE_WORTH * reading.pictures
    return max(chars, FORM_WORTH) if reading.kind is PageKind.FORM else chars


def _telling(name: str) -> bool:
    return bool(name) and column_names.clean(name) not in _GENERIC_NAMES and len(name) <= 40
