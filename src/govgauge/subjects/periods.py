"""Stretches of time: from a first day on, and no longer on the last; None is open."""

from bisect import bisect_right
from datetime import date

Period = tuple[date | None, date | None]


def holds(since: date | None, until: date | None, day: date) -> bool:
    """Whether a day lies in it."""
    return (since is None or since <= day) and (until is None or day < until)


def overlap(first: Period, second: Period) -> bool:
    """Whether they have a day in common."""
    return _begins_before_end(first[0], second[1]) and _begins_before_end(second[0], first[1])


def spoken(since: date | None, until: date | None) -> str:
    """A stretch as a reader sees it: `2020-01-01 起，2021-06-01 止`."""
    parts = [f"{since} 起" if since else "", f"{until} 止" if until else ""]
    return "，".join(part for part in parts if part) or "一直"


def _begins_before_end(since: date | None, until: date | None) -> bool:
    return since is None or until is None or since < until


class Holders:
    """Who holds something when, one at a time: asking and adding stay quick for thousands of them."""

    def __init__(self) -> None:
        self._starts: list[date] = []
        self._held: list[tuple[Period, str]] = []

    def at_once_with(self, period: Period) -> tuple[Period, str] | None:
        """One who holds it on a day of that period, and when; None where nobody does."""
        place = bisect_right(self._starts, period[0] or date.min)
        near = self._held[max(place - 1, 0) : place + 1]
        return next((held for held in near if overlap(held[0], period)), None)

    def add(self, period: Period, holder: str) -> None:
        """Remember a holder whose period has no day in common with those of the others. It must end after it begins."""
        start = period[0] or date.min
        place = bisect_right(self._starts, start)
        self._starts.insert(place, start)
        self._held.insert(place, (period, holder))
