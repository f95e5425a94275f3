"""Pages under test: their static files laid out, and a browserless visitor."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))  # bench/ writes the large rounds

from django.conf import settings
from django.test import Client, override_settings
from django.test.utils import setup_test_environment, teardown_test_environment
from people_at_work import at_work

from govgauge.office.models import RoleKind
from govgauge.web import static_files


@pytest.fixture(scope="session", autouse=True)
def pages() -> Iterator[None]:
    """Templates that are rendered can be looked at, and static files have their names."""
    setup_test_environment()
    static_files.know()
    yield
    teardown_test_environment()


@pytest.fixture
def anonymous() -> Client:
    """A visitor who has not signed in; a fault of ours is raised, not shown."""
    return Client()


@pytest.fixture
def client() -> Client:
    """An administrator at work."""
    return at_work(RoleKind.ADMINISTRATOR)


@pytest.fixture
def english(client: Client) -> Client:
    """A visitor who chose English."""
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def settings_home(office: Path) -> Iterator[None]:
    """Pages look for kept files in this test's office."""
    with override_settings(HOME=office):
        yield


@pytest.fixture
def address() -> Iterator[str]:
    """A server of this test's office."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "govgauge", "serve", "--port", str(port)]
    environment = {**os.environ, "GOVGAUGE_SECRET_KEY": settings.SECRET_KEY}  # so that it knows our cookies
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as server:
        while server.poll() is None:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A real browser, with sandboxes left out where we are root; a test of it is skipped where there is none."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium: `tools/system-parts` installs chromium-headless-shell")
    pytest.importorskip("axe_playwright_python", reason="no axe")
    sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright: install govgauge[browser]")
    with pytest.MonkeyPatch.context() as patch, sync_api.sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in this thread, and nothing else in it
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()
