"""Which cases go into the final: proposed by checks and scores, decided with a reason, together, and undone."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_scoring, stages
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_notices import tell_nominators
from govgauge.office.domain.case_steps import UNDER_REVIEW, state_of, step
from govgauge.office.domain.case_weights import fine
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.screening import CHECKS
from govgauge.office.domain.screening_rights import BY_NOMINATOR, part_in
from govgauge.office.models import (
    Case,
    CaseCall,
    CaseCheck,
    CaseDecision,
    CaseScore,
    CaseStep,
    CaseStepKind,
    CaseTwins,
    TwinState,
)

MOST = 1000
"""Cases decided at once."""


class Proposed(StrEnum):
    """What checks and scores propose."""

    ADMIT = "admit"
    REFUSE = "refuse"
    OPEN = "open"


class Proposal(Struct, frozen=True):
    """What is proposed of a case, from which mean (0…100), and why in a sentence."""

    what: Proposed
    mean: Fraction | None
    why: str


class Weighed(Struct, frozen=True):
    """A case of a preview: `seen` is its last step, `refusal` says why nothing will be decided about it."""

    case: Case
    seen: int
    proposal: Proposal
    refusal: str


class Outcome(Struct, frozen=True):
    """How many cases were decided about, and a sentence for each that was not, by its number in the call."""

    decided: int
    refused: dict[int, str]
    decision: CaseDecision | None = None


def propose(
    rules: CaseSettings, check: CaseCheck | None, mean: Fraction | None, submitted: int, needed: int
) -> Proposal:
    """What the check that holds and the mean of enough (`needed`) people's points propose."""
    if check is not None:
        failed = [words for name, words in CHECKS.items() if getattr(check, name) is False]
        if failed:
            return Proposal(Proposed.REFUSE, mean, f"核对不符合：{'、'.join(failed)}")
    if check is None or any(getattr(check, name) is None for name in CHECKS):
        return Proposal(Proposed.OPEN, mean, "还没有核对完")
    if mean is None:
        apart = f"评分相差达到 {rules.apart_from.normalize():f} 分，" if needed > rules.screeners else ""
        return Proposal(Proposed.OPEN, None, f"{apart}还差 {max(1, needed - submitted)} 人评分")
    reached = mean >= Fraction(rules.admitted_from)
    least = f"{rules.admitted_from.normalize():f}"
    told = f"平均 {fine(mean):.2f} 分，{'达到' if reached else '未达到'} {least} 分"
    return Proposal(Proposed.ADMIT if reached else Proposed.REFUSE, mean, told)


def weighed(acting: Acting, call: CaseCall, numbers: Sequence[int], *, admits: bool) -> list[Weighed]:
    """What deciding so about some cases would do; a handful of queries. Raises NotAllowed, Unusable."""
    acting.need(Verb.CHAIR_PANEL, round_=call.round)
    if not numbers:
        raise Unusable("请先勾选案例 (no case is chosen).")
    if len(numbers) > MOST:
        raise Unusable(f"一次最多决定 {MOST} 件，这里有 {len(numbers)} 件 (too many at once).")
    return _weighed(acting, call, numbers, admits=admits)


@transaction.atomic
def decide(acting: Acting, call: CaseCall, seen: Mapping[int, int], reason: str, *, admits: bool) -> Outcome:
    """Admit or refuse some cases for a reason; `seen` are their ids with the last step that the person saw.

    What changed meanwhile, or cannot be decided about yet, is told and left. Raises NotAllowed, Unusable.
    """
    if not reason.strip():
        raise Unusable("请写明理由，推荐人会收到 (a reason is needed).")
    list(Case.objects.select_for_update().filter(call=call, pk__in=list(seen)).order_by("pk").values_list("pk"))
    found = weighed(acting, call, list(seen), admits=admits)
    refused = {one.case.number: one.refusal for one in found if one.refusal}
    refused |= {one.case.number: "刚刚有变动，请看过再定" for one in found if one.seen != seen[one.case.pk]}
    chosen = [one.case for one in found if one.case.number not in refused]
    if not chosen:
        return Outcome(0, refused)
    made = CaseDecision(call=call, admits=admits, reason=reason.strip()[:1000], by=acting.person)
    with noted(acting, "case.decide", made, round_=call.round, reason=made.reason):
        made.save()
    kind = CaseStepKind.ADMITTED if admits else CaseStepKind.REFUSED
    steps = []
    for case in chosen:
        steps.append(step(acting, case, kind, made.reason))
        tell_nominators(case, f"case-{kind.value}", {"reason": made.reason})
    made.steps.set(steps)
    return Outcome(len(chosen), refused, made)


