"""The drawings of a diagnosis: where the subject stands, its indexes beside the others', what can be won."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from govgauge.analysis.figures.axis import row_name, scale
from govgauge.analysis.figures.svg import (
    DEEP,
    INK,
    MARGIN,
    NOTE_HEIGHT,
    PAPER,
    QUIET,
    SIZE,
    SMALL,
    TITLE_HEIGHT,
    Sheet,
    lines_of,
    width_of,
)
from govgauge.analysis.groups import Band
from govgauge.analysis.shares import shown
from govgauge.reports.diagnosis.saying import points_text
from govgauge.scoring.bulk import Points

LIGHT = "#c9d6e4"
HATCH = "url(#hatch)"
PLOT, LINE, BAR, GAP, INDENT = 400, 16, 13, 11, 14
LONGEST_LABEL = 230
WIDE, FIELD_HEIGHT = 640, 150
FEW = 24
"""Up to so many subjects each is drawn as a dot; more are drawn as bands."""
RADIUS = 5
COLUMNS, WITH_RANGES = (52, 104, 156), (92, 144, 196)
"""Where the numbers behind the bars end; ranges are wider."""


class PeerRow(Struct, frozen=True):
    """An index beside the others': the own one from `low` to `high` (None: does not apply), mean and best."""

    name: str
    level: int
    low: float | None
    high: float | None
    mean: float | None
    best: float | None


def in_field(indexes: Points, bands: Sequence[Band], own: tuple[float, float], mean: float | None) -> str:
    """Where a subject stands among the total indexes of its group; of open ones only its own is drawn."""
    known = indexes[~np.isnan(indexes)]
    left, top = MARGIN + 10, TITLE_HEIGHT + 40
    bottom = top + FIELD_HEIGHT
    sheet = Sheet(WIDE + 2 * left, bottom + 46 + NOTE_HEIGHT, "", "")
    if len(known) > FEW:
        _bands(sheet, bands, own, left, (top, bottom))
    else:
        _dots(sheet, known, left, bottom)
    for tick in range(11):
        x = left + WIDE * tick / 10
        sheet.line((x, bottom), (x, bottom + 4))
        sheet.text(x, bottom + 18, shown(tick / 10, 1), anchor="middle", size=SMALL, ink=QUIET)
    sheet.line((left, bottom), (left + WIDE, bottom))
    if mean is not None:
        _flag(sheet, left + WIDE * mean, (top - 4, bottom), f"平均 {shown(mean)}", dash="5 3")
    low, high = (left + WIDE * each for each in own)
    if high - low > 1:
        sheet.box(low, bottom - 5, high - low, 10, fill=HATCH)
    told = shown(own[0]) if shown(own[0]) == shown(own[1]) else f"{shown(own[0])}–{shown(own[1])}"
    _flag(sheet, (low + high) / 2, (top - 24, bottom), f"本单位 {told}", width=2.4)
    sheet.text(left, bottom + 36, "总指数（0—1）", size=SMALL, ink=QUIET)
    return sheet.render()


def _bands(
    sheet: Sheet, bands: Sequence[Band], own: tuple[float, float], left: float, span: tuple[float, float]
) -> None:
    top, bottom = span
    most = max(1, *(band.share.numerator for band in bands))
    step = WIDE / len(bands)
    for place, band in enumerate(bands):
        number = band.share.numerator
        if not number:
            continue
        height = (bottom - top - 26) * number / most
        mine = band.start <= own[0] + 1e-9 and (own[0] < band.end - 1e-9 or place == len(bands) - 1)
        sheet.box(left + step * place + 3, bottom - height, step - 6, height, fill="#7f95ab" if mine else LIGHT)
        sheet.text(left + step * place + 8, bottom - height - 5, str(number), size=SMALL)


def _dots(sheet: Sheet, known: Points, left: float, bottom: float) -> None:
    """A dot for each subject; those that would lie on each other are stacked."""
    stacked: dict[int, int] = {}
    for value in np.sort(known):
        x = left + WIDE * float(value)
        slot = round(x / (2 * RADIUS))
        height = stacked.get(slot, 0)
        stacked[slot] = height + 1
        sheet.dot(x, bottom - RADIUS - 2 - 2 * RADIUS * min(height, 9), RADIUS, fill=LIGHT)


def _flag(sheet: Sheet, x: float, span: tuple[float, float], text: str, *, dash: str = "", width: float = 1.4) -> None:
    sheet.line((x, span[0]), (x, span[1]), dash=dash, width=width, ink=DEEP if not dash else INK)
    on_left = x + 8 + width_of(text, SMALL + 1) > MARGIN + WIDE + 10
    anchor, aside = ("end", -6) if on_left else ("start", 6)
    sheet.text(x + aside, span[0] + 8, text, anchor=anchor, size=SMALL + 1, bold=not dash, halo=True)


