"""Cases that may be one system under two names: found when one is handed in, decided by a screener, undone."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.case_likeness import ASKED_FROM, Facts, likeness
from govgauge.office.domain import case_places
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.case_calls import rules_of, states
from govgauge.office.domain.case_notices import tell_nominators
from govgauge.office.domain.case_steps import COUNTS, UNDER_REVIEW, state_of, step
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.screening_rights import need_no_part
from govgauge.office.models import Case, CaseStepKind, CaseTwins, Entry, TwinState

NEARER = 0.05
"""How much liker two forms must have become before it is asked again what a person has decided."""


def look_for(case: Case) -> list[CaseTwins]:
    """Hold a case that was handed in against all others of its call that were, and write down those it is like."""
    standing = states(case.call)
    others = [
        one
        for one in case.call.cases.exclude(pk=case.pk).filter(is_calibration=False)
        if standing.get(one.pk) in COUNTS
    ]
    mine = _facts(case)
    alike = {one.pk: found for one in others if (found := likeness(mine, _facts(one))).value >= ASKED_FROM}
    kept = {row.other_id if row.one_id == case.pk else row.one_id: row for row in of_case(case)}
    made = []
    for other, found in alike.items():
        row = kept.get(other) or CaseTwins(one_id=min(case.pk, other), other_id=max(case.pk, other))
        if row.pk and row.decided_by_id and found.value < float(row.likeness) + NEARER:
            continue  # a person has decided, and the forms have not come nearer since
        row.decided_by = None
        row.likeness, row.why, row.state = Decimal(str(found.value)), found.why[:300], TwinState.OPEN
        row.decided_at, row.reason = None, ""
        row.save()
        made.append(row)
    for other, row in kept.items():
        if other not in alike and row.state == TwinState.OPEN and row.likeness:  # those that a person found stay
            row.state, row.decided_at, row.reason = TwinState.DIFFERENT, timezone.now(), "修改后不再相近"
            row.save(update_fields=["state", "decided_at", "reason"])
    return made


def let_go(acting: Acting, case: Case) -> None:
    """Ask nobody any more about a case that was taken back, and let those that were joined into it stand again."""
    for row in of_case(case):
        other = row.other if row.one_id == case.pk else row.one
        if row.state == TwinState.SAME and _is_joined(other, case):
            _stand_again(acting, other, case)
            row.state, row.decided_by = TwinState.OPEN, None
            row.save(update_fields=["state", "decided_by"])
    open_ones = [row.pk for row in of_case(case) if row.state == TwinState.OPEN]
    CaseTwins.objects.filter(pk__in=open_ones).update(
        state=TwinState.DIFFERENT, decided_at=timezone.now(), reason="已撤回"
    )


def _is_joined(case: Case, into: Case) -> bool:
    last = case.steps.exclude(kind=CaseStepKind.RECATEGORISED).order_by("-id").first()
    return last is not None and last.kind == CaseStepKind.JOINED and last.into_id == into.pk


def _stand_again(acting: Acting, case: Case, gone: Case) -> None:
    """What became of a case whose other half was taken back: under review again, or, where its subject has given its
    place to another one meanwhile, back with its nominators.
    """
    reason = "所并入的案例已由推荐人撤回"
    Entry.objects.select_for_update(of=("self",)).get(pk=case.entry.pk)
    if case_places.of_case(case, rules_of(case.call)).free:
        step(acting, case, CaseStepKind.REOPENED, reason)
        tell_nominators(case, "case-stands-again", {"other": gone.name})
        return
    step(acting, case, CaseStepKind.WITHDRAWN, f"{reason}；名额已满，撤回一件后可以再提交")
    tell_nominators(case, "case-let-go", {"other": gone.name})


@transaction.atomic
def ask(acting: Acting, case: Case, number: int, why: str) -> CaseTwins:
    """Say that two cases, found by a person, may be one; then it is decided as of all others. Raises NotAllowed,
    Unusable: no such number, the case itself, asked or decided already.
    """
    acting.need(Verb.SCREEN_CASE, round_=case.call.round)
    need_no_part(acting, case)
    other = case.call.cases.filter(number=number, is_calibration=False).exclude(pk=case.pk).first()
    if other is None or states(case.call).get(other.pk) not in COUNTS:
        raise Unusable(f"没有第 {number} 号案例，或还没有提交；请从名单中核对序号 (no such case).")
    if not why.strip():
        raise Unusable("请写明为什么可能是同一案例 (say why).")
    one, two = sorted([case, other], key=lambda found: found.pk)
    list(Case.objects.select_for_update().filter(pk__in=[one.pk, two.pk]).order_by("pk"))
    known = CaseTwins.objects.filter(one=one, other=two).first()
    if known is not None and (known.state != TwinState.DIFFERENT or known.decided_by_id):
        raise Unusable("这两件案例已经在下面核对，或已有决定；要重新核对，请先撤销 (asked or decided already).")
    made = known or CaseTwins(one=one, other=two, likeness=Decimal(0))
    with noted(acting, "case-twins.ask", made, entry=case.entry):
        made.why, made.state = f"审核人提出：{why.strip()}"[:300], TwinState.OPEN
        made.decided_at, made.reason = None, ""
        made.save()
    return made


def of_case(case: Case) -> QuerySet[CaseTwins]:
    """All pairs that a case is in, the likest first."""
    found = CaseTwins.objects.filter(Q(one=case) | Q(other=case)).order_by("-likeness", "id")
    return found.select_related("one__call__round", "one__entry__round", "other__call__round", "other__entry__round")


@transaction.atomic
def are_different(acting: Acting, twins: CaseTwins, reason: str) -> None:
    """Say that two cases are two. Raises NotAllowed, Unusable."""
    current = _held(acting, twins, TwinState.OPEN)
    _decide(acting, current, TwinState.DIFFERENT, reason, "case-twins.different")


@transaction.atomic
def are_same(acting: Acting, twins: CaseTwins, keep: int, reason: str) -> None:
    """Say that two cases are one: that with the number `keep` goes on, the other is joined into it, and both sides are
    told. Raises NotAllowed, Unusable."""
    current = _held(acting, twins, TwinState.OPEN)
    kept, joined = (current.one, current.other) if keep == current.one_id else (current.other, current.one)
    if keep not in {current.one_id, current.other_id}:
        raise Unusable("请选择保留哪一件 (say which of the two goes on).")
    if not reason.strip():
        raise Unusable("请写明理由，推荐人会收到 (a reason is needed).")
    if state_of(kept) not in UNDER_REVIEW | {CaseStepKind.ADMITTED}:
        raise Unusable(f"“{kept.name}”{state_of(kept).label}，不能把别的案例并入它 (it takes no other in).")
    if state_of(joined) not in UNDER_REVIEW:
        raise Unusable(f"“{joined.name}”{state_of(joined).label}，不能并入别的案例 (it cannot be joined).")
    _decide(acting, current, TwinState.SAME, reason, "case-twins.same")
    step(acting, joined, CaseStepKind.JOINED, reason, into=kept)
    tell_nominators(joined, "case-joined", {"other": kept.name, "reason": reason})
    tell_nominators(kept, "case-kept", {"other": joined.name, "reason": reason})


@transaction.atomic
def undo(acting: Acting, twins: CaseTwins) -> None:
    """Ask about two cases anew; one that was joined is back. Raises NotAllowed, Unusable."""
    current = _held(acting, twins, TwinState.SAME, TwinState.DIFFERENT)
    was_same = current.state == TwinState.SAME
    _decide(acting, current, TwinState.OPEN, "", "case-twins.undo")
    if not was_same:
        return
    for case, other in ((current.one, current.other), (current.other, current.one)):
        last = case.steps.exclude(kind=CaseStepKind.RECATEGORISED).latest("id")
        if last.kind == CaseStepKind.JOINED and last.into_id == other.pk:
            Entry.objects.select_for_update(of=("self",)).get(pk=case.entry.pk)
            case_places.need_one(case, rules_of(case.call))
            step(acting, case, CaseStepKind.REOPENED, "撤销并入")
            tell_nominators(case, "case-reopened", {"reason": "撤销并入"})


def _decide(acting: Acting, twins: CaseTwins, state: TwinState, reason: str, verb: str) -> None:
    with noted(acting, verb, twins, entry=twins.one.entry, reason=reason.strip()[:300]):
        twins.state, twins.reason = state, reason.strip()[:300]
        twins.decided_by = None if state == TwinState.OPEN else acting.person
        twins.decided_at = None if state == TwinState.OPEN else timezone.now()
        twins.save()


def _held(acting: Acting, twins: CaseTwins, *states_of_it: TwinState) -> CaseTwins:
    related = CaseTwins.objects.select_related("one__call__round", "one__entry", "other__call__round", "other__entry")
    current = related.select_for_update(of=("self",)).get(pk=twins.pk)
    acting.need(Verb.SCREEN_CASE, round_=current.one.call.round)
    list(Case.objects.select_for_update().filter(pk__in=[current.one_id, current.other_id]).order_by("pk"))
    if current.state not in states_of_it:
        raise Unusable("别人刚刚决定过这两件案例；请刷新网页查看 (somebody else has just decided).")
    need_no_part(acting, current.one)
    need_no_part(acting, current.other)
    return current


def _facts(case: Case) -> Facts:
    return Facts(case.name, case.url, case.owner, case.entry.pk)
