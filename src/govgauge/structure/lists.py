"""Lists of links: repeated rows with a title, an address and often a date, whatever elements they are made of."""

from collections.abc import Iterator

from govgauge import lazy_re
from govgauge.gather.artifacts import Region
from govgauge.structure import list_dates
from govgauge.structure.list_rows import GENERIC, Entry, read_row
from govgauge.structure.outline import Block, Outline

ROW_LINKS = 6
"""Most links that one row may hold (a picture, a department, the title, 'details')."""
TITLE_CHARS = 8
"""A link text of this length reads as a title; shorter ones are names, departments, buttons."""
_BRACKETED = lazy_re.compile(r"^[\[【〔(（].{1,14}[\]】〕)）]$")
_YEAR_ABOVE = lazy_re.compile(r"(?:^|\D)(20[0-4]\d)\s*年?(?:度)?\s*[:：]?$")
YEAR_TEXTS = 3
"""How far above a list its year may stand, in runs of text."""
_CONTENT = (Region.MAIN, Region.SIDE)
_ROWS = frozenset(["li", "tr", "dd", "dt"])
_TABLES = frozenset(["ul", "ol", "tbody", "table", "dl"])
_ONE_LINE = frozenset(["li", "tr", "dd", "dt", "p"])
"""Elements that make a row in which a department may be linked beside the title."""
_STOPPERS = frozenset({"body", "html", "form", "main", "frameset"})


class Listing:
    """A list: the block that holds it, its region, and its entries."""

    __slots__ = ("block", "entries", "last", "region")

    def __init__(self, block: Block, region: Region, entries: list[Entry], last: Block) -> None:
        self.block = block
        self.region = region
        self.entries = entries
        self.last = last

    @property
    def pictures(self) -> bool:
        """Whether most rows show a picture, as cards of persons, topics and places do."""
        shown = sum(1 for entry in self.entries if entry.row.element.find("img") is not None)
        return shown * 2 > len(self.entries)

    @property
    def dated(self) -> int:
        """Number of entries that show a date."""
        return sum(1 for entry in self.entries if entry.shown)

    @property
    def title_chars(self) -> float:
        """Mean length of the titles."""
        return sum(len(entry.title) for entry in self.entries) / max(1, len(self.entries))


def find(outline: Outline) -> list[Listing]:
    """All lists of the page in document order; those of navigation only where there are no others."""
    return _find(outline, every=False) or [
        listing for listing in _find(outline, every=True) if listing.region is not Region.FOOT and listing.dated > 1
    ]


def _find(outline: Outline, *, every: bool) -> list[Listing]:
    rows = _rows(outline, every=every)
    listings: list[Listing] = []
    for group in _grouped(rows):
        container = group[0][0].parent
        if container is None:
            continue
        entries = _entries(outline, container, group)
        _give_year(outline, container, entries)
        listings.append(Listing(container, container.region, entries, group[-1][0]))
    return _merged(outline, listings)


def _rows(outline: Outline, *, every: bool) -> list[tuple[Block, Block]]:
    """(row, its main link) for every row of the page, in document order."""
    rows: list[tuple[Block, Block]] = []
    covered = -1
    for anchor in outline.anchors:
        if anchor.index < covered or not (every or anchor.region in _CONTENT):
            continue
        row = _row(outline, anchor)
        main = _main_anchor(outline, row) if row.anchors > 1 else anchor
        rows.append((row, main))
        covered = row.stop
    return rows


def _row(outline: Outline, anchor: Block) -> Block:
    """The largest block around a link that is still one row: it holds no second title."""
    row = anchor
    parent = row.parent
    while parent is not None and parent.tag not in _STOPPERS:
        if parent.anchors != row.anchors and not _single(outline, parent):
            break
        if parent.tag in _TABLES and row.tag in _ROWS:
            break
        row, parent = parent, parent.parent
    return row


