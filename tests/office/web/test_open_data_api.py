"""The interface: what it tells is what the files tell, page by page, within its description, whatever is asked for."""

import csv
import hashlib
import io
import json
from urllib.parse import quote

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from judged_sheets import a_finding
from openapi_spec_validator import OpenAPIV31SpecValidator
from published import a_frozen_round, a_publication

from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Entry, Publication, PublicSubject
from govgauge.office.open_data import paging
from govgauge.office.queries.judged import tables_hash
from govgauge.reports.open_data.dictionary import tables
from govgauge.web.api import description

pytestmark = pytest.mark.usefixtures("settings_home")
PLACE = "/api/v1/rounds/r/versions/1"
SUBJECTS = {f"县{number:02}": str(number / 20) for number in range(20)}


def told(client: Client, place: str, **asked: object) -> dict[str, object]:
    answer = client.get(place, asked)
    assert answer.status_code == 200, answer.content
    found: dict[str, object] = answer.json()
    return found


def walk(client: Client, place: str, **asked: object) -> list[dict[str, object]]:
    """All rows, page after page."""
    page = told(client, place, **asked)
    rows = list(page["items"])  # type: ignore[call-overload]
    while page["next"]:
        page = client.get(str(page["next"]).removeprefix("http://testserver")).json()
        rows += page["items"]
    return rows


def file_rows(client: Client, name: str) -> list[dict[str, object]]:
    answer = client.get(f"/open-data/r/1/{name}.json")
    rows: list[dict[str, object]] = json.loads(b"".join(answer.streaming_content))
    return rows


def with_findings() -> Publication:
    findings = [a_finding(f"http://a.gov.cn/{number}") for number in range(7)]
    round_ = a_frozen_round(SUBJECTS, findings=findings)
    Entry.objects.filter(name__endswith="3").update(region="别省")
    Entry.objects.exclude(name__endswith="3").update(region="某省")
    round_.tables_hash = tables_hash(round_)
    round_.save()
    return publications.publish(PROGRAM, publications.prepare(PROGRAM, round_))


@pytest.mark.parametrize("name", ["results", "indicators", "checks", "findings", "groups", "cases"])
def test_pages_together_are_the_file(anonymous: Client, name: str) -> None:
    with_findings()
    rows = walk(anonymous, f"{PLACE}/{name}", limit=997 if name == "checks" else 3 if name != "indicators" else 400)
    for row in rows:
        row.pop("evidence", None)
    assert rows == file_rows(anonymous, name)


@pytest.mark.parametrize("limit", [1, 4, 1000])
def test_filters_give_the_rows_that_fit(anonymous: Client, limit: int) -> None:
    with_findings()
    number = PublicSubject.objects.get(name="县07").pk
    of_file = file_rows(anonymous, "results")
    place = f"{PLACE}/results"
    assert walk(anonymous, place, limit=limit, region="某省") == [row for row in of_file if row["region"] == "某省"]
    assert walk(anonymous, place, limit=limit, group="区县") == [row for row in of_file if row["group"] == "区县"]
    assert walk(anonymous, place, limit=limit, subject=number) == [row for row in of_file if row["subject"] == number]
    assert walk(anonymous, place, limit=limit, subject=number, region="别处") == []
    of_one = [row for row in file_rows(anonymous, "indicators") if row["subject"] == number]
    assert walk(anonymous, f"{PLACE}/indicators", limit=max(limit, 50), subject=number) == of_one
    assert told(anonymous, f"{PLACE}/indicators", subject=number)["count"] == len(of_one) > 0


def test_pages_are_right_over_the_bounds_of_what_is_read_at_a_time(
    anonymous: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "WINDOW", 50)
    with_findings()
    of_file = file_rows(anonymous, "checks")
    rows = walk(anonymous, f"{PLACE}/checks", limit=333, region="某省")
    for row in rows:
        row.pop("evidence")
    regions = {row["subject"]: row["region"] for row in file_rows(anonymous, "results")}
    assert rows == [row for row in of_file if regions[row["subject"]] == "某省"] != of_file
    assert len(walk(anonymous, f"{PLACE}/findings", audit="broken-link", limit=2)) == 7
    assert walk(anonymous, f"{PLACE}/findings", audit="no-such-audit") == []


def test_answers_lead_to_their_evidence(anonymous: Client) -> None:
    with_findings()
    rows = walk(anonymous, f"{PLACE}/checks", limit=1000)
    linked = {str(row["evidence"]) for row in rows if row["evidence"]}
    for address in linked:
        assert told(anonymous, address.removeprefix("http://testserver"))["items"]
    assert all(row["evidence"] is None for row in rows if not row["findings"])


def test_a_subject_is_told_over_the_years(anonymous: Client) -> None:
    for slug, value, day in (("a", "0.5", "2024-11-30"), ("b", "1", "2025-11-30")):
        made = a_publication({"甲县": value, "乙县": "0.7"}, slug)
        Publication.objects.filter(pk=made.pk).update(as_of=day)
    number = PublicSubject.objects.get(name="甲县").pk
    one = told(anonymous, f"/api/v1/subjects/{number}")
    years = [(year["round"], year["index"], year["rank"]) for year in one["years"]]  # type: ignore[attr-defined]
    assert years == [("b", 1.0, "1"), ("a", 0.5, "2")]
    publications.withdraw(PROGRAM, Publication.objects.get(round__slug="b"), "名单有误")
    one = told(anonymous, f"/api/v1/subjects/{number}")
    assert [year["round"] for year in one["years"]] == ["a"]  # type: ignore[attr-defined]
    assert {row["name"] for row in walk(anonymous, "/api/v1/subjects", limit=1)} == {"甲县", "乙县"}
    assert [row["name"] for row in walk(anonymous, "/api/v1/subjects", q="乙")] == ["乙县"]
    publications.withdraw(PROGRAM, Publication.objects.get(round__slug="a"), "名单有误")
    assert anonymous.get(f"/api/v1/subjects/{number}").status_code == 404
    assert walk(anonymous, "/api/v1/subjects") == []


