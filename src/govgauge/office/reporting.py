"""The task of writing the reports of a site from its kept evidence, apart from its visit."""

from collections.abc import Callable
from pathlib import Path

from govgauge.assessment.assess import Rejudge, rejudge
from govgauge.errors import Unusable
from govgauge.office import looks
from govgauge.office.domain import jobs
from govgauge.office.kept import folders
from govgauge.office.models import Job, Result

LIMIT_SECONDS = 1800.0
"""What reading a site's evidence again and writing the reports may take."""
REPORTS = ("report.html", "report.pdf")


def seconds(_job: Job) -> float:
    """How long the job may take before it is killed."""
    return LIMIT_SECONDS


def carry_out(job: Job, folder: Path) -> None:
    """Judge the site's last full visit again, and leave the reports alone in the folder."""
    visit = looks.before(job.entry.visits.all())
    if visit is None:
        raise Unusable("没有可写报告的访问：网站一直拒绝访问 (there is no visit to report on).")
    with folders() as folder_of:
        wanted = Rejudge(
            folder=folder_of(visit),
            out=folder / "work",
            system=job.entry.system,
            profile=job.entry.profile,
            rules=job.round.rules,
            as_of=job.round.as_of,
        )
        rejudge(wanted, lambda _progress: None)
    for name in REPORTS:
        (wanted.out / name).rename(folder / name)
    for path in sorted(wanted.out.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    wanted.out.rmdir()


def accept(job: Job, _folder: Path, place: Path) -> Callable[[], None]:
    """What points the entry's result to its reports, and ends the job."""

    def recorded() -> None:
        Result.objects.filter(entry_id=job.entry_id).update(reports=place.as_posix())
        jobs.done(job)

    return recorded
