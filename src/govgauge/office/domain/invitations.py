"""Invitations: sent, sent again, withdrawn, accepted. The link works once and for some days."""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import people, roles
from govgauge.office.domain.acting import Acting, acting_as, noted
from govgauge.office.models import Invitation, Person, Role, RoleKind, Round

SECRET_BYTES = 32


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


REFUSALS = {
    InvitationState.ACCEPTED: "这个邀请链接已经用过；请直接登录 (the link was used already; sign in).",
    InvitationState.WITHDRAWN: "这个邀请已经撤回；如有疑问请联系评估办公室 (the invitation was withdrawn).",
    InvitationState.EXPIRED: "这个邀请链接已经过期；请评估办公室重新发送 (the link has expired; ask for a new one).",
}


def state_of(invitation: Invitation) -> InvitationState:
    """Where it stands now."""
    if invitation.accepted_at:
        return InvitationState.ACCEPTED
    if invitation.withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if invitation.expires_at > timezone.now() else InvitationState.EXPIRED


@transaction.atomic
def invite(
    acting: Acting, email: str, *, kind: RoleKind, name: str = "", round_: Round | None = None, scope: str = ""
) -> tuple[Invitation, str]:
    """Invite somebody to a role; the invitation and the secret of its link. Raises NotAllowed, Unusable."""
    roles.need(acting, round_)
    roles.check(kind, round_, scope)
    address = email.strip().lower()
    facts = {"kind": kind, "round": round_, "scope": scope}
    if Role.objects.filter(person__email__iexact=address, ended_at=None, **facts).exists():
        raise Unusable(f"{address} 已经有这个角色，不必再邀请 (has this role already).")
    open_ones = Invitation.objects.filter(email=address, accepted_at=None, withdrawn_at=None, **facts)
    if open_ones.filter(expires_at__gt=timezone.now()).exists():
        raise Unusable(f"已经邀请过 {address}，还没有过期；可以在邀请名单中重新发送 (is invited already).")
    made = Invitation(email=address, name=name.strip()[:60], invited_by=acting.person, **facts)
    return made, _with_link(acting, made, "invitation.send")


@transaction.atomic
def send_again(acting: Acting, invitation: Invitation) -> str:
    """A new link for an invitation, good for as long as the first; the old one is dead. Raises NotAllowed, Unusable."""
    roles.need(acting, invitation.round)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if state_of(locked) in {InvitationState.ACCEPTED, InvitationState.WITHDRAWN}:
        raise Unusable(REFUSALS[state_of(locked)])
    return _with_link(acting, locked, "invitation.send-again")


@transaction.atomic
def withdraw(acting: Acting, invitation: Invitation) -> None:
    """Let its link lead nowhere. Raises NotAllowed, or Unusable when it was accepted."""
    roles.need(acting, invitation.round)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if state_of(locked) in {InvitationState.ACCEPTED, InvitationState.WITHDRAWN}:
        raise Unusable(REFUSALS[state_of(locked)])
    with noted(acting, "invitation.withdraw", locked, round_=locked.round):
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])


def of_secret(secret: str) -> Invitation | None:
    """The invitation of a link, whatever its state."""
    return Invitation.objects.select_related("round").filter(token_hash=_hash(secret)).first()


@transaction.atomic
def accept_as_new(secret: str, *, name: str, password: str | None, address: str = "") -> Person:
    """Make the account that an invitation is for, with its role. Raises Unusable."""
    invitation = _open(secret)
    person = people.add(invitation.email, name or invitation.name, password)
    _take(invitation, acting_as(person, address))
    return person


@transaction.atomic
def accept(acting: Acting, secret: str) -> None:
    """Take up a role with the account that one has. Raises Unusable when the invitation is for somebody else."""
    invitation = _open(secret)
    person = acting.person
    if person is None or person.email.lower() != invitation.email.lower():
        raise Unusable("这个邀请发给了另一个邮箱；请退出后用那个邮箱的账号登录 (it is for another address).")
    _take(invitation, acting)


@transaction.atomic
def accept_from_outside(email: str, name: str, address: str = "") -> Person | None:
    """Let in somebody whom an identity provider vouches for: with all roles that they were invited to.

    None when nobody of that address is known or invited.
    """
    open_ones = Invitation.objects.select_for_update().filter(
        email=email.strip().lower(), accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    invitations = list(open_ones)
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        if not invitations:
            return None
        person = people.add(email, name or invitations[0].name, None)
    if not person.is_active:
        return None
    for invitation in invitations:
        _take(invitation, acting_as(person, address))
    return person


def _open(secret: str) -> Invitation:
    found = Invitation.objects.select_for_update().filter(token_hash=_hash(secret)).first()
    if found is None:
        raise Unusable("没有这个邀请；请核对链接是否完整 (no such invitation; is the link complete?).")
    state = state_of(found)
    if state is not InvitationState.OPEN:
        raise Unusable(REFUSALS[state])
    return found


def _take(invitation: Invitation, acting: Acting) -> None:
    assert acting.person is not None  # noqa: S101 - tells mypy
    facts = {"kind": invitation.kind, "round": invitation.round, "scope": invitation.scope}
    if not acting.person.roles.filter(ended_at=None, **facts).exists():
        kind = RoleKind(invitation.kind)
        roles.add(acting, acting.person, kind, round_=invitation.round, scope=invitation.scope)
    with noted(acting, "invitation.accept", invitation, round_=invitation.round):
        invitation.accepted_at, invitation.accepted_by = timezone.now(), acting.person
        invitation.save(update_fields=["accepted_at", "accepted_by"])


def _with_link(acting: Acting, invitation: Invitation, verb: str) -> str:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with noted(acting, verb, invitation, round_=invitation.round):
        invitation.token_hash = _hash(secret)
        invitation.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
        invitation.save()
    return secret


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
