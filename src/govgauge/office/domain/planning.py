"""What is to be looked at again, and when: further visits, and the second look at what cost points."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from govgauge.office.domain import jobs
from govgauge.office.domain.visits import ASSESS, CONFIRM, next_task
from govgauge.office.look_settings import Freshness
from govgauge.office.models import Job, Scope, Visit
from govgauge.office.settings import SiteSettings

REPORT, REPORT_LANE = "report", "reports"
"""The task of writing the reports of a visit, with its number: `report-1`; and its lane."""
FRESHNESS = "freshness"
"""The task of looking at the columns, with the day: `freshness-2025-11-30`."""
NIGHT_SECONDS, SPREAD = 6 * 3600, 7919
"""Daily looks are spread over six hours of the night, neighbours far from each other."""
LATER_TURN = 1_000_000
"""Later looks go after all first ones."""


def plan(job: Job, visit: Visit, settings: SiteSettings) -> None:
    """Open what follows a full visit: the next one while the round wants more, else the second look; the daily looks.

    Looks at a former site count for nothing. A site that kept us out has nothing to confirm. Call it in the transaction
    that records the visit.
    """
    if visit.scope != Scope.FULL:
        return
    known = list(Job.objects.filter(entry_id=job.entry_id).values_list("id", "task", "state"))
    tasks = [task for _, task, _ in known]
    open_tasks = [task for number, task, state in known if number != job.id and state not in jobs.ENDED]
    full_visits = Visit.objects.filter(entry_id=job.entry_id, scope=Scope.FULL, superseded=False)
    visited = full_visits.count() if visit.number > 1 else 1
    full = visited + sum(_is(task, ASSESS) for task in open_tasks)
    now = timezone.now()
    if settings.reports and not visit.distorted:
        _open_report(job, visit)
    repeats, confirm = settings.visits, settings.confirm
    if not any(_is(task, FRESHNESS) for task in open_tasks):
        plan_freshness(job, settings.freshness, _first_free_day(tasks))
    if full < repeats.count:
        _open(job, next_task(tasks), now + timedelta(hours=repeats.apart_hours))
    elif full == 1 and confirm and visit.findings and not visit.distorted:
        _open(job, next_task(tasks, CONFIRM), now + timedelta(minutes=confirm.apart_minutes))


def _is(task: str, kind: str) -> bool:
    """Whether a task is of a kind: `assess-2` is an `assess`."""
    return task.partition("-")[0] == kind


def _first_free_day(tasks: Collection[str]) -> date:
    """Tomorrow, or the first day after it without a daily look: one of a former site may stand there."""
    day = timezone.localdate() + timedelta(days=1)
    while f"{FRESHNESS}-{day.isoformat()}" in tasks:
        day += timedelta(days=1)
    return day


def plan_freshness(job: Job, freshness: Freshness | None, day: date) -> None:
    """Open the look at the columns of a day, at a time of the night that is the site's own; once."""
    task = f"{FRESHNESS}-{day.isoformat()}"
    if freshness is None or Job.objects.filter(entry_id=job.entry_id, task=task).exists():
        return
    midnight = datetime.combine(day, time(), timezone.get_current_timezone())
    _open(job, task, midnight + timedelta(seconds=job.entry_id * SPREAD % NIGHT_SECONDS))


def _open_report(job: Job, visit: Visit) -> None:
    """Reports are written in a lane of their own, and visit no host."""
    task = f"{REPORT}-{visit.number}"
    jobs.open_all([Job(round_id=job.round_id, entry_id=job.entry_id, task=task, lane=REPORT_LANE, turn=job.turn)])


def _open(job: Job, task: str, not_before: datetime) -> None:
    planned = Job(
        round_id=job.round_id,
        entry_id=job.entry_id,
        task=task,
        host=job.host,
        turn=LATER_TURN + job.turn % LATER_TURN,
        not_before=not_before,
    )
    jobs.open_all([planned])
