"""Who stands for a body, or looks after a region, goes on doing so when it is renamed."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from govgauge.office.domain import roles
from govgauge.office.domain.acting import PROGRAM, noted
from govgauge.office.models import Invitation, Registration, Role, RoleKind, Round
from govgauge.subjects.keys import SEPARATOR, name_in, parent_in

M = TypeVar("M", Role, Invitation)
Names = Mapping[str, str]
"""Keys as they were and as they are."""


def follow(round_: Round, names: Names) -> None:
    """Bring roles, open invitations and registrations after renamed bodies and all below them. In a transaction, when
    the entries have their new keys.

    A role in all rounds is kept, since others know the body by its old name, and given for the new one, too.
    """
    if not names:
        return
    for role in _scoped(Role.objects.filter(ended_at=None), round_).select_related("person", "round"):
        if after := moved(role.scope, names):
            _give(role, after)
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    for invitation in _scoped(waiting, round_):
        if after := moved(invitation.scope, names):
            with noted(PROGRAM, "invitation.follow", invitation, round_=invitation.round):
                invitation.scope = after[: roles.LONGEST_SCOPE]
                invitation.save(update_fields=["scope"])
    for one in Registration.objects.filter(round=round_, key__in=names).select_related("entry"):
        after = names[one.key]
        if not Registration.objects.filter(round=round_, key=after).exists():
            with noted(PROGRAM, "registration.follow", one, round_=round_, entry=one.entry):
                one.key, one.parent, one.name = after, parent_in(after), name_in(after)[:120]
                one.save(update_fields=["key", "parent", "name"])


def moved(scope: str, names: Names) -> str:
    """A key as it is now, its own or one above it being renamed; empty where it stays."""
    place = scope
    while place:
        if place in names:
            return f"{names[place]}{scope.removeprefix(place)}"
        place = place.rpartition(SEPARATOR)[0]
    return ""


def _scoped(found: QuerySet[M], round_: Round) -> QuerySet[M]:
    kinds = [RoleKind.ASSESSED, RoleKind.SUPERVISOR]
    return found.filter(Q(round=round_) | Q(round=None), kind__in=kinds).order_by("id")


def _give(role: Role, scope: str) -> None:
    facts = {"kind": role.kind, "round": role.round, "scope": scope[: roles.LONGEST_SCOPE]}
    if not role.person.roles.filter(ended_at=None, **facts).exists():
        made = Role(person=role.person, **facts)
        with noted(PROGRAM, "role.give", made, round_=role.round, reason=f"更名：{role.scope} → {scope}"):
            made.save()
    if role.round is not None:
        with noted(PROGRAM, "role.end", role, round_=role.round, reason=f"更名：{role.scope} → {scope}"):
            role.ended_at = timezone.now()
            role.save(update_fields=["ended_at"])
