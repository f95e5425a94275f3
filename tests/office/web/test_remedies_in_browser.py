"""A fault from its finding to its closing, in a real browser, on a real site: notify, claim, mend, re-check, close."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from in_browser import Visitor
from people_at_work import cookie_of, somebody
from test_round_visits import Site, begin

from govgauge.office.domain import rounds
from govgauge.office.models import Entry, Person, Remedy, RoleKind
from govgauge.office.pool import Pool

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "site")
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def work(office: Path) -> None:
    """Do all that is due, in processes of its own."""
    Pool(office, 1).run(rounds.find("r"), lambda: None, lambda: False)


def somebody_at(browser: Any, address: str, person: Person) -> Visitor:
    visitor = Visitor(browser, address)
    visitor.context.add_cookies([cookie_of(person, address)])
    return visitor


def test_a_fault_goes_its_way_from_finding_to_closing(browser: Any, address: str, office: Path, site: Site) -> None:
    begin(site, confirm=None)
    work(office)
    entry = Entry.objects.get()
    chief = somebody_at(browser, address, somebody(RoleKind.ADMINISTRATOR, name="王主任"))
    owner = somebody_at(browser, address, somebody(RoleKind.ASSESSED, scope=entry.key, name="县政府办公室"))

    chief.go("/rounds/r/remedies/unsent?confirmed=all&audit=broken-link&q=")
    chief.look("remedies-unsent", phone=True)
    chief.page.locator("tr", has_text="gone.html").get_by_role("checkbox").check()
    chief.page.get_by_label("附言（单位会看到）").fill("请一周内整改")
    chief.page.get_by_role("button", name="通知单位").click()
    chief.page.get_by_text("已处理 1 个问题").wait_for()

    owner.go("/messages/")
    owner.look("messages", phone=True)
    owner.page.get_by_role("link", name="收到 1 个待整改的问题").click()
    owner.page.wait_for_url("**/rounds/r/remedies/?state=notified")
    owner.page.get_by_role("link", name="链接不可用").click()
    owner.page.get_by_role("button", name="认领").click()
    owner.page.get_by_text("已处理 1 个问题").wait_for()
    owner.look("remedy-claimed", phone=True)
    owner.page.get_by_role("button", name="报告无需整改").click()
    owner.page.get_by_text("请写明理由").wait_for()
    site.change("index.html", "/gone.html", "/yw/index.html")
    owner.page.get_by_label("说明或理由").fill("已更换链接")
    owner.page.get_by_role("button", name="报告已整改").click()
    owner.page.get_by_role("heading", name="待复查").wait_for()
    owner.go(f"/rounds/r/entries/{entry.id}/checks/")
    owner.page.get_by_role("button", name="开始自查").click()
    owner.page.get_by_text("自查已排上队").wait_for()

    work(office)
    remedy = Remedy.objects.get()
    assert remedy.state == "closed"
    owner.go(f"/rounds/r/remedies/{remedy.id}/")
    owner.page.get_by_role("heading", name="已销号").wait_for()
    owner.look("remedy-closed", phone=True)
    owner.page.get_by_role("link", name="当时留存的应答原件").click()
    owner.page.get_by_text("404").first.wait_for()
    for name, path in (
        ("remedies-body", "/rounds/r/remedies/"),
        ("self-checks", f"/rounds/r/entries/{entry.id}/checks/"),
        ("site-file", f"/rounds/r/entries/{entry.id}/file/"),
        ("message-choices", "/messages/choices"),
    ):
        owner.go(path)
        owner.look(name, phone=True)
    for name, path in (
        ("remedies-office", "/rounds/r/remedies/"),
        ("remedies-statistics", "/rounds/r/remedies/statistics"),
        ("region", "/rounds/r/region/"),
        ("outgoing", "/messages/outgoing"),
    ):
        chief.go(path)
        chief.look(name, phone=True)
    assert [*owner.faults, *chief.faults] == []
