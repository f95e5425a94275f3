"""Messages about jobs, by which PostgreSQL wakes workers anywhere: each carries the number of a job, no more.

The table of jobs is the truth. A message that comes twice, late, or about a job that has ended does nothing; a job
whose message got lost gets another one from `tend`. With SQLite there are no messages, and nothing here does anything.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from django.db import Error, connection, transaction
from django.utils import timezone

from govgauge.office.lanes import ASIDE, VISITS
from govgauge.office.models import Job, JobState, Round, RoundState, StageKind

if TYPE_CHECKING:
    from procrastinate import App

TASK = "govgauge.job"
MOST_SENT = 1000
"""Lost messages that one look replaces."""
DEAD_SECONDS = 20.0
"""How long a message may be in somebody's hands while its job is in nobody's."""
FURTHEST = timedelta(hours=1)
"""After a failure no job waits longer (see `jobs.LONGEST_PAUSE`): its message was put off by a clock set back since."""

OUT_OF_STAGE = f"""(j.lane = '{VISITS}' AND EXISTS (
    SELECT 1 FROM office_roundstage s WHERE s.round_id = r.id AND s.kind = '{StageKind.COLLECTION}'
    AND %s::date NOT BETWEEN s.starts AND s.ends))"""  # noqa: S608 - constants of ours
GOING = f"""(r.state = '{RoundState.OPEN}' AND NOT {OUT_OF_STAGE}
    OR r.state = '{RoundState.FROZEN}' AND j.lane = '{ASIDE}')"""
QUEUE = "j.lane || '@' || r.program"
LOST = f"""
    SELECT j.id FROM office_job j JOIN office_round r ON r.id = j.round_id
    WHERE j.state = %s AND {GOING} AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs m WHERE m.queueing_lock = 'job-' || j.id AND m.status IN ('todo', 'doing'))
    ORDER BY j.turn, j.id LIMIT {MOST_SENT}
"""  # noqa: S608 - constants of ours
NEEDLESS = f"""
    DELETE FROM procrastinate_jobs m WHERE m.task_name = %s AND (
        m.status NOT IN ('todo', 'doing')
        OR m.status = 'todo' AND NOT EXISTS (
            SELECT 1 FROM office_job j JOIN office_round r ON r.id = j.round_id
            WHERE j.id = (m.args->>'job')::bigint AND j.state = %s AND {GOING} AND m.queue_name = {QUEUE}
            AND (j.attempts = 0 OR m.scheduled_at IS NULL OR m.scheduled_at <= now() + make_interval(secs => %s))))
"""  # noqa: S608
HELD = """
    SELECT m.id, m.worker_id IS NULL FROM procrastinate_jobs m WHERE m.task_name = %s AND m.status = 'doing'
    AND NOT EXISTS (SELECT 1 FROM office_job j WHERE j.id = (m.args->>'job')::bigint AND j.state = %s)
"""
WITHDRAW = "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %s AND args->>'job' = ANY(%s)"
FORGET = "DELETE FROM procrastinate_jobs WHERE id = ANY(%s) AND status = 'doing'"


def there_are() -> bool:
    """Whether this database brings messages to workers."""
    return connection.vendor == "postgresql"


def queue(lane: str, program: str) -> str:
    """The queue of a lane's jobs that only a certain program may do (empty: any)."""
    return f"{lane}@{program}"


def send(jobs: Iterable[int]) -> None:
    """Send a message for each of these jobs that is ready, in the transaction at hand; twice is as good as once."""
    if not there_are():
        return
    ready = Job.objects.filter(id__in=list(jobs), state=JobState.READY).select_related("round").order_by("turn", "id")
    waiting = [_message(job, timezone.now()) for job in ready]
    if waiting and not _sent(waiting):
        for message in waiting:
            _sent([message])


def withdraw(round_: Round) -> None:
    """Take back the messages about a round's jobs; `tend` sends those that are needed."""
    if not there_are():
        return
    numbers = [str(number) for number in round_.jobs.values_list("id", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute(WITHDRAW, [TASK, numbers])


class Tender:
    """Looks after the messages from time to time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[int, float] = {}

    def tend(self) -> int:
        """Remove messages that nobody needs, and send those that are missing; returns how many were sent."""
        if not there_are():
            return 0
        with connection.cursor() as cursor:
            today = timezone.localdate()
            cursor.execute(NEEDLESS, [TASK, JobState.READY, today, FURTHEST.total_seconds()])
            cursor.execute(HELD, [TASK, JobState.RUNNING])
            cursor.execute(FORGET, [self._dead(cursor.fetchall())])
            cursor.execute(LOST, [JobState.READY, today])
            lost = [number for (number,) in cursor.fetchall()]
        send(lost)
        return len(lost)

    def _dead(self, held: Sequence[tuple[int, bool]]) -> list[int]:
        """Messages whose worker is known to be gone, or that have been held for too long without a job."""
        now = self._clock()
        self._seen = {number: self._seen.get(number, now) for number, _ in held}
        return [number for number, gone in held if gone or now - self._seen[number] > DEAD_SECONDS]


@cache
def _app() -> "App":
    """Procrastinate on Django's own connection, so that messages are sent in its transactions."""
    from procrastinate import App  # noqa: PLC0415 - only where there are messages
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415

    return App(connector=DjangoConnector())


def _message(job: Job, now: datetime) -> object:
    from procrastinate.jobs import Job as Message  # noqa: PLC0415

    put_off = job.not_before and now < job.not_before and (not job.attempts or job.not_before <= now + FURTHEST)
    return Message(
        id=None,
        queue=queue(job.lane, job.round.program),
        task_name=TASK,
        priority=-job.turn,
        lock=f"host-{job.host}" if job.host else None,
        queueing_lock=f"job-{job.id}",
        task_kwargs={"job": job.id},
        scheduled_at=job.not_before if put_off else None,
    )


def _sent(waiting: Sequence[object]) -> bool:
    """Whether all of them could be sent: none of them was waiting already."""
    from procrastinate.exceptions import AlreadyEnqueued, ConnectorException  # noqa: PLC0415

    try:
        with transaction.atomic():
            _app().job_manager.batch_defer_jobs(list(waiting))  # type: ignore[arg-type]
    except AlreadyEnqueued:
        return False
    except ConnectorException as error:  # its callers know what a database raises that is away
        raise (error.__cause__ if isinstance(error.__cause__, Error) else error) from None
    return True
