"""The steps of a field test: each added with its day, struck when it was a mistake; the closing gives the value."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import codings, field_scripts, field_tests
from govgauge.office.domain.acting import PROGRAM, Acting, noted
from govgauge.office.domain.coding_plans import check_open
from govgauge.office.domain.field_tests import ENDED
from govgauge.office.domain.permissions import Verb
from govgauge.office.field_reckoning import FieldDue, FieldFacts, Reckoning, due, reckon
from govgauge.office.field_rules import Line, rules, said
from govgauge.office.models import (
    Assignment,
    Coding,
    Confidence,
    FieldKind,
    FieldState,
    FieldStep,
    FieldStepKind,
    FieldTest,
)
from govgauge.office.queries.field_values import value_of
from govgauge.office.workdays import of_office

LONGEST = 10_000
"""Characters of a note."""
TOLD = (FieldStepKind.SENT, FieldStepKind.RECEIVED, FieldStepKind.EXTENDED, FieldStepKind.ANSWERED)
"""What happened out there, on a day that the collector tells."""


class FieldReport(Struct, frozen=True, kw_only=True):
    """A step as its collector tells it."""

    kind: FieldStepKind
    day: date
    receipt: str = ""
    workdays: int | None = None
    grade: str = ""
    note: str = ""


class FieldClash(Unusable):
    """A step was added since the test was read."""

    def __init__(self) -> None:
        super().__init__(
            "这项实测刚才在别处更新过，您填的内容没有写入；请对照下面的最新进度，再决定是否保存 (changed elsewhere)."
        )


@transaction.atomic
def add(acting: Acting, test: FieldTest, seen: int, report: FieldReport) -> FieldTest:
    """Add a step. Raises FieldClash when another one came meanwhile, Unusable when it does not fit."""
    locked = _locked(acting, test, seen)
    step = FieldStep(
        test=locked,
        kind=report.kind,
        day=report.day,
        receipt=report.receipt.strip()[:80],
        workdays=report.workdays if report.kind is FieldStepKind.EXTENDED else None,
        grade=report.grade,
        note=report.note.strip(),
        by=acting.person,
    )
    _check(locked, step)
    return _taken(acting, locked, step)


@transaction.atomic
def withdraw(acting: Acting, test: FieldTest, seen: int, reason: str) -> FieldTest:
    """End a test without a value, with a reason: by its collector, or by who plans. Raises Unusable."""
    locked = _locked(acting, test, seen)
    if locked.state in ENDED:
        raise Unusable("这项实测已经结束 (the test has ended).")
    if len(reason.strip()) < codings.SHORTEST:
        raise Unusable("撤回要写明理由 (a reason is needed).")
    step = FieldStep(
        test=locked, kind=FieldStepKind.WITHDRAWN, day=timezone.localdate(), note=reason.strip(), by=acting.person
    )
    return _taken(acting, locked, step)


@transaction.atomic
def strike(acting: Acting, test: FieldTest, seen: int, step: int, reason: str) -> FieldTest:
    """Declare a step a mistake, with a reason; a closing only by who plans the collection. Raises Unusable."""
    locked = _locked(acting, test, seen)
    wrong = next((one for one in standing(locked) if one.pk == step), None)
    if wrong is None or wrong.kind == FieldStepKind.PLANNED:
        raise Unusable("这一步不能作废：没有这一步，或者已经作废 (no such step).")
    if wrong.kind == FieldStepKind.CLOSED:
        acting.need(Verb.PLAN_COLLECTION, round_=locked.round)
        _check_answer_open(locked)
    elif locked.state in ENDED and wrong.kind != FieldStepKind.WITHDRAWN:
        raise Unusable("这项实测已经结束；要更正，请管理员先作废办结 (the test has ended).")
    if len(reason.strip()) < codings.SHORTEST:
        raise Unusable("作废要写明理由 (a reason is needed).")
    made = FieldStep(
        test=locked,
        kind=FieldStepKind.STRUCK,
        day=timezone.localdate(),
        note=reason.strip(),
        strikes=wrong,
        by=acting.person,
    )
    if locked.assignment is not None:  # it may have gone to somebody else since the test ended
        locked.person_id = locked.assignment.person_id
    return _taken(acting, locked, made)


@transaction.atomic
def close(acting: Acting, test: FieldTest, seen: int) -> FieldTest:
    """End a test with the value that follows from its dates and its grade; its assignment's answer gets it, too.

    Raises Unusable while there is none: nothing is said of an answer that may still come.
    """
    locked = _locked(acting, test, seen)
    if locked.state in ENDED:
        raise Unusable("这项实测已经结束 (the test has ended).")
    today = timezone.localdate()
    found = reckoning_of(locked, today)
    if found.value is None:
        why = said(found.lines[-1]) if found.lines else "还没有发出"
        raise Unusable(f"还不能办结：{why} (no value yet).")
    told = {"rules": rules().version, "lines": [{"code": one.code, "facts": one.facts} for one in found.lines]}
    step = FieldStep(
        test=locked, kind=FieldStepKind.CLOSED, day=today, value=found.value, reckoning=told, by=acting.person
    )
    ended = _taken(acting, locked, step)
    if ended.assignment is not None and ended.assignment.state in codings.WRITABLE and not ended.assignment.batch.held:
        _write_answer(acting, ended.assignment)
    return ended


def standing(test: FieldTest) -> list[FieldStep]:
    """The steps that were not struck, in their order."""
    steps = list(test.steps.order_by("id"))
    struck = {step.strikes_id for step in steps if step.strikes_id}
    return [step for step in steps if step.pk not in struck and step.kind != FieldStepKind.STRUCK]


def facts_of(test: FieldTest, steps: list[FieldStep] | None = None) -> FieldFacts:
    """What the steps of a test say: the last one of each kind counts."""
    last = {step.kind: step for step in (standing(test) if steps is None else steps)}
    extended, graded = last.get(FieldStepKind.EXTENDED), last.get(FieldStepKind.GRADED)
    days = {kind: step.day for kind, step in last.items()}
    return FieldFacts(
        kind=FieldKind(test.kind),
        sent=days.get(FieldStepKind.SENT),
        received=days.get(FieldStepKind.RECEIVED),
        extended=(extended.day, extended.workdays or 0) if extended else None,
        answered=days.get(FieldStepKind.ANSWERED),
        grade=graded.grade if graded else "",
        enquiry_workdays=field_scripts.policy_of(test.round).enquiry_workdays,
    )


def due_of(test: FieldTest, steps: list[FieldStep] | None = None) -> FieldDue | None:
    """Until when the answer to a test may come."""
    return due(rules(), of_office(Path(settings.HOME)), facts_of(test, steps))


def reckoning_of(test: FieldTest, today: date) -> Reckoning:
    """What a test is worth as of a day; for a closed one what was said when it was closed."""
    steps = standing(test)
    closed = next((step for step in reversed(steps) if step.kind == FieldStepKind.CLOSED), None)
    if closed is not None:
        lines = tuple(Line(one["code"], one["facts"]) for one in closed.reckoning.get("lines", ()))
        return Reckoning(closed.value, lines)
    return reckon(rules(), of_office(Path(settings.HOME)), facts_of(test, steps), today)


def _locked(acting: Acting, test: FieldTest, seen: int) -> FieldTest:
    related = FieldTest.objects.select_related("round", "entry__round", "assignment__batch", "assignment__round")
    locked = related.select_for_update(of=("self",)).get(pk=test.pk)
    if not acting.may(Verb.PLAN_COLLECTION, round_=locked.round):
        acting.need(Verb.RECORD_FIELD_TEST, round_=locked.round, assignee=locked.person_id)
    check_open(locked.round)
    if seen != locked.version:
        raise FieldClash
    return locked


def _check_answer_open(test: FieldTest) -> None:
    """Raises Unusable where the answer that rests on a closing was handed in: it would say what nothing bears out."""
    task = test.assignment
    if task is None or task.state in codings.WRITABLE:
        return
    if task.state in codings.CLOSED:
        raise Unusable(
            "这项实测的取值已作为答案采用；要更正，请先由裁定员或管理员重新打开那个答案 (reopen its answer first)."
        )
    raise Unusable("这项实测的取值已经提交；请采集员先取回、或由复核员退回答案，再作废办结 (its value was handed in).")


def _check(test: FieldTest, step: FieldStep) -> None:
    """Raises Unusable for a step that does not fit those before it."""
    if test.state in ENDED:
        raise Unusable("这项实测已经结束；要更正，请管理员先作废办结 (the test has ended).")
    if step.kind not in {*TOLD, FieldStepKind.GRADED}:
        raise Unusable("没有这样的一步；请刷新后再试 (no such step).")
    if step.day > timezone.localdate():
        raise Unusable(f"{step.day} 还没有到；请填写实际发生的日期 (the day has not come).")
    if len(step.note) > LONGEST:
        raise Unusable(f"说明有 {len(step.note)} 字，最多 {LONGEST} 字；请缩短 (the note is too long).")
    facts = facts_of(test)
    _check_order(test, step, facts)
    if step.kind == FieldStepKind.EXTENDED:
        _check_extension(test, step)
    if step.kind == FieldStepKind.GRADED:
        _check_grade(facts, step)


def _check_order(test: FieldTest, step: FieldStep, facts: FieldFacts) -> None:
    if step.kind == FieldStepKind.SENT:
        if not field_tests.bearable(test, step.day):
            month = f"{step.day:%Y-%m}"
            raise Unusable(
                f"“{test.entry.name}”在 {month} 的实测已达上限；请改到下个月发出 (too many tests in this month)."
            )
        later = [day for day in (facts.received, facts.answered) if day]
        if later and step.day > min(later):
            raise Unusable(f"{step.day} 晚于已登记的 {min(later)}；请核对发出的日期 (sent after it was received).")
    elif facts.sent is None:
        raise Unusable("还没有发出；请先登记发出的日期 (it was not sent yet).")
    elif step.day < facts.sent:
        raise Unusable(f"{step.day} 早于发出的日期 {facts.sent}；请核对 (before it was sent).")
    elif step.kind == FieldStepKind.ANSWERED and facts.received and step.day < facts.received:
        raise Unusable(f"{step.day} 早于收到回执的日期 {facts.received}；请核对 (answered before it was received).")
    elif step.kind == FieldStepKind.RECEIVED and facts.answered and step.day > facts.answered:
        raise Unusable(f"{step.day} 晚于已登记的答复日期 {facts.answered}；请核对 (received after the answer).")


def _check_extension(test: FieldTest, step: FieldStep) -> None:
    most = rules().kinds[FieldKind(test.kind)].extension
    if not most:
        raise Unusable("只有信息公开申请可以延期 (only requests for disclosure can be extended).")
    if step.workdays is None or not 1 <= step.workdays <= most:
        raise Unusable(f"延长应为 1 至 {most} 个工作日 (1 to {most} working days).")


def _check_grade(facts: FieldFacts, step: FieldStep) -> None:
    if facts.answered is None:
        raise Unusable("还没有收到答复，不能评分 (there is no answer to grade).")
    if rules().grade(step.grade) is None:
        raise Unusable("请从所列的等级中选择一级 (choose one of the grades).")
    if len(step.note) < codings.SHORTEST:
        raise Unusable("评分要写明依据，如答复中的哪一句 (say what the grade rests on).")


def _taken(acting: Acting, test: FieldTest, step: FieldStep) -> FieldTest:
    """Write a step, and what follows from all of them."""
    with noted(acting, f"field-test.{step.kind}", test, entry=test.entry, reason=step.note[:1000]):
        step.save()
        steps = standing(test)
        facts = facts_of(test, steps)
        kinds = {one.kind for one in steps}
        until = due_of(test, steps)
        test.state = _state(kinds)
        test.day = facts.sent or steps[0].day
        test.due, test.due_estimated = (until.day, until.estimated) if until else (None, False)
        test.value = step.value if step.kind == FieldStepKind.CLOSED else None
        test.version += 1
        test.save()
        if step.kind in TOLD and until:
            step.due = until.day
            step.save(update_fields=["due"])
    return test


def _state(kinds: set[str]) -> FieldState:
    for kind, state in (
        (FieldStepKind.WITHDRAWN, FieldState.WITHDRAWN),
        (FieldStepKind.CLOSED, FieldState.CLOSED),
        (FieldStepKind.GRADED, FieldState.GRADED),
        (FieldStepKind.ANSWERED, FieldState.ANSWERED),
        (FieldStepKind.SENT, FieldState.SENT),
    ):
        if kind in kinds:
            return state
    return FieldState.PLANNED


def _write_answer(acting: Acting, assignment: Assignment) -> None:
    """The value of the tests goes into their assignment's answer, with how it came about."""
    value = value_of(assignment)
    if value is None:
        return
    tests = assignment.field_tests.filter(state=FieldState.CLOSED).order_by("id")
    told = "\n".join(said(line) for test in tests for line in reckoning_of(test, timezone.localdate()).lines)
    coding = Coding.objects.filter(assignment=assignment).first()
    note = coding.private_note if coding else ""
    draft = codings.Draft(value=value, justification=told, confidence=Confidence.SURE, private_note=note)
    writer = acting if acting.person == assignment.person else PROGRAM
    codings.save(writer, assignment, coding.version if coding else 0, draft)
