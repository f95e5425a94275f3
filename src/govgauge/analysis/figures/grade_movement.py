"""From which grade to which: a field of counts, rows the round before, columns this round; the diagonal is framed."""

from govgauge.analysis.compare import Comparison
from govgauge.analysis.figures.svg import INK, MARGIN, NOTE_HEIGHT, QUIET, SIZE, SMALL, TITLE_HEIGHT, Sheet, width_of

CELL, ROW = 78, 44
LIGHTEST, DARKEST = 246, 150
"""Grey of a cell with few and with most: black figures stay readable on both."""


def grade_movement(title: str, found: Comparison, note: str = "") -> str:
    """One figure. Empty when the comparison has no grades."""
    if not found.movements:
        return ""
    counts = {(each.before, each.after): each.share.numerator for each in found.movements}
    used = [name for way in counts for name in way]
    grades = [*found.grades, *(name for name in dict.fromkeys(used) if name not in found.grades)]
    highest = max(counts.values())
    label = max(width_of(name) for name in grades) + 34
    left, top = MARGIN + label, TITLE_HEIGHT + 52
    bottom = top + ROW * len(grades)
    sheet = Sheet(max(left + CELL * (len(grades) + 1) + MARGIN, 460), bottom + 40 + NOTE_HEIGHT + 12, title, note)
    sheet.text(left + CELL * len(grades) / 2, TITLE_HEIGHT + 18, "本轮", anchor="middle", ink=QUIET)
    sheet.text(MARGIN, top - 12, "上一轮", ink=QUIET)
    for place, name in enumerate(grades):
        sheet.text(left + CELL * place + CELL / 2, top - 12, name, anchor="middle")
        sheet.text(left - 10, top + ROW * place + ROW / 2 + 5, name, anchor="end")
    sheet.text(left + CELL * len(grades) + CELL / 2, top - 12, "合计", anchor="middle", ink=QUIET)
    for row, before in enumerate(grades):
        for column, after in enumerate(grades):
            count = counts.get((before, after), 0)
            grey = round(LIGHTEST - (LIGHTEST - DARKEST) * count / highest) if count else 255
            x, y = left + CELL * column, top + ROW * row
            sheet.box(x, y, CELL, ROW, fill=f"rgb({grey},{grey},{grey})", edge="#999")
            if row == column:
                sheet.box(x + 2.5, y + 2.5, CELL - 5, ROW - 5, fill="none", edge=INK)
            if count:
                sheet.text(x + CELL / 2, y + ROW / 2 + 6, str(count), anchor="middle", size=SIZE + 3, bold=True)
        total = sum(count for (was, _), count in counts.items() if was == before)
        sheet.text(left + CELL * len(grades) + CELL / 2, top + ROW * row + ROW / 2 + 5, str(total), anchor="middle")
    for column, after in enumerate(grades):
        total = sum(count for (_, now), count in counts.items() if now == after)
        sheet.text(left + CELL * column + CELL / 2, bottom + 18, str(total), anchor="middle")
    sheet.text(left - 10, bottom + 18, "合计", anchor="end", ink=QUIET)
    sheet.text(MARGIN, bottom + 40, "框内为原档；框左下为升档，右上为降档。", size=SMALL, ink=QUIET)
    return sheet.render()
