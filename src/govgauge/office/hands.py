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
from pathlib import Path

from django.db import connections

from govgauge.errors import GovgaugeError
from govgauge.gather.problems import VisitError
from govgauge.gather.reading_process import die_with_parent

FAULT = "fault.txt"
"""Where work that fails says why, in its folder."""
REASON_CHARACTERS = 2000
JOBS = 40
"""Jobs after which a process makes room for a fresh one, so that memory stays flat whatever a library keeps."""
WORN_MEGABYTES = 300
"""Memory at its peak from which on a process makes room, too."""
SIZE = struct.Struct("<I")
REPLY = struct.Struct("<BI")
"""Whether the work was done, and the peak of memory in KB."""


class Hand:
    """A forked process of this one. `begin` gives it work, `ended` tells what became of it."""

    def __init__(self) -> None:
        self.worn = False
        """Whether this process has done its part and should leave."""
        self._gone = False
        self._done = 0
        self._folder = Path()
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

    def begin(self, work: Callable[[], None], folder: Path, seconds: float) -> None:
        """Carry out some work that can be pickled, within a time limit in seconds. `folder` is its own."""
        self._folder, self._seconds = folder, seconds
        self._deadline = time.monotonic() + seconds
        raw = pickle.dumps((work, folder))
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
            done, peak = REPLY.unpack(reply)
            self._done += 1
            self.worn = self._done >= JOBS or peak > WORN_MEGABYTES * 1024
            return "" if done else _told(self._folder)
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
        with os.fdopen(inbox, "rb") as coming:
            while size := SIZE.unpack(coming.read(SIZE.size))[0]:
                done = _carried_out(*pickle.loads(coming.read(size)))  # noqa: S301 - from the process that forked us
                sys.stdout.flush()
                os.write(outbox, REPLY.pack(done, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
        status = 0
    except BaseException:  # whatever it was: the process ends here, and says so
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _carried_out(work: Callable[[], None], folder: Path) -> bool:
    try:
        work()
    except (GovgaugeError, VisitError, OSError) as error:
        with contextlib.suppress(OSError):
            (folder / FAULT).write_text(str(error), encoding="utf-8")
    except Exception:  # a fault of ours costs this job, and says so
        with contextlib.suppress(OSError):
            (folder / FAULT).write_text(traceback.format_exc()[-REASON_CHARACTERS:], encoding="utf-8")
        traceback.print_exc()
    else:
        return True
    return False


def _told(folder: Path) -> str:
    path = folder / FAULT
    lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines() if path.exists() else []
    return lines[-1] if lines else "评估没有完成，原因未能写下 (it failed and could not say why)"


def _reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return f"评估进程被终止：{name} (the assessing process was killed)"
    return "评估进程意外结束 (the assessing process ended)"


def _write(file: int, raw: bytes) -> None:
    view = memoryview(raw)
    while view:
        view = view[os.write(file, view) :]
