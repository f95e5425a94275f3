"""Databases of an office with nothing in it: made once, kept for later runs until the tables change.

To bring the tables up to date takes as long as a hundred tests, and each worker of each run needs them.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from pg_cluster import Cluster

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".pytest_cache" / "offices"
KEPT_SECONDS = 7 * 86_400
TELLING = ("office/migrations/*.py", "office/models/**/*.py", "web/*settings*.py")
"""The files that say what the tables are."""
PACKAGES = ("django", "django-allauth", "procrastinate")
"""Packages with tables of their own."""
MAKE = "from govgauge.office.start import start; start(); from django.db import connections; connections.close_all()"


def sqlite() -> Path:
    """The file of an empty office's database."""
    return _kept("sqlite", _make_sqlite) / "office.sqlite3"


def postgresql(programs: Path) -> Path:
    """The folder of a cluster, which is not running, whose database `first` is that of an empty office."""
    of_version = programs.parent.name or "path"
    return _kept(f"postgresql-{of_version}", lambda folder: _make_cluster(folder, programs))


def _make_sqlite(folder: Path) -> None:
    folder.mkdir()
    _bring_up_to_date(folder)


def _make_cluster(folder: Path, programs: Path) -> None:
    cluster = Cluster(programs).start()
    try:
        cluster.execute("CREATE DATABASE first")
        _bring_up_to_date(cluster.folder, cluster.url("first"))
        cluster.end()
        cluster.copy_to(folder)
    finally:
        cluster.stop()


def _bring_up_to_date(home: Path, database: str = "") -> None:
    environment = {**os.environ, "GOVGAUGE_HOME": str(home), "GOVGAUGE_DATABASE": database}
    subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True)


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name for the tables as they are; one process makes it, others wait for it."""
    tables = KEPT / _tables()
    tables.mkdir(parents=True, exist_ok=True)
    folder = tables / name
    with (tables / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = tables / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(folder)
            _forget_old_ones(tables)
    return folder


def _tables() -> str:
    """A name for the tables: another one as soon as anything that makes them is another."""
    told = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    package = ROOT / "src" / "govgauge"
    for path in sorted(path for pattern in TELLING for path in package.glob(pattern)):
        told.update(f"\n{path.relative_to(package)}\n".encode())
        told.update(path.read_bytes())
    return told.hexdigest()[:16]


def _forget_old_ones(tables: Path) -> None:
    for other in KEPT.iterdir():
        if other != tables and other.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)
