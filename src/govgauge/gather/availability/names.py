"""Why a name did not resolve: because there is none, because its servers fail, or because our own resolver does."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

import msgspec

from govgauge.gather import resolver, urls
from govgauge.gather.availability.opening import Opening
from govgauge.gather.availability.status import Status

AT_ONCE = 32
"""Names asked for at the same time; one that nobody answers for takes ten seconds."""
KEPT_SECONDS = 30.0
"""How long it is remembered whether our resolver works."""


class Nameless:
    """Looks into openings that failed for want of an address, beside the others."""

    def __init__(self, controls: tuple[str, ...]) -> None:
        self._controls = controls
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="names")
        self._waiting: dict[Future[Status], Opening] = {}
        self._lock = Lock()
        self._works = True
        self._asked_at = -KEPT_SECONDS

    def __len__(self) -> int:
        return len(self._waiting)

    def look(self, opening: Opening) -> None:
        """Begin to look into an opening."""
        host = urls.host(opening.final_url or opening.url)
        self._waiting[self._threads.submit(self._why, host)] = opening

    def seen(self) -> Iterator[Opening]:
        """The openings that have been looked into, with their true status."""
        for future in [one for one in self._waiting if one.done()]:
            yield msgspec.structs.replace(self._waiting.pop(future), status=future.result())

    def close(self) -> None:
        """Look into nothing any more."""
        self._waiting.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _why(self, host: str) -> Status:
        found, answered = resolver.ask(host)
        if not found and not self._resolver_works():
            return Status.OURS
        return Status.DNS_MISSING if answered and not found else Status.DNS_FAILING

    def _resolver_works(self) -> bool:
        """Whether a name is known that surely exists."""
        with self._lock:
            if time.monotonic() - self._asked_at >= KEPT_SECONDS:
                self._works = any(_is_known(name) for name in self._controls)
                self._asked_at = time.monotonic()
            return self._works


def _is_known(name: str) -> bool:
    try:
        return bool(socket.getaddrinfo(name, None, type=socket.SOCK_STREAM))
    except OSError:
        return False
