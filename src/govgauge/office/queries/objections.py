"""Objections: the days for them, who may not decide one, and lists of them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, QuerySet
from msgspec import Struct

from govgauge.office.models import (
    DECIDED,
    Adjudication,
    AnswerStep,
    Assignment,
    Entry,
    Finding,
    Objection,
    ObjectionPeriod,
    Person,
    Review,
    Role,
    RoleKind,
    Round,
)
from govgauge.systems.model import System


class ObjectionSieve(Struct, frozen=True):
    """What is asked for; an empty field asks for everything."""

    state: str = ""
    group: str = ""
    text: str = ""


SORTS: dict[str, tuple[str, ...]] = {
    "filed": ("filed_at", "id"),
    "entry": ("entry__key", "id"),
    "check": ("check_id", "id"),
    "state": ("state", "id"),
}


def period(round_: Round) -> ObjectionPeriod | None:
    """The days that hold for a round."""
    return ObjectionPeriod.objects.filter(round=round_).order_by("-id").first()


def is_open(round_: Round, day: date) -> bool:
    """Whether bodies may see their preliminary answers, and object to them, on a day."""
    days = period(round_)
    return days is not None and days.starts <= day <= days.ends


def checks_of(system: System, entry: Entry, finding: Finding) -> list[str]:
    """The checks that rest on the audit of a finding."""
    return [check.id for check in system.checks() if check.audit == finding.audit and check.asked_in(entry.profile)]


def conflicts(person: Person, objection: Objection) -> list[str]:
    """Why somebody may not decide an objection, a clause each: empty for who had no part in it."""
    entry, check = objection.entry_id, objection.check_id
    of_check = {"coding__assignment__entry": entry, "coding__assignment__check_id": check}
    of_answer = {"answer__entry": entry, "answer__check_id": check, "source__in": ("program", "objection")}
    parts = (
        ("您采集过这一项", Assignment.objects.filter(entry=entry, check_id=check, person=person)),
        ("您复核过这一项", Review.objects.filter(**of_check, by=person)),
        ("您裁定过这一项", Adjudication.objects.filter(dispute__entry=entry, dispute__check_id=check, by=person)),
        ("您确认或决定过这一项的答案", AnswerStep.objects.filter(**of_answer, by=person)),
        ("异议是您提出的", Objection.objects.filter(id=objection.id, filed_by=person)),
        ("您代表这个单位", _stands_for(person, objection)),
    )
    return [told for told, rows in parts if rows.exists()]


def objections(
    round_: Round, sieve: ObjectionSieve, sort: str = "filed", *, of: Sequence[int] | None = None
) -> QuerySet[Objection]:
    """The objections that pass, with what a row shows; of some entries alone, if wanted."""
    found = Objection.objects.filter(round=round_).select_related("entry", "finding", "filed_by")
    if of is not None:
        found = found.filter(entry_id__in=of)
    if sieve.state:
        found = found.filter(state=sieve.state)
    if sieve.group:
        found = found.filter(entry__group=sieve.group)
    for word in sieve.text.split():
        found = found.filter(Q(entry__key__icontains=word) | Q(check_id=word) | Q(text__icontains=word))
    backwards = sort.startswith("-")
    names = SORTS.get(sort.removeprefix("-"), SORTS["filed"])
    return found.order_by(*(F(name).desc() if backwards else F(name).asc() for name in names))


def _stands_for(person: Person, objection: Objection) -> QuerySet[Role]:
    roles = Role.objects.filter(person=person, kind=RoleKind.ASSESSED, ended_at=None, scope=objection.entry.key)
    return roles.filter(Q(round=None) | Q(round=objection.round_id))


def unpublished(round_: Round) -> int:
    """How many decisions the bodies have not been told of."""
    return Objection.objects.filter(round=round_, state__in=DECIDED, published_at=None).count()
