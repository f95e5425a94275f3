"""One row of a table as a body and its outlet: texts, words, days, lists, and a sentence for what is none of these."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from govgauge.subjects.guesses import kind_of, level_of
from govgauge.subjects.model import Channel, Outlet, Subject
from govgauge.subjects.tables.columns import HEADING_OF
from govgauge.subjects.tables.grid import Row, Unread
from govgauge.subjects.words import CHANNEL_OF, CHANNELS, KIND_OF, KINDS, LEVEL_OF, LEVELS

DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))"
)
LISTED = re.compile(r"[;；]")
TWELVE_DIGITS = re.compile(r"(\d{6})0{6}")
"""A division's code with those of town and village, which are none."""
OUTLET_FIELDS = ("channel", "address", "title", "used_since", "used_until")
FACTS = ("full_name", "aliases", "level", "kind", "groups", "region", "code", "since", "until", "before")

W = TypeVar("W")


class CellFault(Struct, frozen=True):
    """What is wrong in a cell, and what to do."""

    field: str
    what: str
    remedy: str


class Unreadable(Exception):
    """A row that cannot be taken."""

    def __init__(self, fault: CellFault) -> None:
        super().__init__(fault.what)
        self.fault = fault


def text(row: Row, field: str) -> str:
    """A text as it stands. Raises Unreadable for a formula."""
    cell = row.cells.get(field, "")
    if type(cell) is str:
        return cell
    if isinstance(cell, Unread):
        raise Unreadable(CellFault(field, f"这一格是{cell.what}，不会被计算", "请把它贴为值（选择性粘贴，数值）"))
    return str(cell)


def subject_in(row: Row, parent: str) -> Subject:
    """The body of a row whose parent's key is known. Raises Unreadable."""
    cells = row.cells
    name = text(row, "name")
    code = _code(row) if "code" in cells else ""
    kind = _word(row, "kind", KIND_OF, KINDS) or kind_of(name)
    if kind is None:
        raise Unreadable(
            CellFault("kind", f"没有写明“{name}”的类型，名称也看不出", f"请填：{'、'.join(KINDS.values())}")
        )
    level = _word(row, "level", LEVEL_OF, LEVELS) or level_of(kind, code)
    if level is None:
        raise Unreadable(
            CellFault("level", f"没有写明“{name}”的级别，类型和代码也看不出", f"请填：{'、'.join(LEVELS.values())}")
        )
    return Subject(
        name,
        level,
        kind,
        parent,
        groups=_list(row, "groups") if "groups" in cells else (),
        full_name=text(row, "full_name") if "full_name" in cells else "",
        aliases=_list(row, "aliases") if "aliases" in cells else (),
        region=text(row, "region") if "region" in cells else "",
        code=code,
        since=_day(row, "since") if "since" in cells else None,
        until=_day(row, "until") if "until" in cells else None,
        before=_list(row, "before") if "before" in cells else (),
    )


def outlet_in(row: Row, subject: str) -> Outlet | None:
    """The site or account of a row; None where it tells of none. Raises Unreadable."""
    if row.cells.keys().isdisjoint(OUTLET_FIELDS):
        return None
    return Outlet(
        subject,
        _word(row, "channel", CHANNEL_OF, CHANNELS) or Channel.SITE,
        text(row, "address"),
        text(row, "title"),
        _day(row, "used_since"),
        _day(row, "used_until"),
    )


def contradiction(row: Row, subject: Subject) -> CellFault | None:
    """In what a further row of a body says something else of it than its first."""
    said = {field for field in FACTS if field in row.cells}
    again = subject_in(row, subject.parent) if said else subject
    differing = next(
        (field for field in FACTS if field in said and getattr(again, field) != getattr(subject, field)), None
    )
    if differing is None:
        return None
    what = f"“{subject.key}”在前面列过，那里的“{HEADING_OF[differing]}”与这一行不同"
    return CellFault(differing, what, "同一对象的后几行只写名称、上级和渠道；不同的对象请写明各自的上级")


def _word(row: Row, field: str, readings: Mapping[str, W], words: Mapping[W, str]) -> W | None:
    if field not in row.cells:
        return None
    said = text(row, field)
    found = readings.get(said) or readings.get(said.casefold())
    if found is None:
        raise Unreadable(
            CellFault(field, f"“{said}”不是可用的{HEADING_OF[field]}", f"请改为：{'、'.join(words.values())}")
        )
    return found


def _list(row: Row, field: str) -> tuple[str, ...]:
    said = text(row, field)
    if ";" not in said and "；" not in said:
        return (said,)
    return tuple(part.strip() for part in LISTED.split(said) if part.strip())


def _code(row: Row) -> str:
    said = text(row, "code")
    long = TWELVE_DIGITS.fullmatch(said)
    return long[1] if long else said


def _day(row: Row, field: str) -> date | None:
    if field not in row.cells:
        return None
    cell = row.cells[field]
    if isinstance(cell, date):
        return cell
    said = text(row, field)
    found = day_in(said)
    if found is None:
        raise Unreadable(CellFault(field, f"“{said}”不是日期", "请写成 2025-11-30，年月日都要"))
    return found


@lru_cache(maxsize=4096)
def day_in(said: str) -> date | None:
    """The day that a text names; None when it is none, or not the whole of one."""
    match = DAY.fullmatch(said)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None
