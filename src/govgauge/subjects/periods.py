"""Stretches of time: from a first day on, and no longer on the last; None is open."""

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
