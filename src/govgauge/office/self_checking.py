"""The task of a self-check: the whole site, judged as of today, with reports; no result of the round rests on it."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from govgauge.office import assessing
from govgauge.office.domain import jobs, self_checks
from govgauge.office.domain.self_checks import SELF_CHECK
from govgauge.office.models import Job
from govgauge.office.visit_files import read_visit

__all__ = ["SELF_CHECK", "accept", "carry_out"]


def carry_out(job: Job, folder: Path) -> None:
    """Visit and judge the site as it is now, and write its reports."""
    assessing.visit(job, folder, as_of=max(timezone.localdate(), job.round.as_of), whole=True)


def accept(job: Job, folder: Path, place: Path) -> Callable[[], None]:
    """What records what came of it, and ends the job."""
    seen = read_visit(folder)

    def recorded() -> None:
        self_checks.record(job, seen, place)
        jobs.done(job)

    return recorded
