"""Working days: as the calendar of the State Council has them, and as an office corrects them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from govgauge.errors import Unusable
from govgauge.office.workdays import FILE, LAST_YEAR, Calendar, Corrections, Day, months_after, of_office

DAYS = some.dates(date(2005, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2025, 9, 28), 1, date(2025, 9, 29)),  # Sunday, worked in place of a holiday
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 1), 20, date(2025, 9, 28)),
        (date(2025, 9, 15), 20, date(2025, 10, 17)),  # with two days worked at a weekend, and eight days off
        (date(2025, 11, 3), 0, date(2025, 11, 3)),
    ],
)
def test_holidays_are_left_out_and_days_worked_in_their_place_count(start: date, count: int, due: date) -> None:
    assert Calendar().after(start, count) == Day(due)


def test_beyond_the_announced_years_the_date_says_that_it_is_an_estimate() -> None:
    start = date(LAST_YEAR, 12, 31)
    found = Calendar().after(start, 5)
    assert found.estimated
    assert found.day.weekday() < 5
    assert not Calendar().after(date(LAST_YEAR, 11, 2), 20).estimated
    assert not Calendar(Corrections(until=LAST_YEAR + 1)).after(start, 5).estimated


def test_an_office_corrects_days_by_its_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("free = [2025-11-04]\nwork = [2025-11-08]\n", encoding="utf-8")
    calendar = of_office(tmp_path)
    assert calendar.after(date(2025, 11, 3), 1) == Day(date(2025, 11, 5))
    assert calendar.after(date(2025, 11, 7), 1) == Day(date(2025, 11, 8))
    assert of_office(tmp_path / "nowhere") == Calendar()


@pytest.mark.parametrize(
    "text", ["free = 3", "holidays = []", "free = [", "free = [2025-01-02]\nwork = [2025-01-02]", "free = ['x']"]
)
def test_a_broken_file_is_said_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Unusable, match=FILE):
        of_office(tmp_path)


@given(DAYS, some.integers(1, 120))
def test_a_due_date_is_a_working_day_and_lies_so_many_of_them_away(start: date, count: int) -> None:
    calendar = Calendar()
    due = calendar.after(start, count).day
    assert calendar.is_workday(due)
    assert calendar.between(start, due) == count
    assert calendar.between(due, start) == -count
    assert calendar.between(start, due - timedelta(days=1)) == count - 1


def test_months_end_on_the_same_day_or_the_last_one() -> None:
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert months_after(date(2025, 10, 15), 3) == date(2026, 1, 15)
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)


@given(DAYS, some.integers(1, 120))
def test_counting_back_leads_to_the_last_day_with_so_many_working_days_after_it(end: date, count: int) -> None:
    calendar = Calendar()
    day = calendar.before(end, count)
    assert calendar.between(day, end) == count
    assert calendar.between(day + timedelta(days=1), end) == count - 1
