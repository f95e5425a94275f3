"""Reading a table of subjects: the good rows as a list, and a sentence for each row that was left out."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.subjects.keys import key_of
from govgauge.subjects.model import Group, Outlet, Roster, Subject
from govgauge.subjects.tables.grid import Grid, Row, UnusableTable, read_grid
from govgauge.subjects.tables.parents import Parents
from govgauge.subjects.tables.row_reading import CellFault, Unreadable, contradiction, outlet_in, subject_in, text
from govgauge.subjects.tables.taken import LeftOut, Refusals, Taken, without_followers
from govgauge.subjects.validate import Fault, Part, faults

Sources = dict[tuple[str, int], int]
"""The number of the row of each subject and outlet of a list."""
FIELD_OF_OUTLET = {"since": "used_since", "until": "used_until", "subject": "name"}


class Imported(Struct, frozen=True):
    """The list that a table gives, of how many rows, and those left out, by their numbers. `row_of` tells the number
    of each subject's first row by its key."""

    roster: Roster
    rows: int
    left_out: tuple[LeftOut, ...]
    row_of: dict[str, int] = {}


def read_table(path: Path, *, strict: bool = False, groups: Sequence[Group] | None = None) -> Imported:
    """The list in an XLSX or CSV file. `groups` are those that its rows may name, by id or title; without them they
    are those of its sheet 组, and without that, whatever the rows name.

    Raises UnusableTable when it is no such file, when no row is good, or, if `strict`, when any row is not.
    """
    imported = take(read_grid(path), path.stem, groups)
    if imported.left_out and (strict or not imported.roster.subjects):
        raise UnusableTable("\n".join(f"{path} {left.sentence()}" for left in imported.left_out))
    if not imported.roster.subjects:
        raise UnusableTable(f"{path}：表头下没有内容。请至少写一行 (no rows).")
    return imported


def take(grid: Grid, roster_id: str, groups: Sequence[Group] | None = None) -> Imported:
    """The list that the rows of a grid give."""
    known = tuple(groups) if groups is not None else _groups(grid)
    refusals = Refusals(grid.columns)
    taken, gone = _read(grid, refusals)
    if known:
        _name_groups(taken, known)
    while True:
        if gone:
            taken = without_followers(taken, gone, refusals)
        roster, sources = _roster(taken, roster_id, known)
        bad = _by_row(faults(roster), sources)
        if not bad:
            row_of = {one.key: one.row.number for one in taken if one.subject}
            return Imported(roster, len(grid.rows), refusals.in_order(), row_of)
        for row, fault in bad.items():
            refusals.add(row, CellFault(_field(fault.part), fault.what, fault.remedy))
        gone = {one.key: one.row.number for one in taken if one.subject and one.row.number in bad}
        taken = [one for one in taken if one.row.number not in bad]


def _read(grid: Grid, refusals: Refusals) -> tuple[list[Taken], dict[str, int]]:
    """The rows that can be read, and the bodies whose first row cannot (key, number of row)."""
    parents = Parents([_named(row) for row in grid.rows])
    first: dict[str, Taken] = {}
    failed: dict[str, int] = {}
    taken = []
    for index, row in enumerate(grid.rows):
        parent = parents.of(index)
        key = "" if isinstance(parent, CellFault) else key_of(parent, str(row.cells.get("name", "")))
        try:
            one = _taken(row, key, parent, first.get(key))
        except Unreadable as error:
            refusals.add(row.number, error.fault)
            if key and key not in first:
                failed.setdefault(key, row.number)
            continue
        if key in failed:
            refusals.add(row.number, CellFault("name", f"“{key}”没有导入", f"请先改正第 {failed[key]} 行"))
            continue
        taken.append(one)
        first.setdefault(key, one)
    return taken, failed


def _named(row: Row) -> tuple[str, str] | None:
    try:
        return text(row, "name"), text(row, "parent")
    except Unreadable:
        return None


def _taken(row: Row, key: str, parent: str | CellFault, before: Taken | None) -> Taken:
    name = text(row, "name")
    text(row, "parent")
    if not name:
        raise Unreadable(CellFault("name", "没有名称", "请写上名称，或删去这一行"))
    if isinstance(parent, CellFault):
        raise Unreadable(parent)
    outlet = outlet_in(row, key)
    if before is None or before.subject is None:
        return Taken(row, key, subject_in(row, parent), outlet)
    different = contradiction(row, before.subject)
    if different:
        raise Unreadable(different)
    if outlet is None:
        what = f"“{key}”在第 {before.row.number} 行列过"
        raise Unreadable(CellFault("name", what, "请删去一行，或写明各自的上级以示区别"))
    return Taken(row, key, None, outlet)


def _groups(grid: Grid) -> tuple[Group, ...]:
    return tuple(Group(*(*line, "", "", "", "", "")[:5]) for line in grid.groups)


def _name_groups(taken: list[Taken], groups: Sequence[Group]) -> None:
    """Turn titles of groups into their ids."""
    ids = {group.title: group.id for group in groups} | {group.id: group.id for group in groups}
    for one in taken:
        if one.subject and any(ids.get(group, group) != group for group in one.subject.groups):
            named = tuple(ids.get(group, group) for group in one.subject.groups)
            one.subject = msgspec.structs.replace(one.subject, groups=named)


def _roster(taken: list[Taken], roster_id: str, groups: tuple[Group, ...]) -> tuple[Roster, Sources]:
    subjects: list[Subject] = []
    outlets: list[Outlet] = []
    sources: Sources = {}
    for one in taken:
        if one.subject:
            sources["subject", len(subjects)] = one.row.number
            subjects.append(one.subject)
        if one.outlet:
            sources["outlet", len(outlets)] = one.row.number
            outlets.append(one.outlet)
    if not groups:
        named = dict.fromkeys(group for subject in subjects for group in subject.groups)
        groups = tuple(Group(group, group) for group in named)
    return Roster(roster_id, groups=groups, subjects=tuple(subjects), outlets=tuple(outlets)), sources


def _by_row(found: list[Fault], sources: Sources) -> dict[int, Fault]:
    """The first fault of each row. Raises UnusableTable for one of the groups, which belong to no row."""
    bad: dict[int, Fault] = {}
    for fault in found:
        row = sources.get((fault.part.of, fault.part.index))
        if row is None:
            raise UnusableTable(f"工作表“组”：{fault.sentence()}")
        bad.setdefault(row, fault)
    return bad


def _field(part: Part) -> str:
    return FIELD_OF_OUTLET.get(part.field, part.field) if part.of == "outlet" else part.field
