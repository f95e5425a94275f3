"""The values that frame a visit: plan, limits, progress, and the finished visit."""

import os
from collections.abc import Callable, Iterator
from typing import Protocol

from msgspec import Struct, field

from govgauge.gather.artifacts import Exchange, Link, Skipped
from govgauge.gather.facts import NetworkFacts

USER_AGENT = "govgauge/0.1 (+government website assessment; robots honoured)"
"""How the visitor names itself."""
PAGE_VARIABLE = "GOVGAUGE_SCANNER_URL"
"""Names the page that tells owners of sites who visits them."""


def user_agent() -> str:
    """How the visitor names itself here: with the address of the page about it, where there is one."""
    page = os.environ.get(PAGE_VARIABLE, "").strip()
    if not page.startswith(("http://", "https://")) or not page.isascii() or not page.isprintable() or " " in page:
        return USER_AGENT
    return USER_AGENT.replace("(+", f"(+{page}; ", 1)


class Limits(Struct, frozen=True, kw_only=True):
    """What one request may cost at most. Times in seconds, sizes in bytes of the decoded body."""

    connect_seconds: float = 10.0
    request_seconds: float = 30.0
    first_byte_seconds: float = 15.0
    slow_bytes_per_second: int = 200
    page_bytes: int = 5 * 1024 * 1024
    head_bytes: int = 8 * 1024
    """How much of an attachment or image is fetched."""
    part_bytes: int = 256 * 1024
    """How much of a script or style is fetched."""
    unpack_ratio: int = 200
    redirects: int = 10
    reading_seconds: float = 20.0
    """How long a reading process may take over one page before it is ended and the page given up."""
    back_off_seconds: float = 60.0
    """Longest pause that a host's Retry-After is granted."""
    back_off_total_seconds: float = 120.0
    """All pauses together that a host is granted in one visit; then its refusals count at once."""
    crawl_delay_seconds: float = 5.0
    """Longest pause between two requests that robots.txt is granted."""


class Plan(Struct, frozen=True, kw_only=True):
    """How a site is to be visited."""

    url: str
    max_pages: int = 5000
    max_seconds: float = 3600.0
    rate: float = 5.0
    """Requests per second and host; 0 = no limit."""
    concurrency: int = 4
    obey_robots: bool = True
    connect_to: tuple[str, ...] = ()
    ca_file: str = ""
    user_agent: str = field(default_factory=user_agent)
    retry_after_seconds: float = 2.0
    """Pause before failures are observed a second time, at the end of the visit."""
    limits: Limits = Limits()
    reading_processes: int = 2
    """How many processes read pages; 0: the visiting process reads them itself, which is right for small sites."""
    probes: bool = True
    """Whether the passive list of files that must not be public is asked for."""


class PageReader(Protocol):
    """What makes sense of a page while the visit goes on; built anew in every reading process.

    When a reading process dies, the factory is called again with the same number, and every page that process had
    read is read again, but for the one it died of: a reader must begin its records afresh when it is built.
    """

    def read(self, exchange: Exchange, body: bytes) -> list[Link]:
        """Read a page (keeping what it likes) and return its links. `body` is decoded content, not transfer coding."""

    def close(self) -> None:
        """Everything was read: write what is kept."""


class Progress(Struct):
    """Where a visit stands, for the terminal."""

    done: int = 0
    waiting: int = 0
    failed: int = 0
    phase: str = ""


class Visit(Struct, frozen=True, kw_only=True):
    """A finished visit. The exchanges lie in the journal of its folder and are read anew at each call.

    They come in the order of the visit, which does not depend on which answer came first. `home` is the URL at which
    the home page was found at last. `stopped` is empty when the visit came to its end, else why it ended before:
    `home-failed`, `home-blocked`, `home-robots`, `home-not-html`,
    `home-wrong-content`, `home-closed`, `robots-unreachable` (no rules to be had),
    `shut-out` (the site stopped answering us), `seconds`, and `interrupted` where a broken off visit is read again.
    `unread` are pages over which a reading process died or hung.
    """

    home: str
    host: str
    started_at: str
    finished_at: str
    skipped: tuple[Skipped, ...] = ()
    budget_exhausted: bool = False
    stopped: str = ""
    unread: tuple[str, ...] = ()
    network: NetworkFacts = NetworkFacts()
    exchanges: Callable[[], Iterator[Exchange]]
