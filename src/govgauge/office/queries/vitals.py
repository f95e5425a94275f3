"""The office's vital signs over all rounds, in six queries: jobs, failures, results, leases, workers, home pages."""

from datetime import datetime

from django.db.models import Count, Min, Q, Sum
from django.utils import timezone
from msgspec import Struct

from govgauge.office.models import Job, JobState, Result, Round, Watch
from govgauge.office.queries.reasons import classes

MOST_REASONS = 20
"""Classes of reasons told one by one; what is rarer stands together, so that their number stays bounded."""
OTHER = "其他"


class JobCount(Struct, frozen=True):
    """How many jobs there are of a round, lane and state."""

    round: str
    lane: str
    state: str
    count: int


class RoundSums(Struct, frozen=True):
    """What came of a round."""

    round: str
    results: int
    unreachable: int
    pages: int
    findings: int


class WatchCount(Struct, frozen=True):
    """How many home pages of a round were last seen in a state; an empty state has not been probed yet."""

    round: str
    status: str
    count: int


class Vitals(Struct, frozen=True):
    """All vital signs. `oldest_lease` in seconds, 0 while nothing runs."""

    jobs: tuple[JobCount, ...]
    failed: dict[str, int]
    rounds: tuple[RoundSums, ...]
    states: dict[str, int]
    oldest_lease: float
    workers: int
    watched: tuple[WatchCount, ...]


def vitals(now: datetime | None = None) -> Vitals:
    """How the office is."""
    now = now or timezone.now()
    jobs = Job.objects.order_by().values_list("round__slug", "lane", "state").annotate(Count("id"))
    failed = Job.objects.filter(state=JobState.FAILED).order_by().values_list("reason").annotate(Count("id"))
    sums = (
        Result.objects.order_by()
        .values("entry__round__slug")
        .annotate(
            n=Count("id"),
            unopened=Count("id", filter=Q(home_ok=False) & Q(closed=False)),
            sum_pages=Sum("pages"),
            sum_findings=Sum("findings"),
        )
    )
    running = Job.objects.filter(state=JobState.RUNNING).aggregate(
        oldest=Min("started_at"), workers=Count("worker", distinct=True)
    )
    watched = (
        Watch.objects.filter(active=True).order_by().values_list("round__slug", "last_status").annotate(Count("id"))
    )
    return Vitals(
        jobs=tuple(JobCount(*row) for row in jobs),
        failed=_bounded(classes(dict(failed))),
        rounds=tuple(
            RoundSums(row["entry__round__slug"], row["n"], row["unopened"], row["sum_pages"], row["sum_findings"])
            for row in sums
        ),
        states=dict(Round.objects.order_by().values_list("state").annotate(Count("id"))),
        oldest_lease=max(0.0, (now - running["oldest"]).total_seconds()) if running["oldest"] else 0.0,
        workers=running["workers"],
        watched=tuple(WatchCount(*row) for row in watched),
    )


def _bounded(told: dict[str, int]) -> dict[str, int]:
    first = dict(list(told.items())[:MOST_REASONS])
    rest = sum(told.values()) - sum(first.values())
    return {**first, OTHER: first.get(OTHER, 0) + rest} if rest else first
