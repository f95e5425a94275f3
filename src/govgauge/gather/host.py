"""One object per host: how fast and how many at once, and when to leave it alone for a while."""

import heapq
import math
from collections import deque
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Generic, TypeVar

Errand = TypeVar("Errand")

FIRST_BACK_OFF = 1.0
"""Seconds of the first pause after 429 or 503 without Retry-After; doubled each time."""
RECOVERY = 0.8
"""By how much the time between two requests shrinks again with each good answer after a refusal."""
SLOWEST_RATE = 0.2
"""Requests per second below which no back-off brings a host."""
FASTEST = 0.01
"""Seconds between two requests below which there is no limit any more."""
RATE_AFTER_REFUSAL = 10.0
"""Requests per second allowed to a host without limit of its own once it has refused."""


class Host(Generic[Errand]):
    """A host's queue, pace and pauses. Times are those of one monotonic clock, in seconds."""

    __slots__ = (
        "_base",
        "_cap",
        "_left",
        "_paused_at",
        "concurrency",
        "free_at",
        "in_flight",
        "interval",
        "listed",
        "name",
        "refusals",
        "waiting",
    )

    def __init__(self, name: str, rate: float, concurrency: int, cap: float, total: float = math.inf) -> None:
        """`cap` is the longest pause after a refusal, `total` all of them together."""
        self.name = name
        self._base = self.interval = 1 / rate if rate > 0 else 0.0
        self.concurrency = max(1, concurrency)
        self.waiting: deque[Errand] = deque()
        self.in_flight = 0
        self.free_at = 0.0
        self.listed = False
        self.refusals = 0
        self._paused_at = 0.0
        self._cap = cap
        self._left = total

    @property
    def has_patience(self) -> bool:
        """Whether another pause may be granted."""
        return self._left > 0

    def slow_down(self, seconds: float) -> None:
        """Keep at least `seconds` between two requests (robots.txt's Crawl-delay)."""
        if seconds > self._base:
            self._base = self.interval = seconds
            self.concurrency = 1

    def sent(self, now: float) -> None:
        """A request goes out."""
        self.in_flight += 1
        self.free_at = max(self.free_at, now + self.interval)

    def answered(self) -> None:
        """An answer, or the lack of one, has come."""
        self.in_flight -= 1

    def welcomed(self) -> None:
        """The host answered without refusing."""
        self.refusals = 0
        if self.interval > self._base:
            faster = self.interval * RECOVERY
            self.interval = self._base if faster < FASTEST else max(self._base, faster)

    def refused(self, began: float, now: float, retry_after: str) -> None:
        """The host answered 429 or 503 to a request of `began`: leave it alone for a while and go slower.

        `refusals` counts the pauses that did not help; what was on the wire when a pause began counts no further.
        """
        if began < self._paused_at:
            return
        asked = seconds_of(retry_after)
        pause = min(self._left, self._cap, FIRST_BACK_OFF * 2**self.refusals if asked is None else asked)
        self.refusals = min(self.refusals + 1, 16)
        self._paused_at = now
        self._left -= pause
        self.free_at = max(self.free_at, now + pause)
        slower = self.interval * 2 if self.interval else 1 / RATE_AFTER_REFUSAL
        self.interval = max(self.interval, min(slower, 1 / SLOWEST_RATE))


class Hosts(Generic[Errand]):
    """All hosts of a visit, and which errand may go next."""

    def __init__(
        self, rate: float, concurrency: int, foreign_concurrency: int, cap: float, total: float = math.inf
    ) -> None:
        self._rate = rate
        self._concurrency = concurrency
        self._foreign_concurrency = foreign_concurrency
        self._cap, self._total = cap, total
        self._hosts: dict[str, Host[Errand]] = {}
        self._ready: list[tuple[float, int, Host[Errand]]] = []
        self._count = 0
        self.own: set[str] = set()
        """Names of the hosts of the site itself; all others are foreign."""

    def __getitem__(self, name: str) -> Host[Errand]:
        host = self._hosts.get(name)
        if host is None:
            own = not self.own or name in self.own
            at_once = self._concurrency if own else self._foreign_concurrency
            host = Host(name, self._rate, at_once, self._cap, self._total)
            self._hosts[name] = host
        return host

    def add(self, name: str, errand: Errand, *, first: bool = False) -> None:
        """Queue an errand, before all others of its host when `first`."""
        host = self[name]
        if first:
            host.waiting.appendleft(errand)
        else:
            host.waiting.append(errand)
        self.renew(host)

    def renew(self, host: Host[Errand]) -> None:
        """List a host that has something waiting and may send."""
        if not host.listed and host.waiting and host.in_flight < host.concurrency:
            host.listed = True
            self._count += 1
            heapq.heappush(self._ready, (host.free_at, self._count, host))

    def next(self, now: float) -> tuple[Host[Errand], Errand] | None:
        """The errand that may go now; its host counts it as sent. None when every host must wait."""
        while self._ready:
            at, _, host = self._ready[0]
            if at > now:
                return None
            heapq.heappop(self._ready)
            host.listed = False
            if host.free_at > now:
                self.renew(host)
                continue
            if not host.waiting or host.in_flight >= host.concurrency:
                continue
            errand = host.waiting.popleft()
            host.sent(now)
            self.renew(host)
            return host, errand
        return None

    def seconds_to_next(self, now: float) -> float:
        """How long until some host may send; a long time when none is waiting."""
        return max(0.0, self._ready[0][0] - now) if self._ready else 3600.0

    def clear(self) -> list[Errand]:
        """Take everything that waits out of all queues."""
        dropped: list[Errand] = []
        for host in self._hosts.values():
            dropped += host.waiting
            host.waiting.clear()
        return dropped


def seconds_of(retry_after: str) -> float | None:
    """Seconds that a Retry-After asks for: a number, or an HTTP date (RFC 9110, 10.2.3); None when unreadable."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
