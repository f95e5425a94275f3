"""Answering what was assigned: saved as one types, submitted, taken back; given back or adopted by others."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import double_coding
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.coding_plans import check_open
from govgauge.office.domain.coding_steps import step
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Assignment, AssignmentState, Coding, CodingStepKind, Confidence, Dispute
from govgauge.office.queries import field_values

LONGEST = 10_000
"""Characters of a justification or a note."""
SHORTEST = 4
"""Characters of a justification that says anything."""
WRITABLE = (AssignmentState.OPEN, AssignmentState.DRAFT, AssignmentState.RETURNED)
HANDED_IN = (CodingStepKind.SUBMITTED, CodingStepKind.RESUBMITTED)
GIVEN_BACK = (CodingStepKind.RETURNED, CodingStepKind.REOPENED)
CLOSED = (AssignmentState.ACCEPTED, AssignmentState.DECIDED)


class Draft(Struct, frozen=True, kw_only=True):
    """What a collector has filled in. `value` is 0…1, None where nothing is said or the check does not apply."""

    value: Decimal | None = None
    not_applicable: bool = False
    justification: str = ""
    confidence: str = ""
    private_note: str = ""


class Clash(Unusable):
    """The answer was changed elsewhere since it was read. `known` is what stands there now."""

    def __init__(self, known: Coding) -> None:
        super().__init__(
            "这一项在别的窗口或设备上改过，刚才的内容没有写入；请对照两份内容后再保存 (it was changed elsewhere)."
        )
        self.known = known


def draft_of(coding: Coding | None) -> Draft:
    """What stands in a coding; an empty draft where there is none."""
    if coding is None:
        return Draft()
    return Draft(**{name: getattr(coding, name) for name in Draft.__struct_fields__})


@transaction.atomic
def save(acting: Acting, assignment: Assignment, seen: int, draft: Draft) -> Coding:
    """Keep what was filled in. `seen` is the version that the collector saw, 0 where there was none.

    The same content again changes nothing. Raises Clash where another version stands there with other content,
    Unusable where the assignment takes no answer now.
    """
    locked = lock(acting, assignment)
    check_writable(locked)
    _checked(draft)
    coding = Coding.objects.filter(assignment=locked).first()
    if coding is not None and draft_of(coding) == draft:
        return coding
    if seen != (coding.version if coding else 0) and draft_of(coding) != Draft():  # an empty one loses nothing
        raise Clash(coding or Coding(assignment=locked, version=0))
    made = coding or Coding(assignment=locked, version=0)
    write(acting, made, draft)
    if coding is None:
        step(acting, made, CodingStepKind.DRAFTED)
    return made


@transaction.atomic
def submit(acting: Acting, assignment: Assignment, seen: int) -> Coding:
    """Hand an answer in. Raises Unusable naming what is missing, Clash where another version stands there."""
    locked = lock(acting, assignment)
    acting.need_distance(locked.entry)
    check_writable(locked)
    coding = Coding.objects.filter(assignment=locked).first()
    if coding is None:
        raise Unusable("还没有填写：请先给出取值 (nothing is filled in).")
    if coding.version != seen:
        raise Clash(coding)
    if told := missing(coding):
        raise Unusable("；".join(told) + " (not complete).")
    _next_version(acting, coding)
    again = locked.state == AssignmentState.RETURNED or coding.steps.filter(kind__in=GIVEN_BACK).exists()
    step(acting, coding, CodingStepKind.RESUBMITTED if again else CodingStepKind.SUBMITTED)
    double_coding.settle(coding)
    return coding


def _next_version(acting: Acting, coding: Coding) -> None:
    """Each handing in is a version of its own: evidence may have changed beside the same text, and a reviewer, who
    judges a version once, is to judge what they have seen."""
    if coding.steps.filter(kind__in=HANDED_IN, version=coding.version).exists():
        with noted(acting, "coding.save", coding, entry=coding.assignment.entry):
            coding.version += 1
            coding.save(update_fields=["version"])


@transaction.atomic
def take_back(acting: Acting, assignment: Assignment) -> Coding:
    """Take a submitted answer back to change it. Raises Unusable once it was decided on."""
    locked = lock(acting, assignment)
    check_open(locked.round)
    if locked.state != AssignmentState.SUBMITTED:
        raise Unusable("只有已提交而未复核的答案可以取回；请刷新后再看 (only a submitted answer can be taken back).")
    coding = Coding.objects.get(assignment=locked)
    if Dispute.objects.filter(Q(first=coding) | Q(second=coding), decided_at=None).exists():
        raise Unusable("这一项已经送去裁定，不能再取回 (it is before the adjudicator).")
    step(acting, coding, CodingStepKind.TAKEN_BACK)
    return coding


def missing(coding: Coding) -> list[str]:
    """What an answer still lacks before it can be handed in, a sentence each."""
    told = []
    if coding.value is None and not coding.not_applicable:
        told.append("请给出取值，或选“不适用”")
    if not coding.confidence:
        told.append("请选择把握程度")
    short = len(coding.justification.strip()) < SHORTEST
    if coding.not_applicable and short:
        told.append("选了“不适用”，请写明理由")
    elif coding.value is not None and coding.value < 1 and short:
        told.append("没有得满分，请写明理由")
    elif short and not coding.evidence.filter(removed_at=None).exists():
        told.append("请写明理由，或附上一项证据")
    return told + field_values.missing(coding)


def known(acting: Acting, assignment: Assignment) -> Assignment:
    """The assignment as it is now. Raises NotAllowed for another's."""
    found = Assignment.objects.select_related("round", "entry__round", "batch").get(id=assignment.id)
    acting.need(Verb.CODE, round_=found.round, assignee=found.person_id)
    return found


