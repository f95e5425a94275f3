"""Taking, holding and ending jobs, so that none is lost and none is done twice in effect."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from govgauge.office import messages
from govgauge.office.domain import stages
from govgauge.office.lanes import ASIDE, VISITS
from govgauge.office.models import Job, JobState, RoundState
from govgauge.office.program import program

MOST_ATTEMPTS = 4
"""Attempts after which a job has failed for good."""
FIRST_PAUSE = timedelta(seconds=30)
"""Pause before a second attempt; doubled with each further one."""
LONGEST_PAUSE = timedelta(hours=1)
ENDED = (JobState.DONE, JobState.FAILED)
LEASED = ("state", "lease", "attempts", "beats", "worker", "started_at", "ended_at", "not_before")
"""What a lease changes."""


class LeaseLost(Exception):
    """The job belongs to somebody else by now: what was done for it must not be recorded."""


class Within(NamedTuple):
    """The one round whose jobs somebody takes; `anyway`: visits outside of its collection, too."""

    round_id: int
    anyway: bool = False


class NotNow(Exception):
    """The job that a message is about is not to be done here and now; its text says why."""


def open_all(opened: Sequence[Job]) -> None:
    """Open jobs, and send word of them in the same transaction."""
    with transaction.atomic():
        Job.objects.bulk_create(opened)
        messages.send(job.id for job in opened)


def take(worker: str, free: Mapping[str, int], now: datetime | None = None, within: Within | None = None) -> list[Job]:
    """The next jobs leased to a worker, of each lane no more than `free` tells; empty when none is to be done now.

    Jobs of owners go in turn. A host has one visitor at a time. Paused and frozen rounds give no jobs, those outside of
    their collection no visits, and rounds of another program leave theirs to it. `within`: only jobs of one round.
    """
    now = now or timezone.now()
    waiting = _waiting(now, within).order_by("turn", "id")
    while True:
        try:
            with transaction.atomic():
                return [
                    job
                    for lane, count in free.items()
                    for job in _leased(worker, waiting.filter(lane=lane), now, count)
                ]
        except IntegrityError:  # somebody began to visit the same host at this moment
            continue


def take_one(worker: str, number: int, now: datetime | None = None) -> Job:
    """The job of a message, leased to a worker. Raises NotNow when it has ended, is held, or may not be begun."""
    now = now or timezone.now()
    try:
        leased = _leased(worker, _waiting(now).filter(id=number), now, 1)
    except IntegrityError:
        leased = []
    if not leased:
        raise NotNow(_why_not(number, now))
    return leased[0]


def _waiting(now: datetime, within: Within | None = None) -> QuerySet[Job]:
    """Jobs that may be begun now. A pause after a failure that seems too long was made by a clock set back since."""
    due = Q(not_before=None) | Q(not_before__lte=now) | Q(not_before__gt=now + LONGEST_PAUSE, attempts__gt=0)
    busy = Job.objects.filter(state=JobState.RUNNING).exclude(host="").values("host")
    going = Q(round__state=RoundState.OPEN) | Q(round__state=RoundState.FROZEN, lane=ASIDE)
    ready = Job.objects.filter(due, going, state=JobState.READY)
    if within:
        ready = ready.filter(round_id=within.round_id)
    if not (within and within.anyway):
        ready = ready.exclude(out_of_stage(now))
    return ready.filter(round__program__in=["", program()]).exclude(host__in=busy)


def out_of_stage(now: datetime) -> Q:
    """Visits of rounds that are not in their collection."""
    return Q(lane=VISITS, round__in=stages.closed_to_visits(timezone.localdate(now)).values("round"))


def _why_not(number: int, now: datetime) -> str:
    job = Job.objects.filter(id=number).select_related("round").first()
    if job is None:
        return f"没有任务 {number} (no such job)"
    if job.state in ENDED:
        return f"任务 {number} 已经结束：{job.get_state_display()} (it has ended)"
    if job.state == JobState.RUNNING:
        return f"任务 {number} 正由 {job.worker} 执行 (somebody else does it)"
    if job.round.state != RoundState.OPEN and not (job.round.state == RoundState.FROZEN and job.lane == ASIDE):
        return f"任务 {number}：“{job.round.slug}”{job.round.get_state_display()} (its round is not open)"
    if job.round.program not in {"", program()}:
        return f"任务 {number} 留给程序 {job.round.program}，本机是 {program()} (for another program)"
    if job.lane == VISITS and stages.closed_to_visits(timezone.localdate(now)).filter(round=job.round).exists():
        return f"任务 {number}：“{job.round.slug}”现在不在采集阶段 (its round is not in its collection)"
    if job.not_before and job.not_before > now:
        return f"任务 {number} 要等到 {job.not_before:%Y-%m-%d %H:%M:%S%z} (not yet due)"
    return f"任务 {number} 的主机 {job.host} 正在被访问，或刚被领取 (its host is being visited)"


def wanted_at(now: datetime) -> Q:
    """Jobs that are not planned for later: first attempts that are put off."""
    return Q(not_before=None) | Q(not_before__lte=now) | Q(attempts__gt=0)


@transaction.atomic
def _leased(worker: str, waiting: QuerySet[Job], now: datetime, most: int) -> list[Job]:
    """The first of some jobs under new leases. Raises IntegrityError when a host has just got another visitor."""
    waiting = waiting.select_related("entry", "round")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    hosts: set[str] = set()
    leased = []
    for job in waiting[:most]:
        if job.host in hosts:
            continue
        hosts |= {job.host} - {""}
        job.state = JobState.RUNNING
        job.lease = secrets.token_hex(16)
        job.attempts += 1
        job.beats = 0
        job.worker = worker
        job.started_at, job.ended_at, job.not_before = now, None, None
        job.save(update_fields=LEASED)
        leased.append(job)
    return leased


def beat(job: Job) -> None:
    """Say that the worker lives. Raises LeaseLost when the job was given to somebody else."""
    _end(job, beats=F("beats") + 1)


def done(job: Job) -> None:
    """The job is done. Raises LeaseLost; call it in the transaction that records what was done."""
    _end(job, state=JobState.DONE, lease="", reason="", ended_at=timezone.now())


def failed(job: Job, reason: str, *, for_good: bool = False, ours: bool = False, now: datetime | None = None) -> None:
    """The attempt failed: the job waits for another one, or has failed for good. Raises LeaseLost.

    `ours` says that this machine was not able to, whatever the job: that never ends it for good.
    """
    now = now or timezone.now()
    ended: dict[str, object] = {"lease": "", "reason": reason[:400], "ended_at": now}
    if ours:
        ended["attempts"] = min(job.attempts, MOST_ATTEMPTS - 1)
    if for_good or (job.attempts >= MOST_ATTEMPTS and not ours):
        ended["state"] = JobState.FAILED
    else:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** max(0, job.attempts - 1))
        ended |= {"state": JobState.READY, "not_before": now + pause}
    _end(job, **ended)


def give_back(job: Job, reason: str) -> None:
    """The worker stops before the job is done: the attempt does not count. Raises LeaseLost."""
    _end(job, state=JobState.READY, lease="", reason=reason[:400], attempts=F("attempts") - 1)


@transaction.atomic
def take_away(lease: str, beats: int, reason: str) -> bool:
    """Free a job whose worker has not been heard of since `beats`. False when it was heard of, or has ended."""
    held = Job.objects.select_for_update().filter(state=JobState.RUNNING, lease=lease, beats=beats).first()
    if held is None:
        return False
    exhausted = held.attempts >= MOST_ATTEMPTS
    held.state = JobState.FAILED if exhausted else JobState.READY
    held.lease, held.reason = "", reason[:400]
    held.ended_at = timezone.now()
    held.save(update_fields=["state", "lease", "reason", "ended_at"])
    messages.send([held.id])
    return True


def take_from(worker: str, reason: str) -> int:
    """Free what a worker holds that is known to be dead; returns how many jobs that were."""
    held = Job.objects.filter(state=JobState.RUNNING, worker=worker).values_list("lease", "beats")
    return sum(take_away(lease, beats, reason) for lease, beats in list(held))


@transaction.atomic
def try_again(jobs: Iterable[int]) -> int:
    """Give jobs that have failed for good another chance; returns how many there were."""
    failed = list(Job.objects.filter(id__in=list(jobs), state=JobState.FAILED).values_list("id", flat=True))
    Job.objects.filter(id__in=failed).update(state=JobState.READY, attempts=0, not_before=None)
    messages.send(failed)
    return len(failed)


@transaction.atomic
def _end(job: Job, **changes: object) -> None:
    """Change a job that is still held under its lease. Raises LeaseLost."""
    if not Job.objects.filter(id=job.id, state=JobState.RUNNING, lease=job.lease).update(**changes):
        raise LeaseLost(f"job {job.id} is no longer held by {job.worker}")
    if changes.get("state") == JobState.READY:
        messages.send([job.id])
