"""Reopening an accepted answer: it leaves lists and tables, its history stays, and its check becomes work again."""

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.domain import answers, batches, coding_plans, leaving, notices
from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed
from govgauge.office.domain.coding_steps import step
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    Answer,
    AnswerSource,
    Assignment,
    AssignmentState,
    Coding,
    CodingStepKind,
    Entry,
    Objection,
    ObjectionState,
    RoundState,
    Standing,
)

SHORTEST, LONGEST = 4, 1000
"""Characters of a reason."""
SETTLED = (AssignmentState.ACCEPTED, AssignmentState.DECIDED)


@transaction.atomic
def reopen(acting: Acting, answer: Answer, seen: int, reason: str) -> list[Assignment]:
    """Let an answer hold no longer, with a reason; the assignments that became work again. `seen` is its version.

    Its coders are told, and answer again from what stands there; the work of those who may not collect any more goes
    to who has least to do. What the program proposed waits for being confirmed again. Raises NotAllowed to who coded
    it, Unusable where it does not hold, rests on an objection, or its round is frozen.
    """
    locked = Answer.objects.select_related("entry__round").select_for_update(of=("self",)).get(id=answer.id)
    entry = locked.entry
    acting.need(Verb.REOPEN_ANSWER, round_=entry.round)
    answers.check_open(entry)
    _check_reason(reason)
    mine = Assignment.objects.filter(entry=entry, check_id=locked.check_id).order_by("id")
    tasks = list(mine.select_related("round", "batch", "entry__round", "person").select_for_update(of=("self",)))
    if acting.person is not None and acting.person.id in {one.person_id for one in tasks}:
        raise NotAllowed("这一项是您自己采集的，请由别人重新打开 (nobody reopens their own answers).")
    acting.need_distance(entry)
    _check(locked, seen)
    answers.let_go(acting, locked, reason.strip())
    again = [one for one in tasks if one.state in SETTLED]
    codings = {coding.assignment_id: coding for coding in Coding.objects.filter(assignment__in=again)}
    for one in again:
        coding = codings[one.id]
        coding.assignment = one
        step(acting, coding, CodingStepKind.REOPENED, reason.strip())
    if entry.standing != Standing.IN or not entry.url:
        leaving.drop([entry], "对象已不再采集")
        return []
    _given_again(again)
    facts = {"entry": entry.name, "check": locked.check_id, "reason": reason.strip()}
    notices.tell([one.person for one in again], "answer-reopened", facts, round_=entry.round, entry=entry)
    return again


def may_be_reopened(answer: Answer) -> bool:
    """Whether an answer holds, in a round that is not frozen, and is no decision of an objection."""
    return answer.holds and answer.source != AnswerSource.OBJECTION and answer.entry.round.state != RoundState.FROZEN


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST:
        raise Unusable("重新打开要写明理由，让采集员知道要核对什么 (say why).")
    if len(reason) > LONGEST:
        raise Unusable(f"理由有 {len(reason)} 字，最多 {LONGEST} 字；请缩短 (the reason is too long).")


def _check(answer: Answer, seen: int) -> None:
    if not answer.holds:
        raise Unusable("这个答案已经重新打开，正等待重新采集；请刷新 (it was reopened already).")
    if answer.version != seen:
        raise Unusable("这个答案在您打开之后又有变化，请看过新的内容再决定 (it has changed since you saw it).")
    if answer.source == AnswerSource.OBJECTION:
        raise Unusable("这个答案是异议的决定，不能重新采集 (it was decided on an objection).")
    filed = Objection.objects.filter(entry=answer.entry_id, check_id=answer.check_id, state=ObjectionState.FILED)
    if filed.exists():
        raise Unusable("对这一项有一件异议等待决定，请先决定异议 (an objection to it is to be decided first).")


def _given_again(again: list[Assignment]) -> None:
    """Work of those who may not collect here any more goes to others, never to the other coder of the check."""
    if not again:
        return
    round_ = again[0].round
    known = {person.id: person for person in coding_plans.collectors(round_)}
    load = dict.fromkeys(sorted(known), 0) | coding_plans.load_of(round_, known)
    bodies = coding_plans.bodies_of(round_, known)
    for one in again:
        if one.person_id in known:
            continue
        coders = _coders(one.entry, one.check_id)
        free = [person for person in load if person not in coders and one.entry.key not in bodies.get(person, ())]
        if free:
            to = min(free, key=lambda number: load[number])
            batches.give(PROGRAM, one.person, {to: [one]})
            load[to] += one.minutes


def _coders(entry: Entry, check_id: str) -> set[int]:
    return set(Assignment.objects.filter(entry=entry, check_id=check_id).values_list("person", flat=True))
