"""The count of a round's work: made anew when it is old; at once where that is quick, else the old one is shown."""

import threading
import time
from datetime import datetime, timedelta

import msgspec
from django.db import IntegrityError, connections
from django.db.models import Q
from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain.stages import today
from govgauge.office.models import BoardCount, Round
from govgauge.office.queries.boards import Board, counted

FRESH = timedelta(seconds=20)
QUICK_SECONDS = 0.15
"""A count that took no longer is made while its reader waits."""
SHARE = 10
"""A long count is made anew after so many times its own length: it takes a tenth of a core at most."""
GIVEN_UP = timedelta(minutes=5)
"""After which somebody else counts what one began to count and never ended."""


class Shown(Struct, frozen=True):
    """A count, and when it was made."""

    board: Board
    made_at: datetime


def current(round_: Round) -> Shown:
    """The count of a round, at most some seconds old; of a large one the last, while the next is made."""
    known = BoardCount.objects.filter(round=round_).first()
    if known is None or (timezone.now() - known.made_at > FRESH and known.seconds <= QUICK_SECONDS):
        return refresh(round_)
    if timezone.now() - known.made_at > max(FRESH, SHARE * timedelta(seconds=known.seconds)) and _begin(known):
        threading.Thread(target=_beside, args=(round_,), daemon=True, name="board").start()
    return Shown(msgspec.json.decode(known.body, type=Board), known.made_at)


def renew(round_: Round) -> None:
    """After much has changed at once: count anew, beside where that takes long."""
    known = BoardCount.objects.filter(round=round_).first()
    if known is None or known.seconds <= QUICK_SECONDS:
        refresh(round_)
    elif _begin(known):
        threading.Thread(target=_beside, args=(round_,), daemon=True, name="board").start()


def refresh(round_: Round) -> Shown:
    """Count now."""
    begun = time.monotonic()
    board = counted(round_, today())
    facts = {
        "body": msgspec.json.encode(board).decode(),
        "made_at": timezone.now(),
        "seconds": time.monotonic() - begun,
        "begun_at": None,
    }
    try:
        BoardCount.objects.update_or_create(round=round_, defaults=facts)
    except IntegrityError:  # somebody else has counted it for the first time, too
        BoardCount.objects.filter(round=round_).update(**facts)
    return Shown(board, facts["made_at"])  # type: ignore[arg-type]


def _begin(known: BoardCount) -> bool:
    """Whether it is on us to count: nobody else does."""
    free = Q(begun_at=None) | Q(begun_at__lt=timezone.now() - GIVEN_UP)
    return bool(BoardCount.objects.filter(free, id=known.id).update(begun_at=timezone.now()))


def _beside(round_: Round) -> None:
    try:
        refresh(round_)
    finally:
        connections.close_all()
