"""Workers on this machine: started, watched, started again when they die, and ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.db import connections
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.away import AWAY, Teller
from govgauge.office.domain import jobs
from govgauge.office.evidence import the_store
from govgauge.office.evidence.cleaning import remove_orphans
from govgauge.office.lanes import REPORTS, SLOTS, text_of
from govgauge.office.models import Job, JobState, Round, RoundState
from govgauge.office.program import program
from govgauge.office.sweeper import DIED, Sweeper, free_what_died_here, worker_name

LOOK_SECONDS = 0.5
OTHERS = text_of({lane: count for lane, count in SLOTS.items() if lane != REPORTS})
"""Lanes of ordinary workers; reports are left to processes of their own, which fill a core each."""
END_SECONDS = 20.0
"""How long workers may take to give back what they hold."""


class Pool:
    """Some workers for the jobs of one round, and a sweeper beside them.

    `report_count` workers more write reports, while there are any to be written. With `anyway` they visit sites outside
    of the round's collection, too.
    """

    def __init__(
        self,
        home: Path,
        count: int,
        report_count: int = 1,
        *,
        anyway: bool = False,
        silent_seconds: float | None = None,
    ) -> None:
        self._home = home
        self._anyway = anyway
        self._counts = {OTHERS: count, text_of({REPORTS: SLOTS[REPORTS]}): report_count}
        self._lanes: dict[str, str] = {}
        self._sweeper = Sweeper() if silent_seconds is None else Sweeper(silent_seconds)
        self._workers: dict[str, subprocess.Popen[bytes]] = {}
        self._started = 0
        self._teller = Teller()
        self.deaths = 0

    def run(self, round_: Round, show: Callable[[], None], stopping: Callable[[], bool]) -> None:
        """Work until no job of the round is left but those planned for later, it is paused, or we are told to stop.

        Raises Unusable for a round of another program.
        """
        _of_this_program(round_)
        free_what_died_here()
        try:
            while not stopping() and self._go_on(round_, show):
                time.sleep(LOOK_SECONDS)
        finally:
            self._end()
        with suppress(*AWAY):
            show()
            remove_orphans(the_store(self._home))

    def _go_on(self, round_: Round, show: Callable[[], None]) -> bool:
        """Look after everything once; whether there is something left to do. A database that is away comes back."""
        try:
            if not self._is_left(round_):
                return False
            self._keep_up(round_)
            self._sweeper.look()
            show()
            self._teller.there()
        except AWAY as error:
            self._teller.away(error)
            connections.close_all()
        return True

    def _is_left(self, round_: Round) -> bool:
        round_.refresh_from_db()
        now = timezone.now()
        waiting = Job.objects.filter(jobs.wanted_at(now), round=round_, state=JobState.READY)
        if not self._anyway:  # the collection may end while we work
            waiting = waiting.exclude(jobs.out_of_stage(now))
        running = Job.objects.filter(round=round_, state=JobState.RUNNING).exists()
        return running or (round_.state == RoundState.OPEN and waiting.exists())

    def _keep_up(self, round_: Round) -> None:
        for name in [name for name, worker in self._workers.items() if worker.poll() is not None]:
            jobs.take_from(name, DIED)
            del self._workers[name]
            self.deaths += 1
        for lanes, count in self._counts.items():
            there = sum(self._lanes[name] == lanes for name in self._workers)
            if there < count and (lanes == OTHERS or _has_reports_to_write(round_)):
                for _ in range(count - there):
                    self._start(lanes, round_)

    def _start(self, lanes: str, round_: Round) -> None:
        self._started += 1
        name = worker_name(self._started)
        self._lanes[name] = lanes
        command = [sys.executable, "-m", "govgauge.office.worker_process", name, lanes, str(round_.id)]
        command += ["anyway"] if self._anyway else []
        environment = {**os.environ, "GOVGAUGE_HOME": str(self._home)}
        self._workers[name] = subprocess.Popen(  # noqa: S603 - our own program
            command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def _end(self) -> None:
        for worker in self._workers.values():
            worker.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + END_SECONDS
        for worker in self._workers.values():
            try:
                worker.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        self._workers.clear()


def _has_reports_to_write(round_: Round) -> bool:
    return round_.state == RoundState.OPEN and round_.jobs.filter(lane=REPORTS, state=JobState.READY).exists()


def _of_this_program(round_: Round) -> None:
    if round_.program not in {"", program()}:
        raise Unusable(
            f"“{round_.slug}”由程序 {round_.program} 开始，本机是 {program()}，混用会使结果不可比；请用原来的版本运行，"
            f"或先 govgauge round adopt {round_.slug} 改用本机版本，结束后再 recompute (begun by another program)."
        )
