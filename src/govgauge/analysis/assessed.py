"""A table of leaf values scored against its system: the ground on which everything here is computed."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.node import WHOLE, Node, nodes_of
from govgauge.scoring.bulk import SAME, FieldScores, Flags, Points, grades_of_totals, ranks_of_totals, score_field
from govgauge.systems.model import System
from govgauge.systems.ranking import Ranking

UNDECIDED = "未定"
"""The grade of a subject whose total is still open."""
NO_GRADE = "未达档"
"""The grade of a subject that reaches none."""


class Assessed:
    """Subjects with the indexes of every node, totals, ranks and grades. NaN and 0 stand for what is still open.

    `grades` are those that were published: they come from exact totals, a table of leaf values is rounded.
    """

    def __init__(
        self,
        system: System,
        profile: str,
        table: LeafTable,
        ranking: Ranking | None = None,
        grades: Sequence[str] | None = None,
    ) -> None:
        self.system = system
        self.profile = profile
        self.table = table
        self.ranking = ranking or system.ranking
        self._published = grades
        self.nodes = nodes_of(system, profile)
        self.scores: FieldScores = score_field(system, profile, table.field())

    @property
    def subjects(self) -> tuple[str, ...]:
        return self.table.subjects

    def node(self, code: str) -> Node:
        """A node by its code; "" is the total without the bonus."""
        return next(node for node in (WHOLE, *self.nodes) if node.code == code)

    def index(self, code: str) -> Points:
        """Score ÷ weight, NaN where open or not applicable. "" is the total index: the bonus stands apart."""
        if code != WHOLE.code:
            return np.where(self.applies(code), self.scores.index(code), np.nan)
        low, high = self.index_range(code)
        return np.where(high - low > SAME, np.nan, low)

    def index_range(self, code: str) -> tuple[Points, Points]:
        """Lowest and highest index that open values leave possible; NaN where the node does not apply."""
        if code == WHOLE.code:
            tops = [node.code for node in self.nodes if node.level == 1 and not node.bonus]
            full = sum(float(self.system_weight(top)) for top in tops)
            low = sum((self.scores.low[top] for top in tops), np.zeros(len(self.subjects)))
            high = sum((self.scores.high[top] for top in tops), np.zeros(len(self.subjects)))
            return (low / full, high / full) if full else (low * np.nan, high * np.nan)
        weights = self.scores.weights[code]
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = self.scores.low[code] / weights, self.scores.high[code] / weights
        applies = self.applies(code)
        return np.where(applies, low, np.nan), np.where(applies, high, np.nan)

    def system_weight(self, code: str) -> float:
        """Points of a node in the profile."""
        return self.node(code).weight

    def applies(self, code: str) -> Flags:
        """Whether a node is assessed of a subject; a deducting leaf that is out costs nothing, but is no index."""
        if code == WHOLE.code:
            return np.ones(len(self.subjects), dtype=bool)
        weighs = np.asarray(self.scores.weights[code] > 0)
        if code in self.table.codes:
            return weighs & self.table.applies[:, self.table.codes.index(code)]
        return weighs

    @cached_property
    def totals(self) -> Points:
        """Points with the bonus, NaN where open."""
        low, high = self.scores.total_low, self.scores.total_high
        return np.where(high - low > SAME, np.nan, low)

    @cached_property
    def ranks(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Ranks among those whose totals are known, 0 for the others."""
        return ranks_where_known(self.totals, self.ranking)

    @cached_property
    def grades(self) -> tuple[str, ...]:
        """The grade of each subject: those given, else that of all totals which open values leave possible.

        UNDECIDED where these have several; all are empty where the system has no grades.
        """
        if not self.ranking.grades:
            return ("",) * len(self.subjects)
        if self._published is not None:
            return tuple(self._published)
        lowest, highest = (
            grades_of_totals(totals, self.ranking) for totals in (self.scores.total_low, self.scores.total_high)
        )
        return tuple((low or NO_GRADE) if low == high else UNDECIDED for low, high in zip(lowest, highest, strict=True))

    def grade_names(self) -> tuple[str, ...]:
        """The grades from the best to the worst."""
        return tuple(grade.name for grade in self.ranking.grades)


def ranks_where_known(totals: Points, ranking: Ranking) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Ranks among the totals that are known, 0 for the others."""
    known = ~np.isnan(totals)
    found = np.zeros(len(totals), dtype=np.int64)
    if known.any():
        found[known] = ranks_of_totals(totals[known], ranking)
    return found
