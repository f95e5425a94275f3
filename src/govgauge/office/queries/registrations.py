"""Registrations as lists show them, each with its last step."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.registrations import UNDER_REVIEW
from govgauge.office.models import Registration, RegistrationStep, RegistrationStepKind, Round

SORTS = {"key": "key", "site": "site_name", "state": "state", "at": "state_at"}
WAITING = "waiting"
"""Asks for those that wait for a decision."""


class RegistrationSieve(Struct, frozen=True):
    """What a list of registrations is to show."""

    state: str = ""
    text: str = ""


def registrations() -> QuerySet[Any]:
    """All of them, each with `state` and `state_at`, its last step's."""
    last = RegistrationStep.objects.filter(registration=OuterRef("pk")).order_by("-id")
    return Registration.objects.select_related("round", "entry", "letter").annotate(
        state=Subquery(last.values("kind")[:1]), state_at=Subquery(last.values("at")[:1])
    )


def of_round(round_: Round, sieve: RegistrationSieve, sort: str) -> QuerySet[Any]:
    """Those of a round that were ever handed in, for the office."""
    found = registrations().filter(round=round_).exclude(state=RegistrationStepKind.DRAFTED)
    if sieve.state == WAITING:
        found = found.filter(state__in=UNDER_REVIEW)
    elif sieve.state:
        found = found.filter(state=sieve.state)
    for word in sieve.text.split():
        found = found.filter(Q(key__icontains=word) | Q(site_name__icontains=word) | Q(url__icontains=word))
    order = SORTS[sort.removeprefix("-")]
    return found.order_by(f"-{order}" if sort.startswith("-") else order, "id")


def waiting(round_: Round) -> int:
    """How many wait for a decision."""
    return registrations().filter(round=round_, state__in=UNDER_REVIEW).count()


def mine(acting: Acting) -> QuerySet[Any]:
    """Those of the bodies for which somebody may register."""
    chosen = Q(pk__in=[])
    for role in acting.roles:
        for _reach, scope in Acting(acting.person, (role,)).reaches(Verb.REGISTER):
            within = Q(key=scope) if role.kind == "assessed" else Q(key=scope) | Q(key__startswith=f"{scope}/")
            chosen |= within & (Q(round=role.round_id) if role.round_id else Q())
    return registrations().filter(chosen).order_by("-id")