def test_systems_are_canonical_and_have_their_digests(anonymous: Client) -> None:
    a_publication()
    for place in ("/api/v1/systems", f"{PLACE}/systems"):
        listed = told(anonymous, place)["items"]
        assert listed
        for one in listed:  # type: ignore[attr-defined]
            answer = anonymous.get(one["url"].removeprefix("http://testserver"))
            assert hashlib.sha256(answer.content).hexdigest() == one["digest"]
            assert answer.headers["ETag"] == f'"{one["digest"]}"'


def test_latest_leads_on_with_what_was_asked(anonymous: Client) -> None:
    a_publication()
    answer = anonymous.get("/api/v1/rounds/r/versions/latest/results?group=%E5%8C%BA%E5%8E%BF&limit=2")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/api/v1/rounds/r/versions/1/results?group=%E5%8C%BA%E5%8E%BF&limit=2"
    assert anonymous.get("/api/v1/rounds/r/versions/latest").headers["Location"] == PLACE


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1e3", "limit"),
        ("limit=" + "9" * 5000, "limit"),
        ("cursor=-1", "cursor"),
        ("cursor=9999999999999", "cursor"),
        ("cursor=%EF%BC%91", "cursor"),
        ("subject=0", "subject"),
        ("subject=99999999999999999999", "subject"),
        ("subject=x", "subject"),
        ("group=%01", "group"),
        ("region=" + "省" * 61, "region"),
    ],
)
def test_parameters_out_of_bounds_are_told(anonymous: Client, query: str, parameter: str) -> None:
    a_publication()
    answer = anonymous.get(f"{PLACE}/results?{query}")
    problem = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert [one["parameter"] for one in problem["errors"]] == [parameter]
    assert problem["remedy"]


@pytest.mark.parametrize("text", ["'--", "%", "_", "\\", "😀", "ＡＢＣ", "\u202e甲", "a" * 60, "\ud7ff\ue000"])
def test_strange_texts_find_nothing_and_break_nothing(anonymous: Client, text: str) -> None:
    a_publication()
    for place in (
        f"{PLACE}/results?group=",
        f"{PLACE}/checks?region=",
        "/api/v1/subjects?q=",
    ):
        answer = anonymous.get(place + quote(text))
        assert answer.status_code == 200
        assert answer.json()["items"] == []
    assert anonymous.get(f"/api/v1/case-library?q={quote(text)}").status_code == 200
    assert anonymous.get(f"{PLACE}/results?cursor=999999999999").json()["items"] == []


def test_the_description_names_every_column_and_every_problem(anonymous: Client) -> None:
    schema = anonymous.get("/api/v1/openapi.json").json()
    assert schema["openapi"] == "3.1.0"
    for name, words in tables().items():
        shape = schema["components"]["schemas"][f"{name.title()}Row"]["properties"]
        assert [column.name for column in words.columns] == [column for column in shape if column != "evidence"]
        assert all(column.zh in shape[column.name]["description"] for column in words.columns)
        assert {column.name: column.unit for column in words.columns if column.unit} == {
            column: told["x-unit"] for column, told in shape.items() if "x-unit" in told
        }
    for path, operations in schema["paths"].items():
        answers = operations["get"]["responses"]
        assert {"200", "429", "503"} <= set(answers), path
        assert set(answers["429"]["content"]) == {"application/problem+json"}


def test_the_description_is_valid_and_so_is_every_example_in_it(anonymous: Client) -> None:
    schema = anonymous.get("/api/v1/openapi.json").json()
    assert [fault.message for fault in OpenAPIV31SpecValidator(schema).iter_errors()] == []
    named = {operations["get"]["operationId"] for operations in schema["paths"].values()}
    assert named == set(description.words()) == set(description.examples())
    for path, operations in schema["paths"].items():
        told_of = operations["get"]
        assert told_of["description"].count("\n\n") == 1, path
        answers = [of for answer in told_of["responses"].values() for of in answer.get("content", {}).values()]
        for one in (*told_of.get("parameters", ()), *answers):
            Draft202012Validator({**one["schema"], "components": schema["components"]}).validate(one["example"])


def test_the_case_library_is_told(anonymous: Client) -> None:
    rows = walk(anonymous, "/api/v1/case-library", limit=90)
    assert len(rows) == 203
    one = told(anonymous, f"/api/v1/case-library/{rows[0]['id']}")
    assert {name: one[name] for name in rows[0]} == rows[0]
    assert "capabilities" in one


def test_an_answer_is_not_sent_twice(anonymous: Client) -> None:
    a_publication()
    first = anonymous.get(f"{PLACE}/results")
    assert anonymous.get(f"{PLACE}/results", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert "public" in first.headers["Cache-Control"]
    rows = list(
        csv.reader(io.StringIO(b"".join(anonymous.get("/open-data/r/1/results.csv").streaming_content).decode()))
    )
    assert len(rows) == len(first.json()["items"]) + 1
