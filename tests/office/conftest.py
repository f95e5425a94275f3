"""An office of its own for each test: a folder and a fresh database."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_FIRST = Path(tempfile.mkdtemp(prefix="govgauge-office-"))
os.environ["GOVGAUGE_HOME"] = str(_FIRST)

from govgauge.office.start import start  # noqa: E402 - the settings read the environment

start(_FIRST)

from django.db import connections  # noqa: E402

connections.close_all()  # the last one to leave brings everything into the file


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an empty office, which commands started by the test find, too."""
    home = tmp_path / "office"
    home.mkdir()
    shutil.copyfile(_FIRST / "office.sqlite3", home / "office.sqlite3")
    monkeypatch.setenv("GOVGAUGE_HOME", str(home))
    connections.close_all()
    connections["default"].settings_dict["NAME"] = str(home / "office.sqlite3")
    yield home
    connections.close_all()


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_FIRST, ignore_errors=True)
