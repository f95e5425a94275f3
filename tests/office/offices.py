"""Commands of the office, run as its user runs them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import empty_offices

WAIT_SECONDS = 240


class Started(NamedTuple):
    """A command under way; `said` is what it has written to stderr until now."""

    process: "subprocess.Popen[str]"
    said: Callable[[], str]


def empty(home: Path) -> Path:
    """An office with nothing in it, beside that of the test: its commands need not make the tables."""
    home.mkdir(exist_ok=True)
    shutil.copyfile(empty_offices.sqlite(), home / "office.sqlite3")
    return home


def govgauge(*arguments: str | Path, status: int = 0) -> str:
    """Run the command; what it printed. Its exit status must be the one given."""
    command = [sys.executable, "-m", "govgauge", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def govgauge_fails(*arguments: str | Path) -> str:
    """Run a command that must refuse its arguments with one sentence; that sentence."""
    command = [sys.executable, "-m", "govgauge", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@contextmanager
def started(*arguments: str | Path, environment: dict[str, str] | None = None) -> Iterator[Started]:
    """A command that goes on beside the test, and is ended with it."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "govgauge", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, **(environment or {})},
        )

        def said() -> str:
            errors.seek(0)
            return errors.read()

        try:
            yield Started(process, said)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
            sys.stdout.write(said())


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not true():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)


def children(process: int) -> list[int]:
    """The children of a process."""
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in told.split()]


def busy_worker(parent: int) -> int:
    """A worker started by a process that has a child of its own: it is in the middle of a job."""
    found: list[int] = []

    def there_is_one() -> bool:
        found[:] = [worker for worker in children(parent) if children(worker)]
        return bool(found)

    until(there_is_one)
    return found[0]


def a_list(folder: Path, *rows: str) -> Path:
    """A list of subjects with these rows."""
    path = folder / "list.csv"
    path.write_text("\n".join(["name,parent,group,url,system,profile", *rows]), encoding="utf-8")
    return path


def open_round(port: int, folder: Path, count: int, **settings: object) -> None:
    """A round `r` of so many sites on hosts of their own, all of them the small site at a port."""
    given = {"rate": 0, "concurrency": 4, "max_pages": 8, "connect_to": [f"::127.0.0.1:{port}"], **settings}
    rows = [f"县{number},某省,县{number % 2},http://site{number}.test/,2025-county," for number in range(count)]
    govgauge("round", "new", "r", "--as-of", "2025-11-30", "--settings", json.dumps(given))
    govgauge("round", "add", "r", a_list(folder, *rows))
