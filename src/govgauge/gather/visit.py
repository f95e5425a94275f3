"""Visiting one site: the plan, the budget, and what is left when it is over."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from govgauge.gather.artifacts import Exchange, Link, Skipped

USER_AGENT = "govgauge/0.1 (+government website assessment; robots honoured)"
"""How the visitor names itself."""


class Limits(Struct, frozen=True, kw_only=True):
    """What one request may cost at most. Times in seconds, sizes in bytes of the decoded body."""

    connect_seconds: float = 10.0
    request_seconds: float = 30.0
    first_byte_seconds: float = 15.0
    slow_bytes_per_second: int = 200
    page_bytes: int = 5 * 1024 * 1024
    head_bytes: int = 8 * 1024
    """How much of an attachment or image is fetched."""
    unpack_ratio: int = 200
    redirects: int = 10


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
    user_agent: str = USER_AGENT
    retry_after_seconds: float = 2.0
    """Pause before failures are observed a second time, at the end of the visit."""
    limits: Limits = Limits()


class PageReader(Protocol):
    """What makes sense of a page while the visit goes on; built anew in every reading process."""

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
    """A finished visit. The exchanges lie in the journal of its folder and are read anew at each call."""

    home: str
    host: str
    started_at: str
    finished_at: str
    skipped: tuple[Skipped, ...] = ()
    budget_exhausted: bool = False
    exchanges: Callable[[], Iterator[Exchange]]


def visit(
    plan: Plan,
    folder: Path,
    make_reader: Callable[[int], PageReader],
    *,
    resume: bool = False,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Visit:
    """Visit a site and keep what it answered in `folder` (archive.warc.gz, visit.jsonl).

    `make_reader(number)` is called once in each reading process; it must be picklable. With `resume`, what the journal
    holds is not fetched again, and the visit ends with the same result as one that was never interrupted.
    """
    raise RuntimeError("gather is not built yet")
