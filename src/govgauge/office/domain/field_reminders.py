"""Reminding collectors of field tests: some working days before an answer is due, and once it is late."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from govgauge.office.domain import field_scripts, notices
from govgauge.office.models import FieldPolicy, FieldReminder, FieldState, FieldTest, Round, RoundState
from govgauge.office.workdays import Calendar, of_office

SOON, LATE = "field-test-due", "field-test-late"


def remind(today: date) -> int:
    """Tell who waits for answers, once before and once after each due date; how many were told. Safe to do twice."""
    calendar = of_office(Path(settings.HOME))
    told = 0
    for round_ in Round.objects.filter(state=RoundState.OPEN, field_tests__state=FieldState.SENT).distinct():
        policy = field_scripts.policy_of(round_)
        waiting = round_.field_tests.filter(state=FieldState.SENT).select_related("entry", "person", "script")
        told += sum(_told(test, _event(test, policy, calendar, today)) for test in waiting)
    return told


def _event(test: FieldTest, policy: FieldPolicy, calendar: Calendar, today: date) -> str:
    if test.due is None:
        return ""
    if test.due < today:
        return LATE
    return SOON if calendar.between(today, test.due) <= policy.remind_days else ""


@transaction.atomic
def _told(test: FieldTest, event: str) -> bool:
    if not event or test.due is None:
        return False
    _row, new = FieldReminder.objects.get_or_create(test=test, due=test.due, late=event == LATE)
    if not new:
        return False
    facts = {"entry": test.entry.name, "script": test.script.name, "due": str(test.due)}
    address = f"/field/{test.pk}/"
    notices.tell([test.person], event, facts, address=address, round_=test.round, entry=test.entry)
    return True
