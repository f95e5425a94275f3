"""An office of its own for each test: a folder and a fresh database."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import empty_offices
from pg_cluster import Cluster, programs

_FIRST = Path(tempfile.mkdtemp(prefix="govgauge-office-"))
os.environ["GOVGAUGE_HOME"] = str(_FIRST)
os.environ.pop("GOVGAUGE_DATABASE", None)
shutil.copyfile(empty_offices.sqlite(), _FIRST / "office.sqlite3")

from govgauge.office.start import start  # noqa: E402 - the settings read the environment

start(_FIRST)

from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402
from django.db import connections  # noqa: E402

PBKDF2PasswordHasher.iterations = 1000  # half a second for each password otherwise; commands of tests still take it
connections.close_all()  # the last one to leave brings everything into the file
_SQLITE = dict(connections.settings["default"])
_SQLITE["OPTIONS"] = {**_SQLITE["OPTIONS"], "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; "
                      "PRAGMA foreign_keys=ON;"}  # fmt: skip
"""As the office has it, except that no power cut is feared; commands that a test starts still fear it."""


@pytest.fixture
def database() -> str:
    """Which database the office has; a file of tests overrides this to be run with both."""
    return "sqlite"


@pytest.fixture(autouse=True)
def office(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """The folder of an empty office, which commands started by the test find, too."""
    home = tmp_path / "office"
    home.mkdir()
    monkeypatch.setenv("GOVGAUGE_HOME", str(home))
    if database == "sqlite":
        shutil.copyfile(_FIRST / "office.sqlite3", home / "office.sqlite3")
        _use({**_SQLITE, "NAME": str(home / "office.sqlite3")})
        yield home
    else:
        cluster: Cluster = request.getfixturevalue(database)
        name = cluster.database("first")
        monkeypatch.setenv("GOVGAUGE_DATABASE", cluster.url(name))
        _use(dj_database_url.parse(cluster.url(name)))
        yield home
        connections.close_all()
        cluster.drop(name)
    _use(_SQLITE)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A running PostgreSQL whose database `first` is that of an empty office."""
    yield from _cluster(safe=False)


@pytest.fixture(scope="session")
def safe_postgresql() -> Iterator[Cluster]:
    """One that may be killed: it syncs what it is told to keep."""
    yield from _cluster(safe=True)


def _cluster(*, safe: bool) -> Iterator[Cluster]:
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: `tools/system-parts` installs it")
    cluster = Cluster(folder, safe=safe, base=empty_offices.postgresql(folder)).start()
    try:
        yield cluster
    finally:
        cluster.stop()


def _use(settings: dict[str, object]) -> None:
    """Let Django speak to a database, in every thread."""
    connections.close_all()
    connections.settings["default"] = connections.configure_settings({"default": settings})["default"]
    with contextlib.suppress(AttributeError):  # no connection was made in this thread
        del connections["default"]


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_FIRST, ignore_errors=True)
