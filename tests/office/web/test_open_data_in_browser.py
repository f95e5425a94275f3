"""The pages about open data in a real browser: no barriers, on a telephone neither, in elderly mode neither."""

from typing import Any

import pytest
from in_browser import Visitor
from published import a_publication

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("settings_home")]


def test_pages_have_no_barriers_and_lead_to_the_files(browser: Any, request: pytest.FixtureRequest) -> None:
    a_publication()
    visitor = Visitor(browser, request.getfixturevalue("address"))
    visitor.go("/open-data/")
    with visitor.page.expect_download() as told:
        visitor.page.get_by_role("link", name="results.csv").click()
    assert told.value.suggested_filename == "r-1-results.csv"
    visitor.look("open-data", phone=True)
    visitor.page.get_by_role("link", name="校验和、大小和全部文件").click()
    assert visitor.page.url.endswith("/open-data/r/1/")
    visitor.look("open-data-version", phone=True)
    for name in ("dictionary", "api"):
        visitor.go(f"/open-data/{name}/")
        visitor.look(f"open-data-{name}", phone=True)
    visitor.page.get_by_role("button", name="长者版").click()
    visitor.look("open-data-elder")
    assert visitor.faults == []
