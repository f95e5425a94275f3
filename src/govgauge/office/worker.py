"""A worker: takes jobs one after another and does them, until there are none or it is told to stop.

Run as a module it works off the jobs of the office in GOVGAUGE_HOME: `python -m govgauge.office.worker NAME`.
"""

import contextlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType

from django.db import OperationalError

from govgauge.gather.reading_process import die_with_parent
from govgauge.office.start import start

IDLE_SECONDS = 0.5
LANES = ("visit",)


class Worker:
    """One worker. `stop` lets it end at the next safe moment; the job at hand is given back."""

    def __init__(self, name: str, home: Path) -> None:
        self._name = name
        self._home = home
        self._stopping = False

    def stop(self) -> None:
        """Take no more jobs, and give back the one at hand."""
        self._stopping = True

    def work(self, *, until_empty: bool) -> int:
        """Work jobs off; returns how many. With `until_empty` it ends when nothing can be done now."""
        from govgauge.office.domain import jobs  # noqa: PLC0415 - models need Django to be set up

        count = 0
        while not self._stopping:
            try:
                job = jobs.take(self._name, LANES)
            except OperationalError as error:  # the database is away for a while: nothing is lost
                print(f"{self._name}: {error}", file=sys.stderr, flush=True)
                time.sleep(IDLE_SECONDS)
                continue
            if job is None:
                if until_empty:
                    break
                time.sleep(IDLE_SECONDS)
                continue
            self._do(job)
            count += 1
        return count

    def _do(self, job: object) -> None:
        from govgauge.office import assessing  # noqa: PLC0415
        from govgauge.office.domain import jobs  # noqa: PLC0415
        from govgauge.office.models import Job  # noqa: PLC0415

        assert isinstance(job, Job)  # noqa: S101 - tells mypy
        try:
            assessing.assess(job, self._home, lambda: self._stopping)
        except jobs.LeaseLost as lost:
            print(f"{self._name}: {lost}", file=sys.stderr, flush=True)
        except Exception as fault:  # a fault of ours ends the attempt, and says so
            traceback.print_exc()
            with contextlib.suppress(jobs.LeaseLost):
                jobs.failed(job, f"程序出错：{type(fault).__name__}: {fault} (a fault of ours)")


def warm(home: Path) -> None:
    """Load word lists before jobs are forked, once for all of them."""
    from govgauge.assessment.reader import ReaderFactory  # noqa: PLC0415
    from govgauge.structure.page import ReadContext  # noqa: PLC0415

    context = ReadContext(home="http://www.example.gov.cn/", host="www.example.gov.cn", as_of=date(2025, 1, 1))
    ReaderFactory(home, context, {}).warm()


def listen(stop: Callable[[], None]) -> None:
    """Stop at SIGTERM and SIGINT."""

    def heard(_number: int, _frame: FrameType | None) -> None:
        stop()

    signal.signal(signal.SIGTERM, heard)
    signal.signal(signal.SIGINT, heard)


def main(name: str) -> None:
    """Work until stopped."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    home = start()
    die_with_parent()
    worker = Worker(name, home)
    listen(worker.stop)
    warm(home)
    worker.work(until_empty=False)


if __name__ == "__main__":
    main(sys.argv[1])
