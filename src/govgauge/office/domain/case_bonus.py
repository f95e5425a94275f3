"""The bonus of chosen cases in the totals: brought in as accepted answers of bonus checks, and taken out again."""

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.bonus_checks import bonus_checks
from govgauge.office.bonus_effects import NOTHING, Earned, earned_of
from govgauge.office.case_rules import BonusMode
from govgauge.office.domain import answers, freezing, panels, points
from govgauge.office.domain.acting import Acting, noted, noted_plainly
from govgauge.office.domain.answers import Said
from govgauge.office.models import (
    Answer,
    AnswerSource,
    AnswerStep,
    CaseBonusStep,
    CaseCall,
    CaseCount,
    Entry,
    RoundState,
    Standing,
)


def is_applied(made: CaseCount) -> bool:
    """Whether the bonus of a count is in the totals now."""
    last = made.bonus_steps.order_by("-id").first()
    return last is not None and last.applied


@transaction.atomic
def bring_in(acting: Acting, made: CaseCount) -> CaseBonusStep:
    """Answer the bonus checks of every entry whose system has any: by what its cases earned, 0 without one.

    An answer that an objection decided stays. Raises NotAllowed, Unusable: not published, no bonus in the rules, the
    round frozen, already in.
    """
    _check(acting, made)
    if made.published_at is None:
        raise Unusable("先公布评选结果，再把加分计入总分 (publish the result first).")
    if made.rules.get("bonus", {}).get("mode") == BonusMode.NONE:
        raise Unusable("本届评选办法规定案例不加分 (by the rules cases add nothing).")
    if is_applied(made):
        raise Unusable("这次计票的加分已计入总分 (in the totals already).")
    earned = earned_of(made)
    round_ = made.call.round
    entries = list(round_.entries.filter(standing=Standing.IN) | round_.entries.filter(pk__in=list(earned)))
    systems = freezing.systems_of(round_, {entry.system for entry in entries})
    known = {(one.entry_id, one.check_id): one for one in Answer.objects.filter(round=round_)}
    changed = 0
    for entry in sorted(entries, key=lambda one: one.key):
        given = earned.get(entry.pk, NOTHING)
        said = Said(value=given.index, source=AnswerSource.CASES, reason=_reason(made, given))
        before = changed
        for one in bonus_checks(systems[entry.system], entry.profile):
            old = known.get((entry.pk, one.check))
            if old is not None and old.source == AnswerSource.OBJECTION:
                continue
            answers.accept(acting, entry, one.check, one.indicator, said)
            changed = before + 1
    return _step(acting, made, applied=True, entries=changed)


@transaction.atomic
def take_out(acting: Acting, made: CaseCount) -> CaseBonusStep:
    """Put every answer that cases gave back to what it was before. Raises NotAllowed, Unusable: not in, frozen."""
    _check(acting, made)
    if not is_applied(made):
        raise Unusable("这次计票的加分没有计入总分 (not in the totals).")
    mine = Answer.objects.select_for_update(of=("self",)).filter(round=made.call.round, source=AnswerSource.CASES)
    entries = set()
    for answer in mine.select_related("entry__round").order_by("entry_id", "check_id"):
        _put_back(acting, answer, f"取消第 {made.number} 次计票的案例加分")
        entries.add(answer.entry_id)
    return _step(acting, made, applied=False, entries=len(entries))


def _put_back(acting: Acting, answer: Answer, reason: str) -> None:
    """What was accepted before cases came; where there was nothing, the check is open again."""
    before = answer.steps.exclude(source=AnswerSource.CASES).order_by("-number").first()
    if before is not None:
        said = Said(
            value=before.value,
            source=AnswerSource(before.source),
            reason=before.reason,
            confidence=before.confidence,
            coding=before.coding,
            adjudication=before.adjudication,
            objection=before.objection,
        )
        answers.accept(acting, answer.entry, answer.check_id, answer.indicator, said)
        return
    kept = {"check_id": answer.check_id, "value": str(answer.value), "source": answer.source, "reason": answer.reason}
    noted_plainly(acting, "answer.withdraw", answer, before=kept, after={}, entry=answer.entry, reason=reason)
    AnswerStep.objects.filter(answer=answer).delete()
    entry: Entry = answer.entry
    answer.delete()
    points.refresh(entry.pk)


def _check(acting: Acting, made: CaseCount) -> None:
    call = CaseCall.objects.select_for_update(of=("self",)).select_related("round").get(pk=made.call_id)
    panels.chair(acting, call)
    if call.round.state == RoundState.FROZEN:
        raise Unusable(f"“{call.round.slug}”已冻结，总分不能再变 (the round is frozen).")


def _reason(made: CaseCount, given: Earned) -> str:
    source = f"{made.call.title}第 {made.number} 次计票（摘要 {made.digest[:16]}）"
    return f"{source}：{''.join(given.lines)}" if given.lines else f"{source}：没有加分的案例。"


def _step(acting: Acting, made: CaseCount, *, applied: bool, entries: int) -> CaseBonusStep:
    step = CaseBonusStep(count=made, applied=applied, entries=entries, by=acting.person)
    with noted(acting, "case-bonus.bring-in" if applied else "case-bonus.take-out", step, round_=made.call.round):
        step.save()
    return step
