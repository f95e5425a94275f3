"""The latest of the trail that may hang on a wall: what was done and to which body, never who did it or why."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from govgauge.office.models import Change, Round

SHOWN = 8
READ = 400
"""Rows that are folded into the events shown: what is done in bulk makes a row for each thing."""
LOOKED_THROUGH = 50_000
"""No further back in the trail than so many rows of all rounds: the rest is no news."""
FOLDED = timedelta(minutes=30)
"""Things of one kind that follow upon each other are one event."""
FIT = frozenset(
    {
        *(f"round.{one}" for one in ("open", "fill", "update", "stages", "pause", "resume", "run", "monitor", "retry")),
        *(f"round.{one}" for one in ("visit", "freeze-inputs", "freeze", "recompute")),
        *(f"remedy.{one}" for one in ("notified", "claimed", "reported-fixed", "gone", "seen-again", "closed")),
        *(f"remedy.{one}" for one in ("reopened", "urged", "escalated")),
        *("collection.plan", "registration.submit", "registration.accept", "case-call.open"),
        *("objection.period", "objection.publish"),
        *("publication.prepare", "publication.public", "publication.replaced", "publication.withdrawn"),
    }
)
"""Verbs that tell of the round and of bodies. Nothing of people, accounts, answers, ballots or panels stands here; what
is new in the trail stays away from walls until somebody puts it here."""


class Event(Struct, frozen=True):
    """Something that was done `count` times until a moment, to one body (`name`) or to several (`bodies`)."""

    at: datetime
    verb: str
    count: int
    bodies: int
    name: str


def events(round_: Round, now: datetime) -> tuple[Event, ...]:
    """The latest events of a round, the newest first; two queries."""
    newest = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
    found = Change.objects.filter(round=round_, id__gt=newest - LOOKED_THROUGH, verb__in=FIT, at__lte=now)
    rows = found.order_by("-id").values_list("at", "verb", "entry_id", "entry__name")[:READ]
    return tuple(_folded(rows))[:SHOWN]


def _folded(rows: Iterable[tuple[datetime, str, int | None, str | None]]) -> Iterable[Event]:
    """Rows, the newest first, with those of one kind made one."""
    kept: list[tuple[datetime, str, int | None, str | None]] = []
    for row in rows:
        if kept and (row[1] != kept[0][1] or kept[0][0] - row[0] > FOLDED):
            yield _event(kept)
            kept = []
        kept.append(row)
    if kept:
        yield _event(kept)


def _event(rows: list[tuple[datetime, str, int | None, str | None]]) -> Event:
    at, verb, _, _ = rows[0]
    names = {entry: name or "" for _, _, entry, name in rows if entry is not None}
    return Event(at, verb, len(rows), len(names), next(iter(names.values())) if len(names) == 1 else "")
