"""Rows on their way into a list: those read, those left out, and those that must follow the ones left out."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from govgauge.subjects.model import Outlet, Subject
from govgauge.subjects.tables.columns import HEADING_OF
from govgauge.subjects.tables.grid import Row
from govgauge.subjects.tables.row_reading import CellFault


class LeftOut(Struct, frozen=True):
    """A row that was not taken: its number as the spreadsheet shows it, the letter of the column (empty where the
    table does not have it) and its heading, what is wrong there, and what to do."""

    row: int
    column: str
    heading: str
    what: str
    remedy: str

    def sentence(self) -> str:
        cell = f"（{self.column}{self.row}）" if self.column else ""
        return f"第 {self.row} 行“{self.heading}”列{cell}：{self.what}。{self.remedy}。"


class Taken(Struct):
    """A row that has been read: its body where it is the first to name it, and its outlet."""

    row: Row
    key: str
    subject: Subject | None
    outlet: Outlet | None


class Refusals:
    """The rows left out, each with the first thing found wrong."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self._columns = columns
        self._left: dict[int, LeftOut] = {}

    def add(self, row: int, fault: CellFault) -> None:
        column = self._columns.get(fault.field, "")
        self._left.setdefault(row, LeftOut(row, column, HEADING_OF[fault.field], fault.what, fault.remedy))

    def __contains__(self, row: object) -> bool:
        return row in self._left

    def in_order(self) -> tuple[LeftOut, ...]:
        return tuple(self._left[row] for row in sorted(self._left))


def without_followers(taken: Sequence[Taken], gone: Mapping[str, int], refusals: Refusals) -> list[Taken]:
    """The rows that can stay when the bodies of some rows (key, number of row) are gone: not those below them, those
    that took over from them, and further rows of them. The rest is refused."""
    needs: dict[str, list[Taken]] = {}
    for one in taken:
        for key in _needed(one):
            needs.setdefault(key, []).append(one)
    waiting = list(gone.items())
    while waiting:
        key, number = waiting.pop()
        for one in needs.get(key, ()):
            if one.row.number not in refusals:
                refusals.add(one.row.number, _because(one, key, number))
                if one.subject:
                    waiting.append((one.key, one.row.number))
    return [one for one in taken if one.row.number not in refusals]


def _needed(one: Taken) -> Iterable[str]:
    if one.subject is None:
        return (one.key,)
    return (one.subject.parent, *one.subject.before) if one.subject.parent else one.subject.before


def _because(one: Taken, key: str, number: int) -> CellFault:
    remedy = f"请先改正第 {number} 行"
    if one.subject is None:
        return CellFault("name", f"“{key}”没有导入", remedy)
    if key == one.subject.parent:
        return CellFault("parent", f"“{one.subject.name}”的上级“{key}”没有导入", remedy)
    return CellFault("before", f"“{one.subject.name}”的前身“{key}”没有导入", remedy)
