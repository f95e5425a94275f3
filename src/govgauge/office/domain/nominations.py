"""Nominating a case: drafted, saved as one types, handed in, withdrawn, corrected and handed in again."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from govgauge.errors import GovgaugeError, Unusable
from govgauge.gather import urls
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_places, case_scoring, case_twins, stages
from govgauge.office.domain.acting import Acting, NotAllowed, noted
from govgauge.office.domain.case_calls import closed_why, rules_of
from govgauge.office.domain.case_forms import faults, fitting
from govgauge.office.domain.case_steps import OPEN, UNDER_REVIEW, state_of, step
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    Case,
    CaseCall,
    CaseStepKind,
    Entry,
    NominationKind,
    RoleKind,
    RoundState,
)

AS: Mapping[NominationKind, RoleKind] = {
    NominationKind.SELF: RoleKind.ASSESSED,
    NominationKind.SUPERVISOR: RoleKind.SUPERVISOR,
    NominationKind.EXPERT: RoleKind.EXPERT,
}
"""In which role one nominates; citizens have none."""


class ChangedMeanwhile(GovgaugeError):
    """Somebody else changed the form since it was shown. `theirs` are the fields in which it differs, as they are."""

    def __init__(self, current: Case, theirs: dict[str, str]) -> None:
        super().__init__(
            "别人刚刚修改过这份推荐表；下面标出了不同之处，请核对后再保存 (changed by somebody else meanwhile)."
        )
        self.current = current
        self.theirs = theirs


def in_role(acting: Acting, kind: NominationKind) -> Acting:
    """Somebody with those roles only in which they nominate so."""
    return Acting(acting.person, tuple(role for role in acting.roles if role.kind == AS.get(kind)), acting.address)


def kinds(acting: Acting, call: CaseCall, rules: CaseSettings) -> list[NominationKind]:
    """How somebody may nominate in a call: by their roles, as far as its rules let them."""
    return [
        kind
        for kind in AS
        if kind in rules.nominated_by and in_role(acting, kind).may(Verb.NOMINATE, round_=call.round)
    ]


def may_change(acting: Acting, case: Case) -> bool:
    """Whether a nomination is somebody's: of their body, of their region, or by themselves as an expert."""
    if acting.person is None:
        return True
    if case.kind == NominationKind.PUBLIC:
        return False
    if case.kind == NominationKind.EXPERT and case.nominated_by_id != acting.person.pk:
        return False
    return in_role(acting, NominationKind(case.kind)).may(Verb.NOMINATE, round_=case.call.round, key=case.entry.key)


def closed(call: CaseCall, rules: CaseSettings, case: Case | None = None) -> str:
    """Why nothing can be handed in today; empty when it can. What was returned has days of its own."""
    if call.round.state == RoundState.FROZEN:
        return f"“{call.round.title}”已冻结，不能再推荐案例 (the round is frozen)."
    told = closed_why(rules.nomination, "案例推荐")
    if told and case is not None and (last := case.steps.order_by("-id").first()):
        until = timezone.localdate(last.at) + timedelta(days=rules.correction_days)
        if last.kind == CaseStepKind.RETURNED and stages.today() <= until:
            return ""
    return told


@transaction.atomic
def draft(acting: Acting, call: CaseCall, entry: Entry, kind: NominationKind) -> Case:
    """Begin a nomination of a subject's case. Raises NotAllowed, Unusable."""
    rules = rules_of(call)
    if acting.person is not None:
        in_role(acting, kind).need(Verb.NOMINATE, round_=call.round, key=entry.key)
    if kind not in rules.nominated_by:
        raise Unusable(f"这次征集不接受{kind.label} (this call takes no such nominations).")
    if told := closed(call, rules):
        raise stages.OutOfStage(told)
    if entry.round_id != call.round_id:
        raise Unusable("这个单位不在这次评估的名单中；请从名单中选择 (not a subject of this round).")
    CaseCall.objects.select_for_update().get(pk=call.pk)  # numbers are given one after the other
    number = call.cases.aggregate(most=Max("number"))["most"] or 0
    person = acting.person
    made = Case(call=call, number=number + 1, kind=kind, entry=entry, owner=entry.name[:120], nominated_by=person)
    if person is not None:
        made.contact, made.phone, made.email = person.name, person.phone, person.email
    with noted(acting, "case.draft", made, entry=entry):
        made.save()
    step(acting, made, CaseStepKind.DRAFTED)
    return made


