"""A worker: takes jobs and does them side by side, until there are none or it is told to stop."""

import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path

from django.db import connections

from govgauge.office.away import AWAY, teller_of
from govgauge.office.domain import jobs
from govgauge.office.hands import Hand, wait
from govgauge.office.holding import Hold, give_back, look_after
from govgauge.office.models import Job
from govgauge.office.sources import Source

IDLE_SECONDS = 0.5


class Worker:
    """One worker: sites answer slowly, so that many are visited beside each other, as many as its source gives."""

    def __init__(self, name: str, home: Path, source: Source) -> None:
        self._name = name
        self._home = home
        self._source = source
        self._holds: list[Hold] = []
        self._taken: list[Job] = []
        """Jobs that are ours and have not been begun yet."""
        self._free: list[Hand] = []
        self._stopping = False

    def stop(self) -> None:
        """Take no more jobs, and give back those at hand."""
        self._stopping = True

    def work(self, *, until_empty: bool) -> int:
        """Work jobs off; returns how many. With `until_empty` it ends when nothing can be done now."""
        count = 0
        try:
            while not self._stopping:
                self._look_after()
                taken = self._fill()
                count += taken
                if until_empty and not taken and not self._holds and not self._taken:
                    break
                working = [hold.hand for hold in self._holds if hold.is_under_way]
                wait(working, IDLE_SECONDS, also=self._source.file)
        finally:
            for hold in self._holds:
                hold.give_back()
                self._source.over(hold.job)
            for job in self._taken:
                give_back(job)
                self._source.over(job)
            for hand in self._free:
                hand.leave()
        return count

    def _look_after(self) -> None:
        """Let go of the jobs that have ended; their hands are free, or make room for fresh ones."""
        over = look_after(self._holds)
        self._holds = [hold for hold in self._holds if hold not in over]
        for hold in over:
            self._source.over(hold.job)
            if not hold.hand.worn:
                self._free.append(hold.hand)
            else:
                hold.hand.leave()

    def _fill(self) -> int:
        """Take jobs for the free slots; returns how many there were."""
        taken = 0
        try:
            while not self._stopping:
                self._begin()
                found = self._source.next(Counter(hold.job.lane for hold in self._holds))
                if not found:
                    break
                teller_of(self._name).there()
                self._taken += found
                taken += len(found)
        except AWAY as error:  # nothing is lost: what was taken is begun as soon as it is back
            teller_of(self._name).away(error)
            connections.close_all()
        return taken

    def _begin(self) -> None:
        """Begin what was taken."""
        while self._taken:
            self._hold(self._taken[0])
            self._taken.pop(0)

    def _hold(self, job: Job) -> None:
        hand: Hand | None = None
        try:
            hand = self._free.pop() if self._free else Hand()
            self._holds.append(Hold(job, self._home, hand))
        except AWAY:
            if hand is not None:
                self._free.append(hand)
            raise
        except Exception as fault:  # no folder, no process: the job waits for better times
            traceback.print_exc()
            if hand is not None:
                hand.kill()
            with suppress(jobs.LeaseLost, *AWAY):
                jobs.failed(job, f"任务无法开始：{type(fault).__name__}: {fault} (it cannot be begun)")
            self._source.over(job)
