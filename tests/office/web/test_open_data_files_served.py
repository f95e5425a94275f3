"""Open files as they are sent: addresses that stay, parts, marks, compression, and what is withdrawn or not there."""

import gzip
import hashlib
import json
import re
import threading
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from judged_sheets import a_finding
from msgspec.structs import replace
from published import a_frozen_round, a_publication

from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Publication, PublishedDocument, PublishedSubject
from govgauge.office.open_data import making
from govgauge.office.open_data.found import version
from govgauge.reports.about import Shows
from govgauge.reports.open_data.files import FORMATS
from govgauge.reports.open_data.shown import OpenTable, Told
from govgauge.web.open_data import limits

pytestmark = pytest.mark.usefixtures("settings_home")
CSV = "/open-data/r/1/results.csv"
PAGES = ("/open-data/", "/open-data/dictionary/", "/open-data/api/", "/open-data/r/1/")


def body_of(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


def problem_of(answer: HttpResponseBase) -> dict[str, object]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, object] = json.loads(body_of(answer))
    assert set(told) >= {"type", "title", "status", "detail", "remedy", "instance"}
    assert told["status"] == answer.status_code
    return told


def test_a_file_comes_whole_with_its_mark_and_is_not_sent_twice(anonymous: Client) -> None:
    a_publication()
    answer = anonymous.get(CSV)
    body = body_of(answer)
    digest = hashlib.sha256(body).hexdigest()
    head = answer.headers
    assert (answer.status_code, head["ETag"], head["Content-Length"]) == (200, f'"{digest}"', str(len(body)))
    assert head["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert head["Content-Disposition"] == 'attachment; filename="r-1-results.csv"'
    assert head["Access-Control-Allow-Origin"] == "*"
    assert 'rel="describedby"' in head["Link"]
    assert parsedate_to_datetime(head["Last-Modified"])
    again = anonymous.get(CSV, headers={"If-None-Match": head["ETag"]})
    assert (again.status_code, body_of(again)) == (304, b"")
    assert "Content-Length" not in again.headers
    assert anonymous.get(CSV, headers={"If-Modified-Since": head["Last-Modified"]}).status_code == 304
    assert anonymous.get(CSV, headers={"If-Match": '"other"'}).status_code == 412


def test_head_tells_the_same_without_a_body(anonymous: Client) -> None:
    a_publication()
    for place in (CSV, "/open-data/catalog.ttl", "/api/v1/rounds", "/open-data/r/1/nothing.csv"):
        told, head = anonymous.get(place), anonymous.head(place)
        assert (head.status_code, body_of(head)) == (told.status_code, b"")
        assert head.headers["Content-Type"] == told.headers["Content-Type"]
        told.close()


def test_parts_are_sent_as_they_are_asked_for(anonymous: Client) -> None:
    a_publication()
    whole = body_of(anonymous.get(CSV))
    size = len(whole)
    for said, first, last in (
        ("0-9", 0, 9),
        ("10-", 10, size - 1),
        ("-5", size - 5, size - 1),
        ("3-99999999", 3, size - 1),
    ):
        answer = anonymous.get(CSV, headers={"Range": f"bytes={said}"})
        assert (answer.status_code, body_of(answer)) == (206, whole[first : last + 1])
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
    for said in ("bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "bytes=x", "bytes=" + "9" * 40 + "-"):
        assert body_of(anonymous.get(CSV, headers={"Range": said})) == whole
    for said in (f"bytes={size}-", "bytes=-0"):
        answer = anonymous.get(CSV, headers={"Range": said})
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{size}")
        problem_of(answer)
    answer = anonymous.get(CSV, headers={"Range": "bytes=0-3", "If-Range": '"another"'})
    assert (answer.status_code, body_of(answer)) == (200, whole)


def test_texts_come_compressed_where_that_is_understood(anonymous: Client) -> None:
    a_publication()
    whole = body_of(anonymous.get(CSV))
    packed = anonymous.get(CSV, headers={"Accept-Encoding": "br, gzip"})
    raw = body_of(packed)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert (gzip.decompress(raw), str(len(raw))) == (whole, packed.headers["Content-Length"])
    assert packed.headers["ETag"].endswith('-gzip"')
    assert "Accept-Encoding" in packed.headers["Vary"]
    for said in ("gzip;q=0", "identity"):
        plain = anonymous.get(CSV, headers={"Accept-Encoding": said})
        assert (plain.headers.get("Content-Encoding"), body_of(plain)) == (None, whole)
    part = anonymous.get(CSV, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert (part.headers.get("Content-Encoding"), body_of(part)) == (None, whole[:10])
    book = anonymous.get("/open-data/r/1/results.xlsx", headers={"Accept-Encoding": "gzip"})
    assert (book.headers.get("Content-Encoding"), body_of(book)[:2]) == (None, b"PK")


def test_sums_hold_for_every_file(anonymous: Client) -> None:
    a_publication()
    lines = body_of(anonymous.get("/open-data/r/1/SHA256SUMS")).decode().splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    assert list(named) == making.file_names(version("r", "1"))
    for name, digest in named.items():
        assert hashlib.sha256(body_of(anonymous.get(f"/open-data/r/1/{name}"))).hexdigest() == digest, name


def test_who_asks_for_a_file_that_is_being_made_is_told_how_far_it_is(
    anonymous: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_publication()
    go_on, begun = threading.Event(), threading.Event()

    def slow(table: OpenTable, path: Path, told: Told) -> None:
        told(2)
        begun.set()
        go_on.wait(20)
        path.write_bytes(f"{table.words.name} at last".encode())

    monkeypatch.setitem(FORMATS, "csv", replace(FORMATS["csv"], write=slow))
    with override_settings(OPEN_DATA_WAIT_SECONDS=0):
        problem_of(anonymous.get(CSV))
        assert begun.wait(20)
        waiting = anonymous.get(CSV)
    told = problem_of(waiting)
    assert (told["status"], "行中的 2 行" in str(told["detail"])) == (503, True)
    assert 2 <= int(waiting.headers["Retry-After"]) <= 120
    go_on.set()
    assert body_of(anonymous.get(CSV)) == b"results at last"
    assert making.how_far(version("r", "1"), "results.csv") is None


def test_every_address_of_the_examples_in_the_documentation_answers(anonymous: Client) -> None:
    a_publication(slug="2025")
    said = (Path(__file__).parents[3] / "docs" / "open-data.md").read_text(encoding="utf-8")
    places = re.findall(r"(?:\$HOST|\{HOST\})(/[^\s\"`]+)", said)
    for place in places:
        answer = anonymous.get(place, follow=True)
        assert answer.status_code == 200, place
        answer.close()
    assert len(places) == 6


def test_metadata_names_the_columns_of_the_file(anonymous: Client) -> None:
    a_publication()
    for name in ("results", "indicators", "checks", "findings", "groups", "cases"):
        head = body_of(anonymous.get(f"/open-data/r/1/{name}.csv")).decode("utf-8-sig").splitlines()[0]
        told = json.loads(body_of(anonymous.get(f"/open-data/r/1/{name}.csv-metadata.json")))
        assert [column["name"] for column in told["tableSchema"]["columns"]] == head.split(",")
        assert told["url"] == f"{name}.csv"


def test_latest_leads_to_the_version_that_holds_and_old_ones_stay(anonymous: Client) -> None:
    first = a_publication({"甲县": "1"})
    old = body_of(anonymous.get(CSV))
    second = publications.publish(PROGRAM, publications.prepare(PROGRAM, first.round))
    answer = anonymous.get("/open-data/r/latest/results.csv")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/open-data/r/2/results.csv")
    assert body_of(anonymous.get(CSV)) == old
    assert anonymous.get("/open-data/r/latest/").headers["Location"] == "/open-data/r/2/"
    assert "已被新版取代" in body_of(anonymous.get("/open-data/r/1/")).decode()
    publications.withdraw(PROGRAM, second, "分组有误，更正后重新公布")
    for place in ("2/results.csv", "latest/results.csv", "2/SHA256SUMS", "latest/nothing"):
        gone = anonymous.get(f"/open-data/r/{place}")
        assert (gone.status_code, problem_of(gone)["reason"]) == (410, "分组有误，更正后重新公布")
    at_browser = anonymous.get("/open-data/r/2/results.csv", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (at_browser.status_code, at_browser.headers["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert "已经撤回。 分组有误，更正后重新公布。 请看撤回的理由" in at_browser.content.decode()
    page = anonymous.get("/open-data/r/2/")
    assert page.status_code == 410
    assert "分组有误，更正后重新公布" in page.content.decode()
    assert body_of(anonymous.get(CSV)) == old
    assert "现行版本已撤回" in anonymous.get("/open-data/").content.decode()


def test_what_is_only_prepared_shows_nowhere(anonymous: Client) -> None:
    publications.prepare(PROGRAM, a_frozen_round({"甲县": "1"}))
    assert "甲县" not in anonymous.get("/open-data/").content.decode()
    for place in (
        "/open-data/r/1/",
        CSV,
        "/open-data/r/latest/results.csv",
        "/api/v1/rounds/r",
        "/api/v1/rounds/r/versions/1",
    ):
        assert anonymous.get(place).status_code == 404, place
    assert "/open-data/r/" not in body_of(anonymous.get("/open-data/catalog.ttl")).decode()


def test_what_a_version_does_not_tell_is_told_to_be_untold(anonymous: Client) -> None:
    round_ = a_frozen_round({"甲县": "1"}, findings=[a_finding("http://a.gov.cn/1", "摘录")])
    shows = Shows(answers=False, findings=False, ranks=False)
    publications.publish(PROGRAM, publications.prepare(PROGRAM, round_, shows=shows))
    for place in (
        "/open-data/r/1/checks.csv",
        "/api/v1/rounds/r/versions/1/checks",
        "/api/v1/rounds/r/versions/1/findings",
    ):
        told = problem_of(anonymous.get(place))
        assert (told["status"], "没有公布" in str(told["detail"])) == (404, True)
    everything = [body_of(anonymous.get(f"/open-data/r/1/{name}")) for name in making.file_names(version("r", "1"))]
    assert not [body for body in everything if b"http://a.gov.cn/1" in body]
    (row,) = anonymous.get("/api/v1/rounds/r/versions/1/results").json()["items"]
    assert (row["rank"], row["rank_best"], row["rank_worst"]) == (None, None, None)


@pytest.mark.parametrize(
    "place",
    [
        "r/1/nothing.csv",
        "r/1/results.exe",
        "r/1/..",
        "r/1/..%5c..%5coffice.sqlite3",
        "r/1/results.csv.facts",
        "r/1/.lock-results.csv",
        "r/1/results.parquet%00",
        "r/999999999999/results.csv",
        "r%00/1/results.csv",
        "%F0%9F%98%80/1/results.csv",
        "r/-1/results.csv",
        "nowhere/latest/SHA256SUMS",
    ],
)
def test_nothing_else_is_a_file(anonymous: Client, place: str) -> None:
    a_publication()
    problem_of(anonymous.get(f"/open-data/{place}"))
    assert anonymous.get("/open-data/r/1/..%2f..%2foffice.sqlite3").status_code == 404


def test_problems_are_told_in_the_tongue_of_who_asks(anonymous: Client) -> None:
    chinese = problem_of(anonymous.get("/open-data/r/1/results.csv"))
    english = problem_of(anonymous.get("/open-data/r/1/results.csv", headers={"Accept-Language": "en-GB,zh;q=0.5"}))
    assert "没有这个年度评估" in str(chinese["detail"])
    assert "no such round" in str(english["detail"])
    refused = anonymous.post(CSV)
    assert (problem_of(refused)["status"], refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = anonymous.options(CSV)
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_who_asks_too_much_is_told_when_to_go_on(anonymous: Client) -> None:
    with override_settings(OPEN_DATA_PER_MINUTE=3):
        statuses = [anonymous.get("/api/v1/rounds").status_code for _ in range(3)]
        refused = anonymous.get("/api/v1/rounds")
        other = anonymous.get("/api/v1/rounds", REMOTE_ADDR="192.0.2.7")
    assert (statuses, other.status_code) == ([200] * 3, 200)
    assert problem_of(refused)["status"] == 429
    assert 0 < int(refused.headers["Retry-After"]) <= limits.WINDOW


def test_a_network_of_version_6_is_one_source() -> None:
    assert limits.source("2001:db8:1:2::7") == limits.source("2001:db8:1:2:ffff::1") != limits.source("2001:db8:1:3::7")
    assert limits.source("::ffff:192.0.2.7") == limits.source("192.0.2.7")


def test_a_report_for_everybody_is_sent_and_a_diagnosis_is_not(anonymous: Client) -> None:
    made = a_publication()
    folder = version("r", "1").material.folder
    (folder / "general.pdf").write_bytes(b"%PDF-1.7 report")
    (folder / "one.pdf").write_bytes(b"%PDF-1.7 diagnosis")
    facts = {"publication": made, "form": "pdf", "size": 15, "sha256": "1" * 64}
    report = PublishedDocument.objects.create(kind="general", title="总报告", file="general.pdf", **facts)
    row = PublishedSubject.objects.first()
    other = PublishedDocument.objects.create(kind="diagnosis", title="诊断", file="one.pdf", published=row, **facts)
    (listed,) = anonymous.get("/api/v1/rounds/r/versions/1/documents").json()["items"]
    assert listed["title"] == "总报告"
    newest, place = "/open-data/r/1/documents/general.pdf", f"/open-data/r/1/documents/{report.pk}"
    assert (listed["url"].endswith(newest), listed["copy_url"].endswith(place)) == (True, True)
    assert body_of(anonymous.get(newest)) == body_of(anonymous.get(place)) == b"%PDF-1.7 report"
    assert anonymous.get("/open-data/r/latest/documents/general.pdf").headers["Location"] == newest
    (folder / "again.pdf").write_bytes(b"%PDF-1.7 report made again")
    again = PublishedDocument.objects.create(kind="general", title="总报告", file="again.pdf", **{**facts, "size": 26})
    assert body_of(anonymous.get(newest)) == b"%PDF-1.7 report made again"
    assert body_of(anonymous.get(place)) == b"%PDF-1.7 report"
    by_portal = {number: anonymous.get(f"/portal/rounds/r/documents/{number}") for number in (report.pk, again.pk)}
    assert [answer.headers["Location"] for answer in by_portal.values()] == [place, newest]
    assert anonymous.get("/open-data/r/1/documents/general.docx").status_code == 404
    assert anonymous.get(f"/open-data/r/1/documents/{other.pk}").status_code == 404


def queries(anonymous: Client, place: str) -> int:
    anonymous.get(place).close()
    with CaptureQueriesContext(connection) as asked:
        anonymous.get(place).close()
    return len(asked)


def test_the_number_of_queries_stays_the_same() -> None:
    few = a_publication({"甲县": "1"}, "few")
    places = ("/open-data/", "/open-data/catalog.ttl", "/api/v1/rounds", "/api/v1/subjects")
    of_round = ("/open-data/{}/1/", "/api/v1/rounds/{}/versions/1", *TABLES)
    client = Client()
    before = [queries(client, place) for place in places]
    with_few = [queries(client, place.format("few")) for place in of_round]
    a_publication({f"县{number}": "1" for number in range(50)}, "many")
    for _ in range(2):
        publications.publish(PROGRAM, publications.prepare(PROGRAM, Publication.objects.get(pk=few.pk).round))
    assert [queries(client, place) for place in places] == before
    assert [queries(client, place.format("many")) for place in of_round] == with_few
    assert max(before) <= 4
    assert max(with_few) <= 2


TABLES = tuple(
    f"/api/v1/rounds/{{}}/versions/1/{name}"
    for name in ("results", "indicators", "checks", "findings", "groups", "cases")
)


@pytest.mark.parametrize("place", PAGES)
def test_pages_stand_in_both_tongues(anonymous: Client, place: str) -> None:
    a_publication()
    assert anonymous.get(place).status_code == 200
    anonymous.cookies["language"] = "en"
    page = anonymous.get(place).content.decode()
    assert '<html lang="en"' in page
