"""Shares of those who have something: a bar for each thing, its count and denominator behind it."""

from collections.abc import Sequence

from govgauge.analysis.figures.axis import row_name, scale
from govgauge.analysis.figures.svg import (
    MARGIN,
    NOTE_HEIGHT,
    SMALL,
    TITLE_HEIGHT,
    Sheet,
    lines_of,
    width_of,
)
from govgauge.analysis.shares import Share

BAR, GAP, LINE = 15, 10, 16
PLOT = 280
LONGEST_LABEL = 300


def share_bars(title: str, rows: Sequence[tuple[str, Share]], note: str = "", most: int = 40) -> str:
    """One figure of at most so many rows; how many more there are is said below. Empty without rows."""
    rows = [row for row in rows if row[1].denominator]
    if not rows:
        return ""
    kept, more = rows[:most], len(rows) - most
    label = min(LONGEST_LABEL, max(width_of(name) for name, _ in kept)) + 12
    names = [lines_of(name, label - 12) for name, _ in kept]
    heights = [max(BAR, LINE * len(lines)) + GAP for lines in names]
    left, top = MARGIN + label, TITLE_HEIGHT + 20
    bottom = top + sum(heights)
    told = f"{note}{'；' if note else ''}另有 {more} 行没有画出，见表。" if more > 0 else note
    sheet = Sheet(left + PLOT + 150, bottom + NOTE_HEIGHT + 12, title, told)
    scale(sheet, left, PLOT, (top, bottom), "{:.0%}".format)
    y = float(top)
    for (_, share), lines, height in zip(kept, names, heights, strict=True):
        middle = y + (height - GAP) / 2
        row_name(sheet, MARGIN, middle, lines, LINE)
        sheet.box(left, middle - BAR / 2, PLOT, BAR, fill="#fff")
        sheet.box(left, middle - BAR / 2, PLOT * (share.value or 0), BAR)
        told = f"{share.percent()}（{share.numerator}/{share.denominator}）"
        sheet.text(left + PLOT + 10, middle + SMALL * 0.36, told, size=SMALL)
        y += height
    return sheet.render()
