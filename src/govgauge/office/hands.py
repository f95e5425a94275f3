"""A process that does one job after another for a worker, and can be killed in the middle of each."""

import contextlib
import os
import pickle
import resource
import select
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterable

from django.db import connections

from govgauge.errors import GovgaugeError
from govgauge.gather.problems import VisitError
from govgauge.gather.reading_process import die_with_parent
from govgauge.reports.lay_out import say_forked

REASON_BYTES = 2000
JOBS = 40
"""Jobs after which a process makes room for a fresh one, so that memory stays flat whatever a library keeps."""
WORN_MEGABYTES = 300
"""Memory at its peak from which on a process makes room, too."""
SIZE = struct.Struct("<I")
REPLY = struct.Struct("<BII")
"""Whether the work was done, the peak of memory in KB, and the bytes of the reason that follow. All of it fits into one
write to a pipe, which comes whole or not at all."""


class Hand:
    """A forked process of this one. `begin` gives it work, `ended` tells what became of it."""

    def __init__(self) -> None:
        self.worn = False
        """Whether this process has done its part and should leave."""
        self._gone = False
        self._done = 0
        self._seconds = 0.0
        self._deadline = 0.0
        connections.close_all()  # a connection must not be shared with a forked process
        work, self._inbox = os.pipe2(os.O_CLOEXEC)
        self._outbox, replies = os.pipe2(os.O_CLOEXEC)
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._inbox)
            os.close(self._outbox)
            _live(work, replies)
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.setpgid(self.pid, self.pid)  # as the child does itself: whoever comes first
        os.close(work)
        os.close(replies)
        self._process = os.pidfd_open(self.pid)

    def begin(self, work: Callable[[], None], seconds: float) -> None:
        """Carry out some work that can be pickled, within a time limit in seconds."""
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        raw = pickle.dumps(work)
        with contextlib.suppress(BrokenPipeError):  # a process that died says so in `ended`
            _write(self._inbox, SIZE.pack(len(raw)) + raw)

    def files(self) -> tuple[int, int]:
        """File numbers that can be read when there is something to be told."""
        return self._outbox, self._process

    def ended(self) -> str | None:
        """Why the work was not done: empty when it was; None while it is under way. Past its limit it is killed."""
        ready, _, _ = select.select([self._outbox], [], [], 0)
        reply = os.read(self._outbox, REPLY.size) if ready else b""
        if reply:
            done, peak, size = REPLY.unpack(reply)
            self._done += 1
            self.worn = self._done >= JOBS or peak > WORN_MEGABYTES * 1024
            told = os.read(self._outbox, size).decode(errors="replace") if size else ""
            return "" if done else told or "评估没有完成，没有说明原因 (it failed and did not say why)"
        gone, status = os.waitpid(self.pid, os.WNOHANG)
        if gone:
            self.worn = True
            self._close()
            return _reason(status)
        if time.monotonic() > self._deadline:
            self.kill()
            return f"超过时限 {self._seconds:.0f} 秒，已终止 (killed after its time limit)"
        return None

    def leave(self) -> None:
        """End a process that has nothing to do, if it is there still."""
        if self._gone:
            return
        with contextlib.suppress(BrokenPipeError):
            os.write(self._inbox, SIZE.pack(0))
        os.waitpid(self.pid, 0)
        self._close()

    def kill(self) -> None:
        """End it at once, with everything that it started."""
        self.worn = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._close()

    def _close(self) -> None:
        self._gone = True
        for file in (self._inbox, self._outbox, self._process):
            os.close(file)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def wait(hands: Iterable[Hand], seconds: float, also: int | None = None) -> None:
    """Sleep until one of them has something to tell, or `also` can be read, for some seconds at most."""
    waiting = select.poll()
    if also is not None:
        waiting.register(also, select.POLLIN)
    for hand in hands:
        for file in hand.files():
            waiting.register(file, select.POLLIN)
    waiting.poll(seconds * 1000)


def _live(inbox: int, outbox: int) -> None:
    """Do what comes in, and never return to what was forked."""
    status = 1
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        die_with_parent()
        say_forked()
        with os.fdopen(inbox, "rb") as coming:
            while size := SIZE.unpack(coming.read(SIZE.size))[0]:
                reason = _carried_out(pickle.loads(coming.read(size)))  # noqa: S301 - from the process that forked us
                sys.stdout.flush()
                peak, told = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, (reason or "").encode()[:REASON_BYTES]
                os.write(outbox, REPLY.pack(reason is None, peak, len(told)) + told)
        status = 0
    except BaseException:  # whatever it was: the process ends here, and says so
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _carried_out(work: Callable[[], None]) -> str | None:
    """Why the work was not done; None when it was."""
    try:
        work()
    except (GovgaugeError, VisitError, OSError) as error:
        return str(error) or type(error).__name__
    except Exception as fault:  # a fault of ours costs this job, and says so
        traceback.print_exc()
        return f"程序出错：{type(fault).__name__}: {fault} (a fault of ours)"
    return None


def _reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return f"评估进程被终止：{name} (the assessing process was killed)"
    return "评估进程意外结束 (the assessing process ended)"


def _write(file: int, raw: bytes) -> None:
    view = memoryview(raw)
    while view:
        view = view[os.write(file, view) :]
