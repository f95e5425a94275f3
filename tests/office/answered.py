"""Rounds with collected answers, made for tests."""

from datetime import date
from decimal import Decimal
from itertools import count

from django.utils import timezone

from govgauge.office.domain.acting import Acting, acting_as
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Batch,
    Coding,
    CodingStep,
    CodingStepKind,
    Entry,
    Part,
    Person,
    Role,
    RoleKind,
    Round,
)

_NUMBER = count(1)


def somebody(kind: RoleKind | None = None, *, scope: str = "", name: str = "") -> Acting:
    """Somebody with a role in all rounds."""
    number = next(_NUMBER)
    person = Person.objects.create_user(f"a{number}@example.test", name=name or f"某人{number}")
    if kind:
        Role.objects.create(person=person, kind=kind, scope=scope)
    return acting_as(person)


def person_of(acting: Acting) -> Person:
    assert acting.person is not None
    return acting.person


def a_round(slug: str = "r") -> Round:
    return Round.objects.create(slug=slug, title="2025 年评估", rules="inspection-2019", as_of=date(2025, 11, 30))


def an_entry(round_: Round, name: str, **more: str) -> Entry:
    facts = {"key": f"某省/{name}", "name": name, "parent": "某省", "group": "区县", "url": f"http://{name}.test/"}
    ruler = {"system": "2025-county", "profile": "county"}
    return Entry.objects.create(round=round_, **{**facts, **ruler, **more})


def a_batch(round_: Round, about: str = "1.1.1", name: str = "机构信息") -> Batch:
    return Batch.objects.create(
        round=round_, name=name, cut="indicator", about=about, double_share=Decimal("0.1"), seed="s"
    )


def assigned(
    batch: Batch,
    entry: Entry,
    person: Person,
    *,
    part: Part = Part.FIRST,
    check: str = "1.1.1-1",
    method: str = "manual",
) -> Assignment:
    return Assignment.objects.create(
        round=batch.round,
        batch=batch,
        entry=entry,
        check_id=check,
        indicator=batch.about,
        method=method,
        person=person,
        part=part,
        minutes=5,
        due=date(2025, 11, 1),
    )


def submitted(assignment: Assignment, value: str | None, why: str = "见首页", confidence: str = "sure") -> Coding:
    """An assignment that was answered and handed in; no value: the check does not apply."""
    facts = {
        "value": None if value is None else Decimal(value),
        "not_applicable": value is None,
        "justification": why,
        "confidence": confidence,
    }
    coding, new = Coding.objects.get_or_create(assignment=assignment, defaults={"saved_at": timezone.now(), **facts})
    if not new:
        for name, one in facts.items():
            setattr(coding, name, one)
        coding.version += 1
        coding.save()
    kind = CodingStepKind.SUBMITTED if new else CodingStepKind.RESUBMITTED
    CodingStep.objects.create(coding=coding, kind=kind, by=assignment.person, version=coding.version, **facts)
    assignment.state = AssignmentState.SUBMITTED
    assignment.save()
    return coding
