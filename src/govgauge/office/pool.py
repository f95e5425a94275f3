"""Workers on this machine: started, watched, started again when they die, and ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from govgauge.office.domain import jobs
from govgauge.office.models import Job, JobState, Round, RoundState
from govgauge.office.sweeper import Sweeper

LOOK_SECONDS = 0.5
END_SECONDS = 20.0
"""How long workers may take to give back what they hold."""


class Pool:
    """Some workers for the office's jobs, and a sweeper beside them."""

    def __init__(self, home: Path, count: int, *, silent_seconds: float | None = None) -> None:
        self._home = home
        self._count = count
        self._sweeper = Sweeper() if silent_seconds is None else Sweeper(silent_seconds)
        self._workers: dict[str, subprocess.Popen[bytes]] = {}
        self._started = 0
        self.deaths = 0

    def run(self, round_: Round, show: Callable[[], None], stopping: Callable[[], bool]) -> None:
        """Work until no job of the round is left, now or later, the round is paused, or we are told to stop."""
        self._free_what_dead_pools_held()
        try:
            while not stopping() and self._is_left(round_):
                self._keep_up()
                self._sweeper.look()
                show()
                time.sleep(LOOK_SECONDS)
        finally:
            self._end()
            show()

    def _is_left(self, round_: Round) -> bool:
        round_.refresh_from_db()
        waiting = Job.objects.filter(round=round_, state=JobState.READY).exists()
        running = Job.objects.filter(round=round_, state=JobState.RUNNING).exists()
        return running or (waiting and round_.state == RoundState.OPEN)

    def _free_what_dead_pools_held(self) -> None:
        """Workers of a pool on this machine die with it: what they held need not wait until silence is noticed."""
        names = Job.objects.filter(state=JobState.RUNNING).values_list("worker", flat=True).distinct()
        for name in names:
            node, _, rest = name.rpartition("-")[0].rpartition("-")
            if node == os.uname().nodename and rest.isdigit() and not Path(f"/proc/{rest}").exists():
                jobs.take_from(name, "执行进程意外结束，已重做 (the worker died)")

    def _keep_up(self) -> None:
        for name in [name for name, worker in self._workers.items() if worker.poll() is not None]:
            del self._workers[name]
            self.deaths += 1
            jobs.take_from(name, "执行进程意外结束，已重做 (the worker died)")
        while len(self._workers) < self._count:
            self._started += 1
            name = f"{os.uname().nodename}-{os.getpid()}-{self._started}"
            command = [sys.executable, "-m", "govgauge.office.worker_process", name]
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