@transaction.atomic
def save(acting: Acting, case: Case, fields: Mapping[str, str], seen: int) -> Case:
    """Keep what somebody typed; `seen` is the version that they typed over.

    Raises ChangedMeanwhile when another person changed a field that they changed, too; NotAllowed; Unusable.
    """
    current = opened(acting, case)
    typed = fitting(fields)
    wanted = {name: value for name, value in typed.items() if getattr(current, name) != value}
    if not wanted:
        return current
    if seen != current.version:
        raise ChangedMeanwhile(current, {name: getattr(current, name) for name in wanted})
    with noted(acting, "case.change", current, entry=current.entry, typed=True):
        for name, value in wanted.items():
            setattr(current, name, value)
        current.version += 1
        current.save(update_fields=[*wanted, "version"])
    return current


@transaction.atomic
def submit(acting: Acting, case: Case) -> Case:
    """Hand it in. Raises NotAllowed, or Unusable with a sentence for each thing that is missing, or when the subject
    has no place left: those who hand in at the same moment come one after the other.
    """
    CaseCall.objects.select_for_update().get(pk=case.call_id)  # else two that are the same see nothing of each other
    Entry.objects.select_for_update(of=("self",)).get(pk=case.entry.pk)
    current = opened(acting, case)
    rules = rules_of(current.call)
    if missing := faults(current, rules):
        raise Unusable("；".join(missing) + " (the form is not complete).")
    if state_of(current) != CaseStepKind.RETURNED:
        case_places.need_one(current, rules)
    with noted(acting, "case.submit", current, entry=current.entry):
        current.url = urls.canonical(current.url) if current.url else ""
        current.version += 1
        current.save(update_fields=["url", "version"])
    step(acting, current, CaseStepKind.SUBMITTED)
    case_scoring.reopen_all(acting, current)
    case_twins.look_for(current)
    return current


@transaction.atomic
def withdraw(acting: Acting, case: Case, reason: str = "") -> Case:
    """Take it back, until the last day of the nomination; its place is free again. Raises NotAllowed, Unusable."""
    current = locked(acting, case)
    if state_of(current) not in UNDER_REVIEW | {CaseStepKind.RETURNED}:
        raise Unusable("只有已提交、还没有决定的推荐可以撤回 (only while it is under review).")
    if told := closed(current.call, rules_of(current.call)):
        raise stages.OutOfStage(f"推荐时间以外不能自行撤回，请联系评估办公室。{told}")
    step(acting, current, CaseStepKind.WITHDRAWN, reason)
    case_twins.let_go(acting, current)
    return current


def opened(acting: Acting, case: Case) -> Case:
    """The case held for a change of its form. Raises NotAllowed, or Unusable when it takes none now."""
    current = locked(acting, case)
    _need_open(current)
    return current


def locked(acting: Acting, case: Case) -> Case:
    """The case as it is now, held until the transaction ends. Raises NotAllowed."""
    related = Case.objects.select_related("call__round", "entry__round")
    current = related.select_for_update(of=("self",)).get(pk=case.pk)
    if not may_change(acting, current):
        raise NotAllowed("这份推荐不属于您代表的单位或地区 (it is not yours).")
    return current


def _need_open(case: Case) -> None:
    if case.is_calibration:
        raise Unusable("这件案例已用作专家评审的校准案例，不能再修改或提交；请联系评估办公室 (used for calibration).")
    state = state_of(case)
    if state not in OPEN:
        raise Unusable(f"这份推荐{state.label}，不能修改；需要修改的，请先撤回或联系评估办公室 (it is {state.value}).")
    if told := closed(case.call, rules_of(case.call), case):
        raise stages.OutOfStage(told)
