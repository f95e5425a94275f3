"""What a field test is worth: by its dates and its grade, line by line; never before its time is over."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from govgauge.office.field_rules import FieldRules, Grade, Line
from govgauge.office.models import FieldKind
from govgauge.office.workdays import Calendar, months_after

PLACES = Decimal("0.000001")


class FieldFacts(Struct, frozen=True, kw_only=True):
    """What is known of a test. `extended` is the day on which an extension was told, with its working days."""

    kind: FieldKind
    sent: date | None = None
    received: date | None = None
    extended: tuple[date, int] | None = None
    answered: date | None = None
    grade: str = ""
    enquiry_workdays: int | None = None
    """What the round has settled for enquiries."""


class FieldDue(Struct, frozen=True):
    """Until when an answer may come, that day included; `lines` tell why."""

    day: date
    estimated: bool
    lines: tuple[Line, ...]


class Reckoning(Struct, frozen=True):
    """A value 0…1 with all that leads to it; None while nothing can be said."""

    value: Decimal | None
    lines: tuple[Line, ...]


def due(rules: FieldRules, calendar: Calendar, facts: FieldFacts) -> FieldDue | None:
    """Until when an answer may come; None before it was sent."""
    start = facts.received or facts.sent
    if start is None:
        return None
    lines = [Line("start-received" if facts.received else "start-sent", {"day": str(start)})]
    day, estimated = _first(rules, calendar, facts, start, lines)
    if facts.extended and rules.kinds[facts.kind].extension:
        told, workdays = facts.extended
        if told <= day:
            later = calendar.after(day, min(workdays, rules.kinds[facts.kind].extension))
            day, estimated = later.day, estimated or later.estimated
            lines.append(Line("extended", {"day": str(told), "workdays": str(workdays), "due": str(day)}))
        else:
            lines.append(Line("extended-too-late", {"day": str(told)}))
    if estimated:
        lines.append(Line("estimated"))
    return FieldDue(day, estimated, tuple(lines))


def reckon(rules: FieldRules, calendar: Calendar, facts: FieldFacts, today: date) -> Reckoning:
    """The value as of a day. An answer that has not come counts from the day after the due date on."""
    until = due(rules, calendar, facts)
    if until is None:
        return Reckoning(None, ())
    if facts.answered is None:
        return _unanswered(rules, until, today)
    timely, line = _timely(rules, calendar, facts, until, facts.answered)
    lines = (*until.lines, line)
    grade = rules.grade(facts.grade)
    if timely == rules.late.none and line.code == "too-late":
        return Reckoning(timely, lines)
    if grade is None:
        return Reckoning(None, (*lines, Line("ungraded")))
    return _valued(lines, timely, grade)


def _first(
    rules: FieldRules, calendar: Calendar, facts: FieldFacts, start: date, lines: list[Line]
) -> tuple[date, bool]:
    rule = rules.kinds[facts.kind]
    workdays = facts.enquiry_workdays if facts.kind is FieldKind.ENQUIRY and facts.enquiry_workdays else rule.workdays
    if workdays is not None:
        found = calendar.after(start, workdays)
        lines.append(Line("due-workdays", {"workdays": str(workdays), "due": str(found.day)}))
        return found.day, found.estimated
    day = months_after(start, rule.months or 0)
    lines.append(Line("due-months", {"months": str(rule.months), "due": str(day)}))
    last = calendar.settled(day)
    if last.day != day:
        lines.append(Line("due-moved", {"day": str(day), "due": str(last.day)}))
    return last.day, last.estimated


def _unanswered(rules: FieldRules, until: FieldDue, today: date) -> Reckoning:
    if today <= until.day:
        return Reckoning(None, (*until.lines, Line("waiting")))
    none = rules.late.none
    return Reckoning(none, (*until.lines, Line("none", {"today": str(today), "share": str(none)})))


def _timely(
    rules: FieldRules, calendar: Calendar, facts: FieldFacts, until: FieldDue, answered: date
) -> tuple[Decimal, Line]:
    """What the time of an answer is worth. One that came after the due date is a working day late at least."""
    start = facts.received or facts.sent
    if answered <= until.day:
        used = max(0, calendar.between(start, answered)) if start else 0
        return Decimal(1), Line("in-time", {"day": str(answered), "used": str(used)})
    late = max(1, calendar.between(until.day, answered))
    told = {"day": str(answered), "late": str(late)}
    for step in rules.late.steps:
        if late <= step.within:
            return step.share, Line("late", {**told, "within": str(step.within), "share": str(step.share)})
    return rules.late.none, Line("too-late", told)


def _valued(lines: tuple[Line, ...], timely: Decimal, grade: Grade) -> Reckoning:
    value = (timely * grade.value).quantize(PLACES)
    told = {"timely": str(timely), "quality": str(grade.value), "value": str(value.normalize() + 0)}
    graded = Line("graded", {"grade": grade.grade, "value": str(grade.value)})
    return Reckoning(value, (*lines, graded, Line("value", told)))
