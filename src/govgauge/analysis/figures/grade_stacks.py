"""How a group's subjects lie over the grades: a bar for each group, cut by grade, counts in the parts."""

from collections.abc import Sequence

from govgauge.analysis.figures.svg import (
    DEEP,
    MARGIN,
    NOTE_HEIGHT,
    SIZE,
    SMALL,
    TITLE_HEIGHT,
    Sheet,
    lines_of,
    width_of,
)
from govgauge.analysis.shares import Share

BAR, STEP = 26, 42
PLOT = 470
LONGEST_LABEL = 190
NARROWEST = 17
"""Pixels that a part needs for its count to stand in it."""
FILLS = (DEEP, "#7f95ab", "url(#hatch)", "#e4ebf2", "url(#dots)", "#fff", "#bbb")
ON_DARK = {DEEP}


def grade_stacks(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, Share]]]], note: str = "") -> str:
    """One figure; every row has the same grades in the same order, shares of one denominator. Empty without rows."""
    rows = [row for row in rows if row[1] and row[1][0][1].denominator]
    if not rows:
        return ""
    grades = list(dict.fromkeys(name for _, shares in rows for name, _ in shares))
    label = min(LONGEST_LABEL, max(width_of(_named(*row)) for row in rows)) + 14
    left, top = MARGIN + label, TITLE_HEIGHT + 34
    sheet = Sheet(left + PLOT + MARGIN, top + STEP * len(rows) + NOTE_HEIGHT + 8, title, note)
    x = left
    for place, grade in enumerate(grades):
        sheet.box(x, TITLE_HEIGHT + 6, 14, 11, fill=FILLS[place % len(FILLS)])
        sheet.text(x + 19, TITLE_HEIGHT + 16, grade, size=SMALL + 1)
        x += 19 + width_of(grade, SMALL + 1) + 18
    for place, row in enumerate(rows):
        y = top + STEP * place
        lines = lines_of(_named(*row), label)
        for number, line in enumerate(lines):
            sheet.text(MARGIN, y + BAR / 2 + SIZE * 0.36 + 16 * (number - (len(lines) - 1) / 2), line)
        x = float(left)
        for name, share in row[1]:
            width = PLOT * (share.value or 0)
            fill = FILLS[grades.index(name) % len(FILLS)]
            if share.numerator:
                sheet.box(x, y, width, BAR, fill=fill)
            if share.numerator and width >= NARROWEST:
                ink = "#fff" if fill in ON_DARK else "#1a1a1a"
                told, halo = str(share.numerator), fill.startswith("url")
                sheet.text(x + width / 2, y + BAR / 2 + SIZE * 0.36, told, anchor="middle", ink=ink, halo=halo)
            x += width
    return sheet.render()


def _named(name: str, shares: Sequence[tuple[str, Share]]) -> str:
    return f"{name}（{shares[0][1].denominator}）"
