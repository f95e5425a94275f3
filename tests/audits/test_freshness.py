"""The windows of freshness, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.audits.windows import SPAN_OF, Span, Windows, months_before
from govgauge.structure.kinds import ColumnKind

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("span", "as_of", "opens"),
    [
        (Span.NEWS, date(2025, 11, 30), date(2025, 11, 16)),
        (Span.NOTICE, date(2025, 11, 30), date(2025, 5, 30)),
        (Span.NOTICE, date(2025, 8, 31), date(2025, 2, 28)),
        (Span.NOTICE, date(2024, 8, 31), date(2024, 2, 29)),
        (Span.YEARLY, date(2024, 2, 29), date(2023, 2, 28)),
        (Span.ANNUAL, date(2025, 3, 31), date(2023, 12, 31)),
    ],
)
def test_window_opens_on_its_first_fresh_day(span: Span, as_of: date, opens: date) -> None:
    assert Windows().opens(span, as_of) == opens


@given(DAYS, st.integers(min_value=0, max_value=120))
def test_months_before_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    earlier = months_before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == day.day or (earlier + timedelta(days=1)).day == 1


@given(DAYS, st.integers(min_value=1, max_value=60), st.integers(min_value=1, max_value=60))
def test_a_longer_window_never_opens_later(day: date, one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert months_before(day, long) <= months_before(day, short)


@given(DAYS)
def test_news_grow_old_first(day: date) -> None:
    opens = [Windows().opens(span, day) for span in (Span.NEWS, Span.NOTICE, Span.YEARLY, Span.ANNUAL)]
    assert opens == sorted(opens, reverse=True)


def test_kinds_that_are_not_fed_with_items_have_no_window() -> None:
    assert SPAN_OF.keys().isdisjoint(
        {ColumnKind.LEADERSHIP, ColumnKind.INSTITUTIONS, ColumnKind.TOPICS, ColumnKind.GUIDES, ColumnKind.ABOUT}
    )