def lock(acting: Acting, assignment: Assignment) -> Assignment:
    """The assignment for nobody else to change until the transaction ends. Raises NotAllowed for another's."""
    related = Assignment.objects.select_related("round", "entry__round", "batch")
    locked = related.select_for_update(of=("self",)).get(id=assignment.id)
    acting.need(Verb.CODE, round_=locked.round, assignee=locked.person_id)
    return locked


def check_writable(assignment: Assignment) -> None:
    """Raises Unusable where an assignment takes no answer now, saying why."""
    check_open(assignment.round)
    if assignment.batch.held:
        raise Unusable(f"批次“{assignment.batch.name}”暂停采集，等待通知后继续 (the batch is held).")
    if assignment.state not in WRITABLE:
        if assignment.state == AssignmentState.DROPPED:
            raise Unusable("这一项不再需要采集：对象已离开名单，或换了指标体系 (it is no longer needed).")
        what = "已经采用或裁定，不能再改" if assignment.state in CLOSED else "已经提交；要修改请先取回"
        raise Unusable(f"这一项{what} (it takes no changes now).")


def write(acting: Acting, coding: Coding, draft: Draft) -> None:
    """Put a draft into a coding, as its next version."""
    with noted(acting, "coding.save", coding, entry=coding.assignment.entry, typed=True):
        for name in Draft.__struct_fields__:
            setattr(coding, name, getattr(draft, name))
        coding.version += 1
        coding.saved_at = timezone.now()
        coding.save()


def _checked(draft: Draft) -> None:
    if draft.value is not None and not 0 <= draft.value <= 1:
        raise Unusable(f"取值应在 0 至 1 之间，不是 {draft.value} (a value is 0 to 1).")
    if draft.value is not None and draft.not_applicable:
        raise Unusable("选了“不适用”就不能有取值；请去掉其中一项 (not applicable, and a value).")
    if draft.confidence and draft.confidence not in Confidence.values:
        raise Unusable("请从所列的把握程度中选择一项 (no such confidence).")
    for name, text in (("理由", draft.justification), ("私人备注", draft.private_note)):
        if len(text) > LONGEST:
            raise Unusable(f"{name}有 {len(text)} 字，最多 {LONGEST} 字；请缩短 (the text is too long).")
