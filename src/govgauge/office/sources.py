"""Where a worker's jobs come from: the table of jobs, or another process that has read messages about them."""

import os
import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from govgauge.office.domain import jobs
from govgauge.office.models import Job

ASK_SECONDS = 0.5
"""Pause after which a lane that had too few jobs is looked through again by a worker that has others to do."""


class Source(Protocol):
    """Jobs for one worker."""

    @property
    def file(self) -> int | None:
        """Becomes readable when there may be a new one; None when only asking tells."""

    def next(self, held: Mapping[str, int]) -> list[Job]:
        """Some jobs, leased; none when there are none now. `held` counts the jobs under way by lane."""

    def over(self, job: Job) -> None:
        """The worker has done with a job, one way or the other."""


class Table:
    """The table of jobs, looked through again and again. `slots` is how many jobs of each lane are done side by side:
    a slow lane never takes the slots of another one; `within` the only round whose jobs are taken, where there is one.
    """

    file = None

    def __init__(self, worker: str, slots: Mapping[str, int], within: jobs.Within | None = None) -> None:
        self._worker = worker
        self._slots = slots
        self._within = within
        self._ask_at: dict[str, float] = {}

    def next(self, held: Mapping[str, int]) -> list[Job]:
        now = time.monotonic()
        free = {lane: count - held.get(lane, 0) for lane, count in self._slots.items()}
        wanted = {
            lane: count for lane, count in free.items() if count > 0 and (not held or now >= self._ask_at.get(lane, 0))
        }
        if not wanted:
            return []
        taken = jobs.take(self._worker, wanted, within=self._within)
        came = Counter(job.lane for job in taken)
        self._ask_at |= {lane: now + ASK_SECONDS for lane, count in wanted.items() if came[lane] < count}
        return taken

    def over(self, job: Job) -> None:
        """The table knows."""


class Pipe:
    """Numbers of jobs on the standard input, a line for each; the same number goes back on the standard output when the
    worker has done with it. Whoever writes them sees to it that there are not too many at a time."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._waiting: list[int] = []
        self._rest = b""
        self.file: int | None = sys.stdin.fileno()
        os.set_blocking(sys.stdin.fileno(), False)
        self._answers = os.dup(sys.stdout.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints may pass for an answer

    def next(self, held: Mapping[str, int]) -> list[Job]:  # noqa: ARG002 - who writes has counted
        self._read()
        while self._waiting:
            number = self._waiting[0]
            try:
                job = jobs.take_one(self._worker, number)
            except jobs.NotNow as reason:
                print(f"{self._worker}: {reason}", file=sys.stderr, flush=True)
                self._answer(self._waiting.pop(0))
            else:
                self._waiting.pop(0)
                return [job]
        return []

    def over(self, job: Job) -> None:
        self._answer(job.id)

    def _read(self) -> None:
        while self.file is not None:
            try:
                got = os.read(self.file, 4096)
            except BlockingIOError:
                return
            if not got:  # nobody writes any more
                self.file = None
                return
            *lines, self._rest = (self._rest + got).split(b"\n")
            self._waiting += [int(line) for line in lines]

    def _answer(self, number: int) -> None:
        os.write(self._answers, f"{number}\n".encode())
