"""The bonus of chosen cases in the totals: brought in as accepted answers of bonus checks, and taken out again.

Points are reckoned first, while nothing is held; then everything is written in one short transaction, or nothing is.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from django.db import transaction
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.bonus_checks import bonus_checks
from govgauge.office.bonus_effects import NOTHING, Earned, earned_of
from govgauge.office.bonus_points import Reckoned, reckoned
from govgauge.office.case_rules import BonusMode
from govgauge.office.domain import freezing, many_answers, panels
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.answers import SIXTH, Said
from govgauge.office.domain.many_answers import Wanted
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
from govgauge.office.queries.accepted import Accepted

Told = Callable[[int, int], None]
"""Hears how many entries of how many are reckoned."""


class Plan(Struct, frozen=True):
    """What is to be written: answers accepted or put back, and answers of which nothing is left."""

    wanted: Sequence[Wanted]
    gone: Sequence[Answer] = ()

    @property
    def entries(self) -> set[int]:
        """The entries that change."""
        return {one.entry for one in self.wanted} | {one.entry_id for one in self.gone}


def is_applied(made: CaseCount) -> bool:
    """Whether the bonus of a count is in the totals now."""
    last = made.bonus_steps.order_by("-id").first()
    return last is not None and last.applied


def bring_in(acting: Acting, made: CaseCount, told: Told | None = None) -> CaseBonusStep:
    """Answer the bonus checks of every entry whose system has any: by what its cases earned, 0 without one.

    An answer that an objection decided stays while it holds. Raises NotAllowed, Unusable: not published, no bonus in
    the rules, the round frozen, already in.
    """
    need_in(acting, made)
    points = _reckoned(made, _to_bring_in(made), told)
    with transaction.atomic():
        _hold(made)
        need_in(acting, made)
        plan = _to_bring_in(made)
        _write(acting, made, plan, points, "")
        return _step(acting, made, applied=True, entries=len(plan.entries))


def take_out(acting: Acting, made: CaseCount, told: Told | None = None) -> CaseBonusStep:
    """Put every answer that cases gave back to what it was before. Raises NotAllowed, Unusable: not in, frozen."""
    need_out(acting, made)
    points = _reckoned(made, _to_take_out(made), told)
    with transaction.atomic():
        _hold(made)
        need_out(acting, made)
        plan = _to_take_out(made)
        _write(acting, made, plan, points, f"取消第 {made.number} 次计票的案例加分")
        return _step(acting, made, applied=False, entries=len(plan.entries))


def need_in(acting: Acting, made: CaseCount) -> None:
    """Raises NotAllowed, Unusable where the bonus cannot be brought in."""
    _check(acting, made)
    made.refresh_from_db(fields=["published_at"])
    if made.published_at is None:
        raise Unusable("先公布评选结果，再把加分计入总分 (publish the result first).")
    if made.rules.get("bonus", {}).get("mode") == BonusMode.NONE:
        raise Unusable("本届评选办法规定案例不加分 (by the rules cases add nothing).")
    if is_applied(made):
        raise Unusable("这次计票的加分已计入总分 (in the totals already).")


def need_out(acting: Acting, made: CaseCount) -> None:
    """Raises NotAllowed, Unusable where there is nothing to be taken out."""
    _check(acting, made)
    if not is_applied(made):
        raise Unusable("这次计票的加分没有计入总分 (not in the totals).")


def _to_bring_in(made: CaseCount) -> Plan:
    earned = earned_of(made)
    round_ = made.call.round
    entries = list(round_.entries.filter(standing=Standing.IN) | round_.entries.filter(pk__in=list(earned)))
    systems = freezing.systems_of(round_, {entry.system for entry in entries})
    objected = Answer.objects.filter(round=round_, source=AnswerSource.OBJECTION, holds=True)
    stay = set(objected.values_list("entry_id", "check_id"))
    checks = {kind: bonus_checks(systems[kind[0]], kind[1]) for kind in {(one.system, one.profile) for one in entries}}
    wanted = []
    for entry in sorted(entries, key=lambda one: one.key):
        given = earned.get(entry.pk, NOTHING)
        said = Said(value=given.index, source=AnswerSource.CASES, reason=_reason(made, given))
        wanted += [
            Wanted(entry.pk, one.check, one.indicator, said)
            for one in checks[entry.system, entry.profile]
            if (entry.pk, one.check) not in stay
        ]
    return Plan(wanted)


def _to_take_out(made: CaseCount) -> Plan:
    """What was accepted before cases came, also that it did not hold; where there was nothing, nothing is left."""
    mine = list(
        Answer.objects.filter(round=made.call.round, source=AnswerSource.CASES).order_by("entry_id", "check_id")
    )
    steps = AnswerStep.objects.filter(answer__round=made.call.round, answer__source=AnswerSource.CASES)
    related = steps.exclude(source=AnswerSource.CASES).select_related("coding", "adjudication", "objection")
    before = {step.answer_id: step for step in related.order_by("number")}
    wanted, gone = [], []
    for answer in mine:
        step = before.get(answer.pk)
        if step is None:
            gone.append(answer)
            continue
        said = Said(
            value=step.value,
            source=AnswerSource(step.source),
            reason=step.reason,
            confidence=step.confidence,
            coding=step.coding,
            adjudication=step.adjudication,
            objection=step.objection,
        )
        wanted.append(Wanted(answer.entry_id, answer.check_id, answer.indicator, said, step.holds))
    return Plan(wanted, gone)


def _reckoned(made: CaseCount, plan: Plan, told: Told | None) -> dict[int, Reckoned]:
    changes: dict[int, dict[str, Accepted | None]] = defaultdict(dict)
    for one in plan.wanted:
        changes[one.entry][one.check] = _accepted(one) if one.holds else None
    for answer in plan.gone:
        changes[answer.entry_id][answer.check_id] = None
    entries = [entry for entry in Entry.objects.filter(round=made.call.round).order_by("pk") if entry.pk in changes]
    return reckoned(made.call.round, entries, changes, told and (lambda done: told(done, len(entries))))


def _write(acting: Acting, made: CaseCount, plan: Plan, points: dict[int, Reckoned], reason: str) -> None:
    round_ = made.call.round
    stale = many_answers.moved(round_, points)
    many_answers.accept(acting, round_, plan.wanted)
    many_answers.take_away(acting, round_, plan.gone, reason)
    many_answers.bring_up_points(round_, plan.entries, points, stale)


def _accepted(one: Wanted) -> Accepted:
    said = one.said
    value = None if said.value is None else said.value.quantize(SIXTH)
    source = f"person:{said.source.value}"
    return Accepted(check_id=one.check, value=value, source=source, confidence=said.confidence, reason=said.reason)


def _hold(made: CaseCount) -> None:
    CaseCall.objects.select_for_update(of=("self",)).get(pk=made.call_id)


def _check(acting: Acting, made: CaseCount) -> None:
    call = CaseCall.objects.select_related("round").get(pk=made.call_id)
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
