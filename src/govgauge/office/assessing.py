"""The task of assessing one site."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from govgauge.assessment.assess import Request, run
from govgauge.assessment.conclusion import Conclusion
from govgauge.office import intact, looks, sheets
from govgauge.office.column_files import write_columns
from govgauge.office.domain import findings, freezing, jobs, judgements, planning, visits
from govgauge.office.kept import folders
from govgauge.office.looked_at import looked_at
from govgauge.office.models import Job, Visit
from govgauge.office.settings import SiteSettings
from govgauge.office.visit_files import distorted_why, read_judgement, read_visit
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet

VISITED = "采集后判定 (visited)"
SPARE_SECONDS = 300.0
"""What judging and writing may take beyond the time of the visit."""


def seconds(job: Job) -> float:
    """How long the job may take before it is killed."""
    return settings_of(job).max_seconds + SPARE_SECONDS


def carry_out(job: Job, folder: Path) -> None:
    """Assess the job's site into a folder. What the site is like is no fault of ours: it is a result."""
    visit(job, folder)
    if job.task != visits.ASSESS and (earlier := looks.before(job.entry.visits.all())):
        bring_together(job, earlier, folder)


def visit(
    job: Job, folder: Path, *, resume: bool = False, as_of: date | None = None, whole: bool = False
) -> Conclusion:
    """Visit and judge the job's site. With `resume` what the folder holds of a visit is not asked for again.

    `as_of` in place of the round's day; `whole`: with tables and reports.
    """
    settings = settings_of(job)
    request = Request(
        url=job.entry.url,
        folder=folder,
        system=job.entry.system,
        profile=job.entry.profile,
        rules=job.round.rules,
        as_of=as_of or job.round.as_of,
        max_pages=settings.max_pages,
        max_seconds=settings.max_seconds,
        rate=settings.rate,
        concurrency=settings.concurrency,
        obey_robots=settings.obey_robots,
        connect_to=settings.connect_to,
        ca_file=settings.ca_file,
        browser=False,
        whole=whole,
        reading_processes=0,
        resume=resume,
        given=_frozen(job),
    )
    conclusion = run(request, lambda _progress: None)
    if settings.freshness:
        write_columns(conclusion, folder)
    return conclusion


def bring_together(job: Job, earlier: Visit, folder: Path) -> None:
    """Write the judgement from an earlier visit and the one in the folder, unless the site kept that out.

    Raises Unusable where the files of the earlier one are not those that were recorded.
    """
    if not distorted_why(folder, read_judgement(folder).home_failure):
        with folders() as folder_of:
            base = folder_of(earlier)
            intact.need_intact(earlier, base)
            looks.bring_together(base, folder, earlier_name=Path(earlier.evidence).name, given=_frozen(job))


def _frozen(job: Job) -> tuple[System, RuleSet] | None:
    """The system and rules that the round was frozen with; None where it was not."""
    basis = freezing.basis_of(job.round, job.entry.system)
    return (basis.system, basis.rules) if basis else None


def accept(job: Job, folder: Path, place: Path) -> Callable[[], None]:
    """What records the visit, what it says of the findings and the result that follows, and ends the job."""
    seen = looks.limited(replace(read_visit(folder), sums=intact.sums(folder)), folder)
    together = (folder / looks.ACCEPTED / "assessment.json").exists()
    judged = read_judgement(folder / looks.ACCEPTED) if together else seen.judged
    sheet = sheets.packed(sheets.read(folder / looks.ACCEPTED if together else folder))
    missing = [] if job.task == visits.ASSESS else findings.missing(job.entry_id, seen)
    looked = looked_at(folder, missing) if missing else frozenset()

    def recorded() -> None:
        earlier = looks.before(Visit.objects.filter(entry_id=job.entry_id)) if together else None
        visit = visits.record(job, place, seen, looked)
        if visits.accept(visit, judged, earlier):
            judgements.record(job.entry_id, sheet, VISITED)
        planning.plan(job, visit, settings_of(job))
        jobs.done(job)

    return recorded


def settings_of(job: Job) -> SiteSettings:
    """How the sites of the job's round are visited."""
    return msgspec.convert(job.round.settings, SiteSettings)
