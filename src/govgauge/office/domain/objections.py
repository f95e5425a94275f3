"""Objections of assessed bodies: filed in their period, decided by somebody who had no part in it, then published."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office import effects
from govgauge.office.domain import answers, freezing, notices, points
from govgauge.office.domain.acting import Acting, NotAllowed, noted
from govgauge.office.domain.answers import Said
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.stages import today
from govgauge.office.domain.uploads import OBJECTION
from govgauge.office.models import (
    DECIDED,
    AnswerSource,
    Entry,
    Explanation,
    Finding,
    Objection,
    ObjectionPeriod,
    ObjectionState,
    ObjectionStep,
    ObjectionStepKind,
    Round,
    Upload,
)
from govgauge.office.queries.accepted import digest, last_reopening
from govgauge.office.queries.objections import checks_of, conflicts, is_open, period

SHORTEST, LONGEST = 10, 10_000
"""Characters of an objection."""
SHORTEST_REASON = 4
MOST_UPLOADS = 10
IN_ENGLISH = {
    ObjectionState.UPHELD: "upheld",
    ObjectionState.EXPLAINED: "the explanation holds for a time",
    ObjectionState.DISMISSED: "dismissed",
}


@transaction.atomic
def set_period(acting: Acting, round_: Round, starts: date, ends: date) -> ObjectionPeriod:
    """Say in which days bodies see their preliminary answers and may object. Raises Unusable."""
    acting.need(Verb.RUN_ROUND, round_=round_)
    if ends < starts:
        raise Unusable(f"异议期的止日 {ends} 早于起日 {starts}；请改正 (it ends before it begins).")
    made = ObjectionPeriod(round=round_, starts=starts, ends=ends, by=acting.person)
    with noted(acting, "objection.period", made, round_=round_):
        made.save()
    return made


@transaction.atomic
def file(
    acting: Acting,
    entry: Entry,
    check_id: str,
    text: str,
    *,
    finding: Finding | None = None,
    uploads: Sequence[Upload] = (),
) -> Objection:
    """Object to the answer of a check, or to a finding on which it rests. Raises Unusable, NotAllowed."""
    acting.need(Verb.OBJECT, round_=entry.round, key=entry.key)
    _in_period(entry.round)
    answers.check_open(entry)
    if not SHORTEST <= len(text.strip()) <= LONGEST:
        raise Unusable(
            f"请用 {SHORTEST} 至 {LONGEST} 字说明异议的理由 (say why, in {SHORTEST} to {LONGEST} characters)."
        )
    system = freezing.systems_of(entry.round, {entry.system})[entry.system]
    if finding is not None and (finding.entry_id != entry.id or check_id not in checks_of(system, entry, finding)):
        raise Unusable("这个问题与所选的要点无关；请从列表中选择 (the finding has nothing to do with the check).")
    if check_id not in {check.id for check in system.checks() if check.asked_in(entry.profile)}:
        raise Unusable(f"指标体系 {system.id} 没有要点“{check_id}”；请从列表中选择 (no such check).")
    _uploads(entry, uploads)
    same = Objection.objects.filter(entry=entry, check_id=check_id, finding=finding)
    about_now = same.filter(state__in=(ObjectionState.FILED, *DECIDED))
    if reopened := last_reopening(entry, check_id):
        about_now = about_now.filter(filed_at__gt=reopened)
    if about_now.exists():
        raise Unusable("对这一项已经提出过异议；可在列表中查看进展 (there is an objection to it already).")
    made = Objection(
        round=entry.round, entry=entry, check_id=check_id, finding=finding, text=text.strip(), filed_by=acting.person
    )
    try:
        with noted(acting, "objection.file", made, entry=entry):
            made.save()
    except IntegrityError:
        raise Unusable("对这一项刚刚提出过异议；请刷新 (somebody has just objected to it).") from None
    made.uploads.set(uploads)
    _step(acting, made, ObjectionStepKind.FILED, made.text)
    people = notices.who_may(Verb.DECIDE_OBJECTION, entry.round)
    notices.tell(people, "objection-filed", _facts(made), round_=entry.round, entry=entry)
    return made


@transaction.atomic
def withdraw(acting: Acting, objection: Objection, reason: str = "") -> None:
    """Take an objection back that nobody has decided. Raises Unusable."""
    locked = _lock(objection)
    acting.need(Verb.OBJECT, round_=locked.round, key=locked.entry.key)
    _undecided(locked)
    _move(acting, locked, ObjectionState.WITHDRAWN, reason)


@transaction.atomic
def decide(
    acting: Acting,
    objection: Objection,
    decision: ObjectionState,
    reason: str,
    *,
    value: Decimal | None = None,
    until: date | None = None,
) -> Objection:
    """Decide an objection. Upheld, its value becomes the answer (None: the check does not apply); explained, the value
    stands in its place until a day, or as long as the finding stays as it is; dismissed, nothing changes.

    Raises NotAllowed to who had a part in the answer, Unusable without a reason or when it is decided already.
    """
    locked = _lock(objection)
    acting.need(Verb.DECIDE_OBJECTION, round_=locked.round)
    _undecided(locked)
    told = conflicts(acting.person, locked) if acting.person else []
    if told:
        raise NotAllowed(f"{'；'.join(told)}。请由没有参与过的人决定 (you had a part in it).")
    answers.check_open(locked.entry)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Unusable("请写明决定的理由 (say why).")
    if value is not None and not 0 <= value <= 1:
        raise Unusable(f"取值应在 0 至 1 之间，不是 {value} (a value is 0 to 1).")
    if decision not in DECIDED:
        raise Unusable("请选择采纳、限期采用说明或不采纳 (choose a decision).")
    changes = decision in {ObjectionState.UPHELD, ObjectionState.EXPLAINED}
    effect: dict[str, object] = {}
    if changes:
        effect = effects.effect(locked.entry, locked.check_id, value).told()
        effect["former"] = effects.former(locked.entry, locked.check_id)
    if decision == ObjectionState.UPHELD:
        said = Said(value=value, source=AnswerSource.OBJECTION, reason=reason.strip(), objection=locked)
        answers.accept(acting, locked.entry, locked.check_id, _indicator(locked), said)
    elif decision == ObjectionState.EXPLAINED:
        _explain(acting, locked, value, reason.strip(), until)
    _move(acting, locked, decision, reason, value=value if changes else None, applies=not changes, effect=effect)
    return locked


@transaction.atomic
def publish(acting: Acting, round_: Round) -> int:
    """Tell the bodies what was decided since the last time; how many decisions."""
    acting.need(Verb.RUN_ROUND, round_=round_)
    waiting = Objection.objects.filter(round=round_, state__in=DECIDED, published_at=None)
    count = 0
    for one in waiting.select_related("round", "entry").order_by("id").select_for_update(of=("self",)):
        with noted(acting, "objection.publish", one, entry=one.entry):
            one.published_at = timezone.now()
            one.save(update_fields=["published_at"])
        decision = one.steps.filter(kind=one.state).latest("id")
        effect = decision.effect
        if "former" in effect:  # others have moved since it was decided
            effect = effects.since(one.entry, one.check_id, effect["former"]).told()
        _step(acting, one, ObjectionStepKind.PUBLISHED, effect=effect)
        state = ObjectionState(one.state)
        facts = {**_facts(one), "decision": str(state.label), "decision_en": IN_ENGLISH[state], "reason": decision.text}
        notices.tell(notices.of_body(one.entry), "objection-decided", facts, round_=round_, entry=one.entry)
        count += 1
    return count


def _explain(acting: Acting, objection: Objection, value: Decimal | None, reason: str, until: date | None) -> None:
    if until is None and objection.finding is None:
        raise Unusable("对答案的说明要有截止日期 (an explanation of an answer needs a day until which it holds).")
    if until is not None and until < today():
        raise Unusable(f"截止日期 {until} 已经过去；请改正 (the day has passed).")
    made = Explanation(
        objection=objection,
        round=objection.round,
        entry=objection.entry,
        check_id=objection.check_id,
        finding=objection.finding,
        value=value,
        not_applicable=value is None,
        reason=reason,
        until=until,
        digest=digest(objection.finding) if objection.finding else "",
        by=acting.person,
    )
    with noted(acting, "explanation.accept", made, entry=objection.entry, reason=reason[:1000]):
        made.save()
    points.refresh(objection.entry_id)


def _move(
    acting: Acting,
    objection: Objection,
    state: ObjectionState,
    text: str,
    *,
    value: Decimal | None = None,
    applies: bool = True,
    effect: dict[str, object] | None = None,
) -> None:
    with noted(acting, f"objection.{state}", objection, entry=objection.entry, reason=text[:1000]):
        objection.state = state
        objection.save(update_fields=["state"])
    not_applicable = not applies and value is None
    facts = {"value": value, "not_applicable": not_applicable, "effect": effect or {}}
    _step(acting, objection, ObjectionStepKind(state), text.strip(), **facts)


def _step(acting: Acting, objection: Objection, kind: ObjectionStepKind, text: str = "", **facts: object) -> None:
    ObjectionStep.objects.create(objection=objection, kind=kind, text=text, by=acting.person, **facts)


def _lock(objection: Objection) -> Objection:
    related = Objection.objects.select_related("round", "entry__round", "finding")
    return related.select_for_update(of=("self",)).get(id=objection.id)


def _undecided(objection: Objection) -> None:
    if objection.state != ObjectionState.FILED:
        raise Unusable(f"这一异议现在是“{objection.get_state_display()}”，没有再改 (it is no longer open).")


def _in_period(round_: Round) -> None:
    if not is_open(round_, today()):
        days = period(round_)
        told = f"异议期为 {days.starts} 至 {days.ends}" if days else "还没有设定异议期"
        raise Unusable(f"{told}，现在不能提出异议；请联系评估办公室 (objections are not taken now).")


def _uploads(entry: Entry, uploads: Sequence[Upload]) -> None:
    if len(uploads) > MOST_UPLOADS:
        raise Unusable(f"最多附 {MOST_UPLOADS} 个文件 (too many files).")
    if any(one.entry_id != entry.id or one.purpose != OBJECTION for one in uploads):
        raise Unusable("所附文件不属于这个单位的异议；请重新上传 (a file belongs elsewhere).")


def _indicator(objection: Objection) -> str:
    system = freezing.systems_of(objection.round, {objection.entry.system})[objection.entry.system]
    return next(
        leaf.indicator.code
        for leaf in system.leaves()
        if any(check.id == objection.check_id for check in leaf.indicator.checks)
    )


def _facts(objection: Objection) -> dict[str, str | int]:
    return {"entry": objection.entry.name, "check": objection.check_id}
