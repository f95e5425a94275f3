"""The portal in a real browser: no barrier that axe finds, nothing wider than its screen, all of it without scripts."""

import pytest
from in_browser import SHOTS, barriers, come_to_read
from judged_sheets import a_finding
from published_pages import a_document, published

from govgauge.office.models import PublicSubject

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("settings_home")]
SIZES = {"wide": (1280, 900), "phone": (390, 844)}
LONG = "国家级经济技术开发区和高新技术产业开发区及综合保税区管理委员会政务服务和数据管理局"


def filled() -> list[str]:
    """Two years of a round with whatever is hard to show, and the addresses of its pages."""
    published({"甲县": "1", LONG: "0.5"}, "old", year=2024)
    same = {f"并列{n}县": "0.7" for n in range(30)}
    made = published({LONG: "0.5", "甲县": "0.8", **same}, "p", findings=[a_finding("http://a.test/x")])
    a_document(made, "总报告")
    number, other = (PublicSubject.objects.get(name=name).pk for name in (LONG, "甲县"))
    return [
        "",
        "rounds/",
        "rounds/p/",
        "rounds/p/groups/1/",
        f"rounds/p/groups/1/compare/?s={number}&s={other}",
        "rounds/p/map/",
        "subjects/",
        f"subjects/{number}/",
        "systems/",
        "systems/2025-county/",
        "systems/2020-local/to/2025-county/",
        "method/",
        "accessibility/",
    ]


@pytest.mark.parametrize(("size", "mode"), [("wide", "plain"), ("phone", "elder")])
def test_no_page_has_a_barrier_or_is_wider_than_its_screen(browser, address: str, size: str, mode: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_cookies([{"name": "mode", "value": mode, "url": address}])
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for number, path in enumerate(filled()):
        page.goto(f"{address}/portal/{path}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert barriers(page) == [], path
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/portal-{number}-{size}.png", full_page=True)
    assert faults == []
    context.close()


def test_somebody_finds_a_body_and_puts_two_side_by_side_without_scripts_and_by_keyboard(browser, address: str) -> None:
    filled()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/portal/")
    page.get_by_role("link", name="区县").first.click()
    page.get_by_label("名称", exact=True).fill("县")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*", timeout=60_000)
    page.get_by_label("选择甲县作比较").check()
    page.get_by_label("选择并列0县作比较").check()
    page.get_by_role("button", name="比较所选").click()
    page.wait_for_url("**/compare/?s=*", timeout=60_000)
    come_to_read(page.locator("table.compare thead a"), ["甲县", "并列0县"])
    page.locator("table.compare thead a").first.click()
    page.wait_for_url("**/subjects/**", timeout=60_000)
    page.get_by_role("heading", name="甲县", level=1).wait_for()
    page.get_by_role("button", name="长者版").click()
    page.locator("html.elder").wait_for(timeout=60_000)  # at the same address
    assert "/subjects/" in page.url
    context.close()
