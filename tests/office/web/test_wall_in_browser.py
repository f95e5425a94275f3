"""A board in a real browser: numbers that change by themselves, a server that goes and comes back, a link that ends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import seeded
from django.conf import settings
from in_browser import Visitor, come_to_read
from people_at_work import cookie_of, somebody
from test_wall_pages import a_remedy, watched

from govgauge.office.domain import wall_links
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import RemedyState, RoleKind, WallLink

pytestmark = pytest.mark.browser
SOON = 20_000
"""Milliseconds in which a board has asked, whatever else the machine does."""


class Server:
    """A server that can be ended and started again at one address."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "govgauge", "serve", "--port", str(self.port)]
        environment = {**os.environ, "GOVGAUGE_SECRET_KEY": settings.SECRET_KEY}
        silent = subprocess.DEVNULL
        self.running = subprocess.Popen(command, stdout=silent, stderr=silent, env=environment)
        while self.running.poll() is None:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)

    def end(self) -> None:
        if self.running is not None:
            self.running.terminate()
            self.running.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    made.start()
    yield made
    made.end()


CUT_OFF = (
    "[...document.querySelectorAll('.card')].filter(c => c.scrollHeight > c.clientHeight + 2).map(c => c.className)"
)
"""Parts of which something does not fit."""


def test_a_board_is_live_goes_on_after_a_restart_and_goes_dark_when_its_link_is_revoked(
    browser: Any, server: Server
) -> None:
    round_ = seeded.a_round()
    made = seeded.every_state(round_)
    watched(made["完成县"])
    link, secret = wall_links.make(PROGRAM, round_, "大厅", 3)
    screen = Visitor(browser, server.address)
    page = screen.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    screen.go(f"/wall/{secret}/")
    page.evaluate("window.kept = true")
    assert page.locator("[data-n=failed]").inner_text() == "0"
    assert page.locator(".all-well").is_visible()
    assert page.evaluate("document.documentElement.scrollHeight") == 1080
    watched(made["等待县"], "timed-out", "failed")
    a_remedy(made["完成县"], 2, RemedyState.CLAIMED, due=seeded.NOW.date())
    page.get_by_text("等待县").wait_for(timeout=SOON)
    come_to_read(page.locator("[data-n=failed]"), ["1"])
    come_to_read(page.locator("[data-n=overdue]"), ["1"])
    for look in ("dark", "light"):
        if page.evaluate("document.documentElement.dataset.look") != look:
            page.locator("#look").click()
        screen.look(f"wall-{look}", phone=True)
    for width, height in ((1366, 768), (1080, 1920), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT_OFF) == [], (width, height)
        assert page.evaluate("document.documentElement.scrollHeight") == height

    assert screen.faults == []
    server.end()
    page.get_by_text("连接已断开").wait_for(timeout=SOON)
    assert page.get_by_text("等待县").is_visible()
    server.start()
    page.locator("#state.is-live").wait_for(timeout=2 * SOON)
    assert page.evaluate("window.kept") is True

    WallLink.objects.filter(pk=link.pk).update(revoked_at=seeded.NOW)
    page.get_by_text("看板链接已失效").wait_for(timeout=SOON)
    page.get_by_text("等待县").first.wait_for(state="detached")


def test_a_board_says_that_its_numbers_are_old_and_works_without_scripts(browser: Any, server: Server) -> None:
    round_ = seeded.a_round()
    seeded.every_state(round_)
    _link, secret = wall_links.make(PROGRAM, round_, "大厅", 3)
    screen = Visitor(browser, server.address)
    screen.go(f"/wall/{secret}/")
    headers = {"X-Wall-Clock": "1764475200000", "X-Wall-Made": "1.000", "X-Wall-Age": "900", "X-Wall-Old-After": "60"}
    screen.page.route("**/live?*", lambda route: route.fulfill(status=204, headers=headers))
    screen.page.locator("#state.is-old").wait_for(timeout=SOON)
    screen.page.locator("#said", has_text="数字停在 03:45:00").wait_for()
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{server.address}/wall/{secret}/?look=light")
    assert page.get_by_text("采集进度").is_visible()
    assert not page.locator("#full").is_visible()
    chief = Visitor(browser, server.address)
    chief.context.add_cookies([cookie_of(somebody(RoleKind.ADMINISTRATOR), server.address)])
    chief.go("/rounds/r/board/wall/links/")
    chief.page.get_by_label("挂在哪里").fill("三楼大厅")
    chief.page.get_by_role("button", name="生成链接").click()
    chief.page.get_by_text("链接只显示这一次").wait_for()
    chief.look("wall-links", phone=True)
    assert [*screen.faults, *chief.faults] == []
