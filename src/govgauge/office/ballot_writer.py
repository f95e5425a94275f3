"""Ballots of many requests committed together: while one lot is written, the next gathers.

One thread of a process writes, with one connection. Who hands a ballot in waits until it is committed; nobody is told
that it counts before. What a killed process had not committed was acknowledged to nobody.
"""

import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue

from django.db import Error, IntegrityError, OperationalError, connection
from msgspec import Struct

from govgauge.errors import GovgaugeError
from govgauge.office.domain import ballot_box, vote_calls
from govgauge.office.domain.ballot_box import Outcome, Slip
from govgauge.office.domain.vote_calls import Vote

MOST_TOGETHER = 400
"""Ballots of one transaction: SQLite takes 32,766 values in a statement."""
FRESH_SECONDS = 1.0
"""For so long a process goes by the rules and cases that it read last."""
TRIES, PAUSE_SECONDS = 3, 0.05
WAIT_SECONDS = 30.0
"""For so long somebody who votes is let wait."""


class Refused(GovgaugeError):
    """A ballot is not counted, for a reason that its sentence gives. `status` is that of HTTP; `spent`: the token is of
    no use any more."""

    def __init__(self, sentence: str, status: int = 422, *, spent: bool = False) -> None:
        super().__init__(sentence)
        self.status, self.spent = status, spent


class Given(Struct, frozen=True):
    """A ballot as it came: for the round of a name."""

    slug: str
    token: str
    choices: tuple[int, ...]
    commitment: str
    network: str


REFUSALS = {
    Outcome.VOTED: ("您已经投过票，每人只能投一次；可以用回执核对那张选票 (you have voted already).", 409),
    Outcome.UNKNOWN: ("投票凭据无效或已被新的代替；请重新验证身份后再投票 (the token is not valid; prove again).", 403),
    Outcome.LATE: ("投票已经结束，这张选票没有计入 (the vote is over; this ballot does not count).", 403),
    Outcome.TAKEN: ("这个回执号已经有人使用；请刷新网页后再投一次 (this receipt is taken; load the page again).", 409),
}
SPENT = frozenset({Outcome.VOTED, Outcome.UNKNOWN})
NO_CALL = "没有这次投票；请核对网址 (no such vote)."
UNSURE = "现在还不能确认选票已经计入；请原样再提交一次，不会重复计票 (not sure yet; send the same again)."


class Writer:
    """Takes ballots from any thread, and commits them in its own."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[Given, Future[Outcome]]] = SimpleQueue()
        self._votes: dict[str, tuple[float, Vote | None]] = {}
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def cast(self, given: Given) -> Outcome:
        """Hand a ballot in and wait: COUNTED or AGAIN, and it is committed. Raises Refused."""
        self._start()
        waited: Future[Outcome] = Future()
        self._queue.put((given, waited))
        try:
            return waited.result(WAIT_SECONDS)
        except TimeoutError:
            raise Refused(UNSURE, 503) from None

    def write(self, lot: Sequence[tuple[Given, "Future[Outcome]"]]) -> None:
        """Commit some ballots, and tell each who waits what became of theirs."""
        fit: list[tuple[Slip, Future[Outcome]]] = []
        for given, waited in lot:
            try:
                fit.append((self._slip(given), waited))
            except Refused as refused:
                waited.set_exception(refused)
        if not fit:
            return
        for (_slip, waited), outcome in zip(fit, _put([slip for slip, _waited in fit]), strict=True):
            if outcome in REFUSALS:
                waited.set_exception(Refused(*REFUSALS[outcome], spent=outcome in SPENT))
            else:
                waited.set_result(outcome)

    def _slip(self, given: Given) -> Slip:
        vote = self._vote(given.slug)
        if vote is None:
            raise Refused(NO_CALL, 404)
        why = vote.closed_why()
        if why and not vote.is_over():  # once it is over, who resends a ballot is told whether it is in
            raise Refused(why, 403)
        most = vote.rules.votes_per_voter
        if not 1 <= len(given.choices) <= most:
            raise Refused(f"请选择 1 至 {most} 个案例，您选了 {len(given.choices)} 个 (choose 1 to {most}).")
        if len(set(given.choices)) != len(given.choices) or not vote.candidates.keys() >= set(given.choices):
            raise Refused("所选案例有重复，或不在投票范围内；请刷新网页后重选 (not a candidate, or chosen twice).")
        return Slip(
            vote.call, given.token, tuple(sorted(given.choices)), given.commitment, given.network, vote.last_day()
        )

    def _vote(self, slug: str) -> Vote | None:
        read, found = self._votes.get(slug, (0.0, None))
        if not read or time.monotonic() - read > FRESH_SECONDS:
            call = vote_calls.call_of(slug)
            found = vote_calls.vote_of(call) if call else None
            if len(self._votes) > 100:  # names that are asked for in vain must not pile up
                self._votes.clear()
            self._votes[slug] = (time.monotonic(), found)
        return found

    def _start(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="ballots", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            lot = [self._queue.get()]
            while len(lot) < MOST_TOGETHER:
                try:
                    lot.append(self._queue.get_nowait())
                except Empty:
                    break
            try:
                self.write(lot)
            except Exception as fault:  # the next lot must find a writer, whatever became of this one
                print(f"选票没有写入，请投票人重新提交：{type(fault).__name__}: {fault}", file=sys.stderr)
                connection.close()
                for _given, waited in lot:
                    if not waited.done():
                        waited.set_exception(Refused(UNSURE, 503))


def _put(slips: Sequence[Slip]) -> list[Outcome]:
    """Put ballots in; those that clash with a ballot of another process one by one. Raises OperationalError."""
    for trial in range(TRIES):
        try:
            return ballot_box.put(slips)
        except IntegrityError:
            return [Outcome.TAKEN] if len(slips) == 1 else [_put([slip])[0] for slip in slips]
        except (OperationalError, Error):
            connection.close()
            if trial == TRIES - 1:
                raise
            time.sleep(PAUSE_SECONDS * 2**trial)
    raise AssertionError("no try was made")


WRITER = Writer()
"""That of this process."""
