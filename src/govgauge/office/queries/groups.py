"""Where each group of a round is, in three queries."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, Sum
from msgspec import Struct

from govgauge.office.models import JobState, Result, Round


class GroupStanding(Struct, frozen=True):
    """Numbers of a group: entries, those without a site, its jobs by state, and what came of them.

    A result is either that of a site that was assessed, or the home page did not open, or the site is closed, or it
    kept us out.
    """

    group: str
    entries: int
    without_site: int
    ready: int
    running: int
    done: int
    failed: int
    unreachable: int
    closed: int
    distorted: int
    assessed: int
    pages: int
    findings: int


def by_group(round_: Round) -> tuple[GroupStanding, ...]:
    """Where each group is, in the order of their names."""
    entries = {
        row["group"]: row
        for row in round_.entries.order_by()
        .values("group")
        .annotate(entries=Count("id"), without_site=Count("id", filter=Q(url="")))
    }
    states: dict[str, dict[str, int]] = {}
    for group, state, count in round_.jobs.order_by().values_list("entry__group", "state").annotate(count=Count("id")):
        states.setdefault(group, {})[state] = count
    results = {
        row["entry__group"]: row
        for row in Result.objects.filter(entry__round=round_)
        .order_by()
        .values("entry__group")
        .annotate(
            unreachable=Count("id", filter=Q(home_ok=False, closed=False, distorted=False)),
            given_up=Count("id", filter=Q(closed=True)),
            opened=Count("id", filter=Q(home_ok=True, distorted=False)),
            kept_out=Count("id", filter=Q(distorted=True)),
            pages_sum=Sum("pages"),
            findings_sum=Sum("findings"),
        )
    }
    return tuple(
        _standing(group, row, states.get(group, {}), results.get(group, {})) for group, row in sorted(entries.items())
    )


def _standing(
    group: str, entries: Mapping[str, Any], states: Mapping[str, Any], results: Mapping[str, Any]
) -> GroupStanding:
    return GroupStanding(
        group=group,
        entries=entries["entries"],
        without_site=entries["without_site"],
        ready=states.get(JobState.READY, 0),
        running=states.get(JobState.RUNNING, 0),
        done=states.get(JobState.DONE, 0),
        failed=states.get(JobState.FAILED, 0),
        assessed=results.get("opened", 0),
        unreachable=results.get("unreachable", 0),
        closed=results.get("given_up", 0),
        distorted=results.get("kept_out", 0),
        pages=results.get("pages_sum", 0),
        findings=results.get("findings_sum", 0),
    )
