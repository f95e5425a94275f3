"""Pages under test: their static files laid out, and a browserless visitor."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))  # bench/ writes the large rounds

import serving
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
def address(office: Path) -> Iterator[str]:
    """This test's office, served by this process."""
    with serving.this_process(office) as told:
        yield told


@pytest.fixture
def command_address() -> Iterator[str]:
    """This test's office, served by the command; for what depends on the server, its mails or its environment."""
    with serving.command() as told:
        yield told


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
