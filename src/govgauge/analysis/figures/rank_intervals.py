"""Rank intervals: a dot for the rank, a whisker for where it lies in 90 of 100 runs; pages of 60 subjects."""

from collections.abc import Sequence

from govgauge.analysis.figures.svg import (
    DEEP,
    GRID,
    INK,
    MARGIN,
    NOTE_HEIGHT,
    QUIET,
    SIZE,
    SMALL,
    TITLE_HEIGHT,
    Sheet,
    shortened,
    width_of,
)
from govgauge.analysis.robustness import Robustness, Stability

A_PAGE = 60
ROW = 19
PLOT = 520
LONGEST_LABEL = 200
TICKS = 8
STEPS = (1, 2, 5)


def rank_intervals(title: str, found: Robustness, note: str = "") -> list[str]:
    """One figure for each page. Shaded bands join neighbours of one echelon."""
    pages = [found.subjects[start : start + A_PAGE] for start in range(0, len(found.subjects), A_PAGE)]
    return [
        _page(f"{title}（{number}/{len(pages)}）" if title and len(pages) > 1 else title, page, note)
        for number, page in enumerate(pages, start=1)
    ]


def _page(title: str, rows: Sequence[Stability], note: str) -> str:
    first, last = min(row.low for row in rows), max(row.high for row in rows)
    label = min(LONGEST_LABEL, max(width_of(_name(row)) for row in rows)) + 34
    left, top = MARGIN + label, TITLE_HEIGHT + 44
    bottom = top + ROW * len(rows)
    sheet = Sheet(left + PLOT + 90, bottom + NOTE_HEIGHT + 12, title, note)
    span = max(last - first, 1)

    def x(rank: float) -> float:
        return left + 10 + (PLOT - 20) * (rank - first) / span

    _key(sheet, left)
    shaded = False
    for place, row in enumerate(rows):
        if place and row.echelon != rows[place - 1].echelon:
            shaded = not shaded
        if shaded:
            sheet.box(MARGIN, top + ROW * place, left + PLOT + 74 - MARGIN, ROW, fill="#eef1f4", edge="none")
    for tick in _ticks(first, last):
        sheet.line((x(tick), top - 4), (x(tick), bottom), ink=GRID)
        sheet.text(x(tick), top - 8, str(tick), anchor="middle", size=SMALL, ink=QUIET)
    for place, row in enumerate(rows):
        y = top + ROW * place + ROW / 2
        sheet.text(MARGIN + 26, y + SIZE * 0.36, str(row.rank), anchor="end", size=SMALL, ink=QUIET)
        sheet.text(MARGIN + 32, y + SIZE * 0.36, shortened(_name(row), LONGEST_LABEL))
        sheet.line((x(row.low), y), (x(row.high), y), ink=INK, width=1.8)
        for end in (row.low, row.high):
            sheet.line((x(end), y - 4), (x(end), y + 4), ink=INK, width=1.8)
        sheet.line((x(row.median), y - 6), (x(row.median), y + 6), ink=INK, width=1)
        sheet.dot(x(row.rank), y, 4, fill=DEEP)
        sheet.text(left + PLOT + 12, y + SMALL * 0.36, f"{row.low}–{row.high}", size=SMALL)
    return sheet.render()


def _name(row: Stability) -> str:
    return f"{row.subject}（{row.group}）" if row.group else row.subject


def _key(sheet: Sheet, left: float) -> None:
    y = TITLE_HEIGHT + 10
    sheet.dot(left + 6, y, 4, fill=DEEP)
    sheet.text(left + 16, y + 4, "名次", size=SMALL)
    sheet.line((left + 56, y), (left + 86, y), width=1.8)
    for end in (left + 56, left + 86):
        sheet.line((end, y - 4), (end, y + 4), width=1.8)
    sheet.text(left + 92, y + 4, "5%–95% 区间", size=SMALL)
    sheet.line((left + 180, y - 6), (left + 180, y + 6))
    sheet.text(left + 187, y + 4, "中位名次", size=SMALL)
    sheet.box(left + 250, y - 6, 22, 12, fill="#eef1f4")
    sheet.text(left + 278, y + 4, "底色相同且相邻：同一梯队，分不出先后", size=SMALL)


def _ticks(first: int, last: int) -> list[int]:
    """Round ranks, not too many, the first among them."""
    step = next(
        factor * 10**power for power in range(9) for factor in STEPS if (last - first) / (factor * 10**power) <= TICKS
    )
    later = range(step * (first // step + 1), last + 1, step)
    return [first, *(tick for tick in later if tick - first > step / 2)]
