"""Figures of reports with their captions and words for those who cannot see them, all from the same numbers."""

import re
from collections.abc import Sequence

from govgauge.analysis.compare import GroupChange
from govgauge.analysis.figures.change_arrows import Move, change_arrows
from govgauge.analysis.figures.grade_stacks import grade_stacks
from govgauge.analysis.figures.histogram import histogram
from govgauge.analysis.figures.index_matrix import index_matrix
from govgauge.analysis.figures.province_tiles import Region, province_tiles
from govgauge.analysis.figures.range_bars import RangeRow, range_bars
from govgauge.analysis.figures.rank_intervals import rank_intervals
from govgauge.analysis.figures.share_bars import share_bars
from govgauge.analysis.groups import Group, Spread
from govgauge.analysis.robustness import Robustness
from govgauge.analysis.shares import Share, shown
from govgauge.reports.document.model import Figure
from govgauge.subjects.tiles import tiles

TOLD = 12
"""Rows that the words of a figure tell; the table beside it has all of them."""


FULL = 800
"""Pixels of a drawing as wide as the text: letters are of one size in all figures."""


TALLEST = 1.3
"""Height of a figure in widths of the text: a heading has room above it."""


def drawn(svg: str, caption: str, alt: str, name: str = "") -> Figure:
    """A figure as wide as its drawing asks for, and no taller than a page takes."""
    size = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', svg)
    if not size:
        return Figure(svg, caption, alt, name)
    across, down = float(size.group(1)), float(size.group(2))
    width = min(1.0, across / FULL, TALLEST * across / down)
    return Figure(svg, caption, alt, name, width=width)


def indicator_ranges(group: Group, spreads: Sequence[Spread], caption: str, name: str) -> list[Figure]:
    """Mean, lowest, middle and highest of indicators."""
    if not any(each.mean is not None and not each.node.bonus for each in spreads):
        return []
    top = min(each.node.level for each in spreads)
    rows = [_row(each, each.node.name, each.node.level - top, group.subjects) for each in spreads]
    return [drawn(range_bars("", rows), caption, _alt(caption, rows), name)]


def group_ranges(groups: Sequence[Group], caption: str, name: str) -> list[Figure]:
    """Total indexes of groups beside each other."""
    rows = [_row(group.spread(""), group.name, 0, 0) for group in groups]
    if not any(row.mean is not None for row in rows):
        return []
    return [drawn(range_bars("", rows), caption, _alt(caption, rows), name)]


def group_matrix(groups: Sequence[Group], caption: str, name: str) -> list[Figure]:
    """Mean indexes of the first level, group by group."""
    codes = ["", *(each.node.code for each in groups[0].spreads if each.node.level == 1 and not each.node.bonus)]
    titles = [groups[0].spread(code).node.name for code in codes]
    rows = [(f"{group.name}（{group.subjects}）", [group.spread(code).mean for code in codes]) for group in groups]
    alt = "；".join(
        f"{label}：{'、'.join(_told(title, mean) for title, mean in zip(titles, means, strict=True))}"
        for label, means in rows[:TOLD]
    )
    return [drawn(index_matrix("", titles, rows), caption, f"{caption}。{alt}。", name)]


def distribution(group: Group, caption: str, name: str) -> list[Figure]:
    """How the total indexes lie over tenths."""
    full = [band for band in group.bands if band.share.numerator]
    if not full:
        return []
    alt = "；".join(f"{shown(band.start, 1)}–{shown(band.end, 1)}：{band.share.text()}" for band in full)
    return [drawn(histogram("", group), caption, f"{caption}。{alt}。", name)]


def grades(rows: Sequence[tuple[str, Sequence[tuple[str, Share]]]], caption: str, name: str) -> list[Figure]:
    """Groups cut by grade."""
    svg = grade_stacks("", rows)
    if not svg:
        return []
    alt = "；".join(
        f"{label}：{'、'.join(f'{grade} {share.text()}' for grade, share in shares)}" for label, shares in rows
    )
    return [drawn(svg, caption, f"{caption}。{alt}。", name)]


def having_bars(rows: Sequence[tuple[str, Share]], caption: str, name: str) -> list[Figure]:
    """Shares of those who have something."""
    svg = share_bars("", rows)
    if not svg:
        return []
    alt = "；".join(f"{label}：{share.text()}" for label, share in rows[:TOLD] if share.denominator)
    return [drawn(svg, caption, f"{caption}。{alt}。", name)]


def region_tiles(regions: Sequence[Group], caption: str, name: str) -> list[Figure]:
    """Provinces as tiles. Regions that no tile has are not drawn: the table beside has them."""
    places = {tile.name for tile in tiles()}
    found = {
        group.name: Region(spread.mean, spread.known)
        for group in regions
        if group.name in places and (spread := group.spread("")).mean is not None
    }
    if not found:
        return []
    alt = "、".join(f"{label} {shown(region.mean)}" for label, region in found.items())
    return [drawn(province_tiles("", found), caption, f"{caption}。{alt}。", name)]


def moves(group: GroupChange, caption: str, name: str) -> list[Figure]:
    """Indexes of the first level, the round before and now."""
    found = [
        Move(each.node.name, each.before, each.after)
        for each in group.changes
        if each.node.level <= 1 and not each.node.bonus and each.before is not None and each.after is not None
    ]
    if not found:
        return []
    alt = "；".join(f"{each.name}由 {shown(each.before)} 到 {shown(each.after)}" for each in found)
    return [drawn(change_arrows("", found)[0], caption, f"{caption}。{alt}。", name)]


def ranks(found: Robustness, caption: str, name: str) -> list[Figure]:
    """Ranks with their intervals, a figure for each page of subjects."""
    pages = rank_intervals("", found)
    size = -(-len(found.subjects) // len(pages)) if pages else 0
    figures = []
    for page, svg in enumerate(pages):
        those = found.subjects[page * 60 : page * 60 + 60] if size else ()
        first, last = (those[0].rank, those[-1].rank) if those else (0, 0)
        tail = f"（第 {first} 至 {last} 位）" if len(pages) > 1 else ""
        alt = "；".join(f"{each.subject}第 {each.rank} 位，区间 {each.low}–{each.high}" for each in those[:TOLD])
        figures.append(drawn(svg, f"{caption}{tail}", f"{caption}{tail}。{alt}等。", name if not page else ""))
    return figures


def _row(spread: Spread, label: str, level: int, of: int) -> RangeRow:
    behind = f"（{spread.known} 个）" if spread.known != of else ""
    if spread.node.bonus and spread.node.level == 1:
        label = f"{label}（加分）"
    return RangeRow(label, spread.mean, spread.minimum, spread.median, spread.maximum, behind, level)


def _alt(caption: str, rows: Sequence[RangeRow]) -> str:
    parts = [
        f"{row.name}平均 {shown(row.mean)}，最低 {shown(row.low)}，最高 {shown(row.high)}"
        for row in rows[:TOLD]
        if row.mean is not None and row.low is not None and row.high is not None
    ]
    return f"{caption}。{'；'.join(parts)}{'等' if len(rows) > TOLD else ''}。"


def _told(title: str, mean: float | None) -> str:
    return f"{title} {'未知' if mean is None else shown(mean)}"
