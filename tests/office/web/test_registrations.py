"""Registering for a round: the body's form, the office's decision, two people at once, and who may see what."""

import re
from datetime import timedelta

import pytest
import seeded
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from people_at_work import at_work, signed_in, somebody

from govgauge.office.domain import entries, freezing, registrations, uploads
from govgauge.office.domain.acting import acting_as
from govgauge.office.lines import Line
from govgauge.office.models import Change, Entry, Notice, Registration, RoleKind, Round, RoundStage

pytestmark = pytest.mark.usefixtures("settings_home")
PDF = b"%PDF-1.7\n"
BODY = "江东省/甲市/乙县"
FORM = {
    "site_name": "乙县人民政府网",
    "url": "http://www.yixian.gov.cn/",
    "supervising": "乙县人民政府办公室",
    "hosting": "乙县政务服务局",
    "running": "",
    "contact": "张三",
    "post": "科长",
    "work_phone": "0570-1234567",
    "mobile": "13900000000",
    "email": "zhang@yixian.example",
    "address": "江东省甲市乙县一号",
}


def open_round(days: int = 5) -> Round:
    round_ = seeded.a_round()
    today = timezone.localdate()
    RoundStage.objects.create(
        round=round_,
        kind="registration",
        starts=today - timedelta(days=10),
        ends=today + timedelta(days=days),
    )
    seeded.an_entry(round_, "丙县", parent="江东省/甲市", group="县")
    return round_


def begun(visitor: Client, round_: Round, key: str = BODY) -> Registration:
    answer = visitor.post("/registrations/new", {"round": round_.id, "key": key})
    assert answer.status_code == 302, answer.content.decode()
    return Registration.objects.get(key=key)


def place(registration: Registration, verb: str = "") -> str:
    return f"/registrations/{registration.id}/{verb}"


def office_place(registration: Registration, verb: str = "") -> str:
    return f"/rounds/{registration.round.slug}/registrations/{registration.id}/{verb}"


def handed_in(visitor: Client, round_: Round, key: str = BODY, **fields: str) -> Registration:
    made = begun(visitor, round_, key)
    visitor.post(place(made, "letter"), {"letter": SimpleUploadedFile("公函.pdf", PDF)})
    answer = visitor.post(place(made, "submit"), {**FORM, **fields, "version": 0})
    assert answer.status_code == 302, answer.content.decode()
    return made


def of_body(key: str = BODY) -> Client:
    return at_work(RoleKind.ASSESSED, scope=key)


def test_a_county_registers_and_is_accepted_into_the_round(client: Client) -> None:
    round_ = open_round()
    body = of_body()
    made = handed_in(body, round_)
    assert Notice.objects.filter(event="registration-submitted").count() == 1
    page = client.get(office_place(made)).content.decode()
    assert "乙县人民政府网" in page
    assert "公函.pdf" in page
    client.post(office_place(made, "accept"), {"group": "县"})
    entry = Entry.objects.get(key=BODY)
    assert (entry.url, entry.group, entry.region, entry.system) == (FORM["url"], "县", "江东省", "2025-county")
    assert [step.kind for step in made.steps.order_by("id")] == ["drafted", "submitted", "accepted"]
    assert "已受理" in body.get(place(made)).content.decode()
    assert Notice.objects.filter(event="registration-accepted").count() == 1
    assert "accepted" in client.get(office_place(made)).content.decode()
    verbs = list(Change.objects.filter(verb__startswith="registration").values_list("verb", flat=True))
    assert verbs[-1] == "registration.accept"


def test_one_returned_is_corrected_and_handed_in_again(client: Client) -> None:
    body = of_body()
    made = handed_in(body, open_round())
    assert (
        client.post(office_place(made, "return"), {"reason": " "}, follow=True).content.decode().count("写明理由") > 0
    )
    client.post(office_place(made, "return"), {"reason": "公章看不清"})
    assert "公章看不清" in body.get(place(made)).content.decode()
    made.refresh_from_db()
    body.post(place(made, "submit"), {**FORM, "contact": "李四", "version": made.version})
    assert [step.kind for step in made.steps.order_by("id")] == ["drafted", "submitted", "returned", "corrected"]
    assert made.steps.get(kind="submitted").form["contact"] == "张三"
    assert made.steps.get(kind="corrected").form["contact"] == "李四"
    body.post(place(made, "withdraw"))
    assert registrations.state_of(made) == "withdrawn"
    assert "不能再处理" in client.post(office_place(made, "accept"), {"group": "县"}, follow=True).content.decode()


