"""Visiting one site: the plan, the budget, and what is left when it is over."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType

from msgspec.structs import replace

from govgauge.gather import archive, journal, urls
from govgauge.gather.crawl import Crawl
from govgauge.gather.inline_readers import readers_for
from govgauge.gather.journal import End, Start
from govgauge.gather.plan import USER_AGENT, Limits, PageReader, Plan, Progress, Visit
from govgauge.gather.problems import (
    Interrupted,
    JournalUnreadableError,
    OtherVisitError,
    UnusableAddressError,
    VisitError,
    of_os_error,
)
from govgauge.gather.record import Record
from govgauge.gather.rereading import read_again
from govgauge.gather.territory import addresses

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
    spare: Callable[[], object] = lambda: None,
) -> Visit:
    """Visit a site and keep what it answered in `folder` (archive.warc.gz, visit.jsonl).

    `make_reader(number)` is called once in each reading process; it must be picklable. With `resume`, what the journal
    holds is not fetched again, and the visit ends with the same result as one that was never interrupted; what the
    visit is (address, budget, robots) is then taken from the journal, how it asks (rate, time) from `plan`.
    `spare` does a small step of the caller's own work; it is called while so many pages wait to be read that none is
    fetched.
    Raises VisitError with one sentence to be shown when the visit cannot go on for a reason that lies with us.
    """
    if not all(urls.is_web(url) and urls.host(url) for url in addresses(plan.url)):
        raise UnusableAddressError(plan.url)
    start = Start(plan=plan, started_at=_now())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        earlier = _earlier(folder) if resume else None
        if earlier is None:
            (folder / journal.NAME).unlink(missing_ok=True)
            (folder / archive.NAME).unlink(missing_ok=True)
        else:
            start, end = earlier
            if addresses(start.plan.url) != addresses(plan.url):
                raise OtherVisitError(folder, start.plan.url, plan.url)
            if end is not None:
                return replay(folder, make_reader, progress=progress)
            plan = _taken_up(start.plan, plan)
        return _carried_out(plan, start, folder, make_reader, progress=progress, spare=spare)
    except OSError as error:
        raise of_os_error(error, folder) from None


def replay(
    folder: Path,
    make_reader: Callable[[int], PageReader],
    *,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Visit:
    """Give every page of a visit to the readers again, in the order of the visit and without network.

    A visit that was interrupted is read as far as it went (`stopped` is then `interrupted`).
    Raises VisitError when the folder holds no visit, or its journal or archive cannot be read.
    """
    try:
        earlier = _earlier(folder)
        if earlier is None:
            raise JournalUnreadableError(folder / journal.NAME, "不存在 / it does not exist")
        start, end = earlier
        unread = read_again(folder, start.plan, make_reader, progress)
    except OSError as error:
        raise of_os_error(error, folder) from None
    if end is None:
        address = addresses(start.plan.url)[0]
        end = End(home=address, host=urls.host(address), finished_at="", stopped="interrupted")
    return _visit(start, replace(end, unread=unread), folder)


def _carried_out(
    plan: Plan,
    start: Start,
    folder: Path,
    make_reader: Callable[[int], PageReader],
    *,
    progress: Callable[[Progress], None],
    spare: Callable[[], object],
) -> Visit:
    record = Record(folder, start)
    readers = readers_for(make_reader, plan, record.recall)
    try:
        crawl = Crawl(plan, record, readers, progress, spare)
        with _told_to_stop(crawl):
            crawl.run()
            if crawl.stopped == "interrupted":
                raise Interrupted(folder)
            readers.drain()
            readers.finish()
        end = End(
            home=crawl.home_url,
            host=urls.host(crawl.home_url),
            finished_at=_now(),
            skipped=crawl.frontier.skipped(),
            budget_exhausted=crawl.budget_exhausted,
            stopped=crawl.stopped,
            unread=tuple(dict.fromkeys(readers.unread)),
            network=crawl.network,
        )
        record.finish(end)
        return _visit(start, end, folder)
    finally:
        readers.kill()
        record.close()


@contextmanager
def _told_to_stop(crawl: Crawl) -> Iterator[None]:
    """While the visit runs, Ctrl-C and SIGTERM end it at the next safe moment (in the main thread only)."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        crawl.engine.stop_reason = "interrupted"

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _earlier(folder: Path) -> tuple[Start, End | None] | None:
    """Beginning and end of the visit that a folder holds; None when it holds none (or not even a first line)."""
    path = folder / journal.NAME
    if not path.exists():
        return None
    start: Start | None = None
    end: End | None = None
    for _, line in journal.lines(path):
        start = start or line.start
        end = line.end or end
    return (start, end) if start else None


def _taken_up(old: Plan, new: Plan) -> Plan:
    """The plan of a visit that is resumed."""
    return replace(
        old,
        max_seconds=new.max_seconds,
        rate=new.rate,
        concurrency=new.concurrency,
        connect_to=new.connect_to,
        ca_file=new.ca_file,
        limits=new.limits,
        reading_processes=new.reading_processes,
    )


def _visit(start: Start, end: End, folder: Path) -> Visit:
    return Visit(
        home=end.home,
        host=end.host,
        started_at=start.started_at,
        finished_at=end.finished_at,
        skipped=end.skipped,
        budget_exhausted=end.budget_exhausted,
        stopped=end.stopped,
        unread=end.unread,
        network=end.network,
        exchanges=partial(journal.exchanges, folder / journal.NAME),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
