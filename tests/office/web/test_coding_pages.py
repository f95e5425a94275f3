"""The collector's pages: one's own work, answers that are never lost, and nothing for anybody else."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from collected import with_work
from collecting import a_round, planned
from django.test import Client, override_settings
from django.utils import timezone
from people_at_work import at_work, signed_in, somebody

from govgauge.gather import archive, journal
from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.gather.warc import Writer
from govgauge.office.domain import batches
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    Coding,
    CodingEvidence,
    Entry,
    Job,
    JobState,
    RoleKind,
    Visit,
)

HTMX = {"HX-Request": "true"}
FULL = {"answer": "1", "justification": "首页有入口，点开可用", "confidence": "sure", "version": "0"}
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture
def work() -> tuple[Client, list[Assignment]]:
    person, mine = with_work(a_round(2), indicators=("1.2.1", "1.1.1"))
    return signed_in(person), mine


def test_my_work_shows_what_is_mine_and_how_far_i_am(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    page = client.get("/work/").content.decode()
    assert page.count('<th scope="row">') == len(mine) == 12
    assert "能在线查询" in page
    assert "得分" not in page
    assert re.search(r"待完成</dt><dd><b>12</b>", page)


def test_what_is_typed_is_saved_and_handed_in(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    one = mine[0]
    answer = client.post(f"/work/{one.id}/save", {**FULL, "confidence": ""}, headers=HTMX)
    assert "已保存" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()
    same = client.post(f"/work/{one.id}/save", {**FULL, "version": "1", "submit": "1"})
    assert (same.status_code, same.headers["Location"]) == (302, f"/work/{mine[1].id}/#answer")
    one.refresh_from_db()
    assert one.state == AssignmentState.SUBMITTED
    assert "取回修改" in client.get(f"/work/{one.id}/").content.decode()
    client.post(f"/work/{one.id}/take-back")
    one.refresh_from_db()
    assert one.state == AssignmentState.DRAFT


def test_an_answer_that_is_not_whole_stays_with_a_sentence(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    answer = client.post(f"/work/{mine[0].id}/save", {**FULL, "confidence": "", "submit": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "请选择把握程度" in page
    assert "首页有入口，点开可用" in page
    assert Coding.objects.get().justification == "首页有入口，点开可用"
    assert 'name="version" value="1"' in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_windows_show_each_other(work: tuple[Client, list[Assignment]], headers: dict[str, str]) -> None:
    client, mine = work
    place = f"/work/{mine[0].id}/save"
    client.post(place, {**FULL, "justification": "第一个窗口写的"})
    answer = client.post(place, {**FULL, "justification": "第二个窗口写的"}, headers=headers)
    page = answer.content.decode()
    assert "第一个窗口写的" in page
    assert "以我的内容为准" in page
    if not headers:
        assert "第二个窗口写的" in page
    assert 'name="version" value="0"' in page
    client.post(place, {**FULL, "justification": "第二个窗口接着写"}, headers=headers)
    assert Coding.objects.get().justification == "第一个窗口写的"
    client.post(place, {**FULL, "justification": "第二个窗口写的", "over": "1"})
    assert Coding.objects.get().justification == "第二个窗口写的"


@pytest.mark.parametrize(
    "typed", [{"answer": "2"}, {"answer": "viele"}, {"percent": "101"}, {"version": "x"}, {"confidence": "very"}]
)
def test_what_cannot_be_an_answer_is_told(work: tuple[Client, list[Assignment]], typed: dict[str, str]) -> None:
    client, mine = work
    answer = client.post(f"/work/{mine[0].id}/save", {**FULL, **typed}, headers=HTMX)
    assert 'data-fault="1"' in answer.content.decode()
    assert Coding.objects.count() == 0


def test_markup_in_any_field_is_text(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    one = mine[0]
    client.post(f"/work/{one.id}/save", {**FULL, "justification": EVIL, "private_note": EVIL})
    client.post(f"/work/{one.id}/evidence/add", {"address": f"http://a.test/?{EVIL}", "excerpt": EVIL})
    page = client.get(f"/work/{one.id}/").content.decode()
    assert EVIL not in page
    assert page.count("&lt;img src=x") >= 3


def test_exports_take_no_text_for_a_formula(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    client.post(f"/work/{mine[0].id}/save", {**FULL, "justification": "=1+1"})
    body = b"".join(client.get("/work/?format=csv").streaming_content).decode()
    assert "'=1+1" in body
    book = client.get("/work/?format=xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")
    book.close()


def test_evidence_is_added_and_taken_away(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    one = mine[0]
    client.post(f"/work/{one.id}/evidence/add", {"address": "http://a.test/p", "excerpt": "便民服务"})
    told = client.post(f"/work/{one.id}/evidence/add", {"address": "javascript:x"}, headers=HTMX).content.decode()
    assert "以 http:// 或 https:// 开头" in told
    client.post(f"/work/{one.id}/evidence/add", {"picture": "1"})
    job = Job.objects.get(lane="browser")
    piece = CodingEvidence.objects.get(kind="screenshot")
    assert (job.task, job.state, piece.address) == (f"picture-{piece.id}", JobState.READY, one.entry.url)
    part = client.get(f"/work/{one.id}/evidence", headers=HTMX).content.decode()
    assert "正在截图" in part
    assert 'hx-trigger="every 3s"' in part
    client.post(f"/work/{one.id}/evidence/{piece.id}/remove")
    page = client.get(f"/work/{one.id}/").content.decode()
    assert "便民服务" in page
    assert "正在截图" not in page
    assert client.get(f"/work/{one.id}/evidence/{piece.id}/picture").status_code == 404


def test_a_held_batch_says_so_and_takes_nothing(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    batches.hold(PROGRAM, mine[0].batch, "重新培训")
    assert "暂停采集" in client.get(f"/work/{mine[0].id}/").content.decode()
    assert "暂停采集" in client.post(f"/work/{mine[0].id}/save", FULL, headers=HTMX).content.decode()


PLACES = (
    ("get", ""),
    ("post", "save"),
    ("post", "take-back"),
    ("get", "evidence"),
    ("post", "evidence/add"),
    ("post", "evidence/1/remove"),
    ("get", "evidence/1/picture"),
)


@pytest.mark.parametrize(("method", "place"), PLACES)
def test_only_its_collector_reaches_an_assignment(
    work: tuple[Client, list[Assignment]], method: str, place: str
) -> None:
    _client, mine = work
    address = f"/work/{mine[0].id}/{place}"
    colleague = at_work(RoleKind.COLLECTOR, round_=mine[0].round)
    assert getattr(colleague, method)(address).status_code == 404
    assert getattr(colleague, method)(f"/work/999999/{place}").status_code == 404
    assert getattr(signed_in(somebody(RoleKind.OBSERVER)), method)(address).status_code == 403
    assert getattr(signed_in(somebody()), method)(address).status_code == 403
    assert getattr(Client(), method)(address).status_code in {302, 401}


def test_the_second_coder_is_not_told() -> None:
    round_ = a_round(1)
    other = somebody(RoleKind.COLLECTOR, round_=round_)
    person, _mine = with_work(round_, indicators=("1.2.1",))
    planned(round_, person, other, indicators=("1.2.1",), share="1")
    second = Assignment.objects.filter(part="second")[0]
    client = signed_in(second.person)
    for place in ("/work/", f"/work/{second.id}/", "/work/grids"):
        page = client.get(place).content.decode()
        assert "背靠背" not in page
        assert person.name not in page


def test_a_picture_that_nobody_takes_is_told(work: tuple[Client, list[Assignment]]) -> None:
    client, mine = work
    place = f"/work/{mine[0].id}/"
    client.post(f"{place}evidence/add", {"picture": "1"})
    assert "正在截图" in client.get(place).content.decode()
    CodingEvidence.objects.update(at=timezone.now() - timedelta(minutes=2))
    page = client.get(place).content.decode()
    assert "还在排队" in page
    assert "正在截图" not in page


def test_the_site_as_it_was_visited_stands_beside_the_check(office: Path) -> None:
    person, mine = with_work(a_round(1), indicators=("1.2.1",))
    client, place = signed_in(person), f"/work/{mine[0].id}/"
    assert "kept-copy" not in client.get(place).content.decode()
    home = visited(mine[0].entry, office)
    with override_settings(HOME=office):
        page, copy = client.get(place).content.decode(), client.get(f"{place}copy")
        other = client.get(f"{place}copy?page={home}nothing.html")
    assert f'src="{place}copy"' in page
    assert "2025-11-20 12:00" in page
    told = copy.content.decode()
    assert "机构概况" in told
    assert "refresh" not in told
    assert ' data-href="/a/"' in told
    assert "<style>h1 { color: red }  style><script>alert(1)</script></style><a class" in told
    assert copy.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert copy.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert (other.status_code, "没有留存原件" in other.content.decode()) == (404, True)


@pytest.mark.parametrize("asked", ["entry=" + "9" * 5000, "entry=²", "check=%00", "check=a%00b", "entry=9&page=x"])
def test_a_grid_of_nothing_is_not_found(work: tuple[Client, list[Assignment]], asked: str) -> None:
    client, _mine = work
    assert client.get(f"/work/grid?round=r&{asked}").status_code == 404


def visited(entry: Entry, office: Path) -> str:
    """A visit with a home page that would lead away; its address."""
    folder = office / "evidence" / "r" / "1" / "1"
    folder.mkdir(parents=True)
    away = '<meta http-equiv="refresh" content="0;url=http://else.test/"><a class="x" href="/a/">去</a>'
    sheets = "<link rel='stylesheet' href=/s.css?v=1&amp;w=2><link rel=stylesheet href=gone.css>"
    body = f"<html>{sheets}{away}<h1>机构概况</h1></html>"
    style = "h1 { color: red } </style><script>alert(1)</script>"
    told = ((entry.url, Purpose.HOME, "html", body), (f"{entry.url}s.css?v=1&w=2", Purpose.PART, "text", style))
    lines, when = [], "2025-11-20T04:00:00.000+00:00"
    with Writer(folder / archive.NAME, "test") as out:
        for url, purpose, content, text in told:
            head = [b"HTTP/1.1 200 OK", f"Content-Type: text/{content}; charset=utf-8".encode()]
            place = out.response(url, head, text.encode(), at=when)
            one = Exchange(
                url=url, purpose=purpose, final_url=url, status=200, content=content, offset=place, started_at=when
            )
            lines.append(msgspec.json.encode(journal.Line(exchange=one)) + b"\n")
    (folder / journal.NAME).write_bytes(b"".join(lines))
    at = datetime(2025, 11, 20, 4, tzinfo=UTC)
    facts = {"number": 1, "task": "assess", "program": "0.1", "started_at": at, "ended_at": at, "accepted": True}
    counted = {"pages": 1, "findings": 0, "low": 0, "high": 1, "answered": 0, "digest": "0" * 64, "vetoes": []}
    Visit.objects.create(entry=entry, evidence="evidence/r/1/1", home_ok=True, **facts, **counted)
    return str(entry.url)
