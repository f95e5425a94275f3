"""The kinds of special reports, and what of a round each looks at: found by name, by audit, or by words of a check."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.reports.unit import Unit
from govgauge.systems.model import Check, Leaf, System

KINDS = Path(__file__).parent / "kinds.toml"


class Look(Struct, frozen=True):
    """What is looked at. Nothing named finds nothing."""

    indicators: tuple[str, ...] = ()
    audits: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()

    def finds(self, system: System, leaf: Leaf, check: Check) -> bool:
        """Whether a check of a leaf belongs to it."""
        return (
            system.id in self.systems
            or any(name in self.indicators for name in leaf.path if name)
            or (check.audit or "") in self.audits
            or any(word in check.text for word in self.words)
        )


class Topic(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a kind."""

    title: str
    indicators: tuple[str, ...] = ()
    audits: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def look(self) -> Look:
        return Look(self.indicators, self.audits, self.words)


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A special report. `looks` says in words what it looks at, `unanswered` what the data cannot tell."""

    id: str
    title: str
    looks: str
    indicators: tuple[str, ...] = ()
    audits: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def look(self) -> Look:
        return Look(self.indicators, self.audits, self.words, self.systems)


class Wanted(Struct, frozen=True):
    """A check that a kind looks at, with the leaf that it stands under."""

    leaf: Leaf
    check: Check

    @property
    def path(self) -> str:
        return " › ".join(name for name in self.leaf.path if name)


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are offered."""
    return msgspec.convert(tomllib.loads(KINDS.read_text(encoding="utf-8"))["kind"], tuple[Kind, ...])


def kind(name: str) -> Kind:
    """One kind by its id. Raises Unusable naming those there are."""
    found = next((each for each in kinds() if each.id == name), None)
    if found is None:
        known = "、".join(f"{each.id}（{each.title}）" for each in kinds())
        raise Unusable(f"没有专项报告“{name}”；可选：{known} (no such special report; choose one).")
    return found


def wanted(look: Look, unit: Unit) -> list[Wanted]:
    """The checks of a unit that are looked at, in the order of its system."""
    return [
        Wanted(leaf, check)
        for leaf in unit.system.leaves()
        if leaf.indicator.weight(unit.profile) is not None
        for check in leaf.indicator.checks
        if check.asked_in(unit.profile) and look.finds(unit.system, leaf, check)
    ]
