"""What is to be looked at again, and when: further visits, and the second look at what cost points."""

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

    A site that kept us out has nothing to confirm. Call it in the transaction that records the visit.
    """
    if visit.scope != Scope.FULL:
        return
    known = list(Job.objects.filter(entry_id=job.entry_id).values_list("task", flat=True))
    full = [task for task in known if task.partition("-")[0] == ASSESS]
    now = timezone.now()
    if settings.reports and not visit.distorted:
        _open_report(job, visit)
    repeats, confirm = settings.visits, settings.confirm
    if not any(task.startswith(FRESHNESS) for task in known):
        plan_freshness(job, settings.freshness, timezone.localdate() + timedelta(days=1))
    if len(full) < repeats.count:
        _open(job, next_task(full), now + timedelta(hours=repeats.apart_hours))
    elif len(full) == 1 and confirm and visit.findings and not visit.distorted and CONFIRM not in known:
        _open(job, CONFIRM, now + timedelta(minutes=confirm.apart_minutes))


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
