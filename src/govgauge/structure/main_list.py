"""Which of a page's lists is the one the page is for."""

from govgauge import lazy_re
from govgauge.gather.artifacts import Region
from govgauge.structure import column_names
from govgauge.structure.item_years import completed
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.list_rows import Entry
from govgauge.structure.lists import Listing
from govgauge.structure.model import Item
from govgauge.structure.outline import Outline

SIDE_HEADING = lazy_re.compile(
    r"(?:热点|热门|推荐|相关|排行|点击|最新(?:更新|发布|信息|文章)?|猜你|友情|链接|快速(?:通道|导航|链接)|猜您|图片新闻|浏览记录|栏目导航|栏目列表|站内导航)\S{0,6}$"
)
UNDATED_TITLE_CHARS = 5
"""A list without dates counts as items only when its titles are longer than the names in a menu."""
COLUMN_CHARS = 16
"""Longer words are a title, whatever kind of column they end like (《…》政策解读)."""
LONGEST_CARD = 100
"""Characters beside its title that a single row of a table may hold as an abstract."""
LONGEST_BESIDE = 200
"""Characters outside links that may stand beside the single, undated link of a column."""
_CELLS = frozenset(["tr", "td", "tbody", "table"])
TITLE_CHARS = 8
"""Mean length from which the words of a list are titles beyond doubt."""


def of_column(outline: Outline, listings: list[Listing], own: frozenset[str] = frozenset()) -> list[Listing]:
    """The listings that make up the content of a column page, in document order; empty when it lists nothing.

    `own` holds the page's address and the names of its column: a menu that leads to the page itself is navigation,
    one that leads only to others (sub-columns) is what the page is for.
    """
    listings = [listing for listing in listings if not _is_prose(outline, listing)]
    worthy = [listing for listing in listings if _worth(listing)]
    dated = [listing for listing in worthy if listing.dated * 2 >= len(listing.entries)]
    main = [listing for listing in dated if listing.region is Region.MAIN]
    if main or dated:
        return [listing for listing in main if not is_beside(outline, listing)] or main or dated
    plain = [
        listing
        for listing in worthy
        if listing.region is Region.MAIN and _reads_as_titles(listing) and not is_beside(outline, listing)
    ]
    titles = [listing for listing in plain if listing.title_chars >= TITLE_CHARS]
    if titles:
        return titles
    if not plain:
        rest = [listing for listing in listings if listing.region is Region.MAIN and not is_beside(outline, listing)]
        return [listing for listing in rest if listing.pictures] or [
            listing for listing in rest if _leads_to_columns(listing) and not _leads_to_itself(listing, own)
        ]
    return [max(plain, key=lambda listing: len(listing.entries) * listing.title_chars)]


def _leads_to_columns(listing: Listing) -> bool:
    """Whether a list is made of links whose words are names of columns."""
    named = sum(
        1
        for entry in listing.entries
        if entry.url
        and len(entry.title) <= COLUMN_CHARS
        and column_names.kind_of(entry.title) not in (ColumnKind.OTHER, ColumnKind.HOME)
    )
    return named * 2 > len(listing.entries)


def _leads_to_itself(listing: Listing, own: frozenset[str]) -> bool:
    return any(entry.url in own or column_names.clean(entry.title) in own for entry in listing.entries)


def of_home(listings: list[Listing]) -> list[Listing]:
    """All lists of a home page that show dates, and the others that read as titles."""
    return [
        listing
        for listing in listings
        if _worth(listing)
        and listing.region is not Region.FOOT
        and (
            listing.dated * 2 >= len(listing.entries)
            or (listing.region is Region.MAIN and listing.title_chars >= TITLE_CHARS)
        )
    ]


def items(listings: list[Listing]) -> tuple[Item, ...]:
    """The items of lists in document order, years completed where the list shows month and day only."""
    found: list[Item] = []
    for listing in listings:
        found += items_of(listing.entries)
    return tuple(found)


def items_of(entries: list[Entry]) -> tuple[Item, ...]:
    """The items of one list: its rows with a title of their own."""
    own = [entry for entry in entries if entry.is_item]
    return tuple(
        Item(entry.url, entry.title, day, entry.date_text) for entry, day in zip(own, completed(own), strict=True)
    )


def _worth(listing: Listing) -> bool:
    entries = [entry for entry in listing.entries if entry.is_item]
    return bool(entries) and (len(entries) >= 2 or listing.dated > 0 or len(entries[0].title) >= 8)


def _is_prose(outline: Outline, listing: Listing) -> bool:
    """Whether the only row of a list is the text of an article with a link in it, which a table holds in one cell, or
    an undated link beside such a text."""
    if len(listing.entries) > 1:
        return False
    if not listing.dated and outline.plain_chars(listing.block) > LONGEST_BESIDE:
        return True
    row = listing.entries[0].row
    return row.tag in _CELLS and outline.plain_chars(row) > LONGEST_CARD


def _reads_as_titles(listing: Listing) -> bool:
    entries = [entry for entry in listing.entries if entry.is_item]
    named = sum(1 for entry in entries if column_names.is_known(entry.title))
    chars = sum(len(entry.title) for entry in entries) / max(1, len(entries))
    return chars >= UNDATED_TITLE_CHARS and (chars >= 12 or named * 2 < len(entries))


def is_beside(outline: Outline, listing: Listing) -> bool:
    """Whether a list stands in a side part of the page, or the heading before a list calls it an extra: hot, "
    "recommended, related, links."""
    start = listing.block.text_start
    before = outline.between(max(0, start - 12), start)[-24:].rstrip("：: ")
    return bool(SIDE_HEADING.search(before.split(" ")[-1] if before else "")) or listing.region is not Region.MAIN
