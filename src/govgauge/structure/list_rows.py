"""One row of a list: its title, its address, and the date beside, inside or behind it."""

import re

from govgauge import lazy_re
from govgauge.structure import list_dates
from govgauge.structure.folding import folded_lines
from govgauge.structure.list_dates import Shown
from govgauge.structure.outline import Block, Outline
from govgauge.structure.paging import is_paging_link

PICTURE = "（图片）"
"""Stands for the title of a link that is nothing but a picture without a description."""
GENERIC = lazy_re.compile(
    r"^[\[【(（<>》\s]*(?:查看)?(?:详情|详细|更多|全文|more|查看|阅读全文|点击查看|下载|进入|办理|预览|在线办理|"
    r"办事指南|申请|图解|解读)(?:信息)?[\]】)）<>》…\s]*$",
    re.IGNORECASE,
)
"""Words of buttons that stand beside a title."""
MIN_TITLE = 4
"""Shorter lines of a card are marks and numbers."""
AROUND_TEXTS = 40
"""How far around a link its date is looked for, in runs of text."""
SHORT_LINE = 40
"""A line of a row up to this length is no prose."""
_COLUMN_WORDS = frozenset(["办事指南", "申请", "图解", "解读"])
"""Words of buttons that, standing alone, name a column."""
_UNFILLED = lazy_re.compile(r"\{\{|\}\}|<%|\$\{|\{\w+\}|^\[field:")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_DATE_ONLY = lazy_re.compile(
    r"^[\[(（【]?(?:发布)?(?:时间|日期)?[:：]?\s*(?:(?:19|20)\d\d\s?[-./年]\s?\d{1,2}(?:\s?[-./月](?:\s?\d{1,2}\s?日?)?)?|"
    r"\d{1,2}(?:\s?[-./月]\s?\d{1,2})?\s?[日月]?|(?:19|20)\d\d年?)"
    r"(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[\])）】]?$"
)
_DIGIT = lazy_re.compile(r"\d")
_PLAIN_DATE = lazy_re.compile(r"[\[(]?((?:19|20)\d\d)[-./](\d\d?)[-./](\d\d?)[\])]?")
BUTTON_CHARS = 14
_MARKS = frozenset("·•◆■●▪□※>»-—．")
_LEADING_MARK = lazy_re.compile(r"^[·•◆■●▪□※>»\-—\s．]+|^\d{1,3}[.、]\s+")


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
        self.is_item = bool(title) and not _is_button(title)
        """Whether the row has a title of its own, rather than a button."""

    def complete(self, year: int) -> None:
        """Put a year to a date that was shown without one."""
        if self.shown is not None and self.shown.month:
            self.date = list_dates.made(year, self.shown.month, self.shown.day)


def read_row(outline: Outline, row: Block, anchor: Block, start: int, stop: int) -> Entry:
    """Read the row of a link; `start` and `stop` bound the runs of text that may hold its date."""
    inside = outline.text(anchor)
    shown = _date_around(outline, anchor, start, stop)
    title, own = _title_inside(outline, anchor, inside, dated=shown is not None) if inside else ("", None)
    shown = shown or own
    if hint := " ".join((anchor.element.attr("title") or "").split()):
        shown = shown or (list_dates.find(hint) if "时间" in hint or "日期" in hint else None)
        title = full_title(title, hint)
    title = title or _alternative(outline, row, anchor)
    if title and (title[0] in _MARKS or title[0].isdigit()):
        title = _LEADING_MARK.sub("", title)
    return Entry(anchor, row, title, outline.address(anchor), shown)


def _is_button(title: str) -> bool:
    """Whether these words are a button, a step of a paging bar or an unfilled template rather than a title."""
    if len(title) <= BUTTON_CHARS and GENERIC.match(title) and title.strip("[]【】") not in _COLUMN_WORDS:
        return True
    if is_paging_link(title):
        return True
    return ("{" in title or "<%" in title or "[field" in title) and _UNFILLED.search(title) is not None


def _date_around(outline: Outline, anchor: Block, start: int, stop: int) -> Shown | None:
    """The date in the row outside the link. Prose (an abstract) may speak of other days: only short lines, labelled
    dates and dates at a line's edge count."""
    first, last = max(start, anchor.text_start - AROUND_TEXTS), min(stop, anchor.text_stop + AROUND_TEXTS)
    texts = outline.texts
    runs = [*texts[first : anchor.text_start], "\n", *texts[anchor.text_stop : last]]
    words = "".join(runs)
    bare = words.strip()
    if not bare or not _DIGIT.search(bare):
        return None
    return _plain_date(bare) or _date_of_lines(folded_lines(words)) or _date_of_lines(folded_lines(" ".join(runs)))


def _plain_date(text: str) -> Shown | None:
    """The date of the commonest row by far, which holds nothing but its link and a whole date: a shortcut."""
    match = _PLAIN_DATE.fullmatch(text)
    day = list_dates.made(int(match[1]), int(match[2]), int(match[3])) if match else None
    return Shown(text.strip("[]()"), day) if day else None


def _date_of_lines(lines: list[str]) -> Shown | None:
    dated = [line for line in lines if _DIGIT.search(line)]
    short = [line for line in dated if len(line) <= SHORT_LINE]
    shown = list_dates.find(" ".join(short)) if short else None
    return shown or next((found for line in dated if (found := list_dates.at_line_edge(line))), None)


def _title_inside(outline: Outline, anchor: Block, inside: str, *, dated: bool) -> tuple[str, Shown | None]:
    """The title inside a link, and its date: in a box of its own, or at the edge of the title.

    A link around a whole card holds the title in a heading or in its first line, and an abstract below it. Where the
    row is `dated` outside the link, a date at the edge is part of the title.
    """
    if anchor.text_stop - anchor.text_start == 1 and (dated or anchor.stop == anchor.index + 1):
        return (inside, None) if dated else _in_one_piece(inside)
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
    title, shown = (title, None) if dated else list_dates.at_edge(title)
    if boxes:
        shown = list_dates.find(" ".join(boxes)) or shown
    if shown is None:
        title, shown = _in_pieces(outline, anchor, title)
    if shown is None and len(others) > 1:
        ends = (list_dates.at_line_edge(line) for line in reversed(others) if line != title)
        shown = next((found for found in ends if found), None)
    return title, shown


def _in_one_piece(inside: str) -> tuple[str, Shown | None]:
    """The commonest link by far, which holds nothing but words: a shortcut."""
    title, shown = list_dates.at_edge(inside)
    if not inside[-1].isdigit() and inside[-1] not in "日月年])）】":
        return title, shown
    return title, (list_dates.find(inside) or shown) if _DATE_ONLY.match(inside) else shown


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
