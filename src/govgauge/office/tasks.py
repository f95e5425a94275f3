"""The kinds of jobs, by the first word of their task: what is done in the child, and what is recorded afterwards."""

import errno
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from govgauge.errors import Failed
from govgauge.gather.problems import DiskFullError
from govgauge.office import (
    assessing,
    case_visiting,
    confirming,
    freshening,
    picturing,
    rechecking,
    reporting,
    self_checking,
)
from govgauge.office.domain import visits
from govgauge.office.evidence import Store
from govgauge.office.models import FrozenInput, InputKind, Job

Recording = Callable[[], None]


class Task(NamedTuple):
    """`carry_out` works in a forked process that may use no database and leaves files in the folder given; `seconds`
    limits the child's time. `accept` reads what came of it, and gives what is to be called in a transaction to record
    it and to end the job: others wait for that one. Its last argument is the place of the folder, relative to the
    office's.
    """

    seconds: Callable[[Job], float]
    carry_out: Callable[[Job, Path], None]
    accept: Callable[[Job, Path, Path], Recording]


class NoRoom(Failed):
    """The disk is full: that is no fault of the job, and may be over soon."""


NO_ROOM = "磁盘空间不足，腾出空间后自动重做 (no room on the disk; done again when there is some)"
TASKS = {
    "assess": Task(assessing.seconds, assessing.carry_out, assessing.accept),
    "confirm": Task(assessing.seconds, confirming.carry_out, assessing.accept),
    "report": Task(reporting.seconds, reporting.carry_out, reporting.accept),
    "freshness": Task(freshening.seconds, freshening.carry_out, freshening.accept),
    picturing.TASK: Task(picturing.seconds, picturing.carry_out, picturing.accept),
    case_visiting.TASK: Task(case_visiting.seconds, case_visiting.carry_out, case_visiting.accept),
    rechecking.RECHECK: Task(assessing.seconds, rechecking.carry_out, rechecking.accept),
    self_checking.SELF_CHECK: Task(assessing.seconds, self_checking.carry_out, self_checking.accept),
}


def task_of(job: Job) -> Task:
    """What kind of job it is: `assess-2` is an `assess`. Raises KeyError for a task of another program version."""
    return TASKS[job.task.partition("-")[0]]


def work_of(job: Job, folder: Path, store: Store, place: PurePosixPath) -> Callable[[], None]:
    """What a hand is to do: carry the job out in a folder, and keep what came of it. What it needs is loaded here."""
    needed: list[str | Prefetch[str]] = []
    if job.task != visits.ASSESS:
        needed += ["entry__visits", "pictures"]
    if job.task.startswith(f"{case_visiting.TASK}-"):
        needed += ["case_visit"]
    if job.task.startswith(rechecking.RECHECK):
        needed += ["remedy_steps__remedy__finding", "finding_looks__finding"]
    if job.round.inputs_hash:
        needed += [Prefetch("round__inputs", _judged_by(job))]
    if needed:
        prefetch_related_objects([job], *needed)
    return partial(_carried_out_and_kept, task_of(job).carry_out, job, folder, store, place)


def _carried_out_and_kept(
    carry_out: Callable[[Job, Path], None], job: Job, folder: Path, store: Store, place: PurePosixPath
) -> None:
    try:
        carry_out(job, folder)
        store.keep(folder, place)
    except DiskFullError:
        raise NoRoom(NO_ROOM) from None
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise NoRoom(NO_ROOM) from None
        raise


def _judged_by(job: Job) -> QuerySet[FrozenInput]:
    """The frozen system and rules of a job's entry."""
    names = [job.entry.system, job.round.rules]
    return FrozenInput.objects.filter(kind__in=[InputKind.SYSTEM, InputKind.RULES], name__in=names)
