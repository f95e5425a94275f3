"""Arrows from the index of one round to that of the next: a hollow mark where it was, the head where it is."""

import math
from collections.abc import Sequence

from msgspec import Struct

from govgauge.analysis.figures.svg import (
    DEEP,
    GRID,
    INK,
    MARGIN,
    NOTE_HEIGHT,
    PAPER,
    QUIET,
    SIZE,
    SMALL,
    TITLE_HEIGHT,
    Sheet,
    shortened,
    width_of,
)
from govgauge.analysis.shares import shown

ROW = 24
PLOT = 460
LONGEST_LABEL = 240
A_PAGE = 60
AROUND = 0.05
"""Room left of the lowest and right of the highest index."""


class Move(Struct, frozen=True):
    """A row: what, from where, to where, and what is said behind it (empty: the change)."""

    name: str
    before: float
    after: float
    behind: str = ""


def change_arrows(title: str, moves: Sequence[Move], note: str = "") -> list[str]:
    """One figure for each page of rows; empty without rows."""
    pages = [moves[start : start + A_PAGE] for start in range(0, len(moves), A_PAGE)]
    return [
        _page(f"{title}（{number}/{len(pages)}）" if title and len(pages) > 1 else title, page, note)
        for number, page in enumerate(pages, start=1)
    ]


def _page(title: str, moves: Sequence[Move], note: str) -> str:
    ends = [end for move in moves for end in (move.before, move.after)]
    first, last = max(0.0, min(ends) - AROUND), min(1.0, max(ends) + AROUND)
    first, last = math.floor(first * 10) / 10, math.ceil(last * 10) / 10
    label = min(LONGEST_LABEL, max(width_of(move.name) for move in moves)) + 12
    left, top = MARGIN + label, TITLE_HEIGHT + 44
    bottom = top + ROW * len(moves)
    sheet = Sheet(left + PLOT + 170, bottom + NOTE_HEIGHT + 12, title, note)

    def x(index: float) -> float:
        return left + PLOT * (index - first) / (last - first)

    y: float = TITLE_HEIGHT + 10
    sheet.dot(left + 6, y, 4, fill=PAPER)
    sheet.text(left + 16, y + 4, "上一轮", size=SMALL)
    sheet.arrow((left + 66, y), (left + 96, y), ink=DEEP)
    sheet.text(left + 102, y + 4, "本轮（向右为上升）", size=SMALL)
    for tenth in range(round(first * 10), round(last * 10) + 1):
        sheet.line((x(tenth / 10), top - 4), (x(tenth / 10), bottom), ink=GRID)
        sheet.text(x(tenth / 10), top - 8, shown(tenth / 10, 1), anchor="middle", size=SMALL, ink=QUIET)
    for place, move in enumerate(moves):
        y = top + ROW * place + ROW / 2
        sheet.text(MARGIN, y + SIZE * 0.36, shortened(move.name, LONGEST_LABEL))
        change = move.after - move.before
        if abs(x(move.after) - x(move.before)) >= 1:
            sheet.arrow((x(move.before), y), (x(move.after), y), ink=DEEP if change > 0 else INK)
        sheet.dot(x(move.before), y, 4, fill=PAPER)
        behind = move.behind or f"{shown(move.before)} → {shown(move.after)}（{_change(change)}）"
        sheet.text(left + PLOT + 10, y + SMALL * 0.36, behind, size=SMALL)
    return sheet.render()


def _change(change: float) -> str:
    text = shown(abs(change))
    if not any(digit in text for digit in "123456789"):
        return "持平"
    return f"{'+' if change > 0 else '−'}{text}"
