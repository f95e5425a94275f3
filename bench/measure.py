"""What a command costs: time, processor time, and the memory of all its processes together."""

import os
import resource
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.1


@dataclass(slots=True, frozen=True)
class Cost:
    """Seconds by the clock and of the processor, and the peak of memory in MB (shared pages counted once)."""

    seconds: float
    cpu: float
    megabytes: float
    status: int


def run(command: list[str], *, memory: bool = False) -> Cost:
    """Run a command and measure it with all its children; memory only when asked for, since looking costs time.

    Python keeps compiled modules, as it does for users, whatever the environment says.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    peak = [0.0]
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, over))
    if memory:
        watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - began
    over.set()
    if memory:
        watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, cpu, peak[0], status)


def _watch(pid: int, peak: list[float], over: threading.Event) -> None:
    while not over.wait(SAMPLE_SECONDS):
        peak[0] = max(peak[0], megabytes_of(pid))


def megabytes_of(pid: int) -> float:
    """Memory of a process and all its descendants in MB, shared pages counted once."""
    family = [pid]
    for parent in family:
        family += children_of(parent)
    return sum(_proportional_megabytes(each) for each in family)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and not yet waited for."""
    found: list[int] = []
    with suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - names are wanted
            found += [int(child) for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()]
    return found


def _proportional_megabytes(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
