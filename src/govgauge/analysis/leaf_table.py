"""A tidy table of leaf values: subjects × codes, and the columns by which subjects can be grouped."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from govgauge.scoring.bulk import Field, Flags, Points


class LeafTable(Struct, frozen=True):
    """Values 0…1 of many subjects, subjects × codes; NaN where open or not applicable, told apart by `applies`.

    `columns` are the columns by which subjects can be grouped (level, region, parent, group or any other).
    """

    subjects: tuple[str, ...]
    codes: tuple[str, ...]
    values: Points
    applies: Flags
    columns: dict[str, tuple[str, ...]] = {}

    def field(self) -> Field:
        """The table as the scorer takes it."""
        return Field(self.subjects, self.codes, self.values, self.applies)

    def rows(self, chosen: Sequence[int]) -> "LeafTable":
        """Some of the subjects, in the order given."""
        places = list(chosen)
        return LeafTable(
            subjects=tuple(self.subjects[place] for place in places),
            codes=self.codes,
            values=self.values[places],
            applies=self.applies[places],
            columns={name: tuple(cells[place] for place in places) for name, cells in self.columns.items()},
        )

    def completed(self, codes: Sequence[str]) -> "LeafTable":
        """With exactly these codes in this order; those that the table does not have are open for every subject."""
        known = {code: column for column, code in enumerate(self.codes)}
        values = np.full((len(self.subjects), len(codes)), np.nan)
        applies = np.ones(values.shape, dtype=bool)
        for column, code in enumerate(codes):
            if code in known:
                values[:, column], applies[:, column] = self.values[:, known[code]], self.applies[:, known[code]]
        return LeafTable(self.subjects, tuple(codes), values, applies, self.columns)

    def open_cells(self) -> int:
        """How many values are open."""
        return int(np.count_nonzero(np.isnan(self.values) & self.applies))
