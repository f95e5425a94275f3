"""A process forked for one job: it can be waited for among others, and killed with everything that it started."""

import contextlib
import os
import select
import signal
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
"""Where a child that fails says why, in its folder."""
REASON_CHARACTERS = 2000


class Child:
    """Carries `work` out in a process of its own, with a time limit in seconds. `folder` is its own, too."""

    def __init__(self, work: Callable[[], None], folder: Path, seconds: float) -> None:
        self._folder = folder
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        connections.close_all()  # a connection must not be shared with a forked process
        self.pid = os.fork()
        if self.pid == 0:
            _live(work, folder)
        with contextlib.suppress(PermissionError, ProcessLookupError):
            os.setpgid(self.pid, self.pid)  # as the child does itself: whoever comes first
        self.file = os.pidfd_open(self.pid)
        """Ready to be read when the process has ended."""

    def ended(self) -> str | None:
        """Why the work was not done: empty when it was; None while it is under way. Past its limit it is killed."""
        gone, status = os.waitpid(self.pid, os.WNOHANG)
        if gone:
            self._sweep()
            return _reason(status, self._folder)
        if time.monotonic() > self._deadline:
            self.kill()
            return f"超过时限 {self._seconds:.0f} 秒，已终止 (killed after its time limit)"
        return None

    def kill(self) -> None:
        """End it at once, with everything that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self._sweep()

    def _sweep(self) -> None:
        os.close(self.file)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def wait(children: Iterable[Child], seconds: float) -> None:
    """Sleep until one of them ends, for some seconds at most."""
    waiting = select.poll()
    for child in children:
        waiting.register(child.file, select.POLLIN)
    waiting.poll(seconds * 1000)


def _live(work: Callable[[], None], folder: Path) -> None:
    """Do the work, and never return to what was forked."""
    status = 1
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        die_with_parent()
        work()
        status = 0
    except (GovgaugeError, VisitError, OSError) as error:
        with contextlib.suppress(OSError):
            (folder / FAULT).write_text(str(error), encoding="utf-8")
    except BaseException:  # whatever it was: the process ends here, and says so
        with contextlib.suppress(OSError):
            (folder / FAULT).write_text(traceback.format_exc()[-REASON_CHARACTERS:], encoding="utf-8")
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _reason(status: int, folder: Path) -> str:
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return f"评估进程被终止：{name} (the assessing process was killed)"
    if os.WEXITSTATUS(status) == 0:
        return ""
    told = folder / FAULT
    lines = told.read_text(encoding="utf-8", errors="replace").strip().splitlines() if told.exists() else []
    return lines[-1] if lines else "评估进程出错 (it failed)"
