"""Planning in the browser: previewed, then done; and pages whose number of queries does not grow."""

import re
from io import BytesIO

import pytest
from collected import with_work
from collecting import a_round
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from people_at_work import at_work, signed_in, somebody

from govgauge.office.models import Assignment, Batch, CheckGuide, CodingEvidence, RoleKind

WISH = {"cut": "indicator", "due": "2025-12-20", "share": "10", "indicators": "1.2.1"}


def test_a_plan_is_previewed_and_then_done(client: Client) -> None:
    round_ = a_round(4)
    people = [somebody(RoleKind.COLLECTOR, round_=round_, name=name) for name in ("甲员", "乙员")]
    wish = {**WISH, "people": [str(person.id) for person in people]}
    page = client.post("/rounds/r/collection/plan", wish).content.decode()
    assert "预览：尚未分派" in page
    assert Assignment.objects.count() == 0
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest
    done = client.post("/rounds/r/collection/plan", {**wish, "digest": digest[1], "do": "1"})
    assert done.status_code == 302
    assert Assignment.objects.count() == 18
    page = client.get("/rounds/r/collection/").content.decode()
    assert "甲员" in page
    batch = Batch.objects.get()
    place = f"/rounds/r/collection/batches/{batch.id}/"
    assert "为什么" in client.post(place, {"due": "2025-12-25", "reason": ""}).content.decode()
    client.post(place, {"due": "2025-12-25", "reason": "台风"})
    client.post(place, {"hold": "1", "reason": "重新培训"})
    assert "台风" in client.get(place).content.decode()
    batch.refresh_from_db()
    assert batch.held
    client.post("/rounds/r/collection/move", {"from": str(people[0].id), "to": [str(people[1].id)]})
    assert Assignment.objects.filter(person=people[0]).count() < 9


@pytest.mark.parametrize("wrong", [{"share": "200"}, {"due": "soon"}, {"people": []}, {"cut": "moon"}])
def test_a_wish_that_cannot_be_read_comes_back(client: Client, wrong: dict[str, object]) -> None:
    round_ = a_round(1)
    person = somebody(RoleKind.COLLECTOR, round_=round_)
    answer = client.post("/rounds/r/collection/plan", {**WISH, "people": [str(person.id)], **wrong})
    assert answer.status_code == 400
    assert Assignment.objects.count() == 0


def test_what_the_office_tells_of_a_check_stands_beside_it(client: Client) -> None:
    round_ = a_round(1)
    person, mine = with_work(round_, indicators=("1.2.1",))
    told = {
        "form": "scale",
        "minutes": "9",
        "tolerance": "0.25",
        "how": "看三个栏目",
        "good": "首页\n导航",
        "bad": "<b>",
    }
    place = "/rounds/r/guides/2025-county/1.2.1-1/"
    assert client.get("/rounds/r/guides/").status_code == client.get(place).status_code == 200
    assert client.post(place, {**told, "version": "0"}).status_code == 302
    assert client.post(place, {**told, "version": "0"}).status_code == 409
    assert CheckGuide.objects.get().minutes == 9
    page = signed_in(person).get(f"/work/{mine[0].id}/").content.decode()
    assert "看三个栏目" in page
    assert "大部分做到" in page
    assert "&lt;b&gt;" in page


def test_a_file_of_a_disguised_type_is_refused_and_a_real_one_is_kept() -> None:
    person, mine = with_work(a_round(1), indicators=("1.2.1",))
    client, place = signed_in(person), f"/work/{mine[0].id}/evidence/add"
    for name, body in (("a.pdf", b"MZ\x90\x00 a program"), ("a.html", b"<script>")):
        file = BytesIO(body)
        file.name = name
        told = client.post(place, {"file": file}, headers={"HX-Request": "true"}).content.decode()
        assert 'role="alert"' in told, name
    assert CodingEvidence.objects.count() == 0
    file = BytesIO(b"%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n")
    file.name = "证据.pdf"
    client.post(place, {"file": file})
    piece = CodingEvidence.objects.get()
    assert piece.upload is not None
    assert "证据.pdf" in client.get(f"/work/{mine[0].id}/").content.decode()
    colleague = at_work(RoleKind.COLLECTOR, round_=mine[0].round)
    assert colleague.get(f"/uploads/{piece.upload_id}").status_code == 404


@pytest.mark.parametrize(
    ("place", "allowed"),
    [
        ("/rounds/r/collection/", {RoleKind.ADMINISTRATOR}),
        ("/rounds/r/collection/batches/1/", {RoleKind.ADMINISTRATOR}),
        ("/rounds/r/guides/", {RoleKind.ADMINISTRATOR, RoleKind.INDICATOR_EDITOR}),
        ("/rounds/r/guides/2025-county/1.2.1-1/", {RoleKind.ADMINISTRATOR, RoleKind.INDICATOR_EDITOR}),
        ("/work/", {RoleKind.COLLECTOR}),
        ("/work/grids", {RoleKind.COLLECTOR}),
    ],
)
def test_each_page_is_for_those_who_do_it(place: str, allowed: set[RoleKind]) -> None:
    round_ = a_round(1)
    with_work(round_, indicators=("1.2.1",))
    for kind in (RoleKind.ADMINISTRATOR, RoleKind.INDICATOR_EDITOR, RoleKind.COLLECTOR, RoleKind.REVIEWER):
        visitor = at_work(kind, round_=round_)
        assert visitor.get(place).status_code == (200 if kind in allowed else 403), kind
    assert Client().get(place).status_code == 302


def test_a_stranger_to_the_round_and_a_guessed_batch_learn_nothing(client: Client) -> None:
    a_round(1)
    other = a_round(1, slug="o")
    visitor = at_work(RoleKind.ADMINISTRATOR, round_=other)
    assert visitor.get("/rounds/r/collection/").status_code == 404
    assert client.get("/rounds/r/collection/batches/77/").status_code == 404
    assert client.get("/rounds/r/guides/2025-county/none/").status_code == 404
    assert at_work(RoleKind.COLLECTOR, round_=other).get("/work/grid?round=r&entry=1").status_code == 404


@pytest.mark.parametrize("place", ["/work/", "/work/grids", "/work/grid?round={0}&check=2025-county:1.2.1-1"])
def test_lists_ask_the_same_number_of_queries_for_one_row_and_for_fifty(place: str) -> None:
    counts = []
    for slug, entries in (("one", 1), ("many", 50)):
        person, _mine = with_work(a_round(entries, slug=slug), name=slug, indicators=("1.2.1",))
        client = signed_in(person)
        client.get(place.format(slug))
        with CaptureQueriesContext(connection) as told:
            assert client.get(place.format(slug)).status_code == 200
        counts.append(len(told))
    assert counts[0] == counts[1]