def _single(outline: Outline, block: Block) -> bool:
    """Whether the links of a block make one row: one title, the others being its picture, department or button."""
    if block.anchors > ROW_LINKS:
        return False
    titles: dict[str, str] = {}
    pictures = set()
    for number, anchor in enumerate(outline.anchors_in(block)):
        text = outline.text(anchor)
        href = anchor.element.attr("href") or ""
        leads = len(href) > 1 and not href.startswith("javascript:")
        if not text:
            pictures.add(href if leads else str(number))
        elif not (GENERIC.match(text) or _BRACKETED.match(text)):
            titles.setdefault(href if leads else text, text)
    if len(titles) > 1 and block.tag in _ONE_LINE:
        long = sum(len(text) >= TITLE_CHARS for text in titles.values())
        return long == 1
    return len(titles) == 1 or (not titles and len(pictures) <= 1)


def _main_anchor(outline: Outline, row: Block) -> Block:
    anchors = outline.anchors_in(row)

    def weight(anchor: Block) -> int:
        text = outline.text(anchor)
        return 0 if GENERIC.match(text) or _BRACKETED.match(text) else len(text)

    return max(anchors, key=weight)


def _grouped(rows: list[tuple[Block, Block]]) -> Iterator[list[tuple[Block, Block]]]:
    """Rows that stand in the same block and are made alike."""
    groups: dict[tuple[int, str], list[tuple[Block, Block]]] = {}
    for row, anchor in rows:
        container = row.parent
        groups.setdefault((container.index if container else -1, row.tag), []).append((row, anchor))
    yield from groups.values()


def _entries(outline: Outline, container: Block, group: list[tuple[Block, Block]]) -> list[Entry]:
    before = _dates_stand_before(outline, container, group)
    entries = []
    for number, (row, anchor) in enumerate(group):
        if before:
            start = group[number - 1][0].text_stop if number else container.text_start
            start, stop = max(start, _link_before(outline, row)), row.text_stop
        else:
            start = row.text_start
            stop = group[number + 1][0].text_start if number + 1 < len(group) else container.text_stop
            stop = min(stop, _link_behind(outline, row))
        entries.append(read_row(outline, row, anchor, start, stop))
    return entries


def _give_year(outline: Outline, container: Block, entries: list[Entry]) -> None:
    """Complete dates without a year from a heading that is nothing but one (2025年)."""
    lacking = [entry for entry in entries if entry.shown and entry.date is None]
    if not lacking:
        return
    start = container.text_start
    heading = _YEAR_ABOVE.search(outline.between(max(0, start - YEAR_TEXTS), start))
    for entry in lacking if heading else ():
        entry.complete(int(heading[1]))  # type: ignore[index]  # only with a heading


def _link_before(outline: Outline, row: Block) -> int:
    """Where the words of the link before a row end: what stands there belongs to another row."""
    return outline.anchors[row.anchor_start - 1].text_stop if row.anchor_start else 0


def _link_behind(outline: Outline, row: Block) -> int:
    """Where the words of the link behind a row begin."""
    following = row.anchor_stop
    return outline.anchors[following].text_start if following < len(outline.anchors) else len(outline.texts)


def _dates_stand_before(outline: Outline, container: Block, group: list[tuple[Block, Block]]) -> bool:
    """Whether the words between the rows belong to the row that follows."""
    first, last = group[0][0], group[-1][0]
    ahead = outline.between(max(container.text_start, first.text_start - 6), first.text_start)
    return (
        list_dates.find(ahead[-24:]) is not None
        and list_dates.find(outline.between(last.text_stop, min(last.text_stop + 6, container.text_stop))[:24]) is None
    )


def _merged(outline: Outline, listings: list[Listing]) -> list[Listing]:
    """Lists cut into several blocks of the same make, with nothing between them, are one list."""
    listings.sort(key=lambda listing: listing.block.index)
    merged: list[Listing] = []
    for listing in listings:
        last = merged[-1] if merged else None
        if last is not None and _continues(outline, last, listing):
            last.entries += listing.entries
            last.last = listing.last
            continue
        merged.append(listing)
    return merged


def _continues(outline: Outline, last: Listing, listing: Listing) -> bool:
    one, other = last.last.parent, listing.block
    if (
        one is None
        or one is other
        or one.tag != other.tag
        or one.names != other.names
        or one.parent is not other.parent
    ):
        return False
    return not outline.between(one.text_stop, other.text_start).strip(" -—_|")
