"""What is to be looked at again, and when: further visits, and the second look at what cost points."""

from datetime import datetime, timedelta

from django.utils import timezone

from govgauge.office.domain import jobs
from govgauge.office.domain.visits import ASSESS, CONFIRM, next_task
from govgauge.office.look_settings import Confirm, Repeats
from govgauge.office.models import Job, Scope, Visit

LATER_TURN = 1_000_000
"""Later looks go after all first ones."""


def plan(job: Job, visit: Visit, repeats: Repeats, confirm: Confirm | None) -> None:
    """Open what follows a full visit: the next one while the round wants more, else the second look.

    A site that kept us out has nothing to confirm. Call it in the transaction that records the visit.
    """
    if visit.scope != Scope.FULL:
        return
    known = list(Job.objects.filter(entry_id=job.entry_id).values_list("task", flat=True))
    full = [task for task in known if task.partition("-")[0] == ASSESS]
    now = timezone.now()
    if len(full) < repeats.count:
        _open(job, next_task(full), now + timedelta(hours=repeats.apart_hours))
    elif len(full) == 1 and confirm and visit.findings and not visit.distorted and CONFIRM not in known:
        _open(job, CONFIRM, now + timedelta(minutes=confirm.apart_minutes))


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
