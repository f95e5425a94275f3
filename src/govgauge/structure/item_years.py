"""Completing list dates that show month and day only."""

from collections.abc import Sequence
from datetime import date

from govgauge import lazy_re
from govgauge.gather.date_words import in_url, month_in_url
from govgauge.structure.list_dates import made
from govgauge.structure.list_rows import Entry


def completed(entries: Sequence[Entry]) -> list[date | None]:
    """The date of every entry. A missing year comes from the entry's address, else from its neighbours in a
    descending list; it stays unknown where neither tells it."""
    days = [entry.date or _from_address(entry) for entry in entries]
    if all(day is not None or entry.shown is None for day, entry in zip(days, entries, strict=True)):
        return days
    for number, entry in enumerate(entries):
        if days[number] is None and entry.shown is not None:
            days[number] = _between(entry, _nearest(days, number, -1), _nearest(days, number, 1))
    return days


def _from_address(entry: Entry) -> date | None:
    shown = entry.shown
    if shown is None or not shown.month or not entry.url:
        return None
    day = in_url(entry.url)
    if day is not None:
        return _closest(shown.month, shown.day, day)
    month = month_in_url(entry.url)
    if month:
        return _closest(shown.month, shown.day, date(month[0], month[1], 15))
    years = set(_YEAR_FOLDER.findall(entry.url))
    return made(int(years.pop()), shown.month, shown.day) if len(years) == 1 else None


_YEAR_FOLDER = lazy_re.compile(r"/(20[0-4]\d)(?=/)")


def _closest(month: int, day: int, near: date) -> date | None:
    """That day of the year next to `near`; None when none lies within two months of it."""
    found = [day_of for year in (near.year - 1, near.year, near.year + 1) if (day_of := made(year, month, day))]
    best = min(found, key=lambda day_of: abs((day_of - near).days), default=None)
    return best if best is not None and abs((best - near).days) <= 62 else None


def _between(entry: Entry, newer: date | None, older: date | None) -> date | None:
    """The only day of that month and day between the neighbours; None when there are several or none."""
    shown = entry.shown
    if shown is None or newer is None or older is None or newer < older:
        return None
    fitting = [
        day_of
        for year in range(older.year, newer.year + 1)
        if (day_of := made(year, shown.month, shown.day)) and older <= day_of <= newer
    ]
    return fitting[0] if len(fitting) == 1 else None


def _nearest(days: Sequence[date | None], start: int, step: int) -> date | None:
    number = start + step
    while 0 <= number < len(days):
        if days[number] is not None:
            return days[number]
        number += step
    return None
