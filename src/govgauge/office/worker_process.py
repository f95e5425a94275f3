"""A worker's process: `python -m govgauge.office.worker_process NAME` works off the jobs of GOVGAUGE_HOME."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from govgauge.gather.reading_process import die_with_parent
from govgauge.office.start import start


def warm() -> None:
    """Load what judging needs before jobs are forked, for the systems and rules of open rounds."""
    from govgauge.assessment.rehearsal import rehearse  # noqa: PLC0415 - loads much
    from govgauge.office.models import Entry, Round, RoundState  # noqa: PLC0415 - needs Django to be set up

    entries = Entry.objects.filter(round__state=RoundState.OPEN).order_by()
    rules = Round.objects.filter(state=RoundState.OPEN).values_list("rules", flat=True)
    rehearse(list(entries.values_list("system", "profile").distinct()), list(rules))


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
    warm()
    worker.work(until_empty=False)


if __name__ == "__main__":
    main(sys.argv[1])
