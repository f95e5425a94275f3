"""Bars of mean indexes: a row for each indicator, indented by its level, a bar for each group."""

from collections.abc import Sequence

from govgauge.analysis.figures.axis import scale
from govgauge.analysis.figures.svg import (
    DEEP,
    FILLS,
    MARGIN,
    NOTE_HEIGHT,
    QUIET,
    SIZE,
    SMALL,
    TITLE_HEIGHT,
    Sheet,
    legend,
    shortened,
    width_of,
)
from govgauge.analysis.groups import Group
from govgauge.analysis.node import Node
from govgauge.analysis.shares import shown

PLOT = 460
BAR, BAR_OF_MANY = 15, 11
INDENT = 14
LONGEST_LABEL = 260
MOST_GROUPS = 6
BY_LEVEL = (DEEP, DEEP, "#7f95ab", "#c9d6e4")
"""Fills of a single group: the lower the level, the lighter."""


def index_bars(title: str, groups: Sequence[Group], levels: Sequence[int] = (0, 1), note: str = "") -> str:
    """One figure. At most MOST_GROUPS groups; levels 0 (total) to 3. Indexes that are not known are said to be so."""
    groups = groups[:MOST_GROUPS]
    nodes = [spread.node for spread in groups[0].spreads if spread.node.level in levels]
    lowest = min(levels)
    many = len(groups) > 1
    bar = BAR_OF_MANY if many else BAR
    step = bar * len(groups) + 9
    label = min(LONGEST_LABEL, max(width_of(_name(node)) + INDENT * (node.level - lowest) for node in nodes)) + 12
    left = MARGIN + label
    top = TITLE_HEIGHT + (26 if many else 4) + 14
    bottom = top + step * len(nodes)
    width = max(left + PLOT + 60, MARGIN * 2 + sum(width_of(group.name, SMALL + 1) + 39 for group in groups))
    sheet = Sheet(width, bottom + NOTE_HEIGHT + 12, title, note)
    if many:
        legend(sheet, TITLE_HEIGHT + 16, [f"{group.name}（{group.subjects}）" for group in groups])
    scale(sheet, left, PLOT, (top, bottom))
    for row, node in enumerate(nodes):
        y = top + step * row
        indent = INDENT * (node.level - lowest)
        name = shortened(_name(node), label - indent)
        sheet.text(
            MARGIN + indent, y + (step - 9) / 2 + SIZE * 0.4, name, bold=node.level <= 1 and len(set(levels)) > 1
        )
        for place, group in enumerate(groups):
            mean = group.spread(node.code).mean
            line = y + place * bar
            if mean is None:
                sheet.text(left + 4, line + bar - 2.5, "未知", size=SMALL - 1, ink=QUIET)
                continue
            sheet.box(left, line + 0.5, PLOT * mean, bar - 2, fill=FILLS[place] if many else BY_LEVEL[node.level])
            sheet.text(left + PLOT * mean + 4, line + bar - 2.5, shown(mean), size=SMALL - (1 if many else 0))
    sheet.line((left, top - 4), (left, bottom))
    return sheet.render()


def _name(node: Node) -> str:
    return f"{node.name}（加分）" if node.bonus and node.level == 1 else node.name
