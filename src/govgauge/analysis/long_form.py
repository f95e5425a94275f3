"""Leaf values with a row for each value: subject, code, value; other columns say one thing of a subject throughout."""

import numpy as np

from govgauge.analysis.grid import CODE, GROUP, VALUE, Grid
from govgauge.analysis.leaf_cells import complaint, numbers
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.vocabulary import Vocabulary
from govgauge.scoring.csv_lines import UnusableTable


def read_long(grid: Grid, subject: str, words: Vocabulary) -> LeafTable:
    """Raises UnusableTable with every fault found."""
    return _LongForm(grid, subject, words).read()


class _LongForm:
    def __init__(self, grid: Grid, subject: str, words: Vocabulary) -> None:
        self._grid = grid
        self._words = words
        self._names = grid.columns[subject]
        self._parts = grid.columns.get(GROUP, ("",) * len(self._names))
        self._groups = [name for name in grid.header if name not in {subject, CODE, VALUE}]
        self._columns = {code: column for column, code in enumerate(words.codes)}
        self._rows: dict[tuple[str, str], int] = {}
        for key in zip(self._names, self._parts, strict=True):
            self._rows.setdefault(key, len(self._rows))

    def read(self) -> LeafTable:
        found, applying, bad = numbers(self._grid.columns[VALUE])
        faults = [
            f"{self._grid.places[line]}（{self._names[line]}，{self._grid.columns[CODE][line]}）："
            f"{complaint(self._grid.columns[VALUE][line])}"
            for line in bad
        ]
        faults += [
            f"{place}：评估对象是空的。请填写名称 (the name is empty)."
            for place, name in zip(self._grid.places, self._names, strict=True)
            if not name
        ]
        lines = self._cells(faults)
        for column in self._groups:
            faults += self._wandering(column)
        used = {column for _, column in lines}
        missing = [code for code, column in self._columns.items() if column not in used]
        if missing and self._words.required:
            faults.append(
                f"列“{CODE}”：没有一行是末级指标 {'、'.join(missing)}。请补上；"
                f"还没有采集的，把“{VALUE}”留空即可 (codes are missing; leave the value empty where it is open)."
            )
        if faults:
            raise UnusableTable(self._grid.path, faults)
        values = np.full((len(self._rows), len(self._columns)), np.nan)
        applies = np.ones(values.shape, dtype=bool)
        for cell, line in lines.items():
            values[cell], applies[cell] = found[line], applying[line]
        kept = sorted(used)
        firsts = self._firsts()
        return LeafTable(
            subjects=tuple(name for name, _ in self._rows),
            codes=tuple(self._words.codes[column] for column in kept),
            values=values[:, kept],
            applies=applies[:, kept],
            columns={name: tuple(self._grid.columns[name][line] for line in firsts) for name in self._groups},
        )

    def _cells(self, faults: list[str]) -> dict[tuple[int, int], int]:
        """The line of each cell (row, column); what names no cell, or one that is taken, becomes a fault."""
        lines: dict[tuple[int, int], int] = {}
        for line, word in enumerate(self._grid.columns[CODE]):
            place, name = self._grid.places[line], self._names[line]
            code = self._words.headings.get(word)
            if code is None:
                why = self._words.strangers.get(word, f"不是 {self._words.system} 的指标或要点，请核对编号")
                faults.append(f"{place}：“{word}”{why} (no such code).")
                continue
            first = lines.setdefault((self._rows[name, self._parts[line]], self._columns[code]), line)
            if first != line:
                faults.append(f"{place}：“{name}”的 {code} 与{self._grid.places[first]}重复。请删去一行 (a duplicate).")
        return lines

    def _firsts(self) -> list[int]:
        """The first line of each subject."""
        firsts: dict[tuple[str, str], int] = {}
        for line, key in enumerate(zip(self._names, self._parts, strict=True)):
            firsts.setdefault(key, line)
        return list(firsts.values())

    def _wandering(self, column: str) -> list[str]:
        """Subjects that are said to be of two levels, regions or parents; each is told once."""
        cells, firsts, told = self._grid.columns[column], self._firsts(), set()
        faults = []
        for line, key in enumerate(zip(self._names, self._parts, strict=True)):
            first = firsts[self._rows[key]]
            if cells[line] != cells[first] and key not in told:
                told.add(key)
                faults.append(
                    f"{self._grid.places[line]}：“{key[0]}”的“{column}”是“{cells[line]}”，{self._grid.places[first]}"
                    f"却是“{cells[first]}”。请改为一致 (a subject must have one value here)."
                )
        return faults
