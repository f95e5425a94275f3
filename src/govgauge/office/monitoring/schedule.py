"""When each site is probed: at a place of its own in every interval, so that the load is flat.

A slot is a probe that is to be made, named by its time in whole minutes since 1970: the same site and the same
time give the same slot in every process, before and after a restart.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

ZONE = ZoneInfo("Asia/Shanghai")
"""Days are those of the sites."""
JITTER = 8
"""A probe comes at most an eighth of the interval before or after its place."""
LATENESS = 4
"""A probe that could not be made within a quarter of the interval is left out: a gap, and no failure.
Both together keep two probes at least half an interval apart."""


class Slot(Struct, frozen=True, order=True):
    """A probe to be made: when it is due and until when (seconds since 1970), and its name."""

    due: float
    until: float
    minute: int


class Schedule(Struct, frozen=True):
    """The times of all sites for an interval in seconds."""

    interval: float

    def current(self, url: str, now: float) -> Slot | None:
        """The slot of a site that is due now; None when the last one is too late and the next one has not come."""
        last = self._at(url, self.number(url, now))
        return last if last.due <= now <= last.until else None

    def next(self, url: str, now: float) -> Slot:
        """The slot that is due now, else the first one after now."""
        number = self.number(url, now)
        last = self._at(url, number)
        return last if last.due <= now <= last.until else self._at(url, number + 1)

    def after(self, url: str, slot: Slot) -> Slot:
        """The slot behind another one."""
        return self._at(url, self.number(url, slot.due) + 1)

    def last(self, url: str, now: float) -> Slot:
        """The last slot that was due, however late it is."""
        return self._at(url, self.number(url, now))

    def number(self, url: str, now: float) -> int:
        """The number of the last slot that was due."""
        number = int((now - phase(url) * self.interval) // self.interval) + 1
        while self._due(url, number) > now:
            number -= 1
        return number

    def _due(self, url: str, number: int) -> float:
        return (number + phase(url) + jitter(url, number)) * self.interval

    def _at(self, url: str, number: int) -> Slot:
        due = self._due(url, number)
        return Slot(due, due + self.interval / LATENESS, round((number + phase(url)) * self.interval / 60))


@lru_cache(maxsize=50_000)
def phase(url: str) -> float:
    """The place of a site in every interval, 0…1."""
    return _share(url)


def jitter(url: str, number: int) -> float:
    """How far from its place a probe comes, in intervals."""
    return (_share(f"{url}#{number}") - 0.5) * 2 / JITTER


def day_of(minute: int) -> date:
    """The day of a slot."""
    return datetime.fromtimestamp(minute * 60, UTC).astimezone(ZONE).date()


def minutes_of(first: date, last: date) -> tuple[int, int]:
    """The first minute of a day, and the first one after another."""
    return _minute(first), _minute(last + timedelta(days=1))


def _minute(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()) // 60


def _share(text: str) -> float:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest(), "big") / 2**48
