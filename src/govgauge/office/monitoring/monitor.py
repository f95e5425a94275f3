"""The monitor: opens each home page when its slot is due, looks twice at failures, and keeps what was seen.

The wall clock says which slot is due, and the monotonic one how far apart two probes are: a clock that jumps makes
gaps, and never two probes of one slot.
"""

import heapq
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import TypeVar

from django.db import Error, connections
from msgspec import Struct
from msgspec.structs import replace

from govgauge.gather.availability.opening import Opening, Target
from govgauge.gather.availability.prober import Prober, Way
from govgauge.gather.availability.status import Counts, Status
from govgauge.office.away import Teller
from govgauge.office.domain import probing
from govgauge.office.domain.probing import EndedSlot
from govgauge.office.models import Round, RoundState
from govgauge.office.monitoring import schedule
from govgauge.office.monitoring.doubt import Doubt
from govgauge.office.monitoring.schedule import Schedule, Slot
from govgauge.office.monitoring.settings import Monitoring

LOOK_SECONDS = 0.5
"""How often it is looked which slots are due."""
SITES_SECONDS = 60.0
"""How often the sites of the round are looked up again."""
KEEP_SECONDS = 2.0
"""How often what was seen is recorded."""
MOST_UNKEPT = 50_000
"""Slots that wait while the database is down; more are let go, and become gaps."""
DATABASE_SECONDS = 5.0
"""Pause after the database was not to be reached."""
JUMP_SECONDS = 30.0
"""By so much the wall clock differs from the monotonic one when it was set."""
MOST_ATTEMPTS = 6
TWICE = 2

Found = TypeVar("Found")


class Tally(Struct):
    """What a monitor has done, for the terminal."""

    sites: int = 0
    slots: int = 0
    failed: int = 0
    blocked: int = 0
    ours: int = 0
    late: int = 0
    under_way: int = 0


class _Probed(Struct):
    """A slot that is being probed."""

    watch: int
    slot: Slot
    openings: list[Opening]


