"""Whether a failure may be our own: nobody else answers, or many fail in the same way at once."""

from collections import deque

from msgspec import Struct

from govgauge.gather.availability.status import Counts, Status, counts

RECENT_SECONDS = 120.0
"""How far back other sites are looked at."""
MANY = 5
MANY_SHARE = 0.3
"""So many sites, and such a share of all, failing in the same way at once are asked about (own estimates): on an
ordinary day a few per cent fail, each in its own way. A platform that is down with all its sites is told from a
network that is down by the controls."""
SOUND_SECONDS = 60.0
"""How long it is believed that our network works, once a control has opened."""
SILENT = frozenset(
    {
        Status.DNS_MISSING,
        Status.DNS_FAILING,
        Status.UNREACHABLE,
        Status.CONNECT_TIMEOUT,
        Status.REFUSED,
        Status.RESET,
        Status.TIMED_OUT,
    }
)
"""Failures as they look, too, from behind a network that is down."""


class _Noted(Struct, frozen=True):
    at: float
    site: int
    status: Status
    answered: bool


class Doubt:
    """Remembers what was seen lately, by the monotonic clock."""

    def __init__(self) -> None:
        self._noted: deque[_Noted] = deque()
        self._sound_until = float("-inf")

    def note(self, at: float, site: int, status: Status, http: int) -> None:
        """A home page was opened, or was not. `http` is the status of its answer, 0 for none."""
        self._noted.append(_Noted(at, site, status, http > 0))
        while self._noted[0].at < at - RECENT_SECONDS:
            self._noted.popleft()

    def network_works(self, at: float) -> None:
        """A control has opened: our network works, and will for a while."""
        self._sound_until = at + SOUND_SECONDS

    def arises(self, at: float, site: int, status: Status) -> bool:
        """Whether a failure of a site should be believed only when a control opens."""
        if status is Status.OURS:
            return True
        if at < self._sound_until:
            return False
        latest = {one.site: one for one in self._noted}
        if status in SILENT and not any(one.answered for number, one in latest.items() if number != site):
            return True
        alike = sum(one.status is status for one in latest.values())
        failing = counts(status) is Counts.FAILED
        return failing and alike >= MANY and alike >= MANY_SHARE * len(latest)
