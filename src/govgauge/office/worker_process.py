"""A worker's process: `python -m govgauge.office.worker_process NAME` works off the jobs of GOVGAUGE_HOME."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType

from govgauge.gather.reading_process import die_with_parent
from govgauge.office.start import start


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
    from govgauge.office.worker import Worker  # noqa: PLC0415 - models need Django to be set up

    worker = Worker(name, home)
    listen(worker.stop)
    warm(home)
    worker.work(until_empty=False)


if __name__ == "__main__":
    main(sys.argv[1])
