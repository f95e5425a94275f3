"""The task of assessing one site."""

from pathlib import Path

import msgspec

from govgauge.assessment.assess import Request, run
from govgauge.office.domain import visits
from govgauge.office.models import Job
from govgauge.office.settings import SiteSettings
from govgauge.office.visit_files import read_visit

SPARE_SECONDS = 300.0
"""What judging and writing may take beyond the time of the visit."""


def seconds(job: Job) -> float:
    """How long the job may take before it is killed."""
    return _settings(job).max_seconds + SPARE_SECONDS


def carry_out(job: Job, folder: Path) -> None:
    """Assess the job's site into a folder. What the site is like is no fault of ours: it is a result."""
    settings = _settings(job)
    request = Request(
        url=job.entry.url,
        folder=folder,
        system=job.entry.system,
        profile=job.entry.profile,
        rules=job.round.rules,
        as_of=job.round.as_of,
        max_pages=settings.max_pages,
        max_seconds=settings.max_seconds,
        rate=settings.rate,
        concurrency=settings.concurrency,
        obey_robots=settings.obey_robots,
        connect_to=settings.connect_to,
        ca_file=settings.ca_file,
        browser=False,
        whole=False,
        reading_processes=0,
    )
    run(request, lambda _progress: None)


def accept(job: Job, folder: Path, place: Path) -> None:
    """Record the visit and end the job together: both or neither."""
    visits.record(job, place, read_visit(folder))


def _settings(job: Job) -> SiteSettings:
    return msgspec.convert(job.round.settings, SiteSettings)
