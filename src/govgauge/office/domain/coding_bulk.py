"""Filling in many answers at once, and undoing that."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from govgauge.errors import Unusable
from govgauge.office.domain import codings
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.codings import Draft, draft_of
from govgauge.office.models import Assignment, AssignmentState, BulkChange, Coding, Round

MOST = 500
"""Rows filled in with one change."""


class Filled(Struct, frozen=True):
    """What is to stand in an assignment. `seen` is the version that its collector saw; the private note stays."""

    assignment: int
    seen: int
    draft: Draft


class Outcome(Struct, frozen=True):
    """How many answers were changed, and a sentence for each assignment that was not, by its number."""

    changed: int
    refused: dict[int, str]


@transaction.atomic
def fill(acting: Acting, round_: Round, rows: Sequence[Filled], what: str) -> Outcome:
    """Fill in many answers; one that changed elsewhere meanwhile, or takes none, is refused with a sentence."""
    if len(rows) > MOST:
        raise Unusable(f"一次最多填 {MOST} 行，这里有 {len(rows)} 行；请分几次 (too many rows at once).")
    mine = Assignment.objects.filter(round=round_, person=acting.person)
    found = mine.select_related("round", "batch", "entry", "coding").in_bulk([row.assignment for row in rows])
    kept: list[dict[str, Any]] = []
    refused: dict[int, str] = {}
    for row in rows:
        assignment = found.get(row.assignment)
        if assignment is None:
            refused[row.assignment] = "这一项不是您的，可能已改派他人 (not yours)."
            continue
        coding: Coding | None = getattr(assignment, "coding", None)
        before = draft_of(coding)
        draft = replace(row.draft, private_note=before.private_note)
        if draft == before:
            continue
        try:
            with transaction.atomic():
                made = codings.save(acting, assignment, row.seen, draft)
        except Unusable as fault:
            refused[row.assignment] = str(fault)
        else:
            kept.append({"assignment": assignment.id, "version": made.version, "before": _told(before)})
    if kept and acting.person:
        BulkChange.objects.create(round=round_, person=acting.person, what=what[:200], rows=kept)
    return Outcome(len(kept), refused)


def last(acting: Acting, round_: Round) -> BulkChange | None:
    """The last change of many answers that can still be undone."""
    return BulkChange.objects.filter(round=round_, person=acting.person, undone_at=None).order_by("-id").first()


@transaction.atomic
def undo(acting: Acting, change: BulkChange) -> Outcome:
    """Put back what stood there before. What was changed or handed in since then stays, with a sentence."""
    locked = BulkChange.objects.select_for_update().get(id=change.id)
    if locked.person_id != (acting.person.id if acting.person else None) or locked.undone_at is not None:
        raise Unusable("这次成批填写不能撤销，或已经撤销过 (it cannot be undone).")
    by_id = {row["assignment"]: row for row in locked.rows}
    related = Assignment.objects.select_related("round", "batch", "entry", "coding")
    count, refused = 0, {}
    for assignment in related.filter(id__in=list(by_id)).order_by("id"):
        row = by_id[assignment.id]
        handed_in = assignment.state in {AssignmentState.SUBMITTED, AssignmentState.ACCEPTED}
        if handed_in or assignment.coding.version != row["version"]:
            refused[assignment.id] = "此后改过或已提交，没有撤销 (changed since)."
            continue
        codings.save(acting, assignment, row["version"], _draft(row["before"], assignment.coding.private_note))
        count += 1
    with noted(acting, "coding.undo", locked, round_=locked.round):
        locked.undone_at = timezone.now()
        locked.save(update_fields=["undone_at"])
    return Outcome(count, refused)


def _told(draft: Draft) -> dict[str, object]:
    """A draft as it is kept, without the private note."""
    return {
        "value": None if draft.value is None else str(draft.value),
        "not_applicable": draft.not_applicable,
        "justification": draft.justification,
        "confidence": draft.confidence,
    }


def _draft(told: dict[str, Any], private_note: str) -> Draft:
    value = None if told["value"] is None else Decimal(told["value"])
    return Draft(**{**told, "value": value}, private_note=private_note)
