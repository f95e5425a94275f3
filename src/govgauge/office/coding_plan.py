"""A plan of who answers what, as it is worked out before it is done."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from govgauge.office.check_work import CheckWork, Guides, told, works
from govgauge.office.models import BatchCut, Entry
from govgauge.office.shares import Given, Piece


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be planned. Empty `groups` and `indicators` (codes, or the codes above them) mean all of them."""

    cut: BatchCut
    people: tuple[int, ...]
    share: Decimal
    due: date
    groups: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    def wants(self, work: CheckWork) -> bool:
        """Whether a check is among the indicators asked for."""
        code = work.indicator
        return not self.indicators or any(code == one or code.startswith(f"{one}.") for one in self.indicators)


class Portion(Struct, frozen=True, kw_only=True):
    """What one person would get: first and second assignments and their minutes, beside the minutes they have."""

    person: int
    name: str
    first: int
    second: int
    minutes: int
    before: int


class Proposal(Struct, frozen=True, kw_only=True):
    """A plan that was worked out. `names` has the name of each batch; `digest` tells it from any other plan."""

    wanted: Wanted
    first: list[Given]
    second: list[Given]
    names: dict[str, str]
    portions: tuple[Portion, ...]
    assigned_before: int
    without_site: int
    digest: str

    @property
    def count(self) -> int:
        """How many assignments it makes."""
        return len(self.first) + len(self.second)


def pieces(entries: Iterable[Entry], wanted: Wanted, guides: Guides) -> tuple[list[Piece], dict[str, str]]:
    """The pieces of work in the order in which people get stretches of them, and the name of each batch."""
    names: dict[str, str] = {}
    line = [
        (_turn(wanted.cut, entry, work), _piece(entry, told(work, guides), wanted.cut, names))
        for entry in entries
        for work in works(entry.system, entry.profile)
        if wanted.wants(work)
    ]
    line.sort(key=lambda one: one[0])
    return [piece for _turn_of, piece in line], names


def portions(
    people: Mapping[int, str], load: Mapping[int, int], first: Iterable[Given], second: Iterable[Given]
) -> Iterator[Portion]:
    """What each person would get."""
    minutes: Counter[int] = Counter()
    counts: dict[bool, Counter[int]] = {False: Counter(), True: Counter()}
    for is_second, given in ((False, first), (True, second)):
        for piece, person in given:
            minutes[person] += piece.minutes
            counts[is_second][person] += 1
    for person, before in load.items():
        yield Portion(
            person=person,
            name=people[person],
            first=counts[False][person],
            second=counts[True][person],
            minutes=minutes[person],
            before=before,
        )


def digest(first: Iterable[Given], second: Iterable[Given], wanted: Wanted) -> str:
    """What tells a plan from any other."""
    told_of = hashlib.sha256(msgspec.json.encode(wanted, order="deterministic"))
    for given in (first, second):
        for piece, person in given:
            told_of.update(f"{piece.entry} {piece.check} {piece.batch} {piece.minutes} {person}\n".encode())
        told_of.update(b"\n")
    return told_of.hexdigest()


def _turn(cut: BatchCut, entry: Entry, work: CheckWork) -> tuple[object, ...]:
    if cut is BatchCut.INDICATOR:
        return work.system, work.place, entry.group, entry.key
    return entry.group, entry.key, work.system, work.place


def _piece(entry: Entry, work: CheckWork, cut: BatchCut, names: dict[str, str]) -> Piece:
    if cut is BatchCut.INDICATOR:
        batch = f"{work.system}:{work.indicator}"
        names.setdefault(batch, f"{work.indicator} {work.indicator_name}（{work.system}）")
    else:
        batch = entry.group
        names.setdefault(batch, entry.group or "未分组")
    return Piece(entry.id, entry.key, work.check, batch, work.minutes)
