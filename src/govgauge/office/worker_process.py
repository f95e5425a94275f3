"""A worker's process: `python -m govgauge.office.worker_process NAME LANES [ROUND [anyway]]` works off jobs.

LANES is `visit:8,tls:4`, the jobs of each lane that are done side by side, or `told`: numbers of jobs come by a pipe.
ROUND is the number of the only round whose jobs are taken; with `anyway` its sites are visited outside of the
collection, too.
"""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from govgauge.errors import GovgaugeError
from govgauge.gather.reading_process import die_with_parent
from govgauge.office.away import AWAY, teller_of
from govgauge.office.lanes import TOLD, slots_of
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


def main(name: str, lanes: str, round_id: str = "", anyway: str = "") -> None:
    """Work until stopped."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    die_with_parent()
    home = start(migrate=False)
    from govgauge.office import sources  # noqa: PLC0415 - models need Django to be set up
    from govgauge.office.domain.jobs import Within  # noqa: PLC0415
    from govgauge.office.worker import Worker  # noqa: PLC0415

    within = Within(int(round_id), bool(anyway)) if round_id else None
    source = sources.Pipe(name) if lanes == TOLD else sources.Table(name, slots_of(lanes), within)
    worker = Worker(name, home, source)
    listen(worker.stop)
    warm()
    worker.work(until_empty=False)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except GovgaugeError as error:  # the database is not of this program: whoever started us tries again
        print(error, file=sys.stderr)
        sys.exit(error.status)
    except AWAY as error:  # the same
        teller_of(sys.argv[1]).away(error)
        sys.exit(GovgaugeError.status)
