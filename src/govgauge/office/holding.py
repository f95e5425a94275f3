"""A job that a worker holds: the hand that does it, its heartbeat, its end."""

import contextlib
import sys
import time
import traceback
from pathlib import Path

from govgauge.office.domain import jobs
from govgauge.office.hands import Hand
from govgauge.office.models import Job
from govgauge.office.tasks import task_of, work_of

BEAT_SECONDS = 5.0


class Hold:
    """A job under way in a hand of this process. Every way out of it ends the job, or gives it back."""

    def __init__(self, job: Job, home: Path, hand: Hand) -> None:
        self.job = job
        self.hand = hand
        self._place = Path("evidence", job.round.slug, f"{job.entry_id}", f"{job.attempts}-{job.lease[:8]}")
        self._folder = home / self._place
        self._folder.mkdir(parents=True, exist_ok=True)
        self._task = task_of(job)
        self._next_beat = time.monotonic() + BEAT_SECONDS
        hand.begin(work_of(job, self._folder), self._folder, self._task.seconds(job))

    def is_over(self) -> bool:
        """Look after the job; whether it has ended, one way or the other."""
        try:
            reason = self.hand.ended()
            if reason is None:
                return self._beaten()
            if reason:
                jobs.failed(self.job, reason)
            else:
                self._task.accept(self.job, self._folder, self._place)
        except jobs.LeaseLost as lost:
            print(lost, file=sys.stderr, flush=True)
        except Exception as fault:  # a fault of ours ends the attempt, and says so
            traceback.print_exc()
            with contextlib.suppress(jobs.LeaseLost):
                jobs.failed(self.job, f"程序出错：{type(fault).__name__}: {fault} (a fault of ours)")
        return True

    def give_back(self) -> None:
        """Break the work off: somebody else will do it."""
        self.hand.kill()
        with contextlib.suppress(jobs.LeaseLost):
            jobs.give_back(self.job, "已停止，稍后继续 (stopped)")

    def _beaten(self) -> bool:
        """Say from time to time that we live. True when the job is no longer ours."""
        if time.monotonic() < self._next_beat:
            return False
        self._next_beat = time.monotonic() + BEAT_SECONDS
        try:
            jobs.beat(self.job)
        except jobs.LeaseLost:
            self.hand.kill()
            raise
        return False
