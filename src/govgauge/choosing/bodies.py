"""Whether two names speak of one body, or of a government and its department. In doubt never as a certainty."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.choosing import places
from govgauge.choosing.places import Reading
from govgauge.subjects.library import roster, roster_ids
from govgauge.subjects.model import Level
from govgauge.word_enum import WordEnum

PARTY = ("中国共产党", "中共")
LEAST = 4
"""Characters of a name that says by itself which body it is."""


class BodyKind(WordEnum):
    """What a body is, by its name. A centre may or may not be the government's, a party committee's office stands
    beside it: neither is ever certain."""

    GOVERNMENT = "government"
    DEPARTMENT = "department"
    CENTRE = "centre"
    OTHER = "other"


class Body(Struct, frozen=True):
    """A body read from its name: where it is, and what it is called there."""

    name: str
    place: Reading
    kind: BodyKind

    @property
    def own(self) -> str:
        """Its name without the place."""
        return self.place.rest


class Relation(WordEnum):
    """What two bodies are to each other."""

    SAME = "same"
    PART = "part"
    """One is a department of the other, a government."""
    MAYBE_SAME = "maybe-same"
    MAYBE_PART = "maybe-part"


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """The words of names, from body_words.toml."""

    governments: frozenset[str]
    departments: tuple[str, ...]
    centres: tuple[str, ...]
    others: tuple[str, ...]
    beside: tuple[str, ...]
    units: tuple[str, ...]
    distinct: tuple[str, ...]
    common: tuple[str, ...]
    central: tuple[str, ...]
    central_ends: tuple[str, ...]
    short: dict[str, str]


@lru_cache(4096)
def read_body(name: str, around: str = "") -> Body:
    """A body by its name. `around`: the code of a division where it is known to be."""
    text = places.plain(name)
    for party in PARTY:
        text = text.removeprefix(party)
    place = places.read(text, around)
    return Body(text, place, _kind(place))


def relation(employer: Body, owner: Body) -> Relation | None:
    """What an employer is to an owner; None where the names do not say that they have anything to do with each other.

    A place alone (武汉市) as the owner of a case is its government; as an employer it may be a slip of the pen.
    """
    one, other = employer.place, owner.place
    if not employer.name or not owner.name or (one.code and other.code and one.code != other.code):
        return None
    if one.codes or one.below or other.codes or other.below:
        found = _in_one_place(employer, owner)
        return _DOUBTFUL.get(found, found) if found and not employer.own else found
    if employer.name == owner.name:
        return Relation.SAME if _is_one_of_a_kind(owner.name) else Relation.MAYBE_SAME
    return _by_name(employer, owner)


_DOUBTFUL = {Relation.SAME: Relation.MAYBE_SAME, Relation.PART: Relation.MAYBE_PART}


def _in_one_place(one: Body, other: Body) -> Relation | None:
    """Two bodies whose names tell a place: only those of the very same place have to do with each other."""
    if one.place.below != other.place.below or (one.place.codes != other.place.codes and not _meet(one, other)):
        return None
    sure = bool(one.place.code and other.place.code)
    kinds = {one.kind, other.kind}
    if kinds == {BodyKind.GOVERNMENT} or one.own == other.own:
        return Relation.SAME if sure else Relation.MAYBE_SAME
    if kinds == {BodyKind.GOVERNMENT, BodyKind.DEPARTMENT}:
        return Relation.PART if sure else Relation.MAYBE_PART
    if kinds == {BodyKind.GOVERNMENT, BodyKind.CENTRE}:
        return Relation.MAYBE_PART
    if kinds <= {BodyKind.DEPARTMENT, BodyKind.CENTRE} and _long(one.own) == _long(other.own):
        return Relation.MAYBE_SAME
    return _by_name(one, other) if BodyKind.GOVERNMENT not in kinds else None


def _meet(one: Body, other: Body) -> bool:
    """Whether they may be in one place. Where a name tells no more than an unlisted division (浠水县), any listed one
    around it may be left out; without any word of a place nothing is known."""
    if one.place.codes and other.place.codes:
        return bool(one.place.codes & other.place.codes)
    return bool(one.place.below)


def _by_name(one: Body, other: Body) -> Relation | None:
    """A body and a unit whose name goes on from its name: 北京大学信息管理系, 国家税务总局武汉市税务局."""
    short, long = sorted((one.name, other.name), key=len)
    if not long.startswith(short):
        return None
    is_unit = len(short) >= LEAST and long.endswith(_words().units)
    is_local_office = short in _central() and _is_one_of_a_kind(short)
    return Relation.MAYBE_PART if is_unit or is_local_office else None


def _is_one_of_a_kind(name: str) -> bool:
    """Whether there can be only one body of a name that tells no place."""
    words = _words()
    if name in _central():
        return name.startswith(words.central) or name.endswith(words.central_ends)
    return len(name) >= LEAST and name.endswith(words.distinct) and not name.endswith(words.common)


def _long(own: str) -> str:
    return _words().short.get(own, own)


def _kind(place: Reading) -> BodyKind:
    words, own = _words(), place.rest
    if own in words.governments and (place.codes or place.below):
        return BodyKind.GOVERNMENT
    if own.endswith(words.others) or any(word in own for word in words.beside):
        return BodyKind.OTHER
    if own.endswith(words.departments) and not own.startswith("委"):
        return BodyKind.DEPARTMENT
    return BodyKind.CENTRE if own.startswith("委") or own.endswith(words.centres) else BodyKind.OTHER


@cache
def _words() -> Words:
    return msgspec.convert(tomllib.loads(Path(__file__).with_name("body_words.toml").read_text("utf-8")), Words)


@cache
def _central() -> frozenset[str]:
    """Central bodies, of which each name has one."""
    return frozenset(
        places.plain(name)
        for one in roster_ids()
        for subject in roster(one).subjects
        if subject.level is Level.CENTRAL
        for name in (subject.name, subject.full_name)
        if name
    )
