"""What holds of a group of subjects: mean indexes, shares above and below bounds, distribution, order of indicators."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from govgauge.analysis.assessed import NO_GRADE, UNDECIDED, Assessed
from govgauge.analysis.node import WHOLE, Node
from govgauge.analysis.shares import Share, above, below, share_of
from govgauge.scoring.bulk import SAME, Flags, Points

ALL = "全部"
NOT_NAMED = "（未填）"
"""The group of those whose cell is empty: shown, never dropped."""
BELOW = 0.60
"""The bound below which the sources speak of weak sites (2017 report, chapter 6)."""
BANDS = 10
"""Bands of the index, each a tenth wide."""


class Spread(Struct, frozen=True):
    """A node's indexes in a group. Means and shares are of the `known`; the others are counted apart.

    `low` and `high` bound the mean over all to whom the node applies, whatever the open values turn out to be.
    """

    node: Node
    known: int
    still_open: int
    not_applicable: int
    mean: float | None
    low: float | None
    high: float | None
    minimum: float | None
    median: float | None
    maximum: float | None
    above_mean: Share
    below: Share


class Band(Struct, frozen=True):
    """How many indexes lie from `start` up to, but without, `end` (the last band has its end in it)."""

    start: float
    end: float
    share: Share


class Group(Struct, frozen=True):
    """All numbers of a group. `spreads`: the total index (code ""), then all nodes as in the system."""

    name: str
    subjects: int
    bound: float
    spreads: tuple[Spread, ...]
    bands: tuple[Band, ...]
    grades: tuple[tuple[str, Share], ...]

    def spread(self, code: str) -> Spread:
        """Of one node."""
        return next(each for each in self.spreads if each.node.code == code)

    def ordered(self, level: int, parent: str | None = None) -> list[Spread]:
        """The nodes of a level whose mean is known, best first, the bonus apart; only those below `parent` if given."""
        found = [
            each
            for each in self.spreads
            if each.node.level == level
            and each.mean is not None
            and not each.node.bonus
            and parent in {None, each.node.parent}
        ]
        return sorted(found, key=lambda each: (-(each.mean or 0.0), each.node.code))


def groups_by(assessed: Assessed, column: str = "", bound: float = BELOW) -> list[Group]:
    """The groups of a column in the order of their first subjects; without a column, all subjects as one group."""
    cells = assessed.table.columns[column] if column else (ALL,) * len(assessed.subjects)
    names = [cell or NOT_NAMED for cell in cells]
    return [
        group_of(assessed, name, np.array([each == name for each in names]), bound) for name in dict.fromkeys(names)
    ]


def group_of(assessed: Assessed, name: str, members: Flags, bound: float = BELOW) -> Group:
    """The numbers of the subjects chosen by `members`."""
    totals = assessed.index(WHOLE.code)[members]
    return Group(
        name=name,
        subjects=int(members.sum()),
        bound=bound,
        spreads=tuple(_spread(assessed, node, members, bound) for node in (WHOLE, *assessed.nodes)),
        bands=bands(totals),
        grades=grade_counts(
            [grade for grade, within in zip(assessed.grades, members, strict=True) if within], assessed.grade_names()
        ),
    )


def bands(indexes: Points, count: int = BANDS) -> tuple[Band, ...]:
    """The distribution of the known indexes over bands of equal width."""
    known = indexes[~np.isnan(indexes)]
    places = np.clip(np.floor((known + SAME) * count).astype(np.int64), 0, count - 1)
    found = np.bincount(places, minlength=count)
    return tuple(
        Band(place / count, (place + 1) / count, Share(int(found[place]), len(known))) for place in range(count)
    )


def grade_counts(grades: Sequence[str], names: Sequence[str]) -> tuple[tuple[str, Share], ...]:
    """How many reach each grade, best first; those without or with an open total last, where there are any."""
    if not names:
        return ()
    extra = [name for name in (NO_GRADE, UNDECIDED) if name in grades]
    return tuple((name, Share(grades.count(name), len(grades))) for name in (*names, *extra))


def _spread(assessed: Assessed, node: Node, members: Flags, bound: float) -> Spread:
    indexes = assessed.index(node.code)[members]
    low, high = (each[members] for each in assessed.index_range(node.code))
    applies = assessed.applies(node.code)[members]
    known = applies & ~np.isnan(indexes)
    values = indexes[known]
    mean = float(values.mean()) if values.size else None
    return Spread(
        node=node,
        known=int(known.sum()),
        still_open=int((applies & ~known).sum()),
        not_applicable=int((~applies).sum()),
        mean=mean,
        low=float(low[applies].mean()) if applies.any() else None,
        high=float(high[applies].mean()) if applies.any() else None,
        minimum=float(values.min()) if values.size else None,
        median=float(np.median(values)) if values.size else None,
        maximum=float(values.max()) if values.size else None,
        above_mean=share_of(above(indexes, mean), known) if mean is not None else Share(0, 0),
        below=share_of(below(indexes, bound), known),
    )
