"""Findings sent to their bodies, made for tests, and what came of looking at them again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from govgauge.office.domain import (
    remedies,
    remedy_outcomes,
)
from govgauge.office.domain.acting import PROGRAM, Acting, acting_as
from govgauge.office.domain.remedy_outcomes import Seen
from govgauge.office.models import (
    Entry,
    Finding,
    Job,
    JobState,
    Person,
    Remedy,
    Role,
    RoleKind,
    Round,
)

NOW = datetime(2026, 1, 5, 4, tzinfo=timezone.get_fixed_timezone(0))


def an_entry(round_: Round, key: str = "某省/甲市", url: str = "http://a.test/") -> Entry:
    name = key.rpartition("/")[2]
    return Entry.objects.create(round=round_, key=key, name=name, system="2025-city", profile="city", url=url)


def a_finding(entry: Entry, number: int = 1, audit: str = "broken-link") -> Finding:
    return Finding.objects.create(
        entry=entry,
        identity=f"{number:016x}",
        audit=audit,
        page=f"{entry.url}p{number}",
        slug="failure",
        first_seen=NOW,
        last_seen=NOW,
        first_visit=1,
        last_visit=1,
    )


def somebody(kind: RoleKind, scope: str = "") -> Acting:
    number = Person.objects.count()
    person = Person.objects.create_user(f"p{number}@example.test", name=f"某人{number}")
    Role.objects.create(person=person, kind=kind, scope=scope)
    return acting_as(person)


def notified(entry: Entry, count: int = 1, due: date | None = None) -> list[int]:
    """Remedies of so many findings, sent to their body."""
    findings = [a_finding(entry, number + 1).id for number in range(count)]
    done = remedies.notify(PROGRAM, entry.round, findings, due or date.today() + timedelta(days=15))  # noqa: DTZ011
    return [remedy.id for remedy in done.remedies]


def steps(number: int) -> list[str]:
    return list(Remedy.objects.get(id=number).steps.order_by("id").values_list("kind", flat=True))


def state(number: int) -> str:
    return Remedy.objects.get(id=number).state


def looked(numbers: Sequence[int], seen: Seen) -> None:
    """A re-check of these has ended."""
    job = Job.objects.filter(task__startswith="recheck").latest("id")
    Job.objects.filter(id=job.id).update(state=JobState.DONE, ended_at=timezone.now())
    with transaction.atomic():
        remedy_outcomes.record(job, dict.fromkeys(numbers, seen), Path("evidence/r/1/1-x"))


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)
