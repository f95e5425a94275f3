"""The task of visiting a case's address: a picture of what it shows, kept as evidence with its time and hash."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from govgauge.office import assessing, picture
from govgauge.office.domain import jobs
from govgauge.office.models import CaseVisit, Job

TASK = "case"
"""The task of a visit is `case-`, the number of the case, and which visit of it."""
SECONDS = 90.0


def seconds(_job: Job) -> float:
    """How long the job may take before it is killed."""
    return SECONDS


def carry_out(job: Job, folder: Path) -> None:
    """Take the picture. That the page does not open is no fault of ours: it is told."""
    picture.take(job.case_visit.url, folder, assessing.settings_of(job).connect_to)


def accept(job: Job, folder: Path, place: Path) -> Callable[[], None]:
    """What records the visit, and ends the job."""
    taken = picture.read(folder)

    def recorded() -> None:
        visit = CaseVisit.objects.select_for_update().get(job=job)
        visit.place = (place / picture.IMAGE).as_posix() if taken.sha256 else ""
        visit.sha256, visit.page_title = taken.sha256, taken.title
        visit.taken_at = datetime.fromisoformat(taken.taken_at)
        visit.failure = taken.failure[:300]
        visit.save()
        jobs.done(job)

    return recorded
