"""What differs between two indicator systems: versions of one, tables of one year, or years."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import msgspec

from govgauge.errors import Unusable
from govgauge.systems.canonical import digest
from govgauge.systems.changes import (
    Added,
    CategoryChanged,
    Change,
    FactChanged,
    Moved,
    ProfileChanged,
    Recoded,
    Removed,
    Renamed,
    Reshaped,
    Reweighted,
)
from govgauge.systems.check_changes import check_changes
from govgauge.systems.matching import Matches, Placed, match
from govgauge.systems.model import Category, System
from govgauge.systems.system_json import builtin

FACTS: Mapping[str, Callable[[System], object]] = {
    "id": lambda system: system.id,
    "year": lambda system: system.year,
    "table": lambda system: system.table,
    "title": lambda system: system.title,
    "source": lambda system: system.source,
    "status": lambda system: system.status,
    "full_marks": lambda system: system.full_marks,
    "bonus_max": lambda system: system.bonus_max,
    "counts": lambda system: system.counts,
    "ranking": lambda system: system.ranking,
    "notes": lambda system: system.notes,
    "defects": lambda system: system.defects,
}
"""Facts of a whole system that are compared."""

NODE_FACTS = ("bonus", "deduct", "best", "printed", "counts")
"""Facts of an indicator that are compared as they are."""


class Pair(msgspec.Struct, frozen=True):
    """A profile of the earlier system and the one of the later that it is held against."""

    before: str
    after: str


class Difference(msgspec.Struct, frozen=True):
    """Every change between two systems, and the profiles that were held against each other."""

    before: System
    after: System
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]


def diff(before: System, after: System, *, profile_before: str = "", profile_after: str = "") -> Difference:
    """Compare two systems. Profiles are paired by id, the only ones with each other, or as the arguments say.

    Raises Unusable when profiles must be named, or are named that do not exist.
    """
    pairs = _pairs(before, after, profile_before, profile_after)
    matches = match(before, after)
    found = [
        *_facts(before, after),
        *_profiles(before, after),
        *_gone(matches, pairs),
        *_new(matches, pairs),
        *(change for old, new in _joined(matches) for change in _node(matches, old, new, pairs, before.id == after.id)),
    ]
    if not found and digest(before) != digest(after):
        found.append(FactChanged(field="order", before="", after=""))
    return Difference(before, after, pairs, tuple(found))


def _pairs(before: System, after: System, old: str, new: str) -> tuple[Pair, ...]:
    for system, wanted in ((before, old), (after, new)):
        if wanted and wanted not in system.profile_ids():
            known = "、".join(system.profile_ids())
            raise Unusable(f"指标体系 {system.id} 没有权重档“{wanted}”；可选：{known} (unknown profile).")
    if not old and not new:
        common = [one for one in before.profile_ids() if one in after.profile_ids()]
        if common:
            return tuple(Pair(one, one) for one in common)
    return (Pair(_one(before, old, "--profile-a"), _one(after, new, "--profile-b")),)


def _one(system: System, wanted: str, option: str) -> str:
    known = system.profile_ids()
    if not wanted and len(known) > 1:
        raise Unusable(
            f"指标体系 {system.id} 有几个权重档，请用 {option} 选一个：{'、'.join(known)} (choose a profile)."
        )
    return wanted or known[0]


def _joined(matches: Matches) -> list[tuple[int, int]]:
    return sorted(((old, new) for old, new in matches.forward.items()), key=lambda pair: pair[1])


def _facts(before: System, after: System) -> Iterator[Change]:
    for name, fact in FACTS.items():
        if fact(before) != fact(after):
            yield FactChanged(field=name, before=builtin(fact(before)), after=builtin(fact(after)))


def _profiles(before: System, after: System) -> Iterator[Change]:
    old = {profile.id: profile.title for profile in before.profiles}
    new = {profile.id: profile.title for profile in after.profiles}
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield ProfileChanged(profile=name, before=old.get(name), after=new.get(name))


def _gone(matches: Matches, pairs: tuple[Pair, ...]) -> Iterator[Change]:
    open_places = set(matches.open_before())
    for place in sorted(open_places):
        one = matches.before[place]
        weights = _weights(one, [pair.before for pair in pairs])
        below = one.parent in open_places
        yield Removed(code=one.node.code, path=one.path, level=one.level, weights=weights, below=below)


def _new(matches: Matches, pairs: tuple[Pair, ...]) -> Iterator[Change]:
    open_places = set(matches.open_after())
    for place in sorted(open_places):
        one = matches.after[place]
        weights = _weights(one, [pair.after for pair in pairs])
        below = one.parent in open_places
        yield Added(code=one.node.code, path=one.path, level=one.level, weights=weights, below=below)


def _weights(one: Placed, profiles: list[str]) -> dict[str, Decimal | None]:
    return {profile: one.node.weight(profile) for profile in profiles}


def _node(matches: Matches, old: int, new: int, pairs: tuple[Pair, ...], one_id: bool) -> Iterator[Change]:
    before, after = matches.before[old], matches.after[new]
    code, code_before, path = after.node.code, before.node.code, after.path
    if before.node.name != after.node.name:
        evidence = matches.evidence.get(old, "名称只差全半角、大小写或空格")
        yield Renamed(code=code, path=path, code_before=code_before, path_before=before.path, evidence=evidence)
    if before.level != after.level or not matches.same_parent(old, new):
        yield Moved(
            code=code,
            path=path,
            code_before=code_before,
            path_before=before.path,
            level_before=before.level,
            level=after.level,
        )
    if one_id and code != code_before:
        yield Recoded(code=code, path=path, code_before=code_before)
    if bool(before.node.children) != bool(after.node.children):
        yield Reshaped(
            code=code,
            path=path,
            code_before=code_before,
            children_before=len(before.node.children),
            children=len(after.node.children),
        )
    yield from _weighed(before, after, pairs)
    yield from _told(before, after, pairs)
    yield from _categories(before, after)
    yield from check_changes(before.node.checks, after.node.checks, code=code, path=path, one_id=one_id)


def _weighed(before: Placed, after: Placed, pairs: tuple[Pair, ...]) -> Iterator[Change]:
    for pair in pairs:
        old, new = before.node.weight(pair.before), after.node.weight(pair.after)
        if old != new:
            yield Reweighted(
                code=after.node.code,
                path=after.path,
                code_before=before.node.code,
                profile=pair.after,
                profile_before=pair.before,
                before=old,
                after=new,
                total=bool(before.node.children or after.node.children),
            )


def _told(before: Placed, after: Placed, pairs: tuple[Pair, ...]) -> Iterator[Change]:
    names = {pair.before: pair.after for pair in pairs}
    for name in NODE_FACTS:
        old, new = getattr(before.node, name), getattr(after.node, name)
        if name == "printed":
            old = {names[profile]: number for profile, number in old.items() if profile in names}
            new = {profile: number for profile, number in new.items() if profile in names.values()}
        if old != new:
            yield FactChanged(
                code=after.node.code, path=after.path, field=name, before=builtin(old), after=builtin(new)
            )


def _categories(before: Placed, after: Placed) -> Iterator[Change]:
    old, new = _texts(before.node.categories), _texts(after.node.categories)
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield CategoryChanged(
                code=after.node.code, path=after.path, name=name, before=old.get(name), after=new.get(name)
            )


def _texts(categories: tuple[Category, ...]) -> dict[str, str]:
    return {category.name: category.text for category in categories}
