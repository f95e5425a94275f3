"""An office's head publishes, replaces, takes back and restores at the pages: told before each step what follows,
without barriers, on a telephone neither."""

from typing import Any

import pytest
from django.utils import timezone
from in_browser import Visitor, come_to_read
from people_at_work import cookie_of, somebody
from published_pages import a_document, a_frozen_round, prepared

from govgauge.office.domain import publication_documents
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication, PublishingRun, PublishingTask, RoleKind

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("settings_home")]
HERE = "/rounds/p/publish/"
VALUES = {"甲县": "0.5", "乙县": "1"}
ONLY_GONE = "Failed to load resource: the server responded with a status of 410 (Gone)"


def states(visitor: Visitor, *expected: str) -> None:
    come_to_read(visitor.page.locator(".version h3 .tag"), list(expected))


def step(visitor: Visitor, name: str, press: str, reason: str = "") -> str:
    """Open a step of the first version for which it is offered, read what will follow, and do it."""
    form = visitor.page.locator("details", has=visitor.page.get_by_text(name, exact=True)).first
    form.locator("summary").click()
    told = str(form.locator("form").inner_text())
    if reason:
        form.get_by_role("textbox").fill(reason)
    form.get_by_role("button", name=press).click()
    visitor.page.wait_for_load_state()
    return told


def test_publishing_from_the_first_version_to_one_that_is_restored(browser: Any, address: str) -> None:
    round_ = a_frozen_round(VALUES, "p")
    head, stranger = Visitor(browser, address), Visitor(browser, address)
    head.context.add_cookies([cookie_of(somebody(RoleKind.ADMINISTRATOR, name="王主任"), address)])
    head.go(HERE)
    assert head.page.get_by_text("现在还什么都不会公开").is_visible()
    head.look("publishing-empty", phone=True)

    first = prepared(round_)
    publication_documents.make(PROGRAM, first, wanted=("diagnosis",), forms=("html",), workers=1)
    a_document(first, "总报告")
    facts = {"what": "诊断报告", "done": 1, "total": 2, "worker": "别处-1", "beat_at": timezone.now()}
    PublishingRun.objects.create(round=round_, task=PublishingTask.DOCUMENTS, publication=first, **facts)
    head.go(HERE)
    come_to_read(head.page.locator(".progress-line b"), ["1"])
    head.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    head.look("publishing-waiting", phone=True)
    PublishingRun.objects.all().delete()
    head.go("/portal/rounds/p/versions/1/")
    assert head.page.get_by_text("这一版还没有公布").is_visible()
    head.look("publishing-preview")

    head.go(HERE)
    assert "被评估单位可以下载自己的诊断报告" in step(head, "公布…", "公布第 1 版")
    states(head, "已公布")
    prepared(round_)
    head.go(HERE)
    assert "第 1 版变为“已被新版取代”" in step(head, "公布…", "公布第 2 版")
    states(head, "已公布", "已被新版取代")
    assert "以前的版本不会自动恢复" in step(head, "撤回…", "撤回第 2 版", "第三组数据有误")
    states(head, "已撤回", "已被新版取代")
    head.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    head.look("publishing-withdrawn", phone=True)

    stranger.page.goto(f"{address}/portal/rounds/p/")
    assert stranger.page.get_by_text("第三组数据有误").first.is_visible()
    stranger.look("publishing-gone", phone=True)
    stranger.go("/portal/rounds/p/versions/1/")
    assert stranger.page.get_by_text("取代它的版本已撤回").is_visible()
    head.go(HERE)
    assert "成为本轮现行的结果" in step(head, "恢复公开…", "恢复第 2 版", "经复核数据无误")
    states(head, "已公布", "已被新版取代")
    stranger.go("/portal/rounds/p/")
    assert Publication.objects.get(state="public").number == 2

    owner = Visitor(browser, address)
    owner.context.add_cookies([cookie_of(somebody(RoleKind.ASSESSED, scope="某省/甲县"), address)])
    publication_documents.make(
        PROGRAM, Publication.objects.get(number=2), wanted=("diagnosis",), forms=("html",), workers=1
    )
    owner.go("/rounds/p/diagnoses/")
    come_to_read(owner.page.locator("#list tbody th"), ["甲县某省"])
    owner.look("publishing-diagnoses", phone=True)
    assert head.faults == owner.faults == []
    assert set(stranger.faults) <= {ONLY_GONE}
