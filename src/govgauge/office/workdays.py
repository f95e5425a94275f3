"""Working days: public holidays and the days worked in their place, as the office's own file corrects them.

Beyond the years whose holidays have been announced, Mondays to Fridays are taken, and every date that rests on them
says that it is an estimate. The office's file is `workdays.toml` in its folder: `free = [2027-01-01]`,
`work = [2027-02-06]`, and `until = 2027` once a whole year stands in it.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import msgspec
from chinese_calendar.constants import holidays, workdays
from msgspec import Struct

from govgauge.errors import Unusable

FILE = "workdays.toml"
SATURDAY = 5
DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = min(holidays).year, max(*holidays, *workdays).year
"""The years whose holidays the package knows."""
FURTHEST = 1000
"""Working days that anybody counts on."""


class Corrections(Struct, frozen=True, forbid_unknown_fields=True):
    """What the office says of days: free ones, worked ones, and the last year whose days are all known to it."""

    free: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    until: int = LAST_YEAR


class Day(Struct, frozen=True, order=True):
    """A date that was counted; `estimated` when days were counted whose holidays nobody has announced."""

    day: date
    estimated: bool = False


class Calendar(Struct, frozen=True):
    """The working days, with the office's corrections."""

    corrections: Corrections = Corrections()

    def is_known(self, day: date) -> bool:
        """Whether the holidays of that year were announced, or the office has said something of that day."""
        said = day in self.corrections.free or day in self.corrections.work
        return said or FIRST_YEAR <= day.year <= max(LAST_YEAR, self.corrections.until)

    def is_workday(self, day: date) -> bool:
        """Whether people work on a day; Mondays to Fridays where nobody knows better."""
        if day in self.corrections.free:
            return False
        if day in self.corrections.work:
            return True
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < SATURDAY

    def after(self, start: date, count: int) -> Day:
        """The last of so many working days after a day, which itself does not count (民法典 第二百零一条).

        Raises ValueError for more than FURTHEST.
        """
        if not 0 <= count <= FURTHEST:
            raise ValueError(f"{count} working days")
        day, left, estimated = start, count, False
        while left:
            day += DAY
            estimated = estimated or not self.is_known(day)
            left -= self.is_workday(day)
        return Day(day, estimated)

    def before(self, end: date, count: int) -> date:
        """The last day after which, up to another and with it, there were so many working days: `after` backwards.

        Raises ValueError for more than FURTHEST.
        """
        if not 0 <= count <= FURTHEST:
            raise ValueError(f"{count} working days")
        day, left = end, count
        while left:
            left -= self.is_workday(day)
            day -= DAY
        return day

    def settled(self, day: date) -> Day:
        """A last day as it holds: on a day off the next working day is the last one (民法典 第二百零三条)."""
        later = Day(day) if self.is_workday(day) else self.after(day, 1)
        return Day(later.day, later.estimated or not self.is_known(day))

    def between(self, start: date, end: date) -> int:
        """The working days after a day, up to another and with it; negative when that lies before."""
        if end < start:
            return -self.between(end, start)
        return sum(1 for day in _days(start + DAY, end) if self.is_workday(day))


def of_office(home: Path) -> Calendar:
    """The calendar of an office. Raises Unusable when its file cannot be read."""
    path = home / FILE
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found = msgspec.convert(told, Corrections)
    except FileNotFoundError:
        return Calendar()
    except (OSError, ValueError) as error:
        raise Unusable(
            f"{path}：不能用（{error}）；只写 free、work 两组日期和 until 年份，如 free = [2027-01-01] (unusable)."
        ) from None
    both = sorted(set(found.free) & set(found.work))
    if both:
        raise Unusable(f"{path}：{both[0]} 同时在 free 和 work 中，请去掉一处 (a day is both free and worked).")
    return Calendar(found)


def months_after(start: date, months: int) -> date:
    """The same day some months later, or the last of that month (民法典 第二百零二条)."""
    years, month = divmod(start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(start.year + years, month + 1, day)
        except ValueError:
            continue
    return date(start.year + years, month + 1, start.day)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * DAY
