"""What stands before the pages: ballots go their narrow way, everything else waits for one of Django's few threads.

Ballots wait for the commit that they share, so many of them wait at once; pages keep a processor busy and a connection
to the database each, so only a few are made at a time, and when very many wait the next is told to come again.
"""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from govgauge.web.vote import narrow

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
PAGE_THREADS = 4
"""Pages that a process makes beside each other."""
THREADS = 96
"""Requests that a process has in hand: pages that wait, and ballots."""
BALLOT_THREADS = 32
"""Of them, those that no page may take."""
AGAIN_SECONDS = 3
BUSY = (
    "<!DOCTYPE html><html lang=zh-CN><meta charset=utf-8><title>请稍候</title>"
    "<p>访问的人太多，请稍候，网页会自动重试。(Very busy; this page tries again.)"
).encode()


class Front:
    """A WSGI application around that of the pages."""

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._makers = ThreadPoolExecutor(PAGE_THREADS, "pages")
        self._places = threading.BoundedSemaphore(THREADS - BALLOT_THREADS)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if narrow.is_for(environ):
            return narrow.answer(environ, start_response)
        if not self._places.acquire(blocking=False):
            return _busy(start_response)
        try:
            return self._makers.submit(self._pages, environ, start_response).result()
        finally:
            self._places.release()


def _busy(start_response: Any) -> Iterable[bytes]:
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(BUSY))),
        ("Retry-After", str(AGAIN_SECONDS)),
        ("Refresh", str(AGAIN_SECONDS)),
        ("Cache-Control", "no-store"),
    ]
    start_response("503 Service Unavailable", headers)
    return [BUSY]
