"""What may be said of a column from what was seen of it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from govgauge import lazy_re
from govgauge.audits.addresses import place
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import ArticleFacts, Column, Item

CLOSED_CHAPTER = lazy_re.compile(
    r"专题|专栏|专版|历史|归档|档案|往期|往届|历届|历年|年鉴|大事记|党史|学习教育|主题教育|教育实践|回头看|两会|疫情|防控|抗击|"
    r"换届|普查|创建|督察|巡视|巡察|整改|周年|十[二三四五六七八九]大|(?:19|20)\d\d|第.{1,3}届|[一二三]公开|存档|旧版|回顾"
)
"""Words of a column's name that tell of something with an end: a campaign, an event, a year, an archive."""

SORTED_SHARE = 0.8
"""A list counts as newest-first when this share of its neighbours stands in that order."""

MIN_LIST = 3
"""Fewer items than this may be alike in two columns by chance."""

REPEATED_SHARE = 0.8
"""A parent whose list holds so much of what stands below it shows nothing of its own."""

FIRST_ITEMS = 5
"""So many items at the head of a list must be dated before its newest date is certain."""


def entry(item: Item) -> str:
    """What an item is known by: its address, and where a script opens it, its date and title."""
    return item.url or f"{item.date_text} {item.title}"


def unique_columns(columns: Iterable[Column]) -> list[Column]:
    """Columns without the second names of the same list: the same address otherwise written, or the same items."""
    kept: list[Column] = []
    seen = set[tuple[str, ...]]()
    for column in columns:
        keys: list[tuple[str, ...]] = [("place", place(column.url))]
        if len(column.items) >= MIN_LIST:
            keys.append(("items", *(entry(item) for item in column.items[:20])))
        if not any(key in seen for key in keys):
            kept.append(column)
        seen.update(keys)
    return kept


def descendants(column: Column, columns: Mapping[str, Column]) -> list[Column]:
    """All columns below a column, each once."""
    found: dict[str, Column] = {}
    waiting = list(column.sub_columns)
    while waiting:
        url = waiting.pop()
        child = columns.get(url)
        if child is None or url in found or url == column.url:
            continue
        found[url] = child
        waiting.extend(child.sub_columns)
    return list(found.values())


def ancestors(column: Column, columns: Mapping[str, Column]) -> Iterator[Column]:
    """The columns above a column, nearest first."""
    seen = {column.url}
    parent = columns.get(column.parent_url)
    while parent is not None and parent.url not in seen:
        yield parent
        seen.add(parent.url)
        parent = columns.get(parent.parent_url)


def is_closed_chapter(column: Column, columns: Mapping[str, Column]) -> bool:
    """Whether a column, or one above it, is a topic or an archive that is not expected to grow."""
    line = [column, *ancestors(column, columns)]
    return any(
        member.kind is ColumnKind.TOPICS or (member.kind is not ColumnKind.HOME and CLOSED_CHAPTER.search(member.name))
        for member in line
    )


def only_repeats_children(column: Column, columns: Mapping[str, Column]) -> bool:
    """Whether a column shows nothing but what stands in the columns below it."""
    below = descendants(column, columns)
    listed = {entry(item) for member in below for item in member.items} | {member.url for member in below}
    repeated = sum(entry(item) in listed for item in column.items)
    return bool(below) and repeated >= REPEATED_SHARE * len(column.items)


def newest_is_certain(column: Column) -> bool:
    """Whether the newest date cannot hide on a list page that was not read: all were, or the list is newest-first."""
    if column.complete:
        return True
    days = [item.date for item in column.items if item.date is not None]
    pairs = list(pairwise(days))
    ordered = sum(first >= second for first, second in pairs)
    return len(days) >= FIRST_ITEMS and ordered >= SORTED_SHARE * len(pairs)


def has_undated_unseen(column: Column, articles: Mapping[str, ArticleFacts]) -> bool:
    """Whether one of the first items has no date and was not opened, so that it may be newer than the rest."""
    return any(item.date is None and item.url not in articles for item in column.items[:FIRST_ITEMS])
