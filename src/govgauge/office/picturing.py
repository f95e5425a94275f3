"""The task of taking a picture for a collector."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from govgauge.office import assessing, picture
from govgauge.office.domain import jobs
from govgauge.office.models import CodingEvidence, Job

TASK = "picture"
"""The task of a picture is `picture-` and the number of the evidence that it is taken for."""
SECONDS = 90.0


def seconds(_job: Job) -> float:
    """How long the job may take before it is killed."""
    return SECONDS


def carry_out(job: Job, folder: Path) -> None:
    """Take the picture. That the page does not open is no fault of ours: it is told."""
    (wanted,) = job.pictures.all()
    picture.take(wanted.address, folder, assessing.settings_of(job).connect_to)


def accept(job: Job, folder: Path, place: Path) -> Callable[[], None]:
    """What records the picture, and ends the job."""
    taken = picture.read(folder)

    def recorded() -> None:
        wanted = CodingEvidence.objects.select_for_update().get(job=job)
        wanted.place = (place / picture.IMAGE).as_posix() if taken.sha256 else ""
        wanted.sha256, wanted.page_title = taken.sha256, taken.title
        wanted.taken_at = datetime.fromisoformat(taken.taken_at)
        wanted.failure = taken.failure[:300]
        wanted.save()
        jobs.done(job)

    return recorded
