"""Who usually puts a fault right and how soon: words of remedies.toml."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

SOURCE = Path(__file__).parent / "remedies.toml"


class Remedy(Struct, frozen=True, forbid_unknown_fields=True):
    """Keys of a body and of a time. What is `first` comes before all that only costs points."""

    who: str
    within: str
    first: bool = False


class ByWord(Struct, frozen=True, forbid_unknown_fields=True):
    """For indicators whose names hold one of the words."""

    words: tuple[str, ...]
    who: str
    within: str


class Remedies(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. `times` go from the soonest to the latest."""

    bodies: dict[str, str]
    times: dict[str, str]
    indicators: tuple[ByWord, ...]
    audits: dict[str, Remedy]

    def of(self, audit: str, names: tuple[str, ...]) -> Remedy:
        """For an audit; where it is none, for an indicator by its names, the lowest first."""
        if audit in self.audits:
            return self.audits[audit]
        for name in names:
            for each in self.indicators[:-1]:
                if any(word in name for word in each.words):
                    return Remedy(each.who, each.within)
        return Remedy(self.indicators[-1].who, self.indicators[-1].within)

    def body(self, remedy: Remedy) -> str:
        """Who, in words."""
        return self.bodies[remedy.who]

    def time(self, remedy: Remedy) -> str:
        """By when, in words."""
        return self.times[remedy.within]

    def soon(self, remedy: Remedy) -> int:
        """The place of its time, the soonest 0."""
        return list(self.times).index(remedy.within)


@cache
def remedies() -> Remedies:
    """The library's remedies."""
    with SOURCE.open("rb") as file:
        return msgspec.convert(tomllib.load(file), type=Remedies)
