"""Where a round is, in a few queries."""

from django.db.models import Count, Q, Sum
from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain.jobs import wanted_at
from govgauge.office.lanes import ASIDE
from govgauge.office.models import JobState, Result, Round


class Standing(Struct, frozen=True):
    """Numbers of a round's jobs by state, failures and waits by reason, and what came of the finished ones.

    `planned` are looks wanted later, beside those that are `ready`; `closed` are sites that tell that they
    were given up or have moved, `distorted` those that keep the visitor out,
    `unconfirmed` results that rest on one look.
    """

    entries: int
    without_site: int
    ready: int
    running: int
    done: int
    failed: int
    reasons: dict[str, int]
    pages: int
    findings: int
    unreachable: int
    planned: int = 0
    closed: int = 0
    distorted: int = 0
    unconfirmed: int = 0

    @property
    def ended(self) -> int:
        return self.done + self.failed

    @property
    def jobs(self) -> int:
        return self.ended + self.ready + self.running


def standing(round_: Round) -> Standing:
    """Where the round stands now."""
    states: dict[str, int] = {}
    reasons: dict[str, int] = {}
    jobs = round_.jobs.exclude(lane=ASIDE)
    for state, reason, count in jobs.values_list("state", "reason").annotate(Count("id")):
        states[state] = states.get(state, 0) + count
        if reason and state != JobState.DONE:
            reasons[reason] = reasons.get(reason, 0) + count
    planned = jobs.filter(~wanted_at(timezone.now()), state=JobState.READY).count()
    results = Result.objects.filter(entry__round=round_)
    sums = results.aggregate(
        pages=Sum("pages"),
        findings=Sum("findings"),
        unopened=Count("id", filter=Q(home_ok=False, closed=False, distorted=False)),
        given_up=Count("id", filter=Q(closed=True)),
        shut_out=Count("id", filter=Q(distorted=True)),
        once=Count("id", filter=Q(confirmed=False, distorted=False)),
    )
    entries = round_.entries.count()
    return Standing(
        entries=entries,
        without_site=round_.entries.filter(url="").count(),
        ready=states.get(JobState.READY, 0) - planned,
        running=states.get(JobState.RUNNING, 0),
        done=states.get(JobState.DONE, 0),
        failed=states.get(JobState.FAILED, 0),
        reasons=dict(sorted(reasons.items(), key=lambda one: -one[1])),
        pages=sums["pages"] or 0,
        findings=sums["findings"] or 0,
        unreachable=sums["unopened"],
        closed=sums["given_up"],
        planned=planned,
        distorted=sums["shut_out"],
        unconfirmed=sums["once"],
    )
