"""The points of many entries with other answers to a few of their checks, reckoned before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from msgspec import Struct

from govgauge.office import answered, sheets
from govgauge.office.domain import freezing
from govgauge.office.models import Entry, Judgement, Round
from govgauge.office.queries.accepted import EXPLAINED, Accepted, accepted
from govgauge.office.visit_files import points

PIECE = 200
"""Entries whose sheets are in memory together."""
Changes = Mapping[str, Accepted | None]
"""By check what is to hold; None for what is to hold no longer."""


class Bounds(Protocol):
    """Points for sure, and at most."""

    @property
    def low(self) -> Fraction | float: ...
    @property
    def high(self) -> Fraction | float: ...


class Reckoned(Struct, frozen=True):
    """What an entry's judgement and result say with the changes, and upon which judgement and answers it rests."""

    judgement: int
    rests_on: Mapping[str, Accepted]
    low: str
    high: str
    base_low: Decimal
    base_high: Decimal
    answered: Decimal


def reckoned(
    round_: Round, entries: Sequence[Entry], changes: Mapping[int, Changes], told: Callable[[int], None] | None = None
) -> dict[int, Reckoned]:
    """By entry, those that are judged; `told` hears after each piece how many are done. Nothing is locked."""
    systems = freezing.systems_of(round_, {entry.system for entry in entries})
    found: dict[int, Reckoned] = {}
    for start in range(0, len(entries), PIECE):
        piece = entries[start : start + PIECE]
        numbers = [entry.pk for entry in piece]
        rows = Judgement.objects.filter(current=True, entry__in=numbers).values_list("entry_id", "id", "body")
        bodies = {entry: (number, body) for entry, number, body in rows}
        people = accepted(numbers, round_.as_of)
        for entry in piece:
            if entry.pk not in bodies:
                continue
            number, body = bodies[entry.pk]
            now = people.get(entry.pk, {})
            then = changed(now, changes[entry.pk])
            sheet = sheets.unpacked(body)
            total: Bounds = sheet.total
            base: Bounds = sheet.base
            share: Fraction | float = sheet.base_coverage.weight_answered
            if then:
                scored = answered.scored_with_people(sheet, systems[entry.system], entry.profile, then)
                total, base, share = scored.total, scored.base, scored.base_coverage.weight_answered
            found[entry.pk] = Reckoned(
                judgement=number,
                rests_on=now,
                low=repr(float(total.low)),
                high=repr(float(total.high)),
                base_low=points(float(base.low)),
                base_high=points(float(base.high)),
                answered=points(float(share)),
            )
        if told is not None:
            told(start + len(piece))
    return found


def changed(now: Mapping[str, Accepted], changes: Changes) -> dict[str, Accepted]:
    """What people have accepted, with changes; an explanation stands above any answer."""
    then = dict(now)
    for check, said in changes.items():
        if check in then and then[check].source == f"person:{EXPLAINED}":
            continue
        if said is None:
            then.pop(check, None)
        else:
            then[check] = said
    return then
