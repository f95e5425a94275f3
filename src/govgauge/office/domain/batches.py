"""What is changed about work that was planned: who does it, until when, and whether it rests for a while."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import coding_plans, field_tests
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Assignment, AssignmentState, Batch, BatchStep, BatchStepKind, Coding, Person, Round


class Moved(Struct, frozen=True):
    """How many assignments got somebody else, by person; `begun` ones stay where they are, `stuck` ones too."""

    to: Mapping[int, int]
    begun: int
    stuck: int


@transaction.atomic
def move(
    acting: Acting,
    round_: Round,
    leaver: Person,
    people: Sequence[int],
    *,
    begun: bool = False,
    preview: bool = False,
) -> Moved:
    """Give what somebody has not begun to others, each to who has least to do; with `preview` nothing is changed.

    With `begun` drafts and what was given back move, too: with all that stands in them but the private note. The field
    tests under way go with their assignment. Nobody gets a check of an entry that they answer already, nor a body that
    they stand for. Raises Unusable.
    """
    acting.need(Verb.PLAN_COLLECTION, round_=round_)
    coding_plans.check_open(round_)
    known = set(coding_plans.collectors(round_).filter(id__in=people).values_list("id", flat=True)) - {leaver.id}
    if not known:
        raise Unusable("请至少选择一名接手的采集员 (choose who takes over).")
    mine = Assignment.objects.filter(round=round_, person=leaver)
    states = coding_plans.TO_DO if begun else (AssignmentState.OPEN,)
    wanted = mine.filter(state__in=states)
    waiting = list(wanted.order_by("batch", "id").select_related("entry").select_for_update(of=("self",)))
    others = _others(round_, leaver, wanted)
    load = dict.fromkeys(sorted(known), 0) | coding_plans.load_of(round_, known)
    bodies = coding_plans.bodies_of(round_, known)
    to: dict[int, list[Assignment]] = {}
    stuck = 0
    for one in waiting:
        other = others.get((one.entry_id, one.check_id))
        free = [person for person in load if person != other and one.entry.key not in bodies.get(person, ())]
        if not free:
            stuck += 1
            continue
        person = min(free, key=lambda number: load[number])
        load[person] += one.minutes
        to.setdefault(person, []).append(one)
    if not preview:
        give(acting, leaver, to)
    left = 0 if begun else mine.filter(state__in=[AssignmentState.DRAFT, AssignmentState.RETURNED]).count()
    return Moved({person: len(rows) for person, rows in to.items()}, left, stuck)


@transaction.atomic
def set_deadline(acting: Acting, batch: Batch, due: date, reason: str) -> None:
    """Give a batch another deadline; the one before stays in its history."""
    acting.need(Verb.PLAN_COLLECTION, round_=batch.round)
    coding_plans.check_open(batch.round)
    if not reason.strip():
        raise Unusable("请写明为什么改期限 (say why the deadline changes).")
    _step(acting, batch, BatchStepKind.DEADLINE, reason, due)
    Assignment.objects.filter(batch=batch).update(due=due)


def hold(acting: Acting, batch: Batch, reason: str) -> None:
    """Let the collecting of a batch rest, as while people are trained again. Raises Unusable."""
    _hold(acting, batch, held=True, reason=reason)


def let_go(acting: Acting, batch: Batch, reason: str) -> None:
    """Let the collecting of a batch go on. Raises Unusable."""
    _hold(acting, batch, held=False, reason=reason)


@transaction.atomic
def _hold(acting: Acting, batch: Batch, *, held: bool, reason: str) -> None:
    acting.need(Verb.REVIEW if not acting.may(Verb.PLAN_COLLECTION) else Verb.PLAN_COLLECTION, round_=batch.round)
    locked = Batch.objects.select_for_update().get(id=batch.id)
    if locked.held == held:
        raise Unusable(f"批次“{batch.name}”已经{'暂停' if held else '恢复'}了 (it is so already).")
    with noted(acting, "collection.hold" if held else "collection.let-go", locked, round_=batch.round, reason=reason):
        locked.held = held
        locked.save(update_fields=["held"])
    batch.held = held
    _step(acting, locked, BatchStepKind.HELD if held else BatchStepKind.LET_GO, reason)


def _others(round_: Round, leaver: Person, wanted: QuerySet[Assignment]) -> dict[tuple[int, str], int]:
    """Who else answers checks of the same entries."""
    rows = Assignment.objects.filter(round=round_, entry__in=wanted.order_by().values("entry")).exclude(person=leaver)
    found = rows.values_list("entry_id", "check_id", "person_id").iterator(chunk_size=coding_plans.AT_ONCE)
    return {(entry, check): person for entry, check, person in found}


def give(acting: Acting, leaver: Person, to: Mapping[int, Sequence[Assignment]]) -> None:
    """Give assignments of somebody to others (by id), with all that goes with them. Call it in a transaction."""
    people = Person.objects.in_bulk(list(to))
    steps: dict[int, list[str]] = {}
    for person, rows in to.items():
        for one in rows:
            with noted(acting, "assignment.move", one, entry=one.entry):
                one.person = people[person]
                one.save(update_fields=["person"])
            _with_all(acting, one, people[person])
        for batch in {one.batch_id for one in rows}:
            count = sum(one.batch_id == batch for one in rows)
            steps.setdefault(batch, []).append(f"{leaver.name} 的 {count} 项改派给 {people[person].name}")
    for batch_id, told in steps.items():
        comment = "；".join(told)[:1000]
        BatchStep.objects.create(batch_id=batch_id, kind=BatchStepKind.MOVED, comment=comment, by=acting.person)


def _with_all(acting: Acting, one: Assignment, person: Person) -> None:
    """What goes with an assignment to somebody else; the private note of who had it does not."""
    coding = Coding.objects.filter(assignment=one).exclude(private_note="").first()
    if coding is not None:
        with noted(acting, "coding.save", coding, entry=one.entry):
            coding.private_note = ""
            coding.save(update_fields=["private_note"])
    for test in one.field_tests.exclude(state__in=field_tests.ENDED).select_related("round", "entry"):
        field_tests.hand_over(acting, test, person)


def _step(acting: Acting, batch: Batch, kind: BatchStepKind, comment: str, due: date | None = None) -> None:
    step = BatchStep(batch=batch, kind=kind, comment=comment.strip()[:1000], due=due, by=acting.person)
    with noted(acting, f"collection.{kind.value}", step, round_=batch.round, reason=comment):
        step.save()
