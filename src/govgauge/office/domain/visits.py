"""Recording visits: the visit, what it says of the findings, and the entry's accepted result, all or nothing."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Max

from govgauge.errors import Unusable
from govgauge.gather.artifacts import Failure
from govgauge.office import looks
from govgauge.office.domain import findings, jobs, rule_states
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.models import Entry, Finding, Job, JobState, Judgement, Result, Round, RoundState, Scope, Visit
from govgauge.office.visit_files import Judged, Seen

ASSESS = "assess"
"""The task of a first visit; further ones are `assess-2`, `assess-3` …"""
MOST_TOLD = 50
"""Subjects that the trail names."""
CONFIRM = "confirm"
"""The task of looking again at what cost points; at a further site of the same entry `confirm-2` …"""


def record(job: Job, place: Path, seen: Seen, looked: frozenset[str] = frozenset()) -> Visit:
    """Record what a job's visit saw: the visit, and what it says of the findings. Call it in a transaction.

    `place` is the folder of its files, relative to where evidence is kept; `looked` as in `findings.note`.
    """
    confirms = job.task.startswith(CONFIRM)
    told = seen.judged
    number = _last_number(job.entry_id) + 1
    visit = Visit.objects.create(
        entry_id=job.entry_id,
        number=number,
        accepted=number == 1,
        task=job.task,
        scope=Scope.CONFIRM if confirms else Scope.FULL,
        base=looks.before(Visit.objects.filter(entry_id=job.entry_id)) if confirms else None,
        evidence=place.as_posix(),
        sums=seen.sums,
        program=told.program,
        started_at=told.started_at,
        ended_at=told.ended_at,
        home_ok=told.home_ok,
        distorted=bool(seen.distorted_why),
        distorted_why=seen.distorted_why,
        pages=told.pages,
        findings=len(told.findings),
        low=told.low,
        high=told.high,
        answered=told.answered,
        vetoes=[] if seen.distorted_why else told.vetoes,
        digest=told.digest,
    )
    if not visit.distorted:
        findings.note(visit, seen, looked)
    return visit


def accept(visit: Visit, judged: Judged, together_with: Visit | None = None) -> bool:
    """Let the entry's result rest on a new visit, together with an earlier one where `judged` rests on both.

    A distorted visit takes the place of none of the same site that was not: False where the result stays as it is.
    """
    if visit.number == 1:  # nothing is on record yet
        Result.objects.create(entry_id=visit.entry_id, **_result(visit, judged, [], two=False))
        return True
    earlier = Visit.objects.filter(entry_id=visit.entry_id, accepted=True)
    if visit.distorted and earlier.filter(distorted=False, superseded=False).exists():
        return False
    rests_on = [visit.id] if together_with is None else [together_with.id, visit.id]
    earlier.exclude(id__in=rests_on).update(accepted=False)
    Visit.objects.filter(id__in=rests_on).update(accepted=True)
    before = Result.objects.filter(entry_id=visit.entry_id).values_list("rules", flat=True).first() or []
    values = _result(visit, judged, before, two=together_with is not None)
    Result.objects.update_or_create(entry_id=visit.entry_id, defaults=values)
    return True


def _result(visit: Visit, judged: Judged, rules_before: Iterable[object], *, two: bool) -> dict[str, Any]:
    """The values of the result that follows; `two`: it rests on an earlier visit as well."""
    rules = rule_states.states_after(judged.rules, rules_before, visit.started_at, confirmed=two)
    return {
        "evidence": f"{visit.evidence}/{looks.ACCEPTED}" if two else visit.evidence,
        "home_ok": judged.home_ok,
        "distorted": visit.distorted,
        "closed": judged.home_failure == Failure.CLOSED and not visit.distorted,
        "distorted_why": visit.distorted_why,
        "visits": 2 if two else 1,
        "confirmed": two,
        "unconfirmed": judged.unconfirmed,
        "pages": judged.pages,
        "findings": len(judged.findings),
        "low": judged.low,
        "high": judged.high,
        "answered": judged.answered,
        "vetoes": [] if visit.distorted else judged.vetoes,
        "rules": [] if visit.distorted else rules,
        "digest": judged.digest,
    }


@transaction.atomic
def open_next(round_: Round, entries: Iterable[Entry], *, again: bool = True) -> int:
    """Open the next visit of entries that have a site and no visit waiting; returns how many jobs are open for it.

    A planned visit becomes due now. Without `again` only entries are taken that have not been visited yet. Raises
    Unusable for a frozen round.
    """
    if round_.state == RoundState.FROZEN:
        raise Unusable(f"“{round_.slug}”已冻结，不能再访问 (the round is frozen).")
    known: dict[int, list[Job]] = {entry.id: [] for entry in entries if entry.url}
    for job in Job.objects.filter(round=round_, task__startswith=ASSESS):
        if job.entry_id in known:
            known[job.entry_id].append(job)
    planned = [job.id for found in known.values() for job in found if _is_planned(job)]
    Job.objects.filter(id__in=planned, state=JobState.READY, attempts=0).delete()
    made = []
    for entry in entries:
        found = [job for job in known.get(entry.id, ()) if not _is_planned(job)]
        visited = any(job.state == JobState.DONE for job in found)
        if entry.id in known and all(job.state in jobs.ENDED for job in found) and (again or not visited):
            made.append(_job(round_, entry, next_task([job.task for job in found])))
    jobs.open_all(made)
    if made:
        told = {"jobs": len(made), "list": [job.entry.key for job in made[:MOST_TOLD]]}
        noted_by_command("round.visit", round_, {}, told)
    return len(made)


def _is_planned(job: Job) -> bool:
    """Whether a job waits for a time that was planned, and has never been begun."""
    return job.state == JobState.READY and job.attempts == 0 and job.not_before is not None


def next_task(known: Iterable[str], kind: str = ASSESS) -> str:
    """The task of a kind that follows those known: `assess`, `assess-2`, `assess-3` …"""
    numbered = [task.partition("-") for task in known]
    numbers = [int(number or 1) for name, _, number in numbered if name == kind]
    return f"{kind}-{max(numbers) + 1}" if numbers else kind


def supersede(entries: Collection[int]) -> None:
    """Let all that was seen of the former sites of entries be history: no result, list or table rests on it any more.

    Call it in the transaction that changes the sites.
    """
    Visit.objects.filter(entry_id__in=entries).update(superseded=True, accepted=False)
    Finding.objects.filter(entry_id__in=entries).update(superseded=True)
    Judgement.objects.filter(entry_id__in=entries, current=True).update(current=False)
    Result.objects.filter(entry_id__in=entries).delete()


def _job(round_: Round, entry: Entry, task: str) -> Job:
    return Job(round=round_, entry=entry, task=task, host=urlsplit(entry.url).netloc)


def _last_number(entry_id: int) -> int:
    last = Visit.objects.filter(entry_id=entry_id).aggregate(last=Max("number"))["last"]
    return last or 0
