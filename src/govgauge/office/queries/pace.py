"""How fast a round goes, who is at work on what, and when it may be done."""

from datetime import datetime, timedelta

from django.db.models import Count, Min, Sum
from django.utils import timezone
from msgspec import Struct

from govgauge.office.models import JobState, Round

WINDOW = timedelta(minutes=5)
"""The rate is that of the last minutes: what was hours ago says little about now."""
SHOWN = 20
"""Running jobs told one by one."""


class Pace(Struct, frozen=True):
    """Pages and jobs per second over the last minutes; seconds left at that rate, None while nothing ends."""

    pages_per_second: float
    jobs_per_second: float
    seconds_left: float | None


class Running(Struct, frozen=True):
    """A job at work: for whom, what, by which worker, for how many seconds."""

    entry: int
    name: str
    task: str
    lane: str
    worker: str
    seconds: float
    attempt: int


def pace(round_: Round, left: int, now: datetime | None = None) -> Pace:
    """How fast the round goes now; `left` is the number of jobs waiting or running."""
    now = now or timezone.now()
    ended = round_.jobs.filter(state__in=[JobState.DONE, JobState.FAILED], ended_at__gt=now - WINDOW, ended_at__lte=now)
    told = ended.aggregate(jobs=Count("id"), since=Min("started_at"), pages=Sum("entry__result__pages"))
    if not told["jobs"]:
        return Pace(0.0, 0.0, None)
    since = max(told["since"] or now - WINDOW, now - WINDOW)
    seconds = max((now - since).total_seconds(), 1.0)
    jobs = told["jobs"] / seconds
    return Pace((told["pages"] or 0) / seconds, jobs, left / jobs if left else None)


def at_work(round_: Round, now: datetime | None = None) -> tuple[Running, ...]:
    """The jobs that run, the longest at work first; at most SHOWN."""
    now = now or timezone.now()
    jobs = round_.jobs.filter(state=JobState.RUNNING).select_related("entry").order_by("started_at", "id")[:SHOWN]
    return tuple(
        Running(
            entry=job.entry_id,
            name=job.entry.key,
            task=job.task,
            lane=job.lane,
            worker=job.worker,
            seconds=max(0.0, (now - job.started_at).total_seconds()) if job.started_at else 0.0,
            attempt=job.attempts,
        )
        for job in jobs
    )
