"""One's own tests by day: what is to be sent and what is due, with the days on which nobody works."""

import calendar as months
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from msgspec import Struct

from govgauge.office.domain.permissions import Verb
from govgauge.office.models import FieldTest
from govgauge.office.queries import field_tests as query
from govgauge.office.workdays import Calendar, of_office
from govgauge.web.access import acting_of, page

SHOWN = 4
"""Tests of a day that are named; the rest is counted."""


class CalendarDay(Struct, frozen=True):
    """A day of the calendar."""

    day: date
    in_month: bool
    free: bool
    estimated: bool
    today: bool
    tests: list[FieldTest]
    more: int


@page(Verb.RECORD_FIELD_TEST)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """A month, by `month=2025-11`; this one otherwise."""
    today = timezone.localdate()
    first = _month(request.GET.get("month", ""), today)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    tests = query.of_month(query.mine(acting_of(request)), weeks[0][0], weeks[-1][-1])
    workdays = of_office(Path(settings.HOME))
    shown = {
        "first": first,
        "weeks": [[_day(day, first, today, workdays, tests.get(day, [])) for day in week] for week in weeks],
        "weekdays": [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")],
        "before": _moved(first, -1),
        "after": _moved(first, 1),
        "nothing": not any(first.month == day.month for day in tests),
        "estimated": not workdays.is_known(first),
    }
    return render(request, "field/calendar.html", shown)


def _day(day: date, first: date, today: date, workdays: Calendar, tests: list[FieldTest]) -> CalendarDay:
    return CalendarDay(
        day=day,
        in_month=day.month == first.month,
        free=not workdays.is_workday(day),
        estimated=not workdays.is_known(day),
        today=day == today,
        tests=tests[:SHOWN],
        more=max(0, len(tests) - SHOWN),
    )


def _month(said: str, today: date) -> date:
    try:
        found = date.fromisoformat(f"{said}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2100 else today.replace(day=1)


def _moved(first: date, by: int) -> str:
    other = (first + timedelta(days=32)).replace(day=1) if by > 0 else first - timedelta(days=1)
    return f"{other:%Y-%m}"
