"""The interface under a program that tries everything its description allows, and much that it does not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from published import a_publication

from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication

pytestmark = pytest.mark.usefixtures("settings_home")
EXAMPLES = 12
SETTINGS = """
[parameters]
slug = "{slug}"
version = "{version}"
id = "2025-county"
number = 1
"""


@pytest.fixture
def many_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVGAUGE_OPEN_DATA_PER_MINUTE", "1000000")


@pytest.mark.usefixtures("many_requests")
@pytest.mark.parametrize("chosen", [("r", "1"), None])
def test_no_request_breaks_it_and_every_answer_is_as_described(
    chosen: tuple[str, str] | None, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Once about what is there, and once about whatever comes to mind."""
    program = shutil.which("schemathesis", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("no schemathesis: install the development packages")
    a_publication(slug="old")
    a_publication()
    publications.withdraw(PROGRAM, a_publication(slug="gone"), "名单有误，更正后重新公布")
    assert Publication.objects.count() == 3
    address = request.getfixturevalue("command_address")
    said = SETTINGS.format(slug=chosen[0], version=chosen[1]) if chosen else ""
    (tmp_path / "schemathesis.toml").write_text(said, encoding="utf-8")
    command = [program, "--config-file", str(tmp_path / "schemathesis.toml"), "run", f"{address}/api/v1/openapi.json"]
    bounds = ["--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "7", "--request-timeout", "20"]
    quiet = ["--phases", "examples,coverage,fuzzing", "--generation-database", "none", "--no-color"]
    ran = subprocess.run(
        [*command, *bounds, *quiet], capture_output=True, text=True, timeout=170, cwd=tmp_path, check=False
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
