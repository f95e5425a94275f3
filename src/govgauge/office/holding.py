"""A job that a worker holds: the hand that does it, its heartbeat, its end."""

import sys
import time
import traceback
from pathlib import Path, PurePosixPath

from django.db import InterfaceError, OperationalError, connections

from govgauge.office.domain import jobs
from govgauge.office.evidence import PREFIX, the_store
from govgauge.office.evidence.cleaning import attempt_name
from govgauge.office.hands import Hand
from govgauge.office.models import Job
from govgauge.office.tasks import NO_ROOM, task_of, work_of

BEAT_SECONDS = 5.0
AWAY = (OperationalError, InterfaceError)
"""What a database raises that is not there, is busy, or has no room: it may be better later."""


class Hold:
    """A job under way in a hand of this process. Every way out of it ends the job, or gives it back."""

    def __init__(self, job: Job, home: Path, hand: Hand) -> None:
        self.job = job
        self.hand = hand
        self._store = the_store(home)
        self._place = PurePosixPath(PREFIX, job.round.slug, f"{job.entry_id}", attempt_name(job))
        self._folder = self._store.scratch(self._place)
        self._task = task_of(job)
        self._next_beat = time.monotonic() + BEAT_SECONDS
        self._ended: str | None = None
        work = work_of(job, self._folder, self._store, self._place)
        hand.begin(work, self._task.seconds(job))

    @property
    def is_under_way(self) -> bool:
        """Whether the hand still works; afterwards only the end is to be recorded."""
        return self._ended is None

    def is_over(self) -> bool:
        """Look after the job; whether it has ended, one way or the other.

        While the database is away the work goes on, and its end waits to be recorded.
        """
        try:
            if self._ended is None:
                self._ended = self.hand.ended()
            if self._ended is None:
                return self._beaten()
            self._record(self._ended)
        except jobs.LeaseLost as lost:
            print(lost, file=sys.stderr, flush=True)
        except AWAY as error:
            print(f"{self.job.worker}: {told(error)}", file=sys.stderr, flush=True)
            connections.close_all()
            return False
        except Exception as fault:  # a fault of ours ends the attempt, and says so
            traceback.print_exc()
            self._end(f"程序出错：{type(fault).__name__}: {fault} (a fault of ours)")
            return False
        return True

    def give_back(self) -> None:
        """Break the work off: somebody else will do it."""
        self._end("")
        try:
            jobs.give_back(self.job, "已停止，稍后继续 (stopped)")
        except jobs.LeaseLost as lost:
            print(lost, file=sys.stderr, flush=True)
        except AWAY as error:  # it will be taken from us
            print(f"{self.job.worker}: {told(error)}", file=sys.stderr, flush=True)

    def _record(self, reason: str) -> None:
        if reason:
            jobs.failed(self.job, reason, ours=reason == NO_ROOM)
        else:
            self._task.accept(self.job, self._store.at_hand(self._folder, self._place), Path(self._place))
        self._store.let_go(self._folder)

    def _end(self, reason: str) -> None:
        """The work has ended for us; what is still under way is killed."""
        if self._ended is None:
            self.hand.kill()
        self._ended = reason

    def _beaten(self) -> bool:
        """Say from time to time that we live. True when the job is no longer ours."""
        if time.monotonic() < self._next_beat:
            return False
        self._next_beat = time.monotonic() + BEAT_SECONDS
        try:
            jobs.beat(self.job)
        except jobs.LeaseLost:
            self._end("")
            raise
        return False


def told(error: BaseException) -> str:
    """An error of the database in one line."""
    return f"数据库暂时不能用，稍后再试：{str(error).strip().splitlines()[0]} (the database is away for a while)"
