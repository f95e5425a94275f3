"""A job that a worker holds: the hand that does it, its heartbeat, its end."""

import sys
import time
import traceback
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from django.db import connections, transaction

from govgauge.office.away import AWAY, teller_of
from govgauge.office.domain import jobs
from govgauge.office.evidence import PREFIX, the_store
from govgauge.office.evidence.cleaning import attempt_name
from govgauge.office.hands import Hand
from govgauge.office.models import Job
from govgauge.office.tasks import NO_ROOM, Recording, task_of, work_of

BEAT_SECONDS = 5.0


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
        self._recording: Recording | None = None
        self.tries = 0
        """How often recording has failed because of the database."""
        work = work_of(job, self._folder, self._store, self._place)
        hand.begin(work, self._task.seconds(job))

    @property
    def is_under_way(self) -> bool:
        """Whether the hand still works; afterwards only the end is to be recorded."""
        return self._ended is None

    def is_lost(self) -> bool:
        """Look after the work. True when it was broken off, because the job is no longer ours.

        While the database is away the work goes on, and its end waits to be recorded.
        """
        try:
            if self._ended is None:
                self._ended = self.hand.ended()
            return self._ended is None and self._beaten()
        except jobs.LeaseLost as lost:
            print(lost, file=sys.stderr, flush=True)
            return True
        except AWAY as error:
            teller_of(self.job.worker).away(error)
            connections.close_all()
        except Exception as fault:  # a fault of ours ends the attempt, and says so
            self._failed(fault)
        return False

    def read(self) -> None:
        """Read what came of the work, before a transaction is begun."""
        if self._recording is not None:
            return
        try:
            if self._ended:
                self._recording = partial(jobs.failed, self.job, self._ended, ours=self._ended == NO_ROOM)
            else:
                folder = self._store.at_hand(self._folder, self._place)
                self._recording = self._task.accept(self.job, folder, Path(self._place))
        except AWAY:
            raise
        except Exception as fault:
            self._failed(fault)

    def record(self) -> bool:
        """Record the end, all or nothing, in the transaction at hand. Whether this hold is over."""
        assert self._recording is not None  # noqa: S101 - it was read before
        try:
            with transaction.atomic():
                self._recording()
        except jobs.LeaseLost as lost:
            print(lost, file=sys.stderr, flush=True)
        except AWAY:
            raise
        except Exception as fault:
            self._failed(fault)
            return False
        return True

    def let_go(self) -> None:
        """What was written beside the evidence is needed no more."""
        self._store.let_go(self._folder)

    def give_back(self) -> None:
        """Break the work off: somebody else will do it."""
        self._end("")
        give_back(self.job)

    def _failed(self, fault: Exception) -> None:
        """A fault of ours: it ends the attempt, and says so."""
        traceback.print_exc()
        reason = f"程序出错：{type(fault).__name__}: {fault} (a fault of ours)"
        self._end(reason)
        self._recording = partial(jobs.failed, self.job, reason)

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


def give_back(job: Job) -> None:
    """Give a job back that was taken: somebody else will do it."""
    try:
        jobs.give_back(job, "已停止，稍后继续 (stopped)")
    except jobs.LeaseLost as lost:
        print(lost, file=sys.stderr, flush=True)
    except AWAY as error:  # it will be taken from us
        teller_of(job.worker).away(error)


def look_after(holds: Iterable[Hold]) -> list[Hold]:
    """Look after holds; those that are over. What has ended meanwhile is recorded in one transaction, as others wait
    for it; what the database did not take is tried again alone, so that it keeps none of the others waiting.
    """
    over = [hold for hold in holds if hold.is_lost()]
    ended = [hold for hold in holds if not hold.is_under_way and hold not in over]
    again = [hold for hold in ended if hold.tries]
    over += _recorded([hold for hold in ended if not hold.tries])
    return over + _recorded(sorted(again, key=lambda hold: hold.tries)[:1])


def _recorded(ended: Sequence[Hold]) -> list[Hold]:
    """Record the ends of holds, all or none; those that are over."""
    if not ended:
        return []
    try:
        for hold in ended:
            hold.read()
        with transaction.atomic():
            over = [hold for hold in ended if hold.record()]
    except AWAY as error:
        teller_of(ended[0].job.worker).away(error)
        connections.close_all()
        for hold in ended:
            hold.tries += 1
        return []
    teller_of(ended[0].job.worker).there()
    for hold in over:
        hold.let_go()
    return over
