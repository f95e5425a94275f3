"""A map of the provinces as tiles of one size: no province weighs more for its area, and the figure fits a page."""

from collections.abc import Mapping

from msgspec import Struct

from govgauge.analysis.figures.index_matrix import grey, ink_on
from govgauge.analysis.figures.svg import INK, MARGIN, NOTE_HEIGHT, QUIET, SMALL, TITLE_HEIGHT, Sheet
from govgauge.analysis.shares import shown
from govgauge.subjects.tiles import tiles

TILE = 62
KEY = (0.0, 0.25, 0.5, 0.75, 1.0)


class Region(Struct, frozen=True):
    """The mean index of a region and over how many subjects."""

    mean: float
    subjects: int


def province_tiles(title: str, regions: Mapping[str, Region], note: str = "") -> str:
    """One figure; regions go by their names as the lists write them. Tiles of which nothing is known stay empty."""
    if not regions:
        return ""
    found = tiles()
    columns, rows = max(each.column for each in found) + 1, max(each.row for each in found) + 1
    top = TITLE_HEIGHT + 38
    sheet = Sheet(MARGIN * 2 + TILE * columns, top + TILE * rows + NOTE_HEIGHT + 12, title, note)
    for place, step in enumerate(KEY):
        x = MARGIN + 96 + 56 * place
        sheet.box(x, TITLE_HEIGHT + 6, 50, 15, fill=grey(step), edge="#999")
        sheet.text(x + 25, TITLE_HEIGHT + 18, shown(step, 2), anchor="middle", size=SMALL, ink=ink_on(step))
    sheet.text(MARGIN, TITLE_HEIGHT + 18, "平均总指数：", size=SMALL + 1)
    for each in found:
        x, y = MARGIN + TILE * each.column, top + TILE * each.row
        region = regions.get(each.name)
        fill = "#fff" if region is None else grey(region.mean)
        ink = QUIET if region is None else ink_on(region.mean)
        sheet.box(x + 2, y + 2, TILE - 4, TILE - 4, fill=fill, edge="#bbb" if region is None else "#666")
        sheet.text(x + TILE / 2, y + 22, each.short, anchor="middle", ink=ink, bold=region is not None)
        if region is None:
            sheet.text(x + TILE / 2, y + 42, "—", anchor="middle", ink=QUIET)
            continue
        sheet.text(x + TILE / 2, y + 39, shown(region.mean), anchor="middle", ink=ink if ink != INK else INK)
        sheet.text(x + TILE / 2, y + 53, f"{region.subjects} 个", anchor="middle", size=SMALL - 1, ink=ink)
    return sheet.render()
