"""Sharing work out among people: evenly by minutes, each with work that lies together, the same whenever it is done."""

import hashlib
from collections.abc import Mapping, Sequence, Set
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from msgspec import Struct


class Piece(Struct, frozen=True):
    """One check of one entry, the batch in which it is drawn, and how many minutes it takes.

    `key` is the entry's: lots are drawn by names, which stay the same, not by numbers of rows.
    """

    entry: int
    key: str
    check: str
    batch: str
    minutes: int


Given = tuple[Piece, int]
"""A piece and the person who gets it."""


def shared(pieces: Sequence[Piece], load: Mapping[int, int]) -> list[Given]:
    """Each piece with its person. `load` has the minutes that each person has already, in the order of people.

    Everybody gets a stretch of the line of pieces, such that all come to the same minutes, but for those of the two
    pieces at its ends; who has more than that already gets nothing.
    """
    room = _room(sum(piece.minutes for piece in pieces), load)
    ends = list(accumulate(room.values()))
    people = list(room)
    given, done, turn = [], 0, 0
    for piece in pieces:
        middle = done + piece.minutes / 2
        while turn < len(people) - 1 and middle >= ends[turn]:
            turn += 1
        given.append((piece, people[turn]))
        done += piece.minutes
    return given


def second_coders(
    first: Sequence[Given], share: Decimal, seed: str, load: Mapping[int, int], known: Set[tuple[int, str]]
) -> list[Given]:
    """A share of each batch, drawn by a seed, with another person for each: who has least to do, never the first.

    `load` holds the minutes with the first part in them. `known` are pieces with a second coder already: they count.
    """
    drawn: list[Given] = []
    batches: dict[str, list[Given]] = {}
    for one in first:
        batches.setdefault(one[0].batch, []).append(one)
    for members in batches.values():
        wanted = drawn_of(len(members), share)
        members.sort(key=lambda one: _lot(seed, one[0]))
        drawn += [one for one in members[:wanted] if (one[0].entry, one[0].check) not in known]
    drawn.sort(key=lambda one: (-one[0].minutes, _lot(seed, one[0])))  # long ones first, so that short ones even out
    minutes = dict(load)
    given = []
    for piece, coder in drawn:
        other = min((person for person in minutes if person != coder), key=lambda person: minutes[person])
        minutes[other] += piece.minutes
        given.append((piece, other))
    return given


def drawn_of(count: int, share: Decimal) -> int:
    """How many of so many pieces a share is: rounded, but one at least where any are wanted."""
    if not share or not count:
        return 0
    return min(count, max(1, int((count * share).to_integral_value(ROUND_HALF_UP))))


def _lot(seed: str, piece: Piece) -> bytes:
    return hashlib.sha256(f"{seed}\x00{piece.key}\x00{piece.check}".encode()).digest()


def _room(new: int, load: Mapping[int, int]) -> dict[int, float]:
    """The minutes that each may get so that all have the same: who has more than the others gets none."""
    people = sorted(load, key=lambda person: load[person])
    level, count = 0.0, 0
    for count in range(len(people), 0, -1):
        level = (new + sum(load[person] for person in people[:count])) / count
        if level >= load[people[count - 1]]:
            break
    return {person: max(0.0, level - load[person]) if person in people[:count] else 0.0 for person in load}
