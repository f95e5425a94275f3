"""The way of a case in a real browser: nominated by a body, screened by two people, admitted by the office."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from in_browser import Visitor
from nominated import BODY, FORM, a_call, handed_in
from people_at_work import cookie_of, somebody

from govgauge.office.domain.acting import acting_as
from govgauge.office.domain.case_steps import state_of
from govgauge.office.models import Case, RoleKind

pytestmark = pytest.mark.browser
LABELS = {"案例名称": "name", "建设单位": "owner", "案例网址": "url", "推荐理由": "reason", "联系人": "contact"}


def visitor(browser: Any, address: str, kind: RoleKind, name: str, scope: str = "") -> Visitor:
    made = Visitor(browser, address)
    made.context.add_cookies([cookie_of(somebody(kind, name=name, scope=scope), address)])
    return made


def test_a_case_from_its_nomination_to_the_final(browser: Any, address: str, tmp_path: Path) -> None:
    call = a_call()
    supervisor = acting_as(somebody(RoleKind.SUPERVISOR, scope="江东省"))
    handed_in(supervisor, call, kind="supervisor", name="“江东通”移动服务", url="https://www.jia.gov.cn/app/")
    body = visitor(browser, address, RoleKind.ASSESSED, "张三", BODY)
    nominate(body, tmp_path / "首页.png")
    case = Case.objects.latest("id")
    screeners = [visitor(browser, address, RoleKind.REVIEWER, name) for name in ("周复核", "吴复核")]
    office = visitor(browser, address, RoleKind.ADMINISTRATOR, "王主任")
    for number, one in enumerate(screeners):
        screen(one, case, first=number == 0)
    admit(office)
    assert state_of(case) == "admitted"
    body.page.reload()
    body.look("nomination-admitted")
    office.go("/rounds/r/cases/rules")
    office.look("case-rules", phone=True)
    citizen = Visitor(browser, address)
    citizen.go("/nominate/r/")
    citizen.look("nominate-public", phone=True)
    citizen.context.add_cookies([{"name": "language", "value": "en", "url": address}])
    citizen.go("/nominate/r/")
    citizen.look("nominate-public-english")
    assert [one.faults for one in (body, *screeners, office, citizen)] == [[]] * 5


def test_a_citizen_from_the_public_page_to_the_office(
    browser: Any, command_address: str, office: Path, tmp_path: Path
) -> None:
    a_call()
    citizen = Visitor(browser, command_address)
    page = citizen.page
    citizen.go("/nominate/r/")
    for label, text in {"参评单位": BODY, "案例名称": "随手拍", "您的姓名": "何网民"}.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("案例类别").select_option("society")
    page.get_by_label("您的电子邮箱").fill("he@example.test")
    page.get_by_label("推荐理由").fill("拍一下就有人管。\n")
    page.get_by_text("推荐理由 8 / 300 字").wait_for()
    page.get_by_role("button", name="推荐", exact=True).click()
    page.wait_for_url("**/sent")
    (letter,) = (office / "mails").glob("*.eml")
    told = message_from_bytes(letter.read_bytes(), policy=policy.default).get_body(("plain",))
    citizen.go(re.findall(r"/nominate/r/[\w-]+/", str(told.get_content()))[0])  # type: ignore[union-attr]
    page.get_by_label("推荐理由").fill("拍一下就有人管，还会回话。")
    page.get_by_label("推荐理由").press("Tab")
    page.get_by_text("已保存").wait_for()
    page.screenshot(path=tmp_path / "随手拍.png")
    page.get_by_label("选择文件").set_input_files(tmp_path / "随手拍.png")
    page.get_by_role("button", name="上传").click()
    page.get_by_text("已上传").wait_for()
    assert page.get_by_label("推荐理由").input_value() == "拍一下就有人管，还会回话。"
    assert page.locator(".case-files img").evaluate("one => one.decode().then(() => one.naturalWidth)") > 100
    citizen.look("nominate-own", phone=True)
    page.get_by_role("button", name="确认并提交").click()
    page.get_by_text("谢谢您的推荐").wait_for()
    assert citizen.faults == []
    assert state_of(Case.objects.get()) == "submitted"


def nominate(body: Visitor, picture: Path) -> None:
    page = body.page
    body.go("/nominations/")
    body.look("nominations", phone=True)
    page.get_by_role("link", name="推荐案例", exact=True).click()
    page.get_by_role("button", name="填写推荐表").click()
    page.wait_for_url("**/nominations/*/")
    page.get_by_label("案例类别").select_option("services")
    for label, name in LABELS.items():
        page.get_by_label(label).fill(FORM[name])
    page.get_by_label("电子邮箱").fill(FORM["email"])
    page.get_by_label("电子邮箱").press("Tab")
    page.get_by_text("33 / 300 字").wait_for()
    body.look("nomination", phone=True)
    page.screenshot(path=picture)
    page.get_by_label("选择文件").set_input_files(picture)
    page.get_by_label("说明", exact=True).fill("办理首页")
    page.get_by_role("button", name="上传").click()
    page.get_by_text("已上传").wait_for()
    body.look("nomination-files", phone=True)
    page.get_by_role("button", name="提交推荐").click()
    page.get_by_text("评估办公室审核后会通知您").wait_for()


def screen(one: Visitor, case: Case, *, first: bool) -> None:
    page = one.page
    one.go("/rounds/r/cases/?work=score")
    if first:
        one.look("cases", phone=True)
    page.get_by_role("link", name=case.name).click()
    if first:
        page.get_by_role("button", name="不是同一案例").click()
        page.get_by_text("已认定为不同案例。").wait_for()
        for title in ("材料完整", "属于征集范围", "情况属实"):
            page.get_by_role("group", name=title).get_by_label("是", exact=True).check()
        page.get_by_role("button", name="记下核对结果").click()
        page.get_by_text("已记下核对结果").wait_for()
    for group in page.locator("form.rubric fieldset").all():
        group.get_by_role("radio").nth(3).check()
    if first:
        one.look("case", phone=True)
    page.get_by_role("button", name="提交评分").click()
    page.get_by_text("评分已提交").wait_for()


def admit(office: Visitor) -> None:
    page = office.page
    office.go("/rounds/r/cases/?work=decide")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="进入终评…").click()
    page.get_by_text("让 1 件案例进入终评").wait_for()
    office.look("case-deciding", phone=True)
    page.get_by_label("理由（推荐人会收到）").fill("初选会议通过。")
    page.get_by_role("button", name="确认这 1 件").click()
    page.get_by_text("已决定 1 件").wait_for()
    office.look("cases-decided")
