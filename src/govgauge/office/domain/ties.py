"""Ties between experts and cases: declared, found, decided. Who has one neither judges the case nor votes for it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import case_calls, panels
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.models import Case, CaseCall, PanelExpert, PanelTie, Seat, TieKind
from govgauge.office.panel_conflicts import found_ties


class Found(Struct, frozen=True):
    """How many ties a search added: those that keep an expert out, and those about which somebody has to decide."""

    certain: int
    possible: int


def kept_out(call: CaseCall) -> set[tuple[int, int]]:
    """Pairs of expert and case (ids) that must not come together: by a tie that was not found to be none."""
    ties = PanelTie.objects.filter(expert__call=call).exclude(stands=False)
    return set(ties.values_list("expert_id", "case_id"))


@transaction.atomic
def declare(acting: Acting, expert: PanelExpert, case: Case, why: str) -> PanelTie:
    """An expert tells of a tie; it holds at once, and a seat is taken back. Raises NotAllowed, Unusable."""
    panels.need_own(acting, expert)
    return _hold(acting, expert, case, TieKind.DECLARED, why)


@transaction.atomic
def hold(acting: Acting, expert: PanelExpert, case: Case, why: str) -> PanelTie:
    """The chair says that there is a tie. Raises NotAllowed, Unusable."""
    panels.chair(acting, expert.call)
    return _hold(acting, expert, case, TieKind.OFFICE, why)


@transaction.atomic
def find(acting: Acting, call: CaseCall) -> Found:
    """Look for ties from employers, regions and addresses of e-mail; what was decided stays decided."""
    panels.chair(acting, call)
    experts = list(panels.members(call))
    cases = list(judged_cases(call))
    known = set(PanelTie.objects.filter(expert__call=call).values_list("expert_id", "case_id", "kind"))
    added = []
    for one in found_ties(experts, cases, case_calls.rules_of(call).nearness):
        if (one.expert, one.case, one.kind) in known:
            continue
        made = PanelTie(
            expert_id=one.expert, case_id=one.case, kind=one.kind, is_certain=one.is_certain, why=one.why[:300]
        )
        made.stands = True if one.is_certain else None
        with noted(acting, "panel-tie.find", made, round_=call.round):
            made.save()
        if made.stands:
            _take_back(made)
        added.append(made)
    certain = sum(made.is_certain for made in added)
    return Found(certain, len(added) - certain)


@transaction.atomic
def decide(acting: Acting, tie: PanelTie, *, stands: bool, reason: str) -> PanelTie:
    """Say whether a tie keeps the expert out. Raises NotAllowed, Unusable without a reason."""
    panels.chair(acting, tie.expert.call)
    if len(reason.strip()) < panels.SHORTEST:
        raise Unusable("请写明认定的理由 (say why).")
    current = PanelTie.objects.select_for_update(of=("self",)).select_related("expert__call", "case").get(pk=tie.pk)
    if not stands and current.kind == TieKind.DECLARED:
        raise Unusable("本人申报的回避不能由他人取消；请由专家本人说明后，另行处理 (declared by the expert).")
    with noted(acting, "panel-tie.decide", current, round_=tie.expert.call.round, reason=reason.strip()[:1000]):
        current.stands = stands
        current.decided_by = acting.person
        current.decided_at = timezone.now()
        current.save(update_fields=["stands", "decided_by", "decided_at"])
    if stands:
        _take_back(current)
    return current


def judged_cases(call: CaseCall) -> Iterable[Case]:
    """Cases that the panel judges: those that came through screening, and those for calibration."""
    found = case_calls.in_the_final(call) | call.cases.filter(is_calibration=True)
    return found.select_related("entry", "nominated_by").order_by("number")


def _hold(acting: Acting, expert: PanelExpert, case: Case, kind: TieKind, why: str) -> PanelTie:
    if case.call_id != expert.call_id:
        raise Unusable("这个案例不属于本届征集 (not a case of this call).")
    if len(why.strip()) < panels.SHORTEST:
        raise Unusable("请写明需要回避的原因 (say what the tie is).")
    made = PanelTie.objects.select_for_update().filter(expert=expert, case=case, kind=kind).first()
    made = made or PanelTie(expert=expert, case=case, kind=kind)
    with noted(acting, "panel-tie.declare", made, round_=expert.call.round):
        made.is_certain, made.stands, made.why = True, True, why.strip()[:300]
        made.save()
    _take_back(made)
    return made


def _take_back(tie: PanelTie) -> None:
    """A verdict that was given stays on its row and counts no more."""
    seats = Seat.objects.filter(expert_id=tie.expert_id, case_id=tie.case_id, taken_back_at=None)
    seats.update(taken_back_at=timezone.now(), taken_back_why=f"回避：{tie.why}"[:300])
