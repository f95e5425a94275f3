"""What figures of rows share: the scale from 0 to 1 above them, and a row's name over one line or several."""

from collections.abc import Callable, Sequence

from govgauge.analysis.figures.svg import GRID, QUIET, SIZE, SMALL, Sheet
from govgauge.analysis.shares import shown

STEPS = 5
ABOVE_BASELINE = 0.36
"""Share of a letter's size that its middle stands above the line it stands on."""


def _tenths(share: float) -> str:
    return shown(share, 1)


def scale(
    sheet: Sheet, left: float, wide: float, rows: tuple[float, float], word: Callable[[float], str] = _tenths
) -> None:
    """Six strokes from 0 to 1 over rows that stand from `rows[0]` to `rows[1]`, each with its number."""
    top, bottom = rows
    for step in range(STEPS + 1):
        x = left + wide * step / STEPS
        sheet.line((x, top - 4), (x, bottom), ink=GRID)
        sheet.text(x, top - 8, word(step / STEPS), anchor="middle", size=SMALL, ink=QUIET)


def row_name(sheet: Sheet, x: float, middle: float, lines: Sequence[str], height: float, *, bold: bool = False) -> None:
    """The lines of a name, each `height` high, around the middle of its row."""
    for place, text in enumerate(lines):
        baseline = middle + SIZE * ABOVE_BASELINE + height * (place - (len(lines) - 1) / 2)
        sheet.text(x, baseline, text, bold=bold)
