"""The way of a county in a real browser: invited, signed in with a passkey, registered, accepted by the office."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import seeded
from django.utils import timezone
from in_browser import Visitor, come_to_read
from people_at_work import cookie_of, somebody

from govgauge.office.domain import invitations
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Entry, Registration, RoleKind, RoundStage

pytestmark = pytest.mark.browser
BODY = "江东省/甲市/乙县"
PASSWORD = "korrekt-pferd-batterie"
FORM = {
    "网站名称": "乙县人民政府网",
    "网站网址": "http://www.yixian.gov.cn/",
    "主管单位": "乙县人民政府办公室",
    "主办单位": "乙县政务服务局",
    "联系人姓名": "张三",
    "联系人职务": "科长",
    "工作电话": "0570-1234567",
    "手机号码": "13900000000",
    "电子邮箱": "zhang@yixian.example",
    "通讯地址": "江东省甲市乙县一号",
}
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PLACES = ("/people/", "/people/invitations/", "/people/invitations/new", "/trail/", "/accounts/sessions/")


def test_a_county_is_invited_registers_and_is_accepted(browser: Any, command_address: str, tmp_path: Path) -> None:
    place = command_address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    round_ = seeded.a_round(title="2025 年县级政府网站评估")
    today = timezone.localdate()
    RoundStage.objects.create(round=round_, kind="registration", starts=today, ends=today + timedelta(days=9))
    seeded.an_entry(round_, "丙县", parent="江东省/甲市", group="县级")
    county, office = Visitor(browser, place), Visitor(browser, place)
    takes_up_an_invitation(county)
    signs_in_with_a_passkey(county)
    registers(county, tmp_path / "盖章报名表.png")
    office.context.add_cookies([cookie_of(somebody(RoleKind.ADMINISTRATOR, name="王主任"), place)])
    accepts(office)
    assert Entry.objects.get(key=BODY).url == FORM["网站网址"]
    for number, path in enumerate((*PLACES, "/people/1/")):
        office.go(path)
        office.look(f"office-{number}", phone=path in {"/people/", "/trail/"})
    county.page.reload()
    county.look("accepted", phone=True)
    assert (county.faults, office.faults) == ([], [])


def takes_up_an_invitation(county: Visitor) -> None:
    role = {"kind": RoleKind.ASSESSED, "scope": BODY}
    secret = invitations.invite(PROGRAM, "zhang@yixian.example", name="张三", **role)[1]
    county.go(f"/invitation/{secret}/")
    county.look("accept", phone=True)
    county.page.locator("#id_password").fill(PASSWORD)
    county.page.locator("#id_again").fill(PASSWORD)
    county.page.get_by_role("button", name="建立账号").click()
    county.page.wait_for_url(f"{county.address}/")


def signs_in_with_a_passkey(county: Visitor) -> None:
    tools = county.context.new_cdp_session(county.page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    county.go("/accounts/2fa/")
    county.look("second-factors", phone=True)
    county.page.get_by_role("link", name="启用").click()
    county.look("confirm-access")
    county.page.locator("#id_password").fill(PASSWORD)
    county.page.locator("main button").first.click()
    county.page.wait_for_url("**/2fa/totp/activate/")
    county.look("authenticator-app")
    county.go("/accounts/2fa/webauthn/add/")
    county.look("passkey")
    county.page.locator("#id_passwordless").check()
    county.page.locator("#mfa_webauthn_add").click()
    county.page.wait_for_url("**/2fa/recovery-codes/**")
    county.look("recovery-codes")
    county.page.get_by_role("button", name="退出").click()
    county.page.wait_for_url("**/login/**")
    county.look("login", phone=True)
    county.page.get_by_role("button", name="用通行密钥登录").click()
    county.page.wait_for_url(f"{county.address}/")


def registers(county: Visitor, letter: Path) -> None:
    county.go("/registrations/new")
    county.look("registration-new")
    county.page.get_by_role("button", name="填写报名表").click()
    county.page.wait_for_url("**/registrations/*/")
    made = Registration.objects.get(key=BODY)
    for label, value in FORM.items():
        county.page.get_by_label(label).fill(value)
    county.page.get_by_label("通讯地址").press("Tab")
    county.page.get_by_text("已保存").wait_for()
    for _ in range(50):
        made.refresh_from_db()
        if made.address == FORM["通讯地址"]:
            break
        county.page.wait_for_timeout(100)
    assert made.address == FORM["通讯地址"]
    still = county.page.locator("#missing")
    come_to_read(still.locator("li"), ["请上传盖章的报名表"])
    county.page.get_by_label("通讯地址").fill("")
    still.get_by_text("请填写通讯地址").wait_for()
    made.refresh_from_db()
    assert made.address == ""
    county.page.get_by_label("通讯地址").fill(FORM["通讯地址"])
    still.get_by_text("请填写通讯地址").wait_for(state="detached")
    county.page.screenshot(path=letter)
    county.page.get_by_label("选择文件").set_input_files(letter)
    county.page.get_by_role("button", name="上传").click()
    county.page.get_by_text("已上传").wait_for()
    county.look("registration", phone=True)
    county.page.get_by_role("button", name="提交报名").click()
    county.page.get_by_text("评估办公室核对后会通知您").wait_for()


def accepts(office: Visitor) -> None:
    office.go("/rounds/r/registrations/")
    office.look("registrations", phone=True)
    office.page.get_by_role("link", name="乙县").click()
    office.look("deciding")
    office.page.get_by_role("button", name="受理").click()
    office.page.get_by_text("单位已列入评估对象").wait_for()


def test_a_passkey_that_the_browser_does_not_take_is_told_on_the_page(browser: Any, address: str) -> None:
    visitor = Visitor(browser, address)  # by its number, as the program itself tells it
    visitor.go("/accounts/login/")
    visitor.page.get_by_role("button", name="用通行密钥登录").click()
    visitor.page.get_by_text("通行密钥只认域名，不认 IP 地址").wait_for()
    visitor.look("passkey-refused")
    assert visitor.faults == []
