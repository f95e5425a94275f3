"""The audit trail as lists show it."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Change, CodingEvidence, FieldEvidence, Person, Round
from govgauge.office.queries import blindness
from govgauge.office.queries.people import rounds_of

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)
"""Nothing was changed before or after: days beyond are no times in other zones."""
EMPTY: tuple[object, ...] = (None, "", [], {})


class TrailSieve(Struct, frozen=True):
    """What a list of changes is to show. Days are both included."""

    who: str = ""
    topic: str = ""
    record: str = ""
    round: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None


class Field(Struct, frozen=True):
    """A field of a change, before and after."""

    name: str
    before: object
    after: object


def changes(acting: Acting, sieve: TrailSieve) -> QuerySet[Change]:
    """Changes that the reader may see and the sieve lets through, the newest first."""
    mine = rounds_of(acting, Verb.SEE_TRAIL)
    found = Change.objects.select_related("actor", "round", "entry").order_by("-id")
    if mine is not None:
        found = found.filter(round__in=mine)
    if acting.person is not None and acting.may(Verb.CODE):
        found = _blind(found, acting.person)
    for name, value in (("topic", sieve.topic), ("record", sieve.record), ("round__slug", sieve.round)):
        found = found.filter(**{name: value}) if value else found
    if sieve.who:
        found = found.filter(Q(actor__email__icontains=sieve.who) | Q(actor_name__icontains=sieve.who))
    if sieve.text:
        found = found.filter(
            Q(verb__icontains=sieve.text) | Q(entry__key__icontains=sieve.text) | Q(reason__icontains=sieve.text)
        )
    if sieve.since and sieve.since > FIRST_DAY:
        found = found.filter(at__gte=_start(sieve.since))
    if sieve.until and sieve.until < LAST_DAY:
        found = found.filter(at__lt=_start(max(sieve.until, FIRST_DAY) + timedelta(days=1)))
    return found


def _blind(found: QuerySet[Change], reader: Person) -> QuerySet[Change]:
    """Without what others have answered to checks that the reader still has to answer."""
    codings = list(blindness.hidden(reader).values_list("id", flat=True))
    reopened = list(blindness.reopened_for(reader).values_list("id", flat=True))
    pieces = CodingEvidence.objects.filter(coding__in=codings).values_list("id", flat=True)
    tests = list(blindness.hidden_tests(reader).values_list("id", flat=True))
    papers = list(FieldEvidence.objects.filter(test__in=tests).values_list("id", flat=True))
    kept_back = {
        "Coding": codings,
        "CodingEvidence": list(pieces),
        "Answer": reopened,
        "FieldTest": tests,
        "FieldEvidence": papers,
    }
    for topic, numbers in kept_back.items():
        found = found.exclude(topic=topic, record__in=[str(number) for number in numbers]) if numbers else found
    return found


def of_record(record: models.Model, most: int = 10) -> list[Change]:
    """What happened to one record, the newest first."""
    found = Change.objects.filter(topic=type(record).__name__, record=str(record.pk))
    return list(found.select_related("actor").order_by("-id")[:most])


def fields(change: Change) -> list[Field]:
    """The fields of a change beside each other, in the order of their names; none that is empty before and after."""
    names = sorted((change.before.keys() | change.after.keys()) - {"id"})
    found = [Field(name, change.before.get(name), change.after.get(name)) for name in names]
    return [one for one in found if one.before not in EMPTY or one.after not in EMPTY]


def topics() -> list[str]:
    """Kinds of records that were ever changed."""
    return sorted(Change.objects.order_by().values_list("topic", flat=True).distinct())


def rounds(acting: Acting) -> list[Round]:
    """Rounds whose trail the reader may see."""
    mine = rounds_of(acting, Verb.SEE_TRAIL)
    found = Round.objects.order_by("-id")
    return list(found if mine is None else found.filter(id__in=mine))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
