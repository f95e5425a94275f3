"""A citizen votes in a real browser, with scripts and a lost answer, and without; the chair looks at a burst."""

import email
import re
import time
from email import policy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from in_browser import Visitor
from people_at_work import cookie_of, somebody
from voted import a_call, a_case
from voted_bursts import burst

from govgauge.office import vote_receipts
from govgauge.office.domain import uploads
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Ballot, CaseFile, RoleKind, VoteCode

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("settings_home")]


def test_a_citizen_votes_and_checks_the_receipt(browser: Any, command_address: str, office: Path) -> None:
    call = a_call(title="2025 年数字政府创新案例征集")
    case = a_case(call, 7, "“一网通办”政务服务平台", url="http://case.test/")
    citizen, other = Visitor(browser, command_address), Visitor(browser, command_address)
    citizen.page.goto(f"{command_address}/scanner")
    upload = uploads.keep(PROGRAM, BytesIO(citizen.page.screenshot()), "首页.png", purpose="case", round_=call.round)
    CaseFile.objects.create(case=case, upload=upload, caption="平台首页")
    burst(call)
    citizen.go("/vote/r/")
    citizen.look("vote-cases", phone=True)
    proves(citizen, office, "wang@example.cn")
    votes(citizen)
    other.page.close()
    other.page = browser.new_context(java_script_enabled=False).new_page()
    proves(other, office, "li@example.cn", look=False)
    other.page.locator("input[name=choice]").first.check()
    other.page.get_by_role("button", name="提交选票").click()
    other.page.locator("code").nth(1).wait_for()
    page = other.page.content()
    receipt, secret = re.findall(r"<code>([0-9a-f]{64})</code>", page)
    assert vote_receipts.commitment("r", Ballot.objects.get(commitment=receipt).choices, secret) == receipt
    chair = Visitor(browser, command_address)
    chair.context.add_cookies([cookie_of(somebody(RoleKind.ADMINISTRATOR, name="王主任"), command_address)])
    chair.go("/rounds/r/vote/")
    chair.look("vote-chair", phone=True)
    assert [fault for fault in citizen.faults if "ERR_FAILED" not in fault] == chair.faults == []


def proves(citizen: Visitor, office: Path, mail: str, *, look: bool = True) -> None:
    citizen.go("/vote/r/proof")
    if look:
        citizen.look("vote-proof", phone=True)
    citizen.page.get_by_label("电子邮箱").fill(mail)
    citizen.page.get_by_role("button", name="发送验证码到邮箱").click()
    citizen.page.get_by_label("验证码").wait_for()
    if look:
        citizen.look("vote-code")
    citizen.page.get_by_label("验证码").fill(code_in(office, mail))
    citizen.page.get_by_role("button", name="继续").click()
    citizen.page.wait_for_url("**/vote/r/")


def votes(citizen: Visitor) -> None:
    page = citizen.page
    for box in page.locator("input[name=choice]").all()[:4]:
        box.click()
    page.get_by_text("最多选 3 个案例").wait_for()
    page.get_by_role("button", name="数据开放").click()
    citizen.look("vote-ballot", phone=True)
    before, lost = Ballot.objects.count(), []

    def lose_the_first_answer(route: Any) -> None:
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/cast", lose_the_first_answer, times=1)
    page.get_by_role("button", name="提交选票").click()
    page.get_by_role("heading", name="选票已经计入").wait_for()
    citizen.look("vote-done", phone=True)
    assert (len(lost), Ballot.objects.count() - before) == (1, 1)
    receipt, secret = page.locator("#done-receipt").inner_text(), page.locator("#done-secret").inner_text()
    assert [one["name"] for one in citizen.context.cookies() if one["name"] == "vote"] == [], "for the next at it"
    ballot = Ballot.objects.get(commitment=receipt)
    assert len(ballot.choices) == 3
    assert vote_receipts.commitment("r", ballot.choices, secret) == receipt
    page.get_by_role("link", name="核对回执").last.click()
    page.get_by_label("回执号").fill(receipt)
    page.get_by_role("button", name="核对", exact=True).click()
    page.get_by_text("这张选票在票箱中").wait_for()
    citizen.look("vote-receipt", phone=True)


def code_in(office: Path, mail: str) -> str:
    """The code in the mail that the office wrote into its folder."""
    assert VoteCode.objects.exists()
    for _ in range(100):
        for path in sorted(office.rglob("*.eml")):
            told = email.message_from_bytes(path.read_bytes(), policy=policy.default)
            if told["To"] == mail:
                found = re.search(r"\d{6}", told.get_content())
                assert found is not None
                return found.group()
        time.sleep(0.1)
    raise AssertionError("no mail came")
