"""Reading pages in the process that visits: for small sites, of which many are visited beside each other.

There is no second process to protect the visit from a page that kills the reader: whoever reads so runs the whole visit
in a process of its own. A page that takes too long is given up all the same.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from govgauge.gather.artifacts import Exchange
from govgauge.gather.plan import PageReader, Plan
from govgauge.gather.problems import UnusablePlanError
from govgauge.gather.readers import Readers, Recall
from govgauge.gather.reading_process import fresh_links, full_disk


class InlineReaders:
    """Reads each page as soon as it is submitted; has the same verbs as `Readers`."""

    full = False

    def __init__(self, make_reader: Callable[[int], PageReader], seconds: float) -> None:
        self._reader = make_reader(0)
        self._seconds = seconds
        self._sent: dict[int, int] = {}
        self._links: list[tuple[str, int]] = []
        self.unread: list[str] = []
        self.errors: list[tuple[str, str]] = []

    @property
    def idle(self) -> bool:
        """Whether every page handed over has been read, and its links taken."""
        return not self._links

    def files(self) -> list[int]:
        """File numbers on which replies come: none."""
        return []

    def submit(self, place: int, exchange: Exchange, body: bytes) -> None:  # noqa: ARG002  # as Readers has it
        """Read a page. Raises OSError when the disk is full."""
        try:
            with _limited(self._seconds):
                links = self._reader.read(exchange, body)
        except Exception as fault:
            if number := full_disk(fault):
                raise OSError(number, str(fault)) from None
            self.unread.append(exchange.url)
            self.errors.append((exchange.url, f"{type(fault).__name__}: {fault}"))
            return
        self._links += fresh_links(links, exchange.order, self._sent)

    def turn(self) -> list[tuple[str, int]]:
        """The links that came since it was last asked."""
        came, self._links = self._links, []
        return came

    def wait(self) -> None:
        """There is nothing to wait for."""

    def drain(self) -> None:
        """Everything has been read already."""

    def finish(self) -> None:
        """Keep what was read."""
        try:
            self._reader.close()
        except OSError as error:
            raise UnusablePlanError(f"读取的结果无法保存：{error}", f"what was read cannot be kept: {error}") from None

    def kill(self) -> None:
        """Nothing runs on."""


AnyReaders = Readers | InlineReaders


def readers_for(make_reader: Callable[[int], PageReader], plan: Plan, recall: Recall) -> AnyReaders:
    """The readers of a plan: reading processes, or none where the plan wants none."""
    if plan.reading_processes:
        return Readers(make_reader, plan.reading_processes, plan.limits.reading_seconds, recall)
    return InlineReaders(make_reader, plan.limits.reading_seconds)


class _TooLong(Exception):
    """A page was read for longer than its limit."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Break off what takes longer than this. Only the main thread hears the alarm; elsewhere there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TooLong(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
