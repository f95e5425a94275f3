"""Nominating and screening in the browser, without one: forms, clashes, citizens, lists, decisions, queries."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from nominated import BODY, FORM, a_call, drafted, handed_in
from people_at_work import at_work, give, signed_in, somebody

from govgauge.choosing.rubric import rubric
from govgauge.office.domain import case_calls, public_nominations
from govgauge.office.domain.acting import acting_as
from govgauge.office.domain.case_steps import state_of
from govgauge.office.models import Case, CaseCall, CaseProposal, CaseRules, CaseScore, Person, RoleKind

pytestmark = pytest.mark.usefixtures("settings_home")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
CITIZEN = {
    **{name: FORM[name] for name in ("name", "category", "url", "reason")},
    "key": BODY,
    "proposer": "李四",
    "email": "li@example.test",
}
LEVELS = dict.fromkeys(rubric().codes, "4")


@pytest.fixture(autouse=True)
def no_mails() -> None:
    mail.outbox = []  # type: ignore[attr-defined]


def of_body() -> tuple[Person, Client]:
    person = somebody(RoleKind.ASSESSED, scope=BODY)
    return person, signed_in(person)


def mails() -> list[str]:
    return [str(one.body) for one in getattr(mail, "outbox", [])]


def test_a_body_fills_in_puts_files_to_it_hands_in_and_withdraws() -> None:
    a_call()
    _person, client = of_body()
    assert client.post("/nominations/new", {"way": "1-self", "key": "江东省/乙市"}).status_code == 403
    made = client.post("/nominations/new", {"way": "1-self", "key": BODY}, follow=True)
    here = made.redirect_chain[-1][0]
    saved = client.post(f"{here}save", {**FORM, "version": 0}, headers={"HX-Request": "true"}).content.decode()
    assert "已保存" in saved
    assert "33 / 300 字" in saved
    for name, body in (("首页.png", PNG), ("说明.pdf", b"%PDF-1.7\n")):
        upload = SimpleUploadedFile(name, body)
        page = client.post(f"{here}files", {"file": upload, "caption": "首页"}, follow=True).content.decode()
        assert "已上传" in page
    bad = client.post(f"{here}files", {"file": SimpleUploadedFile("a.svg", b"<svg/>")}, follow=True)
    assert "不能上传" in bad.content.decode()
    page = client.post(f"{here}submit", {"version": Case.objects.get().version}, follow=True).content.decode()
    assert "评估办公室审核后会通知您" in page
    assert "<textarea" not in page
    assert "可以修改后再提交" in client.post(f"{here}withdraw", follow=True).content.decode()


def test_a_clash_keeps_what_was_typed_and_shows_the_others_text() -> None:
    call = a_call()
    person, client = of_body()
    case = drafted(acting_as(person), call)
    colleague = signed_in(somebody(RoleKind.ASSESSED, scope=BODY))
    colleague.post(f"/nominations/{case.pk}/save", {"owner": "甲市数据局", "version": case.version})
    answer = client.post(f"/nominations/{case.pk}/save", {"owner": "甲市大数据局", "version": case.version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "别人填写的是：甲市数据局" in page
    assert 'value="甲市大数据局"' in page


def test_a_citizen_nominates_by_mail_and_nothing_counts_before(anonymous: Client) -> None:
    call = a_call()
    page = anonymous.get("/nominate/r/").content.decode()
    assert "经济调节数字化" in page
    answer = anonymous.post("/nominate/r/", CITIZEN, follow=True)
    assert "请查收邮件" in answer.content.decode()
    case = Case.objects.get()
    assert (case.kind, case.proposer, state_of(case)) == ("public", "李四", "drafted")
    office = at_work(RoleKind.ADMINISTRATOR)
    assert FORM["name"] not in office.get("/rounds/r/cases/").content.decode()
    (told,) = mails()
    link = re.search(r"/nominate/r/[\w-]+/", told)
    assert link is not None
    here = link[0]
    assert state_of(case) == "drafted"
    assert anonymous.get(here).headers["Referrer-Policy"] == "same-origin"
    assert state_of(case) == "drafted", "a mail scanner that opens the link hands nothing in"
    anonymous.post(here, {"file": SimpleUploadedFile("首页.png", PNG), "caption": "首页"})
    piece = case.files.get().pk
    for address, status in ((f"{here}files/{piece}", 200), (f"/nominate/r/wrong/files/{piece}", 404)):
        answer = anonymous.get(address)
        assert answer.status_code == status
        answer.close()
    version = Case.objects.get().version
    page = anonymous.post(here, {"owner": "甲市局", "version": version, "submit": "1"}, follow=True).content.decode()
    assert "谢谢您的推荐" in page
    assert state_of(case) == "submitted"
    assert FORM["name"] in office.get("/rounds/r/cases/").content.decode()
    assert "可以修改后再提交" in anonymous.post(here, {"withdraw": "1"}, follow=True).content.decode()
    assert case_calls.states(call) == {case.pk: "withdrawn"}


def test_a_citizens_page_saves_itself_and_keeps_what_is_too_long(anonymous: Client) -> None:
    a_call()
    anonymous.post("/nominate/r/", CITIZEN)
    here = re.search(r"/nominate/r/[\w-]+/", mails()[0])[0]  # type: ignore[index]
    htmx = {"HX-Request": "true"}
    saved = anonymous.post(here, {"reason": "又改了一次", "version": 1}, headers=htmx).content.decode()
    assert "别人填写的是" in saved, "a page that is older than the nomination overwrites nothing"
    saved = anonymous.post(here, {"reason": "又改了一次", "version": 0}, headers=htmx).content.decode()
    assert "已保存" in saved
    assert "5 / 300 字" in saved
    assert Case.objects.get().reason == "又改了一次"
    anonymous.post(here, {"file": SimpleUploadedFile("首页.png", PNG)})
    assert Case.objects.get().reason == "又改了一次"
    long = anonymous.post(here, {"reason": "字" * 1001, "version": 1}, headers=htmx).content.decode()
    assert "没有保存" in long
    assert state_of(Case.objects.get()) == "drafted"


def test_programs_and_floods_of_citizens_get_the_same_quiet_answer(
    anonymous: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_call()
    trapped = anonymous.post("/nominate/r/", {**CITIZEN, "homepage": "http://spam.test/"})
    assert (trapped.status_code, Case.objects.count(), mails()) == (302, 0, [])
    monkeypatch.setattr(public_nominations, "MOST_AN_HOUR_TO_EMAIL", 2)
    codes = [anonymous.post("/nominate/r/", CITIZEN).status_code for _ in range(3)]
    assert codes == [302, 302, 422]
    monkeypatch.setattr(public_nominations, "MOST_AN_HOUR_FROM_ADDRESS", 2)
    page = anonymous.post("/nominate/r/", {**CITIZEN, "email": "other@example.test"}).content.decode()
    assert "推荐得太频繁" in page
    assert "李四" in page
    assert CaseProposal.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "没有/这个"}, "名单中没有这个单位"),
        ({"email": "x"}, "Email"),
        ({"category": "gone"}, "选择一个有效的选项"),
        ({"reason": "字" * 301}, "推荐理由有 301 字"),
        ({"url": "javascript:alert(1)"}, "案例网址请写成"),
    ],
)
def test_what_a_citizen_gets_wrong_is_told(anonymous: Client, change: dict[str, str], told: str) -> None:
    a_call()
    answer = anonymous.post("/nominate/r/", {**CITIZEN, **change})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not CaseProposal.objects.exists()


def test_a_call_that_takes_none_of_citizens_says_so(anonymous: Client) -> None:
    a_call(nominated_by=["self"])
    assert "不接受网民推荐" in anonymous.get("/nominate/r/").content.decode()
    assert anonymous.get("/nominate/none/").status_code == 404


def test_the_rules_are_opened_from_a_preset_edited_and_kept_in_their_history() -> None:
    call = a_call()
    CaseRules.objects.all().delete()
    CaseCall.objects.all().delete()
    client = at_work(RoleKind.ADMINISTRATOR)
    page = client.get("/rounds/r/cases/rules?preset=2017").content.decode()
    assert "2017 年报告，部委和地方网站指标" in page
    assert "special-columns | 特色栏目" in page
    fields = form_of(page)
    fields |= {"nomination_starts": "2026-11-01", "nomination_ends": "2026-11-30", "title": "案例征集"}
    assert "评选办法已保存" in client.post("/rounds/r/cases/rules", fields, follow=True).content.decode()
    fields = form_of(client.get("/rounds/r/cases/rules").content.decode())
    stale = dict(fields)
    page = client.post("/rounds/r/cases/rules", {**fields, "per_subject": "5"}, follow=True).content.decode()
    assert "每个单位最多几件" in page.split("历次修改")[1]
    assert "别人刚刚改过评选办法" in client.post("/rounds/r/cases/rules", stale).content.decode()
    rules = case_calls.rules_of(CaseCall.objects.get())
    assert (rules.per_subject, len(rules.categories), rules.bonus.best) == (5, 5, 3)
    bad = client.post("/rounds/r/cases/rules", {**fields, "categories": "有空格的 标识 | 名 | 类"})
    assert bad.status_code == 422
    assert call.title


def form_of(page: str) -> dict[str, Any]:
    """What a browser would send of the form of the rules."""
    form = page.split('class="form rules"')[1].split("</form>", maxsplit=1)[0]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name is None or ("checkbox" in tag and "checked" not in tag):
            continue
        found.setdefault(name[1], []).append(value[1] if value else "")
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        found[name] = [text]
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)" selected', options)
    return found


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "sqlite")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_screeners_check_score_and_the_chair_decides_with_a_preview() -> None:
    call = a_call()
    person, body = of_body()
    case = handed_in(acting_as(person), call)
    here = f"/rounds/r/cases/{case.pk}/"
    people = [at_work(RoleKind.REVIEWER), at_work(RoleKind.REVIEWER)]
    yes = dict.fromkeys(("is_complete", "is_in_scope", "is_real"), "yes")
    assert "已记下核对结果" in people[0].post(f"{here}check", {**yes, "seen": 0}, follow=True).content.decode()
    for one in people:
        sent = one.post(f"{here}score", {**LEVELS, "version": 0, "comment": "做得扎实", "submit": "1"}, follow=True)
        assert "评分已提交" in sent.content.decode()
    first = people[0].get(here).content.decode()
    assert "平均 75.00 分，达到 60 分" in first
    office = at_work(RoleKind.ADMINISTRATOR)
    preview = office.post("/rounds/r/cases/decide", {"case": case.pk, "what": "admit"}).content.decode()
    assert "让 1 件案例进入终评" in preview
    seen = re.findall(r'name="seen" value="([\d-]+)"', preview)
    none = office.post("/rounds/r/cases/decide", {"seen": seen, "what": "admit", "sure": "1", "reason": ""})
    assert "请写明理由" in none.content.decode()
    sure = {"seen": seen, "what": "admit", "sure": "1", "reason": "初选会议通过"}
    assert "已决定 1 件" in office.post("/rounds/r/cases/decide", sure, follow=True).content.decode()
    for query in ("?work=check", "?work=score", "?work=twins", "?work=decide", "?sort=-mean", "?q=甲&kind=self"):
        assert office.get(f"/rounds/r/cases/{query}").status_code == 200
    broken = {"seen": ["9" * 40 + "-1", f"{case.pk}-x"], "what": "admit", "sure": "1", "reason": "x\x00"}
    assert office.post("/rounds/r/cases/decide", broken).status_code in {200, 302}
    assert people[0].post(f"{here}return", {"seen": 1, "reason": "x\x00"}).status_code == 302
    assert "进入终评" in body.get(f"/nominations/{case.pk}/").content.decode()
    assert "初选会议通过" in body.get("/messages/").content.decode()
    undone = office.post(f"/rounds/r/cases/decisions/{call.decisions.get().pk}/undo", follow=True)
    assert "案例恢复待审" in undone.content.decode()


def test_levels_of_others_stand_nowhere_before_enough_people_have_submitted() -> None:
    call = a_call()
    case = handed_in(acting_as(of_body()[0]), call)
    here = f"/rounds/r/cases/{case.pk}/"
    first, second, office = at_work(RoleKind.REVIEWER), at_work(RoleKind.REVIEWER), at_work(RoleKind.ADMINISTRATOR)
    first.post(f"{here}score", {**LEVELS, "version": 0, "comment": "密语", "submit": "1"})
    for reader in (second, office):
        page = reader.get(here).content.decode()
        csv = b"".join(reader.get("/rounds/r/cases/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
        assert "密语" not in page + csv
        assert "75.00" not in page + reader.get("/rounds/r/cases/").content.decode()
        assert ",75" not in csv
    second.post(f"{here}score", {**LEVELS, "version": 0, "submit": "1"})
    assert "密语" in second.get(here).content.decode()
    assert "75.00" in office.get("/rounds/r/cases/").content.decode()


def test_markup_and_formulas_in_a_nomination_do_no_harm() -> None:
    evil = "=1+1<script>alert(1)</script>"
    person, body = of_body()
    case = handed_in(acting_as(person), a_call(), name=evil, owner=evil, reason=evil, contact=evil)
    office = at_work(RoleKind.ADMINISTRATOR)
    for client, address in (
        (office, "/rounds/r/cases/"),
        (office, f"/rounds/r/cases/{case.pk}/"),
        (body, "/nominations/"),
        (body, f"/nominations/{case.pk}/"),
    ):
        assert "<script>alert" not in client.get(address).content.decode()
    told = b"".join(office.get("/rounds/r/cases/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in told


def test_lists_take_the_same_queries_for_one_row_and_for_fifty() -> None:
    call = a_call(per_subject=100)
    person, body = of_body()
    acting = acting_as(person)
    office = somebody(RoleKind.ADMINISTRATOR)
    give(office, RoleKind.REVIEWER)
    counts = []
    for many in (1, 49):
        for _ in range(many):
            number = Case.objects.count()
            case = handed_in(acting, call, name=f"甲{number}乙{number * 7919}", url=f"https://c{number}.gov.cn/x")
            for level in (3, 4):
                CaseScore.objects.create(
                    case=case, by=somebody(), levels=dict.fromkeys(rubric().codes, level), points=level * 25 - 25
                )
            case.scores.update(submitted_at="2026-01-01T00:00Z")
        measured = []
        for client, address in (
            (signed_in(office), "/rounds/r/cases/"),
            (body, "/nominations/"),
            (signed_in(office), "/"),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                page = client.get(address).content.decode()
            measured.append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            preview = {"case": list(Case.objects.values_list("pk", flat=True)), "what": "refuse"}
            page = signed_in(office).post("/rounds/r/cases/decide", preview).content.decode()
        measured.append(len(seen))
        counts.append(measured)
    assert page.count("不能决定") == 50
    assert counts[0] == counts[1], counts
