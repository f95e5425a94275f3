"""Groups beside each other, indicator by indicator: a field of mean indexes, the darker the higher."""

from collections.abc import Sequence

from govgauge.analysis.figures.svg import INK, MARGIN, NOTE_HEIGHT, QUIET, SIZE, SMALL, TITLE_HEIGHT, Sheet, lines_of
from govgauge.analysis.shares import shown

ROW, CELL = 27, 72
LABEL = 210
LIGHTEST, DARKEST = 250, 120
"""Grey of the index 0 and 1; figures turn white on dark cells."""
WHITE_FROM = 0.85


def grey(index: float) -> str:
    """The fill of an index: readable when printed black and white."""
    level = round(LIGHTEST - (LIGHTEST - DARKEST) * min(max(index, 0.0), 1.0))
    return f"rgb({level - 12},{level},{min(level + 10, 255)})"


def ink_on(index: float) -> str:
    """The ink that is readable on that fill."""
    return "#fff" if index >= WHITE_FROM else INK


def index_matrix(
    title: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[float | None]]],
    note: str = "",
    most: int = 45,
) -> str:
    """One figure; a row for each group, None where nothing is known. Empty without rows."""
    if not rows or not columns:
        return ""
    kept, more = rows[:most], len(rows) - most
    told = f"{note}{'；' if note else ''}另有 {more} 行没有画出，见表。" if more > 0 else note
    heads = [lines_of(name, CELL - 4, SMALL, 3) for name in columns]
    left = MARGIN + LABEL
    top = TITLE_HEIGHT + 8 + 14 * max(len(lines) for lines in heads)
    sheet = Sheet(left + CELL * len(columns) + MARGIN, top + ROW * len(kept) + NOTE_HEIGHT + 12, title, told)
    for place, lines in enumerate(heads):
        for number, line in enumerate(lines):
            y = top - 8 - 14 * (len(lines) - 1 - number)
            sheet.text(left + CELL * (place + 0.5), y, line, anchor="middle", size=SMALL, ink=QUIET)
    for number, (name, indexes) in enumerate(kept):
        y = top + ROW * number
        lines = lines_of(name, LABEL - 8, SMALL + 1)
        for place, line in enumerate(lines):
            sheet.text(MARGIN, y + ROW / 2 + 4.3 + 12.5 * (place - (len(lines) - 1) / 2), line, size=SMALL + 1)
        for place, index in enumerate(indexes):
            x = left + CELL * place
            sheet.box(x, y, CELL, ROW, fill="#fff" if index is None else grey(index), edge="#fff")
            told = "—" if index is None else shown(index)
            ink = QUIET if index is None else ink_on(index)
            sheet.text(x + CELL / 2, y + ROW / 2 + SIZE * 0.36, told, anchor="middle", ink=ink)
    return sheet.render()
