"""Asking a list: who is on it, below whom, in which group, on which day."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from govgauge.errors import Unusable
from govgauge.subjects.model import Channel, Group, Outlet, Roster, Subject
from govgauge.subjects.periods import holds


class UnknownSubject(Unusable):
    """No subject of that key or name, or several of that name. The message tells which there are."""


class UnknownGroup(Unusable):
    """No group of that id. The message lists those there are."""


def at(roster: Roster, day: date) -> Roster:
    """The list as it is on a day: the bodies that exist then, and their sites and accounts in use."""
    subjects = tuple(subject for subject in roster.subjects if holds(subject.since, subject.until, day))
    there = {subject.key for subject in subjects}
    outlets = tuple(
        outlet for outlet in roster.outlets if outlet.subject in there and holds(outlet.since, outlet.until, day)
    )
    return msgspec.structs.replace(roster, subjects=subjects, outlets=outlets)


def in_group(roster: Roster, group: str) -> tuple[Subject, ...]:
    """The subjects of a group and of those within it, each once. Raises UnknownGroup."""
    wanted = groups_within(roster, group)
    return tuple(subject for subject in roster.subjects if not wanted.isdisjoint(subject.groups))


def groups_within(roster: Roster, group: str) -> set[str]:
    """Ids of a group and of those within it, however deep. Raises UnknownGroup."""
    known = {one.id: one for one in roster.groups}
    if group not in known:
        raise UnknownGroup(
            f"名单 {roster.id} 没有组“{group}”；可选：{'、'.join(known) or '（无）'} (no such group; choose one)."
        )
    return {one.id for one in roster.groups if group in _around(one.id, known)}


def assessed_by(roster: Roster, group: str) -> tuple[str, str] | None:
    """System and profile of the library by which a group is assessed: its own, or those of the closest group around it
    that has them. None where the list tells none. Raises UnknownGroup."""
    groups_within(roster, group)
    known = {one.id: one for one in roster.groups}
    return next(
        ((known[one].system, known[one].profile) for one in _around(group, known) if known[one].system),
        None,
    )


def children(roster: Roster, key: str) -> tuple[Subject, ...]:
    """The subjects directly below one, in order."""
    return tuple(subject for subject in roster.subjects if subject.parent == key)


def below(roster: Roster, key: str) -> tuple[Subject, ...]:
    """The subjects below one, however deep, in order."""
    start = f"{key}/"
    return tuple(subject for subject in roster.subjects if subject.key.startswith(start))


def outlets_of(roster: Roster, key: str) -> tuple[Outlet, ...]:
    """Sites and accounts of a subject, in order."""
    return tuple(outlet for outlet in roster.outlets if outlet.subject == key)


def without_site(roster: Roster, day: date) -> tuple[Subject, ...]:
    """The subjects of a day that have no site then."""
    then = at(roster, day)
    having = {outlet.subject for outlet in then.outlets if outlet.channel is Channel.SITE}
    return tuple(subject for subject in then.subjects if subject.key not in having)


def successors(roster: Roster, key: str, day: date) -> tuple[Subject, ...]:
    """Who stands on a day for a body that was renamed, merged or divided since: itself while it exists, else those
    that took over, and those that took over from them. Empty when nobody did. Raises UnknownSubject."""
    start = find(roster, key)
    if holds(start.since, start.until, day):
        return (start,)
    followers: dict[str, list[Subject]] = {}
    for subject in roster.subjects:
        for before in subject.before:
            followers.setdefault(before, []).append(subject)
    found: dict[str, Subject] = {}
    seen = {start.key}
    waiting = list(followers.get(start.key, []))
    while waiting:
        subject = waiting.pop(0)
        if subject.key in seen:
            continue
        seen.add(subject.key)
        if holds(subject.since, subject.until, day):
            found[subject.key] = subject
        else:
            waiting.extend(followers.get(subject.key, []))
    return tuple(found.values())


def find(roster: Roster, wanted: str) -> Subject:
    """The subject of that key, or the only one of that name, full name, alias or code. Raises UnknownSubject."""
    for subject in roster.subjects:
        if subject.key == wanted:
            return subject
    named = [subject for subject in roster.subjects if wanted in _names(subject)]
    if len(named) == 1:
        return named[0]
    if named:
        keys = "、".join(subject.key for subject in named)
        raise UnknownSubject(f"“{wanted}”在名单 {roster.id} 中有 {len(named)} 个：{keys}。请写全路径 (name its path).")
    raise UnknownSubject(f"名单 {roster.id} 中没有“{wanted}” (no such subject).")


def _names(subject: Subject) -> Iterable[str]:
    return (subject.name, subject.full_name, subject.code, *subject.aliases)


def _around(group: str, known: dict[str, Group]) -> Iterator[str]:
    """A group and those around it, from the inside out."""
    seen: set[str] = set()
    while group in known and group not in seen:
        yield group
        seen.add(group)
        group = known[group].within
