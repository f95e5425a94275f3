"""Telling the terminal, now and then, where a visit stands."""

import time
from collections.abc import Callable

from govgauge.gather.plan import Progress

SECONDS = 0.2
"""How often at most."""


class Ticker:
    """Keeps the count of a visit and passes it on."""

    def __init__(self, tell: Callable[[Progress], None]) -> None:
        self._tell = tell
        self._state = Progress(phase="home")
        self._next = 0.0

    def begin(self, phase: str, waiting: int = 0) -> None:
        """A phase begins: home, pages, files, again, probes or reading; so many errands are known to lie before it."""
        self._state.phase = phase
        self._state.waiting = waiting

    def count(self, *, failed: bool) -> None:
        """An errand is done."""
        self._state.done += 1
        self._state.failed += failed
        self._state.waiting = max(0, self._state.waiting - 1)

    def tick(self) -> None:
        """Pass the count on when it is time."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + SECONDS
            self._tell(self._state)
