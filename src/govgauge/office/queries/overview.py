"""All rounds beside each other, in four queries."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, Sum
from msgspec import Struct

from govgauge.office.models import Entry, Job, JobState, Result, Round


class RoundCard(Struct, frozen=True):
    """A round and its numbers."""

    round: Round
    entries: int
    jobs: int
    done: int
    failed: int
    running: int
    waiting: int
    pages: int
    findings: int


def rounds() -> tuple[RoundCard, ...]:
    """Every round, the newest first."""
    entries = dict(Entry.objects.order_by().values_list("round").annotate(Count("id")))
    counts = {
        row["round"]: row
        for row in Job.objects.order_by()
        .values("round")
        .annotate(jobs=Count("id"), **{f"n_{state}": Count("id", filter=Q(state=state)) for state in JobState.values})
    }
    results = {
        row["entry__round"]: row
        for row in Result.objects.order_by()
        .values("entry__round")
        .annotate(sum_pages=Sum("pages"), sum_findings=Sum("findings"))
    }
    return tuple(
        _card(round_, entries.get(round_.id, 0), counts.get(round_.id, {}), results.get(round_.id, {}))
        for round_ in Round.objects.order_by("-created_at", "-id")
    )


def _card(round_: Round, entries: int, jobs: Mapping[str, Any], results: Mapping[str, Any]) -> RoundCard:
    return RoundCard(
        round=round_,
        entries=entries,
        jobs=jobs.get("jobs", 0),
        done=jobs.get("n_done", 0),
        failed=jobs.get("n_failed", 0),
        running=jobs.get("n_running", 0),
        waiting=jobs.get("n_ready", 0),
        pages=results.get("sum_pages", 0),
        findings=results.get("sum_findings", 0),
    )
