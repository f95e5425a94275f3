"""The kinds of jobs, by the first word of their task: what is done in the child, and what is recorded afterwards."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from govgauge.office import assessing, confirming
from govgauge.office.domain import visits
from govgauge.office.models import Job


class Task(NamedTuple):
    """`carry_out` works in a forked process that may use no database and leaves files in the folder given;
    `accept` records what came of it and ends the job, in one transaction; `seconds` limits the child's time.
    The last argument of `accept` is the place of the folder, relative to the office's.
    """

    seconds: Callable[[Job], float]
    carry_out: Callable[[Job, Path], None]
    accept: Callable[[Job, Path, Path], None]


TASKS = {
    "assess": Task(assessing.seconds, assessing.carry_out, assessing.accept),
    "confirm": Task(assessing.seconds, confirming.carry_out, assessing.accept),
}


def task_of(job: Job) -> Task:
    """What kind of job it is: `assess-2` is an `assess`. Raises KeyError for a task of another program version."""
    return TASKS[job.task.partition("-")[0]]


def work_of(job: Job, folder: Path) -> Callable[[], None]:
    """What a child is to do. Everything that it needs of the database is loaded here."""
    jobs = Job.objects.select_related("entry", "round")
    if job.task != visits.ASSESS:
        jobs = jobs.prefetch_related("entry__visits")
    loaded = jobs.get(id=job.id)
    return partial(task_of(job).carry_out, loaded, folder)
