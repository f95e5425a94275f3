"""Field tests as lists and calendars show them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import FieldScript, FieldState, FieldTest, Round
from govgauge.office.queries import blindness

SORTS = {"entry": "entry__name", "check": "check_id", "person": "person__name", "day": "day", "due": "due"}
LATE = "late"
"""Among the states of a list: waiting for an answer past its due date."""
SOON_DAYS = 7


class FieldSieve(Struct, frozen=True):
    """What a list of tests is to show; `state` may be LATE."""

    state: str = ""
    kind: str = ""
    text: str = ""


class FieldCounts(Struct, frozen=True):
    """How many tests stand where."""

    to_send: int = 0
    waiting: int = 0
    soon: int = 0
    late: int = 0
    to_grade: int = 0
    to_close: int = 0
    done: int = 0


def mine(acting: Acting) -> QuerySet[FieldTest]:
    """The tests that somebody is to carry out, in rounds in which they still have a role."""
    found = FieldTest.objects.filter(person=acting.person)
    if any(role.round_id is None for role in acting.roles):
        return found
    return found.filter(round__in={role.round_id for role in acting.roles if role.round_id})


def of_round(round_: Round, acting: Acting) -> QuerySet[FieldTest]:
    """The tests of a round, without those of others to what the reader still has to answer: a second coder is blind."""
    found = FieldTest.objects.filter(round=round_)
    if acting.person is None or not acting.may(Verb.CODE):
        return found
    return found.filter(~blindness.of_others(acting.person.id))


def of_rounds(rounds: Iterable[int]) -> QuerySet[FieldTest]:
    """The tests of some rounds, by their ids."""
    return FieldTest.objects.filter(round__in=list(rounds))


def sieved(found: QuerySet[FieldTest], sieve: FieldSieve, sort: str, today: date) -> QuerySet[FieldTest]:
    """Those that pass a sieve, in an order."""
    if sieve.state == LATE:
        found = found.filter(late(today))
    elif sieve.state:
        found = found.filter(state=sieve.state)
    if sieve.kind:
        found = found.filter(kind=sieve.kind)
    for word in sieve.text.split():
        found = found.filter(
            Q(entry__name__icontains=word) | Q(check_id__icontains=word) | Q(person__name__icontains=word)
        )
    order = F(SORTS[sort.removeprefix("-")])
    return found.order_by(order.desc(nulls_last=True) if sort.startswith("-") else order.asc(nulls_last=True), "id")


def shown(found: QuerySet[FieldTest]) -> QuerySet[FieldTest]:
    """With all that a row shows."""
    return found.select_related("entry", "person", "script", "round")


def late(today: date) -> Q:
    """Waiting for an answer past its due date."""
    return Q(state=FieldState.SENT, due__lt=today)


def counts(found: QuerySet[FieldTest], today: date) -> FieldCounts:
    """How many stand where, in one query."""
    sent = Q(state=FieldState.SENT)
    told = found.aggregate(
        to_send=Count("id", Q(state=FieldState.PLANNED)),
        waiting=Count("id", sent),
        soon=Count("id", sent & Q(due__gte=today, due__lte=today + timedelta(days=SOON_DAYS))),
        late=Count("id", late(today)),
        to_grade=Count("id", Q(state=FieldState.ANSWERED)),
        to_close=Count("id", Q(state=FieldState.GRADED)),
        done=Count("id", Q(state=FieldState.CLOSED)),
    )
    return FieldCounts(**told)


def of_month(found: QuerySet[FieldTest], first: date, last: date) -> Mapping[date, list[FieldTest]]:
    """What is to be sent and what is due on each day of a month, in one query."""
    planned = Q(state=FieldState.PLANNED, day__range=(first, last))
    waiting = Q(state=FieldState.SENT, due__range=(first, last))
    days: dict[date, list[FieldTest]] = {}
    for test in shown(found.filter(planned | waiting)).order_by("id"):
        day = test.day if test.state == FieldState.PLANNED else test.due
        if day is not None:
            days.setdefault(day, []).append(test)
    return days


def scripts(round_: Round) -> list[FieldScript]:
    """The versions of scripts that hold in a round, by name; each with `used`, how many tests were made of it."""
    found = round_.field_scripts.select_related("by").annotate(used=Count("tests")).order_by("name", "-version")
    held: dict[str, FieldScript] = {}
    for one in found:
        held.setdefault(one.name, one)
    return list(held.values())
