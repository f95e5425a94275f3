"""The panel of a call: who sits on it and under which alias, and what they declare of themselves."""

import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import case_calls, notices, screening_rights
from govgauge.office.domain.acting import Acting, NotAllowed, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Case, CaseCall, PanelExpert, Person, RoleKind, Round, Seat

SHORTEST = 4
"""Characters of a reason that says anything."""
_ALIASES = range(100, 1000)
"""Drawn by lot: an alias tells nothing of who was asked first."""


def chair(acting: Acting, call: CaseCall) -> None:
    """Raises NotAllowed to who may not lead the panel, sits on it, or has a part in a case of the final.

    Experts see neither each other nor any result; nobody leads the judging of a case of their own body or nomination.
    """
    acting.need(Verb.CHAIR_PANEL, round_=call.round)
    if acting.person is not None and members(call).filter(person=acting.person).exists():
        raise NotAllowed("您是本届评审专家，不能同时主持评审、查看他人的评分 (you sit on this panel).")
    final = case_calls.in_the_final(call).select_related("entry", "call")
    if told := screening_rights.part_in_any(acting, final):
        raise NotAllowed(told)


def members(call: CaseCall) -> QuerySet[PanelExpert]:
    """Those who sit on the panel now."""
    return call.experts.filter(left_at=None).select_related("person")


def own(acting: Acting, call: CaseCall) -> PanelExpert | None:
    """The reader's own seat on the panel."""
    if acting.person is None or not acting.may(Verb.JUDGE_CASE, round_=call.round, assignee=acting.person.pk):
        return None
    return members(call).filter(person=acting.person).first()


def could_sit(round_: Round) -> QuerySet[Person]:
    """Who has the role of an expert in a round."""
    role = Q(roles__kind=RoleKind.EXPERT, roles__ended_at=None) & (Q(roles__round=round_) | Q(roles__round=None))
    return Person.objects.filter(role, is_active=True).distinct().order_by("name", "id")


@transaction.atomic
def seat(acting: Acting, call: CaseCall, person: Person) -> PanelExpert:
    """Let an expert sit on the panel, and judge its calibration cases. Raises NotAllowed, Unusable."""
    chair(acting, call)
    if not could_sit(call.round).filter(pk=person.pk).exists():
        raise Unusable(f"“{person.name}”没有专家角色；请先邀请其担任专家 (not an expert of this round).")
    before = call.experts.select_for_update().filter(person=person).first()
    if before is not None and before.left_at is None:
        raise Unusable(f"“{person.name}”已在专家组中 (on the panel already).")
    made = before or PanelExpert(call=call, person=person, alias=_alias(call), employer=person.organisation)
    made.left_at = None
    try:
        with transaction.atomic(), noted(acting, "panel.seat", made, round_=call.round):
            made.save()
    except IntegrityError:
        raise Unusable(f"“{person.name}”刚刚被加入专家组；请刷新 (somebody has just added them).") from None
    for case in Case.objects.filter(call=call, is_calibration=True):
        Seat.objects.get_or_create(expert=made, case=case)
    facts = {"call": call.title}
    notices.tell([person], "panel-seated", facts, address=f"/rounds/{call.round.slug}/my-cases/", round_=call.round)
    return made


@transaction.atomic
def leave(acting: Acting, expert: PanelExpert, reason: str) -> None:
    """Let an expert leave; what they have submitted stays, what is open is taken back. Raises NotAllowed, Unusable."""
    chair(acting, expert.call)
    why = reason.strip()
    if len(why) < SHORTEST:
        raise Unusable("请写明退出专家组的理由 (say why).")
    current = PanelExpert.objects.select_for_update().get(pk=expert.pk)
    if current.left_at is not None:
        raise Unusable("这位专家已退出专家组 (has left already).")
    with noted(acting, "panel.leave", current, round_=expert.call.round, reason=why[:1000]):
        current.left_at = timezone.now()
        current.save(update_fields=["left_at"])
    open_seats = current.seats.filter(submitted_at=None, taken_back_at=None)
    open_seats.update(taken_back_at=timezone.now(), taken_back_why=f"退出专家组：{why}"[:300])


@transaction.atomic
def declare(acting: Acting, expert: PanelExpert, *, fields: Sequence[str], employer: str, region: str) -> PanelExpert:
    """An expert tells their fields (slugs of categories), employer and region. Raises NotAllowed, Unusable."""
    need_own(acting, expert)
    known = {category.slug for category in case_calls.rules_of(expert.call).categories}
    if unknown := sorted(set(fields) - known):
        raise Unusable(f"没有这些案例类别：{'、'.join(unknown)}；请从列表中选择 (no such categories).")
    if not employer.strip():
        raise Unusable("请填写工作单位，用来核对需要回避的案例 (your employer is needed).")
    current = PanelExpert.objects.select_for_update().get(pk=expert.pk)
    with noted(acting, "panel.declare", current, round_=expert.call.round):
        current.fields = sorted(set(fields))
        current.employer = employer.strip()[:120]
        current.region = "/".join(part.strip() for part in region.split("/") if part.strip())[:200]
        current.declared_at = timezone.now()
        current.save(update_fields=["fields", "employer", "region", "declared_at"])
    return current


def need_own(acting: Acting, expert: PanelExpert) -> None:
    """Raises NotAllowed unless it is the actor's own seat on the panel, and still theirs."""
    acting.need(Verb.JUDGE_CASE, round_=expert.call.round, assignee=expert.person_id)
    if expert.left_at is not None:
        raise NotAllowed("您已不在本届专家组中；如有疑问请联系评估办公室 (you have left the panel).")


def _alias(call: CaseCall) -> str:
    taken = set(call.experts.values_list("alias", flat=True))
    free = [f"专家{number}" for number in _ALIASES if f"专家{number}" not in taken]
    if not free:
        raise Unusable(f"专家组不超过 {len(_ALIASES)} 人 (the panel is full).")
    return secrets.choice(free)
