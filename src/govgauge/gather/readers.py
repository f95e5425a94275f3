"""The reading processes seen from the visit: pages out, links in, and what to do when one dies."""

import contextlib
import fcntl
import os
import select
import signal
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator

import msgspec

from govgauge.gather import reading_process
from govgauge.gather.artifacts import Exchange
from govgauge.gather.plan import PageReader
from govgauge.gather.problems import UnusablePlanError
from govgauge.gather.reading_process import FRAME, REPLY, Reply

PIPE_BYTES = 1 << 20
QUEUE_PAGES = 24
"""Pages that lie before one process at most."""
QUEUE_BYTES = 4 << 20
HELD_PAGES = 96
"""Pages that wait for a process before the visit fetches no more."""
WAIT_SECONDS = 0.02
DEATHS = 40
"""A reader that dies more often than this is broken."""

Recall = Callable[[int], tuple[Exchange, bytes]]
"""Gives the exchange and the body of a page again, by its place in the journal."""


class Reader:
    """One reading process, with the pages that lie before it."""

    def __init__(self, make_reader: Callable[[int], PageReader], number: int, strangers: list[int]) -> None:
        self.number = number
        self.make_reader = make_reader
        self.handed: list[int] = []
        self.before: deque[tuple[int, str, int]] = deque()
        self.bytes_before = 0
        self.deaths = 0
        self.ended = False
        self._start(strangers)

    def _start(self, strangers: list[int]) -> None:
        inbox_end, self.inbox = os.pipe2(os.O_CLOEXEC)
        self.outbox, outbox_end = os.pipe2(os.O_CLOEXEC)
        for end in (self.inbox, self.outbox):
            with contextlib.suppress(OSError):
                fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
            os.set_blocking(end, False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if self.pid == 0:
            for other in (*strangers, self.inbox, self.outbox):
                os.close(other)
            reading_process.run(self.make_reader, self.number, inbox_end, outbox_end)
        os.close(inbox_end)
        os.close(outbox_end)
        self.unsent: deque[memoryview] = deque()
        self.received = bytearray()
        self.told = False
        self.busy_since = time.monotonic()

    def hand(self, place: int, exchange: Exchange, raw: bytes, body: bytes) -> None:
        """Put a page before the process."""
        if not self.before:
            self.busy_since = time.monotonic()
        self.before.append((place, exchange.url, len(body)))
        self.bytes_before += len(body)
        self.unsent.append(memoryview(FRAME.pack(len(raw), len(body)) + raw))
        if body:
            self.unsent.append(memoryview(body))
        self.push()

    def say_end(self) -> None:
        """Tell the process that nothing more comes."""
        self.told = True
        self.unsent.append(memoryview(FRAME.pack(0, 0)))
        self.push()

    def push(self) -> None:
        """Send what the pipe takes."""
        try:
            while self.unsent:
                first = self.unsent[0]
                written = os.writev(self.inbox, self.unsent if len(self.unsent) < 16 else [first])
                while written:
                    first = self.unsent.popleft()
                    if written < len(first):
                        self.unsent.appendleft(first[written:])
                        break
                    written -= len(first)
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self.unsent.clear()

    def pull(self) -> tuple[list[bytes], bool]:
        """The replies that have come, and whether the process is still there."""
        alive = True
        try:
            chunk = os.read(self.outbox, PIPE_BYTES)
            alive = bool(chunk)
            self.received += chunk
        except BlockingIOError:
            pass
        raws = []
        place = 0
        while len(self.received) - place >= REPLY.size:
            (size,) = REPLY.unpack_from(self.received, place)
            if len(self.received) - place - REPLY.size < size:
                break
            raws.append(bytes(self.received[place + REPLY.size : place + REPLY.size + size]))
            place += REPLY.size + size
        del self.received[:place]
        return raws, alive

    def end(self) -> None:
        """End the process at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.inbox)
        os.close(self.outbox)

    def begin_again(self, strangers: list[int]) -> None:
        """Start the process anew, with nothing read."""
        self.before.clear()
        self.bytes_before = 0
        self._start(strangers)


class Readers:
    """All reading processes of a visit."""

    def __init__(self, make_reader: Callable[[int], PageReader], count: int, seconds: float, recall: Recall) -> None:
        self._seconds = seconds
        self._recall = recall
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(Reply)
        self._held: deque[tuple[int, Exchange, bytes]] = deque()
        self._again: dict[int, Iterator[int]] = {}
        self.unread: list[str] = []
        self.errors: list[tuple[str, str]] = []
        self._readers: list[Reader] = []
        for number in range(max(1, count)):
            self._readers.append(Reader(make_reader, number, self._ends()))
        self._watch()

    @property
    def full(self) -> bool:
        """Whether so many pages wait that fetching more would only fill the memory."""
        return len(self._held) >= HELD_PAGES

    @property
    def idle(self) -> bool:
        """Whether every page handed over has been read."""
        return not self._held and not self._again and not any(reader.before for reader in self._readers)

    def files(self) -> list[int]:
        """File numbers on which replies come."""
        return [reader.outbox for reader in self._readers if not reader.ended]

    def submit(self, place: int, exchange: Exchange, body: bytes) -> None:
        """Give a page to be read. `place` is that of its line in the journal."""
        self._held.append((place, exchange, body))
        self._deal()

    def turn(self) -> list[tuple[str, int]]:
        """Move pages and replies on without waiting; returns the links that came."""
        links: list[tuple[str, int]] = []
        now = time.monotonic()
        spoken = {file for file, _ in self._replies.poll(0)}
        for reader in self._readers:
            if reader.ended:
                continue
            if reader.unsent:
                reader.push()
            alive = True
            if reader.outbox in spoken:
                raws, alive = reader.pull()
                for raw in raws:
                    links += self._taken(reader, self._decoder.decode(raw))
                if reader.ended:
                    continue
            slow = bool(reader.before) and now - reader.busy_since > self._seconds
            if not alive or slow:
                self._revive(reader)
        if self._held or self._again:
            self._deal()
        return links

    def wait(self) -> None:
        """Sleep until a process has something to say, for a moment at most."""
        self._replies.poll(WAIT_SECONDS * 1000)

    def drain(self) -> None:
        """Wait until every page handed over has been read."""
        while not self.idle:
            self.turn()
            self.wait()

    def finish(self) -> None:
        """Have every process keep what it read, and end. All pages must have been read."""
        while not all(reader.ended for reader in self._readers):
            self.turn()
            for reader in self._readers:
                if not reader.told and reader.number not in self._again and not reader.before:
                    reader.say_end()
            self.wait()
        for reader in self._readers:
            reader.end()
        self._readers.clear()

    def kill(self) -> None:
        """End every process at once; what they read is lost (and read again when the visit is resumed)."""
        for reader in self._readers:
            reader.end()
        self._readers.clear()

    def _deal(self) -> None:
        if self._again:
            for number in list(self._again):
                self._deal_again(self._readers[number])
        while self._held:
            reader = None
            for each in self._readers:
                if (reader is None or len(each.before) < len(reader.before)) and _has_room(each):
                    reader = each if each.number not in self._again else reader
            if reader is None:
                return
            place, exchange, body = self._held.popleft()
            reader.handed.append(place)
            reader.hand(place, exchange, self._encoder.encode(exchange), body)

    def _deal_again(self, reader: Reader) -> None:
        while _has_room(reader):
            place = next(self._again[reader.number], None)
            if place is None:
                del self._again[reader.number]
                return
            exchange, body = self._recall(place)
            reader.hand(place, exchange, self._encoder.encode(exchange), body)

    def _taken(self, reader: Reader, reply: Reply) -> list[tuple[str, int]]:
        if reply.full_disk:
            raise OSError(reply.full_disk, os.strerror(reply.full_disk))
        if reply.number == -1:
            raise UnusablePlanError(
                f"读取页面的进程无法启动：{reply.error}", f"the reading process cannot start: {reply.error}"
            )
        if reply.number == -2:
            reader.ended = True
            self._watch()
            if reply.error:
                raise UnusablePlanError(
                    f"读取页面的进程无法保存结果：{reply.error}",
                    f"the reading process cannot keep its results: {reply.error}",
                )
            return []
        _, url, size = reader.before.popleft()
        reader.bytes_before -= size
        reader.busy_since = time.monotonic()
        if reply.error:
            self.unread.append(url)
            self.errors.append((url, reply.error))
        return reply.links

    def _revive(self, reader: Reader) -> None:
        """Start a process that died or hung anew, and let it read again what it had read, but for the last page."""
        reader.end()
        reader.deaths += 1
        if reader.deaths > DEATHS:
            raise UnusablePlanError("读取页面的进程反复崩溃", "the reading process dies again and again")
        if reader.before:
            place, url, _ = reader.before[0]
            self.unread.append(url)
            self.errors.append((url, "the reading process died or hung on this page"))
            reader.handed.remove(place)
        reader.begin_again([end for end in self._ends() if end not in {reader.inbox, reader.outbox}])
        self._watch()
        self._again[reader.number] = iter(list(reader.handed))

    def _watch(self) -> None:
        """Look at the replies of those processes that still give any."""
        self._replies = select.poll()
        for file in self.files():
            self._replies.register(file, select.POLLIN)

    def _ends(self) -> list[int]:
        return [end for reader in self._readers for end in (reader.inbox, reader.outbox)]


def _has_room(reader: Reader) -> bool:
    return len(reader.before) < QUEUE_PAGES and (reader.bytes_before < QUEUE_BYTES or not reader.before)
