"""Lists ask the database the same number of times whatever they hold, and come out as files that do no harm."""

import csv
import io

import pytest
import seeded
from bench import synthetic_round
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from govgauge.office.models import JobState

PLACES = ("", "progress", "entries/", "entries/?state=done&q=县&sort=-low", "jobs/", "jobs/?state=failed&sort=name")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code in {200, 286}
    return len(seen)


def test_pages_ask_the_same_number_of_times_with_1_50_and_15000_rows(client: Client) -> None:
    for slug, count in (("one", 1), ("some", 50), ("many", 15_000)):
        synthetic_round.fill(slug, count)
    client.get("/rounds/one/")  # the first of all asks for what is then kept at hand
    for place in PLACES:
        counts = [queries(client, f"/rounds/{slug}/{place}") for slug in ("one", "some", "many")]
        assert counts[1] == counts[2] <= 18, (place, counts)
        assert counts[0] == counts[1] or ("?" in place and counts[0] < counts[1]), (place, counts)  # an empty list
    start = queries(client, "/")
    synthetic_round.fill("more", 100)
    assert start == queries(client, "/") <= 34


def test_an_entrys_page_asks_the_same_number_of_times_whatever_was_found(client: Client) -> None:
    round_ = seeded.a_round()
    counts = []
    for number, found in enumerate((1, 500)):
        entry = seeded.an_entry(round_, f"县{number}")
        seeded.a_job(entry, JobState.DONE)
        seeded.a_result(entry)
        for one in range(found):
            seeded.a_finding(entry, one)
        counts.append(queries(client, f"/rounds/r/entries/{entry.id}/"))
    assert counts[0] == counts[1] <= 12


def rows_of(client: Client, address: str, kind: str) -> list[list[object]]:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}format={kind}")
    body = b"".join(answer.streaming_content)
    assert f".{kind}" in answer.headers["Content-Disposition"]
    if kind == "xlsx":
        return [list(row) for row in load_workbook(io.BytesIO(body), read_only=True).active.iter_rows(values_only=True)]
    return [list(row) for row in csv.reader(io.StringIO(body.decode("utf-8-sig")))]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_whole_sieved_list_comes_out_as_a_file(client: Client, kind: str) -> None:
    round_ = seeded.a_round()
    for number in range(60):
        seeded.an_entry(round_, f"县{number:02}", group="区县" if number < 55 else "部门")
    rows = rows_of(client, "/rounds/r/entries/?group=区县&sort=-name&page=2", kind)
    assert rows[0][0] == "评估对象"
    assert [row[0] for row in rows[1:]] == [f"县{number:02}" for number in reversed(range(55))]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_text_in_a_file_is_taken_for_a_formula(client: Client, kind: str) -> None:
    round_ = seeded.a_round()
    entry = seeded.an_entry(round_, '=HYPERLINK("http://evil.test/")', parent="+省", group="@组")
    seeded.a_job(entry, JobState.FAILED, reason="-1+2 (\x07 bell)", worker="=1+1")
    for place in ("entries/", "jobs/"):
        for row in rows_of(client, f"/rounds/r/{place}", kind)[1:]:
            texts = [cell for cell in row if isinstance(cell, str)]
            assert [cell for cell in texts if cell.startswith(("=", "+", "-", "@"))] == [], place
            assert any("HYPERLINK" in cell or cell.startswith("'+省/") for cell in texts)


def test_points_in_a_file_are_numbers_without_rounding(client: Client) -> None:
    entry = seeded.an_entry(seeded.a_round(), "甲县")
    seeded.a_job(entry, JobState.DONE, ended_at=seeded.NOW)
    seeded.a_result(entry, low="36.123456", high="98.5")
    head, row = rows_of(client, "/rounds/r/entries/", "csv")
    told = dict(zip(head, row, strict=True))
    assert (told["得分下限"], told["得分上限"], told["完成时间"]) == ("36.123456", "98.5", "2025-11-30 12:00:00")
