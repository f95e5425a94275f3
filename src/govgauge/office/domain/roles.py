"""Roles: given, taken away; who may do that, and what a role must say."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain.acting import Acting, NotAllowed, noted
from govgauge.office.domain.permissions import GRANTS, Verb
from govgauge.office.models import Person, Role, RoleKind, Round

SCOPED = (RoleKind.ASSESSED, RoleKind.SUPERVISOR)
"""Roles that stand for a subject or a region."""
LONGEST_SCOPE = 200


@transaction.atomic
def give(acting: Acting, person: Person, kind: RoleKind, *, round_: Round | None = None, scope: str = "") -> Role:
    """Give a role. Raises NotAllowed, or Unusable when it cannot be given."""
    need(acting, round_)
    return add(acting, person, kind, round_=round_, scope=scope)


def add(acting: Acting, person: Person, kind: RoleKind, *, round_: Round | None, scope: str) -> Role:
    """The row of a role that somebody was allowed to give. Raises Unusable."""
    check(kind, round_, scope)
    role = Role(person=person, kind=kind, round=round_, scope=scope)
    try:
        with noted(acting, "role.give", role, round_=round_):
            role.save()
    except IntegrityError:
        raise Unusable(f"{person} 已经有这个角色 (has this role already).") from None
    return role


@transaction.atomic
def end(acting: Acting, role: Role) -> None:
    """Take a role away. Raises NotAllowed, or Unusable for the last administrator."""
    need(acting, role.round)
    keep_an_administrator([role.person], [role])
    locked = Role.objects.select_for_update().get(pk=role.pk)
    if locked.ended_at is not None:
        return
    with noted(acting, "role.end", locked, round_=role.round):
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at"])


def need(acting: Acting, round_: Round | None) -> None:
    """Raises NotAllowed unless they look after people: in this round, or in all for a role in all."""
    acting.need(Verb.MANAGE_PEOPLE, round_=round_)
    in_all = acting.person is None or any(
        role.round_id is None and Verb.MANAGE_PEOPLE in GRANTS[RoleKind(role.kind)] for role in acting.roles
    )
    if round_ is None and not in_all:
        raise NotAllowed("您只管理某一次评估的人员，不能给出所有评估都有效的角色；请选择评估 (choose the round).")


def check(kind: RoleKind, round_: Round | None, scope: str) -> None:
    """Raises Unusable when a role lacks what it stands for, or stands for what is not there."""
    if kind not in SCOPED:
        if scope:
            raise Unusable(f"“{kind.label}”不限定范围，请不要填写范围 (this role has no scope).")
        return
    if not scope:
        raise Unusable(f"“{kind.label}”要说明代表哪个单位或地区，请选择范围 (a scope is needed).")
    if len(scope) > LONGEST_SCOPE:
        raise Unusable(f"范围超过 {LONGEST_SCOPE} 字，请缩短 (the scope is too long).")
    if round_ is not None and not _is_known(round_, kind, scope):
        raise Unusable(f"“{round_.title}”的名单中没有“{scope}”；请从搜索结果中选择 (no such subject in the round).")


def keep_an_administrator(people: list[Person], roles: list[Role] | None = None) -> None:
    """Raises Unusable when without these people (or these roles of theirs) nobody could look after the office."""
    left = Role.objects.select_for_update().filter(
        kind=RoleKind.ADMINISTRATOR, round=None, ended_at=None, person__is_active=True
    )
    ids = set(left.values_list("id", flat=True))
    gone = set(left.filter(person__in=people).values_list("id", flat=True))
    if roles is not None:
        gone &= {role.pk for role in roles}
    if ids and gone and ids == gone:
        raise Unusable("这是最后一位管理员；请先给另一个人管理员角色 (the last administrator cannot be removed).")


def _is_known(round_: Round, kind: RoleKind, scope: str) -> bool:
    entries = round_.entries.all()
    if entries.filter(key=scope).exists():
        return True
    return kind == RoleKind.SUPERVISOR and entries.filter(key__startswith=f"{scope}/").exists()
