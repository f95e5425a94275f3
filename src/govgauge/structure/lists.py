"""Lists of links: repeated rows with a title, an address and often a date, whatever elements they are made of."""

import re
from collections.abc import Iterator

from govgauge.gather.artifacts import Region
from govgauge.structure import list_dates
from govgauge.structure.list_dates import Shown
from govgauge.structure.outline import Block, Outline, folded_lines

PICTURE = "（图片）"
"""Stands for the title of a link that is nothing but a picture without a description."""
ROW_LINKS = 6
"""Most links that one row may hold (a picture, a department, the title, 'details')."""
TITLE_CHARS = 8
"""A link text of this length reads as a title; shorter ones are names, departments, buttons."""
GENERIC = re.compile(
    r"^[\[【(（<>》\s]*(?:查看)?(?:详情|详细|更多|全文|more|查看|阅读全文|点击查看|下载|进入|办理|预览|在线办理|办事指南|申请|图解|解读)(?:信息)?[\]】)）<>》…\s]*$",
    re.IGNORECASE,
)
_UNFILLED = re.compile(r"\{\{|\}\}|<%|\$\{|\{\w+\}|^\[field:")
_BRACKETED = re.compile(r"^[\[【〔(（].{1,14}[\]】〕)）]$")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_DATE_ONLY = re.compile(
    r"^[\[(（【]?(?:发布)?(?:时间|日期)?[:：]?\s*(?:(?:19|20)\d\d\s?[-./年]\s?\d{1,2}(?:\s?[-./月](?:\s?\d{1,2}\s?日?)?)?|"
    r"\d{1,2}(?:\s?[-./月]\s?\d{1,2})?\s?[日月]?|(?:19|20)\d\d年?)"
    r"(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[\])）】]?$"
)
MIN_TITLE = 4
"""Shorter lines of a card are marks and numbers."""
AROUND_TEXTS = 40
"""How far around a link its date is looked for, in runs of text."""
SHORT_LINE = 40
"""A line of a row up to this length is no prose."""
_DIGIT = re.compile(r"\d")
_LEADING_MARK = re.compile(r"^[·•◆■●▪□※>»\-—\s．]+|^\d{1,3}[.、]\s+")
_CONTENT = (Region.MAIN, Region.SIDE)
_ROWS = frozenset(["li", "tr", "dd", "dt"])
_TABLES = frozenset(["ul", "ol", "tbody", "table", "dl"])
_ONE_LINE = frozenset(["li", "tr", "dd", "dt", "p"])
"""Elements that make a row in which a department may be linked beside the title."""
_STOPPERS = frozenset({"body", "html", "form", "main", "frameset"})


class Entry:
    """One row of a list."""

    __slots__ = ("anchor", "date", "date_text", "is_item", "row", "shown", "title", "url")

    def __init__(self, anchor: Block, row: Block, title: str, url: str, shown: Shown | None) -> None:
        self.anchor = anchor
        self.row = row
        self.title = title
        self.url = url
        self.shown = shown
        self.date = shown.date if shown else None
        self.date_text = shown.text if shown else ""
        self.is_item = bool(title) and not GENERIC.match(title) and not _UNFILLED.search(title)
        """Whether the row has a title of its own, rather than a button."""


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
        entries.append(_entry(outline, row, anchor, start, stop))
    return entries


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


def _entry(outline: Outline, row: Block, anchor: Block, start: int, stop: int) -> Entry:
    inside = outline.text(anchor)
    shown = _date_around(outline, anchor, start, stop)
    title, own = _date_inside(outline, anchor, inside) if inside else ("", None)
    hint = " ".join((anchor.element.attr("title") or "").split())
    shown = shown or own or (list_dates.find(hint) if "时间" in hint or "日期" in hint else None)
    title = full_title(title, hint) or _alternative(outline, row, anchor)
    return Entry(anchor, row, _LEADING_MARK.sub("", title), outline.address(anchor), shown)


def _date_around(outline: Outline, anchor: Block, start: int, stop: int) -> Shown | None:
    """The date in the row outside the link. Prose (an abstract) may speak of other days: only short lines, labelled
    dates and dates at a line's edge count."""
    first, last = max(start, anchor.text_start - AROUND_TEXTS), min(stop, anchor.text_stop + AROUND_TEXTS)
    runs = [*outline.texts[first : anchor.text_start], "\n", *outline.texts[anchor.text_stop : last]]
    if not _DIGIT.search("".join(runs)):
        return None
    return _date_of_lines(folded_lines("".join(runs))) or _date_of_lines(folded_lines(" ".join(runs)))


def _date_of_lines(lines: list[str]) -> Shown | None:
    dated = [line for line in lines if _DIGIT.search(line)]
    short = [line for line in dated if len(line) <= SHORT_LINE]
    shown = list_dates.find(" ".join(short)) if short else None
    return shown or next((found for line in dated if (found := list_dates.at_line_edge(line))), None)


def _date_inside(outline: Outline, anchor: Block, inside: str) -> tuple[str, Shown | None]:
    """The title inside a link, and its date: in a box of its own, or at the edge of the title.

    A link around a whole card holds the title in a heading or in its first line, and an abstract below it.
    """
    lines = outline.lines(anchor) if anchor.stop > anchor.index + 1 or "\n" in outline.texts_of(anchor) else [inside]
    heading = next(
        (
            words
            for block in outline.inside(anchor)
            if block.tag in _HEADINGS and (words := outline.text(block)) and not _DATE_ONLY.match(words)
        ),
        "",
    )
    boxes = [line for line in lines if _DATE_ONLY.match(line)]
    others = [line for line in lines if not _DATE_ONLY.match(line)]
    title = heading or next((line for line in others if len(line) >= MIN_TITLE), "") or inside
    title, shown = list_dates.at_edge(title)
    if boxes:
        shown = list_dates.find(" ".join(boxes)) or shown
    if shown is None:
        title, shown = _in_pieces(outline, anchor, title)
    if shown is None and len(others) > 1:
        ends = (list_dates.at_line_edge(line) for line in reversed(others) if line != title)
        shown = next((found for found in ends if found), None)
    return title, shown


def _in_pieces(outline: Outline, anchor: Block, title: str) -> tuple[str, Shown | None]:
    """A date that stands in a run of text of its own beside the title, on the same line."""
    pieces = [piece for raw in outline.texts_of(anchor) if (piece := " ".join(raw.split()))]
    if len(pieces) < 2:
        return title, None
    dated = [piece for piece in pieces if _DATE_ONLY.match(piece)]
    shown = list_dates.find(" ".join(dated)) if dated else None
    if shown is None:
        return title, None
    rest = " ".join(piece for piece in pieces if piece not in dated)
    return (rest if title == outline.text(anchor) and rest else title), shown


def full_title(text: str, hint: str) -> str:
    """The title, taken from the `title` attribute where the text was cut."""
    if not hint or hint == text:
        return text
    cut = text.rstrip(".…。 ")
    if not text or (len(hint) > len(cut) and hint.startswith(cut[:-1] if len(cut) > 4 else cut) and len(cut) > 1):
        return hint
    return text


def _alternative(outline: Outline, row: Block, anchor: Block) -> str:
    """Words for a link without any: the picture's description, else what stands in the row."""
    for block in outline.inside(anchor):
        if block.tag == "img":
            words = block.element.attr("alt") or block.element.attr("title") or ""
            return " ".join(words.split()) or outline.text(row)[:120] or PICTURE
    return outline.text(row)[:120] if row is not anchor else ""


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
