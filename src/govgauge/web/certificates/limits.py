"""How often one network may ask in a minute: counted in each process, forgotten after the minute."""

import threading
import time
from collections import OrderedDict

from govgauge.office.vote_identity import network

MINUTE = 60.0
MOST_NETWORKS = 20_000
"""Networks that are counted at a time; the one not heard of for longest is forgotten first."""


class PerMinute:
    """At most so many in a minute for each network; those that cannot be told apart (a private one, this machine)
    are counted by their address."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = threading.Lock()

    def admits(self, address: str) -> bool:
        """Count one more from an address; whether it is still among the allowed ones."""
        who, now = network(address) or address, time.monotonic()
        with self._lock:
            since, count = self._counts.pop(who, (now, 0))
            if now - since >= MINUTE:
                since, count = now, 0
            self._counts[who] = (since, count + 1)
            if len(self._counts) > MOST_NETWORKS:
                self._counts.popitem(last=False)
            return count < self._most
