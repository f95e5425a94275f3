"""Deadlines of remedies in working days; a body's clock stands still while others are to act."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from govgauge.office.models import Remedy, RemedyState, RemedyStepKind
from govgauge.office.remedy_rules import REVIEWED_TWICE, RUNNING, WAITING, Remedying, after
from govgauge.office.workdays import FURTHEST, Calendar, of_office

WAITED = "等待复查或办公室的时间不计入"


def calendar() -> Calendar:
    """The working days, as the office corrects them. Raises Unusable when its file cannot be read."""
    return of_office(Path(settings.HOME))


def due_from(rules: Remedying, today: date) -> date:
    """The day by which is to be put right what a body is told of today."""
    return calendar().after(today, rules.days).day


def urged_before(rules: Remedying, today: date) -> date:
    """Who was urged on this day or earlier may be urged again."""
    return calendar().before(today, rules.urge_days)


def up_before(rules: Remedying, today: date) -> date:
    """What was due on this day or earlier goes up: more than the working days of the rules have passed."""
    return calendar().before(today, rules.escalate_days + 1)


def resumed(remedy: Remedy, today: date) -> date | None:
    """The deadline of what comes back to its body: with the working days that were left when it was handed over.

    None where the present one is no earlier.
    """
    handed_over = _handed_over(remedy)
    return None if handed_over is None else _later(remedy, handed_over, today)


def waited(remedy: Remedy, since: datetime, today: date) -> date | None:
    """The deadline of what its body hears of only now, having waited in the office: with all its working days.

    None where the present one is no earlier.
    """
    return _later(remedy, timezone.localdate(since), today)


def _later(remedy: Remedy, since: date, today: date) -> date | None:
    if remedy.due is None:
        return None
    days = calendar()
    left = days.between(since, remedy.due)
    if abs(left) > FURTHEST:  # years away: what waiting took of it matters to nobody
        return None
    found = days.after(today, left).day if left >= 0 else days.before(today, -left)
    return found if found > remedy.due else None


def _handed_over(remedy: Remedy) -> date | None:
    """When its body handed a remedy over to others, since it was last to act."""
    twice, at = remedy.audit in REVIEWED_TWICE, None
    state: RemedyState | None = None
    for one in remedy.steps.order_by("id"):
        before, state = state, after(RemedyStepKind(one.kind), state, twice=twice)
        if before in RUNNING and state in WAITING:
            at = one.at
        elif state in RUNNING:
            at = None
    return timezone.localdate(at) if at else None