def test_a_body_of_the_lists_gets_the_site_that_it_registers(client: Client) -> None:
    round_ = open_round()
    entry = seeded.an_entry(round_, "丁县", site=False)
    made = handed_in(of_body(entry.key), round_, entry.key)
    client.post(office_place(made, "accept"))
    entry.refresh_from_db()
    assert entry.url == FORM["url"]
    assert entry.changes.get().kind == "site-found"


def test_a_frozen_list_is_changed_by_no_registration_and_those_that_agree_with_it_are_accepted(client: Client) -> None:
    round_ = open_round()
    entry = seeded.an_entry(round_, "丁县", site=False)
    new, moved = (
        handed_in(of_body(), round_),
        handed_in(of_body(entry.key), round_, entry.key, url="http://ding.gov.cn/"),
    )
    before = freezing.freeze_inputs(round_)
    for made, told in ((new, "名单中没有这个单位"), (moved, "名单中的网站是 （无）")):
        assert told in client.get(office_place(made)).content.decode()
        said = client.post(office_place(made, "accept"), {"group": "县"}, follow=True).content.decode()
        assert told in said
        assert registrations.state_of(made) == "submitted"
    assert freezing.freeze_inputs(round_) == before
    line = Line(
        number=0,
        name="乙县",
        parent=BODY.rpartition("/")[0],
        group="县",
        url=FORM["url"],
        system="2025-county",
        profile="",
    )
    entries.add(round_, [line], strict=True)  # as with --anyway
    client.post(office_place(new, "accept"), {"group": ""})
    assert registrations.state_of(new) == "accepted"
    new.refresh_from_db()
    assert new.entry == Entry.objects.get(key=BODY)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"contact": ""}, "请填写联系人姓名"),
        ({"url": "javascript:alert(1)"}, "网站网址请写成"),
        ({"url": "乙县政府"}, "网站网址请写成"),
        ({"email": "keine"}, "电子邮箱不正确"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(fields: dict[str, str], told: str) -> None:
    body = of_body()
    made = begun(body, open_round())
    body.post(place(made, "letter"), {"letter": SimpleUploadedFile("公函.pdf", PDF)})
    answer = body.post(place(made, "submit"), {**FORM, **fields, "version": 0})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    made.refresh_from_db()
    assert made.hosting == FORM["hosting"]
    assert registrations.state_of(made) == "drafted"


def test_a_letter_must_be_what_it_says() -> None:
    body = of_body()
    made = begun(body, open_round())
    answer = body.post(place(made, "letter"), {"letter": SimpleUploadedFile("公函.pdf", b"<html>")}, follow=True)
    assert "内容不是 pdf 文件" in answer.content.decode()
    assert "请先选择文件" in body.post(place(made, "letter"), follow=True).content.decode()
    made.refresh_from_db()
    assert made.letter is None


def test_typing_is_saved_and_two_people_lose_nothing() -> None:
    round_ = open_round()
    one, other = of_body(), of_body()
    made = begun(one, round_)
    htmx = {"HX-Request": "true"}
    assert "已保存" in one.post(place(made, "save"), {"contact": "张三", "version": 0}, headers=htmx).content.decode()
    clash = other.post(place(made, "save"), {"contact": "李四", "post": "主任", "version": 0}, headers=htmx)
    page = clash.content.decode()
    assert "别人填写的是：张三" in page
    assert 'value="李四"' in page
    made.refresh_from_db()
    assert made.contact == "张三"
    plain = other.post(place(made, "save"), {"contact": "李四", "version": 0})
    assert plain.status_code == 409
    assert 'value="李四"' in plain.content.decode()
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    other.post(place(made, "save"), {"contact": "李四", "version": found.group(1)}, headers=htmx)
    made.refresh_from_db()
    assert made.contact == "李四"
    same = one.post(place(made, "save"), {"contact": "李四", "version": 0}, headers=htmx)
    assert "已保存" in same.content.decode()


def test_doubles_are_shown_and_not_accepted(client: Client) -> None:
    round_ = open_round()
    owner = seeded.an_entry(round_, "戊县")
    made = handed_in(of_body(), round_, url=owner.url)
    assert f"网站已属于名单中的“{owner.key}”" in client.get(office_place(made)).content.decode()
    told = client.post(office_place(made, "accept"), {"group": "县"}, follow=True).content.decode()
    assert "已属于" in told
    assert not Entry.objects.filter(key=BODY).exists()
    again = of_body().post("/registrations/new", {"round": round_.id, "key": BODY})
    assert "已有报名表" in again.content.decode()


def test_outside_of_its_days_nobody_registers() -> None:
    round_ = open_round(days=1)
    body = of_body()
    made = begun(body, round_)
    RoundStage.objects.update(ends=timezone.localdate() - timedelta(days=1))
    answer = body.post(place(made, "submit"), {**FORM, "version": 0})
    assert answer.status_code == 422
    assert "现在不能报名" in answer.content.decode()
    assert "没有正在接受报名的评估" in body.get("/registrations/new").content.decode()


def test_a_supervisor_registers_what_lies_in_the_region_only() -> None:
    round_ = open_round()
    supervisor = at_work(RoleKind.SUPERVISOR, scope="江东省/甲市")
    made = begun(supervisor, round_)
    assert "乙县" in supervisor.get("/registrations/").content.decode()
    beyond = supervisor.post("/registrations/new", {"round": round_.id, "key": "江东省/别市/某县"})
    assert beyond.status_code == 403
    assert of_body().get(place(made)).status_code == 200


def test_others_do_not_find_a_registration_and_change_nothing(anonymous: Client) -> None:
    round_ = open_round()
    made = handed_in(of_body(), round_)
    colleague = of_body("江东省/甲市/丙县")
    verbs = ("save", "letter", "submit", "withdraw")
    assert colleague.get(place(made)).status_code == 404
    assert {colleague.post(place(made, verb), FORM).status_code for verb in verbs} == {404}
    assert {colleague.get(f"/registrations/{number}/").status_code for number in (0, 99, 2**70)} == {404}
    for visitor, status in ((at_work(RoleKind.COLLECTOR), 403), (at_work(RoleKind.OBSERVER), 403)):
        assert visitor.get(place(made)).status_code == status
        assert visitor.get(office_place(made)).status_code == status
        assert visitor.post(office_place(made, "accept")).status_code == status
    own = of_body()
    assert own.get(office_place(made)).status_code == 403
    assert own.post(office_place(made, "accept")).status_code == 403
    assert own.get("/rounds/r/registrations/").status_code == 403
    assert anonymous.get(place(made)).status_code == 302
    assert {anonymous.post(place(made, verb), FORM).status_code for verb in verbs} == {401}
    assert registrations.state_of(made) == "submitted"


def test_a_draft_is_not_shown_to_the_office(client: Client) -> None:
    made = begun(of_body(), open_round())
    assert client.get(office_place(made)).status_code == 404
    assert "乙县" not in client.get("/rounds/r/registrations/").content.decode()


def test_markup_and_formulas_in_the_form_do_no_harm(client: Client) -> None:
    evil = "=1+1<script>alert</script>"
    made = handed_in(of_body(), open_round(), contact=evil, site_name=evil, address=evil)
    for address in (office_place(made), "/rounds/r/registrations/"):
        assert "<script>alert" not in client.get(address).content.decode()
    told = b"".join(client.get("/rounds/r/registrations/?format=csv").streaming_content).decode()
    assert "'=1+1" in told


def test_the_offices_list_takes_the_same_queries_for_one_row_and_for_fifty(client: Client) -> None:
    round_ = open_round()
    counts = []
    person = somebody(RoleKind.SUPERVISOR, scope="江东省")
    acting = acting_as(person)
    for many in (1, 49):
        for _ in range(many):
            number = Registration.objects.count()
            made = registrations.draft(acting, round_, f"江东省/县{number}")
            registrations.add_step(acting, made, registrations.RegistrationStepKind.SUBMITTED)
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/rounds/r/registrations/").content.decode()
        with CaptureQueriesContext(connection) as own:
            signed_in_page = signed_in(person).get("/registrations/").content.decode()
        counts.append((len(seen), len(own)))
    assert page.count("is-registration-submitted") == signed_in_page.count("is-registration-submitted") == 50
    assert counts[0] == counts[1], counts


def test_the_letter_is_seen_by_the_body_and_the_office(client: Client) -> None:
    round_ = open_round()
    body = of_body()
    made = handed_in(body, round_)
    made.refresh_from_db()
    assert made.letter is not None
    assert made.letter.purpose == uploads.LETTER
    for visitor, status in ((body, 200), (client, 200), (of_body("江东省/甲市/丙县"), 404)):
        answer = visitor.get(f"/uploads/{made.letter.id}")
        assert answer.status_code == status
        answer.close()


def test_nobody_decides_about_a_form_that_was_handed_in_anew_meanwhile(client: Client) -> None:
    round_ = open_round()
    body = of_body()
    made = handed_in(body, round_)
    (seen,) = set(re.findall(r'name="seen" value="(\d+)"', client.get(office_place(made)).content.decode()))
    body.post(place(made, "withdraw"))
    version = Registration.objects.get().version
    body.post(place(made, "submit"), {**FORM, "url": "http://www.other.gov.cn/", "version": version})
    for verb, field in (("accept", {"group": "县"}), ("return", {"reason": "请核对网址"})):
        page = client.post(office_place(made, verb), {**field, "seen": seen}, follow=True).content.decode()
        assert "刚刚撤回并重新提交过" in page
        assert "http://www.other.gov.cn/" in page
    assert not Entry.objects.filter(key=BODY).exists()
    assert registrations.state_of(made) == "submitted"


def test_a_body_that_came_into_the_lists_meanwhile_is_accepted_with_its_site(client: Client) -> None:
    round_ = open_round()
    made = handed_in(of_body(), round_)
    entry = seeded.an_entry(round_, "乙县", parent="江东省/甲市", group="县")
    page = client.get(office_place(made)).content.decode()
    assert f"受理后网站由 {entry.url} 改为报名表中的网址" in page
    assert "已受理" in client.post(office_place(made, "accept"), follow=True).content.decode()
    entry.refresh_from_db()
    assert (Registration.objects.get().entry_id, entry.url) == (entry.id, FORM["url"])


def test_the_letter_is_seen_by_all_who_register_for_the_body_and_by_nobody_else(client: Client) -> None:
    handed_in(of_body(), open_round())
    address = f"/uploads/{Registration.objects.get().letter_id}"
    readers = {
        "colleague": of_body(),
        "region": at_work(RoleKind.SUPERVISOR, scope="江东省"),
        "office": client,
        "other body": of_body("江东省/甲市/丙县"),
        "other region": at_work(RoleKind.SUPERVISOR, scope="江西省"),
        "collector": at_work(RoleKind.COLLECTOR),
    }
    got = {}
    for name, reader in readers.items():
        answer = reader.get(address)
        got[name] = answer.status_code
        answer.close()
    assert got == dict(zip(readers, (200, 200, 200, 404, 404, 404), strict=True))


def test_a_form_that_is_typed_leaves_one_row_in_the_trail() -> None:
    round_ = open_round()
    body = of_body()
    made = begun(body, round_)
    for version, name in enumerate(("乙", "乙县", "乙县人民政府网")):
        body.post(place(made, "save"), {"site_name": name, "version": version}, headers={"HX-Request": "true"})
    (row,) = Change.objects.filter(verb="registration.change")
    assert (row.before["site_name"], row.after["site_name"]) == ("", "乙县人民政府网")
    assert row.until is not None
