"""A list as the lines of a table, texts only: the first outlet of a body stands in its line, further ones below."""

from collections.abc import Iterator
from datetime import date

from govgauge.subjects.model import Outlet, Roster, Subject
from govgauge.subjects.validate import LIST_MARK
from govgauge.subjects.words import CHANNELS, KINDS, LEVELS

NO_OUTLET = ("",) * 5
NO_FACTS = ("",) * 10


def lines(roster: Roster) -> Iterator[tuple[str, ...]]:
    """The lines below the headings."""
    outlets: dict[str, list[Outlet]] = {}
    for outlet in roster.outlets:
        outlets.setdefault(outlet.subject, []).append(outlet)
    for subject in roster.subjects:
        first, *further = outlets.get(subject.key, ()) or (None,)
        yield (*_facts(subject), *(_outlet(first) if first else NO_OUTLET))
        for outlet in filter(None, further):
            yield (subject.name, subject.parent, *NO_FACTS, *_outlet(outlet))


def _facts(subject: Subject) -> tuple[str, ...]:
    return (
        subject.name,
        subject.parent,
        subject.full_name,
        LIST_MARK.join(subject.aliases),
        LEVELS[subject.level],
        KINDS[subject.kind],
        LIST_MARK.join(subject.groups),
        subject.region,
        subject.code,
        _day(subject.since),
        _day(subject.until),
        LIST_MARK.join(subject.before),
    )


def _outlet(outlet: Outlet) -> tuple[str, ...]:
    return (CHANNELS[outlet.channel], outlet.address, outlet.title, _day(outlet.since), _day(outlet.until))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