class Monitor:
    """Watches the sites of a round. `owner` is a name that no other monitor has."""

    def __init__(
        self,
        round_: Round,
        settings: Monitoring,
        way: Way,
        owner: str,
        *,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self.tally = Tally()
        self._round = round_
        self._settings = settings
        self._owner = owner
        self._clock, self._monotonic = clock, monotonic
        self._look_seconds = look_seconds
        self._schedule = Schedule(settings.interval)
        self._prober = Prober(way, clock)
        self._doubt = Doubt()
        self._urls: dict[int, str] = {}
        self._due: list[tuple[float, int, Slot]] = []
        self._probed: dict[int, _Probed] = {}
        self._again: list[tuple[float, int]] = []
        self._held: list[_Probed] = []
        self._controls_under_way = 0
        self._ended: list[EndedSlot] = []
        self._last_sent: dict[int, float] = {}
        self._next_sites = self._next_keep = self._next_due = self._database_from = float("-inf")
        self._offset = clock() - monotonic()
        self._thinned_on = ""
        self._teller = Teller()

    def run(
        self, stopping: Callable[[], bool], show: Callable[[Tally], None] = lambda _tally: None, *, once: bool = False
    ) -> None:
        """Watch until stopping; with `once` until each site was probed in its last slot. Nothing seen is lost."""
        with closing(self._prober):
            self._look_up_sites(once=once)
            try:
                while not stopping() and not (once and self._is_idle()):
                    self._turn(once=once)
                    show(self.tally)
            finally:
                self._database_from = float("-inf")
                self._keep()
                self._with_database(lambda: probing.release(self._owner))

    def _is_idle(self) -> bool:
        return not (self._due or self._probed or self._controls_under_way)

    def _turn(self, *, once: bool) -> None:
        now = self._monotonic()
        if now >= self._next_sites and not once:
            self._look_up_sites(once=False)
        if now >= self._next_due:
            self._next_due = now + self._look_seconds
            self._begin(once=once)
        self._try_again(now)
        for opening in self._prober.turn(self._look_seconds):
            self._take_in(opening)
        self.tally.under_way = len(self._probed)
        if self._ended and now >= self._next_keep:
            self._keep()

    def _look_up_sites(self, *, once: bool) -> None:
        """Follow the entries of the round, its state, and a clock that was set."""
        self._next_sites = self._monotonic() + SITES_SECONDS
        found = self._with_database(self._sites)
        if found is None:
            return
        now = self._clock()
        jumped = abs(now - self._monotonic() - self._offset) > JUMP_SECONDS
        self._offset = now - self._monotonic()
        if found == self._urls and not jumped and self._due:
            return
        self._urls = found
        self.tally.sites = len(found)
        if once:
            slots = ((watch, self._schedule.last(url, now)) for watch, url in found.items())
            self._due = [(now, watch, Slot(now, float("inf"), slot.minute)) for watch, slot in slots]
        else:
            slots = ((watch, self._schedule.next(url, now)) for watch, url in found.items())
            self._due = [(slot.due, watch, slot) for watch, slot in slots]
        heapq.heapify(self._due)

    def _sites(self) -> dict[int, str]:
        self._round.refresh_from_db(fields=["state"])
        day = schedule.day_of(int(self._clock() // 60))
        if self._thinned_on != day.isoformat():
            probing.thin(self._round, day - timedelta(days=self._settings.keep_days))
            self._thinned_on = day.isoformat()
        found = probing.watched(self._round)
        return found if self._round.state == RoundState.OPEN else {}

    def _begin(self, *, once: bool) -> None:
        """Claim the slots that are due, as many as there is room for, and open their pages."""
        now, monotonic = self._clock(), self._monotonic()
        if monotonic < self._database_from:
            return
        wanted: dict[tuple[int, int], Slot] = {}
        room = self._settings.at_once - self._prober.under_way
        while self._due and self._due[0][0] <= now and len(wanted) < room:
            _, watch, slot = heapq.heappop(self._due)
            url = self._urls[watch]
            if not once:
                following = self._schedule.after(url, slot) if now <= slot.until else self._schedule.next(url, now)
                heapq.heappush(self._due, (following.due, watch, following))
            if now > slot.until or watch in self._probed or self._is_too_soon(watch, monotonic):
                self.tally.late += now > slot.until
                continue
            wanted[watch, slot.minute] = slot
        if not wanted:
            return
        mine = self._with_database(lambda: probing.claim(wanted.keys(), self._owner)) or set()
        for watch, minute in sorted(mine):
            self._probed[watch] = _Probed(watch, wanted[watch, minute], [])
            self._last_sent[watch] = monotonic
            self._prober.send(Target(watch, self._urls[watch]))

    def _is_too_soon(self, watch: int, monotonic: float) -> bool:
        return monotonic - self._last_sent.get(watch, float("-inf")) < self._settings.interval / 2

    def _try_again(self, now: float) -> None:
        while self._again and self._again[0][0] <= now and self._prober.has_room:
            _, watch = heapq.heappop(self._again)
            self._prober.send(Target(watch, self._urls.get(watch) or self._probed[watch].openings[0].url))

    def _take_in(self, opening: Opening) -> None:
        if opening.key < 0:
            self._take_in_control(opening)
            return
        probed = self._probed[opening.key]
        probed.openings.append(opening)
        now = self._monotonic()
        self._doubt.note(now, opening.key, opening.status, opening.http)
        if opening.counts not in {Counts.FAILED, Counts.OURS}:
            self._end(probed)
        elif self._doubt.arises(now, opening.key, opening.status) and not self._is_first_failure(probed):
            self._hold(probed)
        elif self._is_first_failure(probed):
            self._plan_again(probed)
        else:
            self._end(probed)

    def _is_first_failure(self, probed: _Probed) -> bool:
        return sum(one.counts is Counts.FAILED for one in probed.openings) < TWICE and (
            probed.openings[-1].counts is Counts.FAILED
        )

    def _plan_again(self, probed: _Probed) -> None:
        heapq.heappush(self._again, (self._monotonic() + self._settings.again_seconds, probed.watch))

    def _hold(self, probed: _Probed) -> None:
        """Believe a failure only when a control opens now."""
        self._held.append(probed)
        if self._controls_under_way:
            return
        controls = self._settings.controls
        self._controls_under_way = len(controls)
        for number, url in enumerate(controls, start=1):
            self._prober.send(Target(-number, url))
        if not controls:
            self._judge_held(network_works=False)

    def _take_in_control(self, opening: Opening) -> None:
        self._controls_under_way -= 1
        if opening.counts in {Counts.OPEN, Counts.BLOCKED, Counts.UNCLEAR}:
            self._doubt.network_works(self._monotonic())
            self._judge_held(network_works=True)
        elif self._controls_under_way == 0:
            self._judge_held(network_works=False)

    def _judge_held(self, *, network_works: bool) -> None:
        held, self._held = self._held, []
        for probed in held:
            if network_works and probed.openings[-1].status is not Status.OURS:
                self._end(probed)
                continue
            probed.openings = [_as_ours(one) for one in probed.openings]
            in_time = self._clock() < probed.slot.due + self._settings.interval / 2
            if len(probed.openings) < MOST_ATTEMPTS and in_time:
                self._plan_again(probed)
            else:
                self._end(probed)

    def _end(self, probed: _Probed) -> None:
        del self._probed[probed.watch]
        if len(self._ended) < MOST_UNKEPT:
            self._ended.append(EndedSlot(probed.watch, probed.slot.minute, tuple(probed.openings)))
        last = probed.openings[-1].counts
        self.tally.slots += 1
        self.tally.failed += last is Counts.FAILED
        self.tally.blocked += last is Counts.BLOCKED
        self.tally.ours += last is Counts.OURS

    def _keep(self) -> None:
        """Record what has ended; what cannot be recorded now is kept for the next time."""
        self._next_keep = self._monotonic() + KEEP_SECONDS
        if not self._ended or self._monotonic() < self._database_from:
            return
        ended = self._ended
        if self._with_database(lambda: self._record(ended)):
            self._ended = self._ended[len(ended) :]

    def _record(self, ended: list[EndedSlot]) -> bool:
        probing.record(ended, self._owner, self._settings.interval / 2)
        return True

    def _with_database(self, verb: Callable[[], Found]) -> Found | None:
        """Do something with the records; None, and a sentence, when the database cannot be reached or is full."""
        try:
            found = verb()
        except Error as error:
            connections.close_all()
            self._database_from = self._monotonic() + DATABASE_SECONDS
            self._teller.away(error)
            return None
        self._teller.there()
        return found


def _as_ours(opening: Opening) -> Opening:
    """The same opening, put down to our own network; its own status stays as a word on it."""
    if opening.status is Status.OURS:
        return opening
    return replace(opening, status=Status.OURS, detail=f"{opening.status}: {opening.detail}"[:200])
