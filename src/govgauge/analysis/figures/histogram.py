"""The distribution of total indexes over bands, with the count and share of each."""

from govgauge.analysis.figures.svg import MARGIN, NOTE_HEIGHT, QUIET, SMALL, TITLE_HEIGHT, Sheet
from govgauge.analysis.groups import Group
from govgauge.analysis.shares import shown

BAND = 64
PLOT = 240


def histogram(title: str, group: Group, note: str = "") -> str:
    """One figure of a group; the mean is a dashed line."""
    counts = [band.share.numerator for band in group.bands]
    highest = max(*counts, 1)
    left, top = MARGIN + 14, TITLE_HEIGHT + 52
    width, bottom = left + BAND * len(counts) + MARGIN + 14, top + PLOT
    sheet = Sheet(width, bottom + 44 + NOTE_HEIGHT, title, note)
    for place, band in enumerate(group.bands):
        height = PLOT * band.share.numerator / highest
        if band.share.numerator:
            sheet.box(left + BAND * place + 3, bottom - height, BAND - 6, height, fill=LIGHT)
    mean = group.spread("").mean
    if mean is None:
        sheet.text(left + 4, top, "总指数都未确定", ink=QUIET)
    else:
        _mean_line(
            sheet, left + BAND * len(counts) * mean, (top - 46, bottom), f"平均 {shown(mean)}", on_left=mean > MIDDLE
        )
    for place, band in enumerate(group.bands):
        x = left + BAND * place
        y = bottom - PLOT * band.share.numerator / highest
        if band.share.numerator:
            sheet.text(x + BAND / 2, y - 18, str(band.share.numerator), anchor="middle", bold=True, halo=True)
            sheet.text(x + BAND / 2, y - 5, band.share.percent(), anchor="middle", size=SMALL - 1, halo=True)
        sheet.text(x, bottom + 15, shown(band.start, 1), anchor="middle", size=SMALL, ink=QUIET)
    sheet.text(left + BAND * len(counts), bottom + 15, "1.0", anchor="middle", size=SMALL, ink=QUIET)
    sheet.line((left - 8, bottom), (left + BAND * len(counts) + 8, bottom))
    sheet.text(left - 8, bottom + 34, "总指数（每档含下限，不含上限；1.0 归入末档）", size=SMALL, ink=QUIET)
    return sheet.render()


def _mean_line(sheet: Sheet, x: float, span: tuple[float, float], label: str, *, on_left: bool) -> None:
    sheet.line((x, span[0]), (x, span[1]), dash="5 3", width=1.6)
    anchor = "end" if on_left else "start"
    sheet.text(x + (-6 if on_left else 6), span[0] + 8, label, anchor=anchor, size=SMALL + 1)


LIGHT = "#a9bccf"
"""Light enough for a dashed line to be seen on it."""
MIDDLE = 0.5
