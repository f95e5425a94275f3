"""Two blind codings of one check: what agrees is accepted, what does not goes to somebody else."""

from decimal import Decimal

from django.db import transaction

from govgauge.office.check_work import told, work_of
from govgauge.office.domain import answers, review_policies, training
from govgauge.office.domain.acting import PROGRAM, Acting
from govgauge.office.domain.answers import CONFIDENCE, SIXTH, Said
from govgauge.office.domain.coding_steps import step
from govgauge.office.models import (
    Agreed,
    AnswerSource,
    Assignment,
    AssignmentState,
    Coding,
    CodingStepKind,
    Confidence,
    Dispute,
    Part,
)
from govgauge.office.models import CheckGuide as Guide

AGREED = "双人采集一致 (both coders agree)"


@transaction.atomic
def settle(coding: Coding) -> None:
    """Once both of two coders have handed in: accept what agrees (where the round says so), else open a dispute.

    Doing it again changes nothing.
    """
    pair = _pair(coding.assignment)
    if pair is None:
        return
    first, second = pair
    if agree(first, second):
        if review_policies.of(first.assignment.round).agreed == Agreed.AT_ONCE:
            accept(PROGRAM, first, second, AGREED)
    else:
        of = first.assignment
        where = {"round": of.round, "batch": of.batch, "indicator": of.indicator, "first": first, "second": second}
        Dispute.objects.get_or_create(entry=of.entry, check_id=of.check_id, decided_at=None, defaults=where)
    training.look(first.assignment.batch)


def agree(first: Coding, second: Coding) -> bool:
    """Whether two codings say the same, within the tolerance of their check."""
    if first.not_applicable or second.not_applicable:
        return first.not_applicable and second.not_applicable
    assert first.value is not None  # noqa: S101 - tells mypy: it was handed in
    assert second.value is not None  # noqa: S101
    return abs(first.value - second.value) <= tolerance(first.assignment)


def tolerance(assignment: Assignment) -> Decimal:
    """How far two answers to a check may lie apart and still agree."""
    entry = assignment.entry
    work = work_of(entry.system, entry.profile, assignment.check_id)
    guides = Guide.objects.filter(round=assignment.round_id, system=entry.system, check_id=assignment.check_id)
    if work is None:
        return guides[0].tolerance if guides else Decimal(0)
    return told(work, {(guide.system, guide.check_id): guide for guide in guides}).tolerance


def accept(acting: Acting, first: Coding, second: Coding, reason: str) -> None:
    """Let two codings that agree be the answer: their mean, where a tolerance lets them differ."""
    for coding in (first, second):
        step(acting, coding, CodingStepKind.ACCEPTED, reason)
    values = [one.value for one in (first, second) if one.value is not None]
    said = Said(
        value=(sum(values, Decimal(0)) / len(values)).quantize(SIXTH) if values else None,
        source=AnswerSource.CODING,
        reason=first.justification or second.justification,
        confidence=max(CONFIDENCE.get(Confidence(one.confidence), Decimal(0)) for one in (first, second)),
        coding=first,
    )
    of = first.assignment
    answers.accept(acting, of.entry, of.check_id, of.indicator, said)


def partner(assignment: Assignment) -> Assignment | None:
    """The assignment of the other coder of the same check; None where it is given to one alone."""
    others = Assignment.objects.filter(entry=assignment.entry_id, check_id=assignment.check_id)
    return others.exclude(id=assignment.id).first()


def _pair(assignment: Assignment) -> tuple[Coding, Coding] | None:
    """Both codings, first and second, locked; None while one of them is missing or was not handed in."""
    both = Assignment.objects.filter(entry=assignment.entry_id, check_id=assignment.check_id).order_by("id")
    related = both.select_related("round", "batch", "entry__round")
    rows = {row.part: row for row in related.select_for_update(of=("self",))}
    if len(rows) < 2 or any(row.state != AssignmentState.SUBMITTED for row in rows.values()):
        return None
    codings = {coding.assignment_id: coding for coding in Coding.objects.filter(assignment__in=rows.values())}
    found = []
    for part in (Part.FIRST, Part.SECOND):
        coding = codings[rows[part].id]
        coding.assignment = rows[part]
        found.append(coding)
    return found[0], found[1]