@transaction.atomic
def undo(acting: Acting, decision: CaseDecision) -> Outcome:
    """Take a decision back: its cases are under review again, but for those to which something happened since.

    Raises NotAllowed, or Unusable once the panel or the vote has begun.
    """
    acting.need(Verb.CHAIR_PANEL, round_=decision.call.round)
    held = CaseDecision.objects.select_for_update(of=("self",)).select_related("call__round").get(pk=decision.pk)
    if held.undone_at is not None:
        raise Unusable("这次决定已经撤销 (it was undone already).")
    rules = rules_of(held.call)
    begun = [days.starts for days in (rules.panel, rules.vote) if days is not None and days.starts <= stages.today()]
    if held.admits and begun:
        raise Unusable(f"评审或投票已在 {min(begun)} 开始，不能再撤销进入终评的决定 (judging has begun).")
    refused, count = {}, 0
    for made in held.steps.select_related("case__call__round", "case__entry__round").order_by("case_id"):
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("call__round", "entry__round")
            .get(pk=made.case_id)
        )
        if case.steps.exclude(kind=CaseStepKind.RECATEGORISED).latest("id").pk != made.pk:
            refused[case.number] = f"此后{state_of(case).label}，没有撤销"
            continue
        if case.is_calibration:
            refused[case.number] = "已用作校准案例，没有撤销；请先不再用于校准"
            continue
        step(acting, case, CaseStepKind.REOPENED, "撤销决定")
        tell_nominators(case, "case-reopened", {"reason": "撤销决定"})
        count += 1
    with noted(acting, "case.undo", held, round_=held.call.round):
        held.undone_at, held.undone_by = timezone.now(), acting.person
        held.save(update_fields=["undone_at", "undone_by"])
    return Outcome(count, refused, held)


def _weighed(acting: Acting, call: CaseCall, numbers: Sequence[int], *, admits: bool) -> list[Weighed]:
    rules = rules_of(call)
    found = list(
        call.cases.filter(pk__in=numbers, entry__isnull=False)
        .select_related("call__round", "entry__round")
        .order_by("number")
    )
    ids = [case.pk for case in found]
    told = CaseStep.objects.filter(case__in=ids).order_by("id")
    steps = list(told.values_list("case_id", "id", "kind", "by_id", "at"))
    last = {pk: number for pk, number, _kind, _by, _at in steps}
    standing = {pk: CaseStepKind(kind) for pk, _number, kind, _by, _at in steps if kind != CaseStepKind.RECATEGORISED}
    since = {pk: at for pk, _number, kind, _by, at in steps if kind == CaseStepKind.SUBMITTED}
    nominators: dict[int, set[int]] = {pk: set() for pk in ids}
    for pk, _number, kind, by, _at in steps:
        if kind in BY_NOMINATOR and by is not None:
            nominators[pk].add(by)
    found_checks = CaseCheck.objects.filter(case__in=ids).order_by("id")
    checks = {one.case_id: one for one in found_checks if one.case_id not in since or one.at >= since[one.case_id]}
    scores = list(CaseScore.objects.filter(case__in=ids, submitted_at__isnull=False))
    by_case: dict[int, list[CaseScore]] = {pk: [] for pk in ids}
    for score in scores:
        by_case[score.case_id].append(score)
    mean = case_scoring.means(scores, rules)
    pairs = CaseTwins.objects.filter(Q(one__in=ids) | Q(other__in=ids), state=TwinState.OPEN)
    twins = {pk for pair in pairs.values_list("one_id", "other_id") for pk in pair}
    made = []
    for case in found:
        given = by_case[case.pk]
        needed = case_scoring.needed(rules, given)
        proposal = propose(rules, checks.get(case.pk), mean.get(case.pk), len(given), needed)
        refusal = part_in(acting, case, nominators[case.pk])
        state = standing.get(case.pk, CaseStepKind.DRAFTED)
        if state not in UNDER_REVIEW:
            refusal = refusal or f"{state.label}，现在不能决定"
        elif case.is_calibration:
            refusal = refusal or "已用作校准案例，不参加评选"
        elif case.pk in twins:
            refusal = refusal or "还有可能重复的案例没有核对"
        elif proposal.what is Proposed.OPEN:
            refusal = refusal or proposal.why
        elif admits and proposal.mean is None:
            refusal = refusal or "没有足够的评分，不能进入终评"
        made.append(Weighed(case, last[case.pk], proposal, refusal))
    return made
