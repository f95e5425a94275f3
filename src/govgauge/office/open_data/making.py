"""The files of a publication's tables: made once, whole or not at all, by whoever asks first; then they stay.

They lie in `open-data` of the publication's folder, each with a small file of facts beside it that is written last:
where it is, the file is whole. A lock keeps processes apart, and tells how far the one that holds it is; in a process a
few threads make what is asked for, so that a page waits for a file only as long as it wants to.
"""

import fcntl
import hashlib
import math
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import msgspec
from isal import igzip
from msgspec import Struct

from govgauge.office.domain.publications import OPEN_DATA as FOLDER
from govgauge.office.open_data.found import Version
from govgauge.reports.about import ABOUT
from govgauge.reports.open_data.files import FORMATS
from govgauge.reports.open_data.shown import OpenTable, Told, names

PART, FACTS, GZIP = ".part", ".facts", ".gz"
LOCK = ".lock"
EDITION = 2
"""Raise it when what files hold or how they are written changes: those of an older edition are made anew."""
THREADS = 2
"""Files that a process makes beside each other: a small one need not wait for a large one."""
PRESSED = 2
"""Level of compression: beyond it little is won."""
BLOCK = 1 << 20
Progress = Callable[[str, int, int], None]


class HowFar(Struct, frozen=True):
    """How far a file is that is being made: its rows, those done, and the seconds since it was begun."""

    done: int
    rows: int
    seconds: float

    @property
    def seconds_left(self) -> int | None:
        """As far as the rows so far tell; None before there are any."""
        return math.ceil(self.seconds * (self.rows - self.done) / self.done) if self.done else None


class Facts(Struct, frozen=True):
    """What is known of a whole file. `rows` is None where it is no table; `gzip_size` 0 where none lies beside it."""

    name: str
    size: int
    sha256: str
    rows: int | None = None
    gzip_size: int = 0
    edition: int = 1


class Made(Struct, frozen=True):
    """A whole file at its place."""

    path: Path
    facts: Facts

    @property
    def pressed(self) -> Path | None:
        """The same compressed, where that is worth it."""
        return self.path.with_name(self.path.name + GZIP) if self.facts.gzip_size else None


def file_names(version: Version) -> list[str]:
    """All files of a version."""
    return [ABOUT, *(f"{table}.{ending}" for table in names(version.material) for ending in FORMATS)]


def made(version: Version, name: str) -> Made | None:
    """A file when it is there already, as this program makes it."""
    path = _folder(version) / name
    noted = path.with_name(name + FACTS)
    try:
        facts = _facts(str(noted), noted.stat().st_mtime_ns)
    except FileNotFoundError:
        return None
    return Made(path, facts) if facts.edition == EDITION else None


def how_far(version: Version, name: str) -> HowFar | None:
    """How far a file is that somebody makes, here or in another process; None where that is not known."""
    try:
        said = (_folder(version) / f"{LOCK}-{name}").read_text(encoding="ascii").split()
        done, rows, begun = (int(one) for one in said)
    except (OSError, ValueError):
        return None
    return HowFar(done, rows, max(0.0, time.time() - begun))


def wanted(version: Version, name: str, seconds: float) -> Made | None:
    """A file; it is made when it is not there yet. None when that takes longer than `seconds`: it goes on behind.

    Raises what went wrong, as Unusable or OSError.
    """
    if (there := made(version, name)) is not None:
        return there
    try:
        return _makers.asked(version, name).result(seconds)
    except TimeoutError:
        return None


def make_all(version: Version, progress: Progress = lambda _what, _done, _all: None) -> list[Made]:
    """All files of a version, here and now."""
    listed = file_names(version)
    found = []
    for done, name in enumerate(listed, start=1):
        found.append(made(version, name) or make(version, name, _table(version, name)))
        progress("写开放数据文件", done, len(listed))
    return found


def make(version: Version, name: str, table: OpenTable | None) -> Made:
    """Make a file, unless another process has just done so. `table` is what it holds, None for what is told beside."""
    folder = _folder(version)
    folder.mkdir(exist_ok=True)
    with _alone(folder / f"{LOCK}-{name}") as lock:
        if (there := made(version, name)) is not None:
            return there
        draft = folder / f"{name}{PART}"
        if table is None:
            shutil.copyfile(version.material.folder / ABOUT, draft)
        else:
            FORMATS[_ending(name)].write(table, draft, _told_by(lock, table.height))
        is_text = table is None or FORMATS[_ending(name)].is_text
        rows = None if table is None else table.height
        facts = Facts(name, draft.stat().st_size, _hash(draft), rows, _press(draft) if is_text else 0, EDITION)
        if facts.gzip_size:
            _kept(draft.with_name(draft.name + GZIP + PART), folder / f"{name}{GZIP}")
        _kept(draft, folder / name)
        noted = folder / f"{name}{FACTS}{PART}"
        noted.write_bytes(msgspec.json.encode(facts))
        _kept(noted, folder / f"{name}{FACTS}")
    return Made(folder / name, facts)


def _table(version: Version, name: str) -> OpenTable | None:
    return None if name == ABOUT else version.table(name.partition(".")[0])


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _press(draft: Path) -> int:
    """Write the same compressed; its size."""
    pressed = draft.with_name(draft.name + GZIP + PART)
    with (
        draft.open("rb") as plain,
        pressed.open("wb") as out,
        igzip.IGzipFile(  # type: ignore[no-untyped-call]
            filename="", mode="wb", compresslevel=PRESSED, fileobj=out, mtime=0
        ) as packed,
    ):
        shutil.copyfileobj(plain, packed, BLOCK)
    return pressed.stat().st_size


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kept(draft: Path, path: Path) -> None:
    """Give a draft its name, once it is on the disk."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def _alone(path: Path) -> Iterator[BinaryIO]:
    """Nobody else, in this process or another, makes the file meanwhile."""
    with path.open("ab", buffering=0) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield lock
        finally:
            lock.truncate(0)


def _told_by(lock: BinaryIO, rows: int) -> Told:
    """Writes into the lock how far the file is, for `how_far`."""
    begun = int(time.time())

    def told(done: int) -> None:
        lock.truncate(0)
        lock.write(f"{done} {rows} {begun}".encode("ascii"))

    return told


def _folder(version: Version) -> Path:
    return version.material.folder / FOLDER


@lru_cache(1024)
def _facts(path: str, _changed: int) -> Facts:
    return msgspec.json.decode(Path(path).read_bytes(), type=Facts)


class _Makers:
    """A few threads that make files beside the pages; each file is asked for once, however many wait for it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._at_work = 0
        self._waiting: list[tuple[str, Callable[[], Made]]] = []
        self._promised: dict[str, Future[Made]] = {}

    def asked(self, version: Version, name: str) -> "Future[Made]":
        key = str(_folder(version) / name)
        with self._guard:
            if key in self._promised:
                return self._promised[key]
            table = _table(version, name)  # asks the database here, where there is a connection to it
            promise = self._promised[key] = Future()
            self._waiting.append((key, lambda: make(version, name, table)))
            if self._at_work < THREADS:
                self._at_work += 1
                threading.Thread(target=self._work, name="open-data", daemon=True).start()
            return promise

    def _work(self) -> None:
        """Make what was asked for, one after another, until nothing waits."""
        while True:
            with self._guard:
                if not self._waiting:
                    self._at_work -= 1
                    return
                key, job = self._waiting.pop(0)
                promise = self._promised[key]
            try:
                promise.set_result(job())
            except BaseException as fault:  # whoever waits is told
                promise.set_exception(fault)
            with self._guard:
                del self._promised[key]


_makers = _Makers()
