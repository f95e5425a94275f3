"""Leaf values with a row for each subject and a column for each leaf."""

import re

import numpy as np

from govgauge.analysis.grid import GROUP, Grid
from govgauge.analysis.leaf_cells import complaint, numbers
from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.vocabulary import Vocabulary
from govgauge.scoring.csv_lines import UnusableTable

CODE_LIKE = re.compile(r"[0-9]+(\.[0-9]+)*")


def read_wide(grid: Grid, subject: str, words: Vocabulary) -> LeafTable:
    """Raises UnusableTable with every fault found."""
    columns = {words.headings[name]: name for name in grid.header if name in words.headings}
    faults = _heading_faults(grid, subject, words)
    groups = {
        name: cells
        for name, cells in grid.columns.items()
        if name != subject and name not in words.headings and name not in words.strangers
    }
    faults += _subject_faults(grid, subject, grid.columns.get(GROUP, ()))
    codes = tuple(code for code in words.codes if code in columns)
    if not codes:
        faults.append(f"表头：没有一列是{words.system} 的指标或要点。请用它们的编号作列名 (no value columns).")
    values = np.full((len(grid.places), len(codes)), np.nan)
    applies = np.ones(values.shape, dtype=bool)
    for column, code in enumerate(codes):
        name = columns[code]
        values[:, column], applies[:, column], bad = numbers(grid.columns[name])
        faults += [
            f"{grid.places[row]}（{grid.columns[subject][row]}）列“{name}”：{complaint(grid.columns[name][row])}"
            for row in bad
        ]
    if faults:
        raise UnusableTable(grid.path, faults)
    return LeafTable(grid.columns[subject], codes, values, applies, groups)


def _heading_faults(grid: Grid, subject: str, words: Vocabulary) -> list[str]:
    faults = []
    meant: dict[str, str] = {}
    for name in grid.header:
        if name in words.strangers:
            faults.append(f"表头：“{name}”{words.strangers[name]} (not to be used as a column).")
        elif name in words.headings:
            first = meant.setdefault(words.headings[name], name)
            if first != name:
                faults.append(f"表头：列“{first}”与“{name}”是同一个指标。请只留一列 (the same indicator twice).")
        elif CODE_LIKE.fullmatch(name):
            faults.append(f"表头：{words.system} 没有编号为“{name}”的指标。请核对列名 (no such indicator).")
    missing = [code for code in words.codes if code not in meant] if words.required else []
    if missing:
        unknown = [name for name in grid.header if name != subject and name not in words.headings]
        hint = f"；其余的列：{'、'.join(unknown)}" if unknown else ""
        faults.append(
            f"表头：缺少末级指标的列 {'、'.join(missing)}{hint}。"
            "请补上；还没有采集的，整列留空即可 (columns are missing; leave a column empty where values are open)."
        )
    return faults


def _subject_faults(grid: Grid, subject: str, groups: tuple[str, ...]) -> list[str]:
    faults = []
    seen: dict[tuple[str, str], str] = {}
    for row, (place, name) in enumerate(zip(grid.places, grid.columns[subject], strict=True)):
        if not name:
            faults.append(f"{place}：列“{subject}”是空的。请填写评估对象的名称 (the name is empty).")
            continue
        first = seen.setdefault((name, groups[row] if groups else ""), place)
        if first != place:
            faults.append(
                f"{place}：“{name}”与{first}重名。请删去一行，或在 {GROUP} 列写明不同的组 (a duplicate name)."
            )
    return faults
