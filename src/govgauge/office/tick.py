"""What the office does by itself from time to time: deadlines, and what goes out. Safe to be done twice, by anybody."""

import sys
import time
from collections.abc import Callable

from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain import explanations, field_reminders, quarantine, remedy_days, vote_codes, work_counts
from govgauge.office.outbox.sending import Sent, send_due

SEND_SECONDS, LOOK_SECONDS, DAY_SECONDS = 60.0, 600.0, 3600.0
"""How often what waits is sent, ballots are looked through for bursts and the work is counted, and deadlines are looked
at, by a worker."""


class Ticked(Struct, frozen=True):
    """What was done. `unexplained` counts explanations of answers that hold no longer."""

    days: remedy_days.DayDone
    reminded: int
    sent: Sent
    unexplained: int = 0
    set_aside: int = 0


def tick() -> Ticked:
    """Do everything that is due."""
    days = remedy_days.day()
    reminded = _remind()
    unexplained = _lapse()
    vote_codes.forget()
    work_counts.refresh()
    return Ticked(days, reminded, send_due(), unexplained, quarantine.look_at_all())


class Ticking:
    """A worker's part in it: asked often, it acts from time to time. Its faults are told and stop nobody."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent = self._looked = self._searched = clock()

    def look(self) -> None:
        """Act when it is time."""
        now = self._clock()
        if now - self._looked >= DAY_SECONDS:
            self._looked = now
            _told(remedy_days.day)
            _told(_remind)
            _told(_lapse)
            _told(vote_codes.forget)
        if now - self._searched >= LOOK_SECONDS:
            self._searched = now
            _told(quarantine.look_at_all)
            _told(work_counts.refresh)
        if now - self._sent >= SEND_SECONDS:
            self._sent = now
            _told(send_due)


def _remind() -> int:
    return field_reminders.remind(timezone.localdate())


def _lapse() -> int:
    return explanations.lapse(timezone.localdate())


def _told(act: Callable[[], object]) -> None:
    try:
        act()
    except Exception as fault:  # a worker has jobs to do whatever becomes of messages
        print(f"定时任务没有做完，稍后再试：{type(fault).__name__}: {fault} (done again later)", file=sys.stderr)
