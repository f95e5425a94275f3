"""The daily task of looking at the home page and the columns of a site, and at nothing else."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
from django.utils import timezone

from govgauge.audits.windows import Windows
from govgauge.errors import Unusable
from govgauge.gather import few_pages, urls
from govgauge.gather.plan import Plan
from govgauge.office import assessing, looks
from govgauge.office.column_files import COLUMNS
from govgauge.office.column_looks import HOME, ColumnLook, KnownColumn, look
from govgauge.office.domain import jobs
from govgauge.office.domain.planning import plan_freshness
from govgauge.office.kept import folders
from govgauge.office.look_settings import Freshness
from govgauge.office.models import ColumnDay, Job, Visit
from govgauge.structure.page import ReadContext
from govgauge.systems import library

LOOKS = "looks.json"
LONGEST_ADDRESS = 500
"""As the records keep it; columns with longer ones are not followed."""
SECONDS = 900.0
"""How long a daily look may take."""


def seconds(_job: Job) -> float:
    """How long the job may take before it is killed."""
    return SECONDS + 60


def carry_out(job: Job, folder: Path) -> None:
    """Fetch the home page and the first pages of the columns that the last visit found, and judge their dates."""
    earlier = looks.before(job.entry.visits.all())
    settings = assessing.settings_of(job)
    chosen = _known(earlier)[: (settings.freshness or Freshness()).max_pages - 1]
    plan = Plan(
        url=job.entry.url,
        max_seconds=min(settings.max_seconds, SECONDS),
        rate=settings.rate,
        concurrency=settings.concurrency,
        obey_robots=settings.obey_robots,
        connect_to=settings.connect_to,
        ca_file=settings.ca_file,
        reading_processes=0,
    )
    fetched = few_pages.fetch(plan, folder, [column.url for column in chosen])
    home = next(iter(fetched), job.entry.url)
    context = ReadContext(home=home, host=urls.host(home), as_of=day_of(job))
    windows = _windows(job.round.rules)
    columns = [KnownColumn(home, "首页", HOME), *(column for column in chosen if column.url != home)]
    found = [look(column, fetched.get(column.url), context, windows) for column in columns]
    (folder / LOOKS).write_bytes(msgspec.json.encode(found))


def accept(job: Job, folder: Path, _place: Path) -> Callable[[], None]:
    """What records what the day's look came to, opens the next day's, and ends the job."""
    found = msgspec.json.decode((folder / LOOKS).read_bytes(), type=list[ColumnLook])

    def recorded() -> None:
        ColumnDay.objects.bulk_create(_rows(job, found), ignore_conflicts=True)
        plan_freshness(job, assessing.settings_of(job).freshness, _tomorrow(timezone.localtime()))
        jobs.done(job)

    return recorded


def day_of(job: Job) -> date:
    """The day of a daily look: `freshness-2025-11-30`."""
    return date.fromisoformat(job.task.partition("-")[2])


def _known(earlier: Visit | None) -> list[KnownColumn]:
    """The columns that a visit found. Raises Unusable when there was none that kept them."""
    if earlier is not None:
        with folders() as folder_of:
            path = folder_of(earlier) / COLUMNS
            if path.exists():
                return msgspec.json.decode(path.read_bytes(), type=list[KnownColumn])
    raise Unusable("没有可跟踪的栏目：还没有一次访问记下栏目，请再访问一次 (no visit has kept columns; visit again).")


def _rows(job: Job, found: Iterable[ColumnLook]) -> Iterable[ColumnDay]:
    for one in found:
        if len(one.url) <= LONGEST_ADDRESS:
            yield ColumnDay(entry_id=job.entry_id, day=day_of(job), **msgspec.structs.asdict(one))


def _tomorrow(now: datetime) -> date:
    return now.date() + timedelta(days=1)


def _windows(rules: str) -> Windows:
    """The windows as the rule set has them."""
    given = library.rule_set(rules).audit_params.get("column-stale", {})
    return msgspec.convert({name: value for name, value in given.items() if name in Windows.__struct_fields__}, Windows)
