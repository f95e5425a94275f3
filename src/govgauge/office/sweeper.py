"""Noticing that a worker is gone: its jobs' beats stand still.

Time is measured by this process's own monotonic clock from one look to the next: clocks of machines that differ or jump
decide nothing.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from govgauge.office.domain import jobs
from govgauge.office.messages import Tender
from govgauge.office.models import Job, JobState
from govgauge.office.tick import Ticking

DIED = "执行进程意外结束，已重做 (the worker died)"
SILENT_SECONDS = 60.0
"""How long a worker may be silent before its job is given to another one."""


class Sweeper:
    """Look from time to time; jobs whose beats have stood still for too long are freed."""

    def __init__(self, silent_seconds: float = SILENT_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._silent = silent_seconds
        self._clock = clock
        self._seen: dict[str, tuple[int, float]] = {}
        self._tender = Tender(clock)
        self._ticking = Ticking(clock)

    def look(self) -> int:
        """Free the jobs of workers that are gone; returns how many."""
        now = self._clock()
        running = dict(Job.objects.filter(state=JobState.RUNNING).values_list("lease", "beats"))
        self._seen = {lease: seen for lease, seen in self._seen.items() if lease in running}
        freed = 0
        for lease, beats in running.items():
            known, since = self._seen.get(lease, (-1, now))
            if known != beats:
                self._seen[lease] = (beats, now)
            elif now - since > self._silent:
                freed += jobs.take_away(lease, beats, "执行者失去联系，已交由他人重做 (the worker is gone)")
        self._tender.tend()
        self._ticking.look()
        return freed


def free_what_died_here() -> int:
    """Workers of a program on this machine die with it: what they held need not wait until silence is noticed.

    Their names begin with those of the machine and of the process that started them (see `worker_name`).
    """
    freed = 0
    for name in Job.objects.filter(state=JobState.RUNNING).values_list("worker", flat=True).distinct():
        node, _, process = name.rpartition("-")[0].rpartition("-")
        if node == os.uname().nodename and process.isdigit() and not Path(f"/proc/{process}").exists():
            freed += jobs.take_from(name, DIED)
    return freed


def worker_name(number: int) -> str:
    """The name of a worker that this process starts as its number-th."""
    return f"{os.uname().nodename}-{os.getpid()}-{number}"
