"""The count that boards on walls show: made once for all that hang, when one of them asks and the last one is old."""

import threading
import time
from datetime import datetime, timedelta

import msgspec
from django.db import IntegrityError, connections
from django.db.models import Q
from django.utils import timezone
from msgspec import Struct

from govgauge.office.models import Round, WallCount
from govgauge.office.queries.wall import Wall, counted

FRESH = timedelta(seconds=5)
QUICK_SECONDS = 0.08
"""A count that took no longer is made while its reader waits; others beside, and the last one is shown meanwhile."""
SHARE = 10
"""A long count is made anew after so many times its own length: it takes a tenth of a core at most."""
GIVEN_UP = timedelta(minutes=5)
"""After which somebody else counts what one began to count and never ended."""
SMALL = 500
"""The first count of a round with no more subjects is waited for."""


class Shown(Struct, frozen=True):
    """A count, when it was made, and after how many seconds it is old: something keeps it from being made anew."""

    wall: Wall
    made_at: datetime
    old_after: float


def current(round_: Round) -> Shown | None:
    """The last count of a round; None while it is counted for the first time."""
    known = WallCount.objects.filter(round=round_).first()
    if known is None:
        return _first(round_)
    age = timezone.now() - known.made_at
    wait = max(FRESH, SHARE * timedelta(seconds=known.seconds))
    if age > wait and _begin(known):
        if known.seconds <= QUICK_SECONDS:
            return refresh(round_)
        threading.Thread(target=_beside, args=(round_,), daemon=True, name="wall").start()
    return _shown(msgspec.json.decode(known.body, type=Wall), known.made_at, known.seconds)


def refresh(round_: Round) -> Shown:
    """Count now."""
    begun = time.monotonic()
    now = timezone.now()
    try:
        wall = counted(round_, now)
    except BaseException:
        WallCount.objects.filter(round=round_).update(begun_at=None)
        raise
    seconds = time.monotonic() - begun
    facts = {"body": msgspec.json.encode(wall).decode(), "made_at": now, "seconds": seconds, "begun_at": None}
    try:
        WallCount.objects.update_or_create(round=round_, defaults=facts)
    except IntegrityError:  # another board has counted it for the first time, too
        WallCount.objects.filter(round=round_).update(**facts)
    return _shown(wall, now, seconds)


_COUNTING: set[int] = set()
"""Rounds that this process counts for the first time."""
_GUARD = threading.Lock()


def _first(round_: Round) -> Shown | None:
    if round_.entries.count() <= SMALL:
        return refresh(round_)
    with _GUARD:
        if round_.pk in _COUNTING:
            return None
        _COUNTING.add(round_.pk)
    threading.Thread(target=_beside, args=(round_,), daemon=True, name="wall").start()
    return None


def _shown(wall: Wall, made_at: datetime, seconds: float) -> Shown:
    return Shown(wall, made_at, 60 + 3 * SHARE * seconds)


def _begin(known: WallCount) -> bool:
    """Whether it is on us to count: nobody else does."""
    free = Q(begun_at=None) | Q(begun_at__lt=timezone.now() - GIVEN_UP)
    mine = WallCount.objects.filter(free, id=known.id, made_at=known.made_at)
    return bool(mine.update(begun_at=timezone.now()))


def _beside(round_: Round) -> None:
    try:
        refresh(round_)
    finally:
        with _GUARD:
            _COUNTING.discard(round_.pk)
        connections.close_all()