def beside_peers(rows: Sequence[PeerRow]) -> str:
    """A bar for the own index, a stroke for the mean, a ring for the best."""
    label = min(LONGEST_LABEL, max(width_of(row.name) + INDENT * (row.level - 1) for row in rows)) + 14
    names = [lines_of(row.name, label - 14 - INDENT * (row.level - 1)) for row in rows]
    heights = [max(BAR, LINE * len(lines)) + GAP for lines in names]
    left, top = MARGIN + label, TITLE_HEIGHT + 42
    bottom = top + sum(heights)
    wide = any(shown(row.low or 0) != shown(row.high or 0) for row in rows)
    columns = WITH_RANGES if wide else COLUMNS
    sheet = Sheet(left + PLOT + columns[-1] + 20, bottom + 6 + NOTE_HEIGHT, "", "")
    _key(sheet, left, columns, still_open=any(row.low != row.high for row in rows))
    scale(sheet, left, PLOT, (top, bottom))
    y = float(top)
    for row, lines, height in zip(rows, names, heights, strict=True):
        middle = y + (height - GAP) / 2
        row_name(sheet, MARGIN + INDENT * (row.level - 1), middle, lines, LINE, bold=row.level == 1)
        _own(sheet, row, left, middle, columns)
        y += height
    sheet.line((left, top - 4), (left, bottom))
    return sheet.render()


def _own(sheet: Sheet, row: PeerRow, left: float, y: float, columns: Sequence[float]) -> None:
    if row.low is None or row.high is None:
        sheet.text(left + 4, y + SMALL * 0.36, "不适用", size=SMALL, ink=QUIET)
    else:
        sheet.box(left, y - BAR / 2, PLOT * row.low, BAR, fill=DEEP if row.level == 1 else "#7f95ab")
        if row.high > row.low:
            sheet.box(left + PLOT * row.low, y - BAR / 2, PLOT * (row.high - row.low), BAR, fill=HATCH)
    if row.mean is not None:
        x = left + PLOT * row.mean
        for ink, width in ((PAPER, 5.0), (INK, 2.4)):
            sheet.line((x, y - BAR / 2 - 3), (x, y + BAR / 2 + 3), ink=ink, width=width)
    if row.best is not None:
        sheet.dot(left + PLOT * row.best, y, 4, fill=PAPER)
    behind = [_range(row), *("—" if each is None else shown(each) for each in (row.mean, row.best))]
    for place, (across, text) in enumerate(zip(columns, behind, strict=True)):
        sheet.text(left + PLOT + across, y + SMALL * 0.36, text, anchor="end", size=SMALL, bold=not place)


def _range(row: PeerRow) -> str:
    if row.low is None or row.high is None:
        return "—"
    low, high = shown(row.low), shown(row.high)
    return low if low == high else f"{low}–{high}"


def _key(sheet: Sheet, left: float, columns: Sequence[float], *, still_open: bool) -> None:
    y = TITLE_HEIGHT + 10
    sheet.box(left, y - 6, 26, 11)
    sheet.text(left + 32, y + 4, "本单位", size=SMALL)
    sheet.line((left + 92, y - 8), (left + 92, y + 8), width=2.4)
    sheet.text(left + 99, y + 4, "同组平均", size=SMALL)
    sheet.dot(left + 170, y, 4, fill=PAPER)
    sheet.text(left + 179, y + 4, "同组最好", size=SMALL)
    if still_open:
        sheet.box(left + 240, y - 6, 26, 11, fill=HATCH)
        sheet.text(left + 272, y + 4, "没有定论", size=SMALL)
    for across, text in zip(columns, ("本单位", "平均", "最好"), strict=True):
        sheet.text(left + PLOT + across, y + 4, text, anchor="end", size=SMALL, ink=QUIET)


def to_win(rows: Sequence[tuple[str, float]]) -> str:
    """Bars of points that can be won, the most first."""
    label = min(LONGEST_LABEL, max(width_of(name) for name, _ in rows)) + 14
    most = max(points for _, points in rows) or 1.0
    left, top = MARGIN + label, TITLE_HEIGHT
    step = BAR + GAP
    bottom = top + step * len(rows)
    sheet = Sheet(left + PLOT + 176, bottom + 8 + NOTE_HEIGHT, "", "")
    for place, (name, points) in enumerate(rows):
        middle = top + step * place + step / 2
        sheet.text(MARGIN, middle + SIZE * 0.36, lines_of(name, label - 14, most=1)[0])
        sheet.box(left, middle - BAR / 2, PLOT * points / most, BAR)
        sheet.text(left + PLOT * points / most + 8, middle + SMALL * 0.36, f"{points_text(points)} 分", size=SMALL)
    sheet.line((left, top), (left, bottom))
    return sheet.render()
