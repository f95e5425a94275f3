"""Means and how far they spread: a bar for the mean, a whisker from lowest to highest, a mark for the middle."""

from collections.abc import Sequence

from msgspec import Struct

from govgauge.analysis.figures.axis import row_name, scale
from govgauge.analysis.figures.svg import (
    DEEP,
    INK,
    MARGIN,
    NOTE_HEIGHT,
    QUIET,
    SMALL,
    TITLE_HEIGHT,
    Sheet,
    lines_of,
    width_of,
)
from govgauge.analysis.shares import shown

BAR, GAP, LINE = 13, 11, 16
PLOT = 400
LONGEST_LABEL = 250
INDENT = 14
BEHIND = 120
BY_LEVEL = (DEEP, "#7f95ab", "#c9d6e4", "#e4ebf2")


class RangeRow(Struct, frozen=True):
    """A row: indexes 0…1, None where nothing is known; `level` indents it and makes its bar lighter."""

    name: str
    mean: float | None
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    behind: str = ""
    level: int = 0


def range_bars(title: str, rows: Sequence[RangeRow], note: str = "", most: int = 45) -> str:
    """One figure of at most so many rows; how many more there are is said below. Empty without rows."""
    if not rows:
        return ""
    kept, more = rows[:most], len(rows) - most
    label = min(LONGEST_LABEL, max(width_of(row.name) + INDENT * row.level for row in kept)) + 12
    names = [lines_of(row.name, label - INDENT * row.level) for row in kept]
    heights = [max(BAR, LINE * len(lines)) + GAP for lines in names]
    left, top = MARGIN + label, TITLE_HEIGHT + 42
    bottom = top + sum(heights)
    told = f"{note}{'；' if note else ''}另有 {more} 行没有画出，见表。" if more > 0 else note
    sheet = Sheet(left + PLOT + BEHIND, bottom + NOTE_HEIGHT + 12, title, told)
    _key(sheet, left)
    scale(sheet, left, PLOT, (top, bottom))
    y = float(top)
    for row, lines, height in zip(kept, names, heights, strict=True):
        middle = y + (height - GAP) / 2
        row_name(sheet, MARGIN + INDENT * row.level, middle, lines, LINE)
        _draw(sheet, row, left, middle)
        y += height
    sheet.line((left, top - 4), (left, bottom))
    return sheet.render()


def _draw(sheet: Sheet, row: RangeRow, left: float, y: float) -> None:
    if row.mean is None:
        sheet.text(left + 4, y + SMALL * 0.36, "没有可用的数据", size=SMALL, ink=QUIET)
        return
    sheet.box(left, y - BAR / 2, PLOT * row.mean, BAR, fill=BY_LEVEL[min(row.level, len(BY_LEVEL) - 1)])
    if row.low is not None and row.high is not None:
        low, high = left + PLOT * row.low, left + PLOT * row.high
        for ink, width in (("#fff", 4.0), (INK, 1.6)):
            sheet.line((low, y), (high, y), ink=ink, width=width)
        for end in (low, high):
            sheet.line((end, y - 4.5), (end, y + 4.5), width=1.6)
    if row.middle is not None:
        x = left + PLOT * row.middle
        sheet.dot(x, y, 3.2, fill="#fff")
    text = shown(row.mean) + (f"　{row.behind}" if row.behind else "")
    sheet.text(left + PLOT + 10, y + SMALL * 0.36, text, size=SMALL)


def _key(sheet: Sheet, left: float) -> None:
    y = TITLE_HEIGHT + 10
    sheet.box(left, y - 6, 26, 11)
    sheet.text(left + 32, y + 4, "平均", size=SMALL)
    sheet.line((left + 74, y), (left + 104, y), width=1.6)
    for end in (left + 74, left + 104):
        sheet.line((end, y - 4.5), (end, y + 4.5), width=1.6)
    sheet.text(left + 110, y + 4, "最低—最高", size=SMALL)
    sheet.dot(left + 188, y, 3.2, fill="#fff")
    sheet.text(left + 197, y + 4, "中位", size=SMALL)
    sheet.text(left + PLOT + 10, y + 4, "平均", size=SMALL, ink=QUIET)
