"""The pages of field tests: one's own, those of a round, scripts and planning; for nobody else."""

import io
import re

import pytest
from answered import a_round
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from fielded_pages import with_tests
from people_at_work import at_work, signed_in, somebody

from govgauge.office.models import (
    FieldEvidence,
    FieldPolicy,
    FieldScript,
    FieldState,
    FieldTest,
    Person,
    RoleKind,
)

EVIL = '=1+1<script>alert("x")</script>'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def tests() -> list[FieldTest]:
    return with_tests(a_round())[1]


@pytest.fixture
def visitor(tests: list[FieldTest]) -> Client:
    return signed_in(tests[0].person)


def page_of(client: Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, place
    return answer.content.decode()


def test_ones_own_tests_are_counted_listed_and_found_by_state(visitor: Client) -> None:
    page = page_of(visitor, "/field/")
    assert page.count('<th scope="row">') == 5
    assert re.search(r"<b>1</b> 已过期未答复", page)
    assert [name for name in "甲乙丙丁戊" if f"{name}县" in page_of(visitor, "/field/?state=late")] == ["丙"]
    assert "没有符合条件" in page_of(visitor, "/field/?q=不存在")


def test_a_test_goes_its_way_by_its_page(tests: list[FieldTest], visitor: Client) -> None:
    test = tests[0]
    place = f"/field/{test.id}/"
    assert "请公开甲县2025年" in page_of(visitor, place)
    steps = [
        {"kind": "sent", "day": f"{test.day}", "version": "1"},
        {"kind": "answered", "day": f"{test.day}", "version": "2", "note": EVIL},
        {"kind": "graded", "grade": "4", "note": "逐条答复，写了依据", "version": "3"},
    ]
    for step in steps:
        assert visitor.post(f"{place}step", step).status_code == 302
    page = page_of(visitor, place)
    assert "质量 4 级" in page
    assert "<script>alert" not in page
    assert visitor.post(f"{place}close", {"version": "4"}).status_code == 302
    test.refresh_from_db()
    assert (test.state, test.value) == (FieldState.CLOSED, 1)


def test_what_was_typed_stays_when_it_is_refused_or_somebody_else_was_faster(
    tests: list[FieldTest], visitor: Client
) -> None:
    place = f"/field/{tests[1].id}/step"
    late = visitor.post(place, {"kind": "answered", "day": "2020-01-01", "note": "写了很久的摘要", "version": "2"})
    assert late.status_code == 422
    assert "早于发出的日期" in late.content.decode()
    assert "写了很久的摘要" in late.content.decode()
    told = {"kind": "answered", "day": f"{tests[1].day}", "note": "写了很久的摘要", "version": "1"}
    clash = visitor.post(place, told)
    assert clash.status_code == 409
    assert "在别处更新过" in clash.content.decode()
    assert "写了很久的摘要" in clash.content.decode()


def test_a_mistake_is_struck_and_a_closed_test_opened_only_by_who_plans(
    tests: list[FieldTest], visitor: Client, client: Client
) -> None:
    answered, closed = tests[3], tests[4]
    wrong = answered.steps.get(kind="answered")
    told = {"step": str(wrong.id), "version": "3", "reason": "登记到别的单位了"}
    visitor.post(f"/field/{answered.id}/strike", told)
    answered.refresh_from_db()
    assert answered.state == FieldState.SENT
    closing = {"step": str(closed.steps.get(kind="closed").id), "version": "5", "reason": "答复有误，重新评定"}
    refused = visitor.post(f"/field/{closed.id}/strike", closing)
    assert refused.status_code == 403
    assert client.post(f"/rounds/r/field/{closed.id}/strike", closing).status_code == 302
    closed.refresh_from_db()
    assert closed.state == FieldState.GRADED


@pytest.mark.usefixtures("settings_home")
def test_evidence_is_kept_shown_and_refused_when_it_is_disguised(tests: list[FieldTest], visitor: Client) -> None:
    place = f"/field/{tests[1].id}/evidence"
    good = SimpleUploadedFile("回执.png", PNG)
    assert visitor.post(place, {"address": "http://a.test/reply", "excerpt": EVIL, "file": good}).status_code == 302
    assert "回执.png" in page_of(visitor, f"/field/{tests[1].id}/")
    for bad in (SimpleUploadedFile("x.png", b"MZ" + bytes(200)), SimpleUploadedFile("x.exe", b"MZ" + bytes(200))):
        answer = visitor.post(place, {"excerpt": "摘录仍在", "file": bad})
        assert answer.status_code == 422
        assert "摘录仍在" in answer.content.decode()
    assert visitor.post(place, {"address": "javascript:alert(1)"}).status_code == 422
    assert visitor.post(place, {}).status_code == 422
    piece = FieldEvidence.objects.get()
    visitor.post(f"{place}/{piece.id}/remove")
    piece.refresh_from_db()
    assert piece.removed_at is not None
    assert visitor.post(f"{place}/{piece.id}/remove").status_code == 404


def test_the_calendar_shows_what_is_sent_and_due_and_survives_any_month(visitor: Client) -> None:
    assert "甲县" in page_of(visitor, "/field/calendar")
    assert "休" in page_of(visitor, "/field/calendar?month=2025-10")
    assert "尚未公布" in page_of(visitor, "/field/calendar?month=2099-12")
    for month in ("", "x", "0000-00", "9999-12", "2025-13"):
        assert visitor.get("/field/calendar", {"month": month}).status_code == 200


def test_who_plans_writes_scripts_settles_and_makes_tests(client: Client, tests: list[FieldTest]) -> None:
    script = {
        "name": "预算咨询",
        "check_id": "2.1.3-4",
        "kind": "enquiry",
        "text": "请问{单位}的预算在哪里看？",
        "version": "0",
    }
    assert client.post("/rounds/r/field/scripts/new", script).status_code == 302
    refused = client.post("/rounds/r/field/scripts/new", {**script, "name": "另一份", "text": "我要举报{单位}"})
    assert refused.status_code == 422
    assert "举报" in refused.content.decode()
    made = FieldScript.objects.get(name="预算咨询")
    clash = client.post(f"/rounds/r/field/scripts/{made.id}/", {**script, "text": "别的文字", "version": "0"})
    assert clash.status_code == 409
    assert "请问{单位}的预算在哪里看？" in clash.content.decode()
    assert "别的文字" in clash.content.decode()
    client.post("/rounds/r/field/policy", {"monthly_limit": "2", "enquiry_workdays": "10", "remind_days": "5"})
    assert FieldPolicy.objects.get().enquiry_workdays == 10
    assert client.post("/rounds/r/field/policy", {"monthly_limit": "0", "remind_days": "5"}).status_code == 422
    FieldTest.objects.update(state=FieldState.WITHDRAWN)
    wish = {"script": str(made.id), "channel": "web", "identity": "普通市民（化名）", "day": f"{tests[0].day}"}
    assert client.post("/rounds/r/field/plan/do", wish).status_code == 302
    assert FieldTest.objects.filter(script=made).count() == 5
    again = client.post("/rounds/r/field/plan/do", wish)
    assert again.status_code == 422
    assert "没有可以安排实测" in again.content.decode()


def test_lists_take_the_same_queries_for_one_row_and_for_fifty(client: Client) -> None:
    counts: dict[str, list[int]] = {}
    for slug, many in (("r", 1), ("s", 10)):
        person, _made = with_tests(a_round(slug), many)
        for reader, place in (
            (client, f"/rounds/{slug}/field/"),
            (signed_in(person), "/field/"),
            (signed_in(person), "/field/calendar"),
        ):
            with CaptureQueriesContext(connection) as seen:
                reader.get(place)
            counts.setdefault(place.replace(f"/{slug}/", "/*/"), []).append(len(seen))
    assert all(first == second <= 14 for first, second in counts.values()), counts


@pytest.mark.usefixtures("tests")
def test_exports_hold_no_formulas(client: Client) -> None:
    FieldTest.objects.update(text=EVIL, identity=EVIL)
    told = b"".join(client.get("/rounds/r/field/?format=csv").streaming_content).decode()
    assert not re.search(r"(^|,)\"?=", told), told
    file = client.get("/rounds/r/field/?format=xlsx")
    assert io.BytesIO(b"".join(file.streaming_content)).read(2) == b"PK"
    file.close()


OWN = ("", "calendar", "{n}/")
OWN_POSTS = ("{n}/step", "{n}/close", "{n}/withdraw", "{n}/strike", "{n}/evidence", "{n}/evidence/1/remove")
OFFICE = ("", "{n}/")
PLANS = ("plan", "scripts/new", "scripts/{s}/")
PLANS_POSTS = ("plan/do", "policy", "{n}/strike", "{n}/withdraw")


@pytest.mark.parametrize(
    ("kind", "own", "sees", "plans"),
    [
        (RoleKind.ADMINISTRATOR, 403, 200, 200),
        (RoleKind.INDICATOR_EDITOR, 403, 200, 403),
        (RoleKind.REVIEWER, 403, 200, 403),
        (RoleKind.ADJUDICATOR, 403, 200, 403),
        (RoleKind.OBSERVER, 403, 200, 403),
        (RoleKind.COLLECTOR, 404, 403, 403),
        (RoleKind.EXPERT, 403, 403, 403),
        (RoleKind.ASSESSED, 403, 403, 403),
        (RoleKind.SUPERVISOR, 403, 403, 403),
    ],
)
def test_each_page_is_for_its_roles(tests: list[FieldTest], kind: RoleKind, own: int, sees: int, plans: int) -> None:
    scoped = {RoleKind.ASSESSED: "某省/甲县", RoleKind.SUPERVISOR: "某省"}
    reader = at_work(kind, scope=scoped.get(kind, ""))
    number, script = tests[0].id, tests[0].script_id
    for place in OWN_POSTS:
        assert reader.post("/field/" + place.format(n=number)).status_code == own, place
    assert reader.get(f"/field/{number}/").status_code == own
    assert {reader.get("/rounds/r/field/" + place.format(n=number)).status_code for place in OFFICE} == {sees}
    assert {reader.get("/rounds/r/field/" + place.format(s=script)).status_code for place in PLANS} == {plans}
    if plans != 200:
        assert {reader.post("/rounds/r/field/" + place.format(n=number)).status_code for place in PLANS_POSTS} == {
            plans
        }
    tests[0].refresh_from_db()
    assert tests[0].version == 1


def test_strangers_learn_nothing(anonymous: Client, tests: list[FieldTest]) -> None:
    for place in (*(f"/field/{one}" for one in OWN), *(f"/rounds/r/field/{one}" for one in (*OFFICE, *PLANS))):
        address = place.format(n=tests[0].id, s=tests[0].script_id)
        assert anonymous.get(address).status_code == 302
    assert {anonymous.post(f"/field/{tests[0].id}/{one}").status_code for one in ("step", "close")} == {401}


def test_a_test_of_somebody_else_is_as_unknown_as_one_that_is_not_there(tests: list[FieldTest]) -> None:
    stranger = at_work(RoleKind.COLLECTOR)
    told = [stranger.get(f"/field/{number}/") for number in (tests[0].id, 10**30)]
    assert [answer.status_code for answer in told] == [404, 404]
    assert re.sub(r"\d+|name=\"\w+\" value=\"[^\"]*\"|X-CSRFToken[^}]*", "", told[0].content.decode()) == re.sub(
        r"\d+|name=\"\w+\" value=\"[^\"]*\"|X-CSRFToken[^}]*", "", told[1].content.decode()
    )
    other = a_round("o")
    assert at_work(RoleKind.ADMINISTRATOR, round_=other).get(f"/rounds/o/field/{tests[0].id}/").status_code == 404


def test_who_has_no_role_any_more_sees_none_of_their_tests(tests: list[FieldTest]) -> None:
    person = Person.objects.get(pk=tests[0].person_id)
    person.roles.all().delete()
    assert signed_in(person).get("/field/").status_code == 403
    assert somebody()
