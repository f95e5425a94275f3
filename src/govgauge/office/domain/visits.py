"""Recording visits: the visit, what it says of the findings, and the entry's accepted result, all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max

from govgauge.errors import Unusable
from govgauge.office.domain import findings, jobs
from govgauge.office.models import Entry, Job, Result, Round, RoundState, Visit
from govgauge.office.visit_files import Seen

ASSESS = "assess"
"""The task of a first visit; further ones are `assess-2`, `assess-3` …"""


@transaction.atomic
def record(job: Job, place: Path, seen: Seen) -> Visit:
    """Record what a job's visit saw and end the job: both or neither. Raises LeaseLost.

    `place` is the folder of its files, relative to where evidence is kept.
    """
    visit = Visit.objects.create(
        entry_id=job.entry_id,
        number=_last_number(job.entry_id) + 1,
        task=job.task,
        evidence=place.as_posix(),
        archive_sha256=seen.archive_sha256,
        program=seen.program,
        started_at=seen.started_at,
        ended_at=seen.ended_at,
        home_ok=seen.home_ok,
        distorted=bool(seen.distorted_why),
        distorted_why=seen.distorted_why,
        pages=seen.pages,
        findings=len(seen.findings),
        low=seen.low,
        high=seen.high,
        answered=seen.answered,
        vetoes=seen.vetoes,
        digest=seen.digest,
    )
    if not visit.distorted:
        findings.note(visit, seen)
    accept(visit)
    jobs.done(job)
    return visit


def accept(visit: Visit) -> None:
    """Let the entry's result rest on a new visit, unless that is distorted and an earlier one is not."""
    earlier = Visit.objects.filter(entry_id=visit.entry_id, accepted=True)
    if visit.distorted and earlier.filter(distorted=False).exists():
        return
    earlier.update(accepted=False)
    visit.accepted = True
    visit.save(update_fields=["accepted"])
    Result.objects.update_or_create(
        entry_id=visit.entry_id,
        defaults={
            "evidence": visit.evidence,
            "home_ok": visit.home_ok,
            "distorted": visit.distorted,
            "distorted_why": visit.distorted_why,
            "visits": 1,
            "pages": visit.pages,
            "findings": visit.findings,
            "low": visit.low,
            "high": visit.high,
            "answered": visit.answered,
            "vetoes": visit.vetoes,
            "digest": visit.digest,
        },
    )


@transaction.atomic
def open_next(round_: Round, entries: Iterable[Entry], *, not_before: datetime | None = None) -> int:
    """Open the next visit of entries that have a site and none waiting; returns how many jobs were made.

    Raises Unusable for a frozen round.
    """
    if round_.state == RoundState.FROZEN:
        raise Unusable(f"“{round_.slug}”已冻结，不能再访问 (the round is frozen).")
    chosen = [entry for entry in entries if entry.url]
    tasks: dict[int, list[tuple[str, str]]] = {entry.id: [] for entry in chosen}
    known = Job.objects.filter(round=round_, task__startswith=ASSESS).values_list("entry_id", "task", "state")
    for entry_id, task, state in known:
        if entry_id in tasks:
            tasks[entry_id].append((task, state))
    made = [
        _job(round_, entry, next_task([task for task, _ in tasks[entry.id]]), not_before)
        for entry in chosen
        if all(state in jobs.ENDED for _, state in tasks[entry.id])
    ]
    jobs.open_all(made)
    return len(made)


def next_task(done: Sequence[str]) -> str:
    """The task of the visit that follows some: `assess`, `assess-2`, `assess-3` …"""
    numbers = [int(task.removeprefix(f"{ASSESS}-")) if task != ASSESS else 1 for task in done]
    return f"{ASSESS}-{max(numbers) + 1}" if numbers else ASSESS


def _job(round_: Round, entry: Entry, task: str, not_before: datetime | None) -> Job:
    return Job(round=round_, entry=entry, task=task, host=urlsplit(entry.url).netloc, not_before=not_before)


def _last_number(entry_id: int) -> int:
    last = Visit.objects.filter(entry_id=entry_id).aggregate(last=Max("number"))["last"]
    return last or 0
