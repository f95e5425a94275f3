"""Pages under test: their static files laid out, and a browserless visitor."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3]))  # bench/ writes the large rounds

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
