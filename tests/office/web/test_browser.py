"""The pages in a real browser: no barrier that axe finds, nothing wider than a phone, live parts that live."""

from collections.abc import Mapping

import pytest
import seeded
from in_browser import barriers
from people_at_work import cookie_of, somebody

from govgauge.office.models import Job, JobState, RoleKind

pytestmark = pytest.mark.browser
SIZES = {"wide": (1280, 900), "phone": (390, 844)}


def reader(address: str) -> Mapping[str, str]:
    """The cookie of an administrator."""
    return cookie_of(somebody(RoleKind.ADMINISTRATOR), address)


@pytest.mark.parametrize(
    ("size", "mode"), [("wide", "plain"), ("phone", "plain"), ("phone", "elder"), ("wide", "elder")]
)
def test_no_page_has_a_barrier_or_is_wider_than_its_screen(browser, address: str, size: str, mode: str) -> None:
    made = seeded.every_state(seeded.a_round())["完成县"]
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_cookies([{"name": "mode", "value": mode, "url": address}, reader(address)])
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for path in (
        "/",
        "/rounds/r/",
        "/rounds/r/entries/",
        "/rounds/r/jobs/",
        f"/rounds/r/entries/{made.id}/",
        "/scanner",
    ):
        page.goto(address + path)
        assert page.url == address + path
        assert barriers(page) == [], path
    assert faults == []
    context.close()


def test_a_rounds_page_shows_what_has_changed_without_being_loaded_again(browser, address: str) -> None:
    seeded.every_state(seeded.a_round())
    context = browser.new_context()
    context.add_cookies([reader(address)])
    page = context.new_page()
    page.goto(f"{address}/rounds/r/")
    page.evaluate("window.stayed = true")
    assert "江东省/进行县" in page.content()
    page.get_by_role("button", name="暂停自动刷新").click()
    assert page.get_by_role("button", name="恢复自动刷新").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="恢复自动刷新").click()
    Job.objects.filter(state=JobState.RUNNING).update(state=JobState.DONE, lease="")
    page.get_by_role("link", name="江东省/进行县").wait_for(state="detached", timeout=60_000)
    assert page.evaluate("window.stayed")
    context.close()


def test_filters_change_list_and_address_and_the_way_back_leads_back(browser, address: str) -> None:
    seeded.every_state(seeded.a_round())
    context = browser.new_context()
    context.add_cookies([reader(address)])
    page = context.new_page()
    page.goto(f"{address}/rounds/r/entries/")
    page.get_by_label("状态").select_option("failed")
    page.wait_for_url("**/entries/?state=failed", timeout=60_000)
    page.get_by_role("link", name="完成县").wait_for(state="detached", timeout=60_000)
    page.get_by_role("link", name="失败县").click()
    page.wait_for_url("**/entries/*/", timeout=60_000)
    page.go_back()
    page.get_by_role("link", name="完成县").wait_for(state="detached", timeout=60_000)
    assert page.get_by_role("heading", name="2025 年评估").is_visible()
    context.close()


def test_everything_works_without_scripts_and_by_keyboard(browser, address: str) -> None:
    seeded.every_state(seeded.a_round())
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([reader(address)])
    page = context.new_page()
    page.goto(f"{address}/rounds/r/entries/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.get_by_label("名称或网址").fill("失败")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*", timeout=60_000)
    assert page.locator("table.list tbody tr").count() == 1
    page.get_by_role("button", name="长者版").click()
    page.locator("html.elder").wait_for(timeout=60_000)  # at the same address
    assert "q=" in page.url
    context.close()
