"""Visiting one site: the plan, the budget, and what is left when it is over."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from govgauge.gather import journal, urls
from govgauge.gather.crawl import Crawl, addresses
from govgauge.gather.journal import End, Start
from govgauge.gather.plan import USER_AGENT, Limits, PageReader, Plan, Progress, Visit
from govgauge.gather.problems import Interrupted, UnusableAddressError, VisitError, of_os_error
from govgauge.gather.readers import Readers
from govgauge.gather.record import Record

__all__ = [
    "USER_AGENT",
    "Interrupted",
    "Limits",
    "PageReader",
    "Plan",
    "Progress",
    "Visit",
    "VisitError",
    "replay",
    "visit",
]


def visit(
    plan: Plan,
    folder: Path,
    make_reader: Callable[[int], PageReader],
    *,
    resume: bool = False,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Visit:
    """Visit a site and keep what it answered in `folder` (archive.warc.gz, visit.jsonl).

    `make_reader(number)` is called once in each reading process; it must be picklable. With `resume`, what the journal
    holds is not fetched again, and the visit ends with the same result as one that was never interrupted.
    Raises VisitError with one sentence to be shown when the visit cannot go on for a reason that lies with us.
    """
    if not all(urls.is_web(url) and urls.host(url) for url in addresses(plan.url)):
        raise UnusableAddressError(plan.url)
    try:
        record = _record(plan, folder, resume=resume)
    except OSError as error:
        raise of_os_error(error, folder) from None
    readers = Readers(make_reader, plan.reading_processes, plan.limits.reading_seconds, record.recall)
    try:
        crawl = Crawl(plan, record, readers, progress)
        crawl.run()
        readers.finish()
        if record.end is None:
            record.finish(_end(crawl))
    except OSError as error:
        raise of_os_error(error, folder) from None
    finally:
        readers.kill()
        record.close()
    return _visit(record, folder)


def replay(
    folder: Path,
    make_reader: Callable[[int], PageReader],
    *,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Visit:
    """Give every page of a finished visit to the readers again, without network."""
    raise VisitError(str((folder, make_reader, progress)))


def _record(plan: Plan, folder: Path, *, resume: bool) -> Record:
    folder.mkdir(parents=True, exist_ok=True)
    if not resume:
        (folder / journal.NAME).unlink(missing_ok=True)
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    return Record(folder, Start(plan=plan, started_at=started_at))


def _end(crawl: Crawl) -> End:
    home = crawl.home.final_url if crawl.home and crawl.home.final_url else crawl.plan.url
    return End(
        home=home,
        host=urls.host(home),
        finished_at=datetime.now(UTC).isoformat(timespec="seconds"),
        skipped=crawl.frontier.skipped(),
        budget_exhausted=crawl.budget_exhausted,
        stopped=crawl.stopped,
        unread=tuple(crawl.readers.unread),
    )


def _visit(record: Record, folder: Path) -> Visit:
    end = record.end
    assert end is not None  # noqa: S101 - written above
    return Visit(
        home=end.home,
        host=end.host,
        started_at=record.start.started_at,
        finished_at=end.finished_at,
        skipped=end.skipped,
        budget_exhausted=end.budget_exhausted,
        stopped=end.stopped,
        unread=end.unread,
        network=end.network,
        exchanges=partial(journal.exchanges, folder / journal.NAME),
    )
