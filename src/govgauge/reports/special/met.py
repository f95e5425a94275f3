"""How many of the checks that a report looks at each subject comes up to."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from govgauge.analysis.shares import Share
from govgauge.reports.unit import ENOUGH, Unit
from govgauge.scoring.bulk import SAME
from govgauge.scoring.bulk import Points as Numbers


class Met:
    """Of a unit's subjects: checks met, of those that apply to it and were answered."""

    def __init__(self, unit: Unit, checks: Sequence[str]) -> None:
        self.unit = unit
        answers = unit.answers
        place = {code: column for column, code in enumerate(answers.codes)}
        columns = [place[check] for check in checks if check in place]
        values = answers.values[:, columns]
        self._known = answers.applies[:, columns] & ~np.isnan(values)
        self._met = self._known & (np.nan_to_num(values) >= ENOUGH - SAME)

    @cached_property
    def of_subjects(self) -> tuple[Share, ...]:
        """The share of each subject, in their order; nothing known has the denominator 0."""
        return tuple(
            Share(int(met), int(known))
            for met, known in zip(self._met.sum(axis=1), self._known.sum(axis=1), strict=True)
        )

    @property
    def whole(self) -> Share:
        """All answers together."""
        return Share(int(self._met.sum()), int(self._known.sum()))

    @cached_property
    def shares(self) -> Numbers:
        """The shares of the subjects of whom something is known."""
        return np.array([share.value for share in self.of_subjects if share.denominator], dtype=float)

    def best(self, most: int) -> list[tuple[str, Share]]:
        """The first of those with at least half of the checks known; equals of the last one told are kept together:
        where not all of them fit, none of them is told."""
        asked = self._known.shape[1]
        found = [
            (subject, share)
            for subject, share in zip(self.unit.answers.subjects, self.of_subjects, strict=True)
            if share.denominator * 2 >= asked and share.numerator
        ]
        found.sort(key=lambda pair: -(pair[1].value or 0))
        if len(found) <= most:
            return found
        next_one = found[most][1].value or 0
        return [pair for pair in found[:most] if (pair[1].value or 0) > next_one + SAME]
