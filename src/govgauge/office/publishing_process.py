"""A process for long work of publishing, which outlives who starts it.

`python -m govgauge.office.publishing_process RUN`; RUN is the number of a `PublishingRun`.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

from govgauge.office.start import start

LOG = "publishing.log"
WORKERS = 2


def begin(run: int) -> None:
    """Start it; what it says goes into the office's folder."""
    home = Path(settings.HOME)
    with (home / LOG).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "govgauge.office.publishing_process", str(run)],
            env={**os.environ, "GOVGAUGE_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    threading.Thread(target=process.wait, daemon=True, name="publishing").start()


def main(run: str) -> None:
    """Do the work of a run; end at once when it was given up and somebody else may be at it."""
    start(migrate=False)
    from govgauge.office.domain import publishing_runs  # noqa: PLC0415 - models need Django to be set up

    publishing_runs.carry_out(int(run), workers=WORKERS, lost=lambda: os._exit(1))


if __name__ == "__main__":
    main(sys.argv[1])
