"""The case library: found, chosen, exported and shown to everybody, in both languages, with one query."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from in_browser import Visitor
from openpyxl import load_workbook

from govgauge.case_library import library
from govgauge.case_library.case_json import HEADINGS

LIST = "/case-library/"
NAME = re.compile(r'<h3><a lang="zh-CN" href="/case-library/([^/"]+)/">')
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ids(client: Client, query: str) -> list[str]:
    """The cases that an address shows, in order."""
    return NAME.findall(page(client, LIST + query))


def test_everybody_sees_the_newest_cases_first_page_by_page(anonymous: Client) -> None:
    in_order = [case.id for case in library.cases()]
    assert ids(anonymous, "") == in_order[:30]
    assert ids(anonymous, "?page=7") == in_order[180:]
    assert ids(anonymous, "?page=99") == in_order[180:]
    assert "203 个案例" in page(anonymous, LIST)


def test_search_and_filters_live_in_the_address(anonymous: Client) -> None:
    assert ids(anonymous, "?q=福州&year=2025&kind=site") == ["2025-site-20", "2025-site-21"]
    assert ids(anonymous, "?group=zone&kind=digital") == ["2025-digital-34", "2025-digital-42"]
    assert ids(anonymous, "?category=AI%2B搜问一体&region=福建省") == ["2025-site-21", "2025-site-33"]
    assert ids(anonymous, "?described=1&year=2021&q=适老") == ["2021-site-04"]
    kept = page(anonymous, LIST + "?q=福州&year=2025")
    assert 'value="福州"' in kept
    assert '<option value="2025" selected>' in kept


@pytest.mark.parametrize("query", ["?year=1999", "?kind=x", "?category=%00", "?region='--", "?page=-1", "?described=2"])
def test_what_the_library_does_not_know_asks_for_nothing(anonymous: Client, query: str) -> None:
    assert len(ids(anonymous, query)) in {30, 23}


def test_the_page_says_when_only_something_like_it_was_found(anonymous: Client) -> None:
    assert "读音相同" in page(anonymous, LIST + "?q=闵政通")
    assert "没有完全相符" not in page(anonymous, LIST + "?q=闽政通")
    assert "没有符合条件的案例" in page(anonymous, LIST + "?q=火星基地")
    hostile = page(anonymous, LIST + "?q=<script>alert(1)</script>")
    assert "<script>alert" not in hostile


def test_the_list_is_a_file_as_well(anonymous: Client) -> None:
    lines = b"".join(anonymous.get(LIST + "?q=福州&format=csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    read = list(csv.reader(io.StringIO(lines)))
    assert (tuple(read[0]), [row[0] for row in read[1:]]) == (
        HEADINGS,
        ["2018-city-03", "2017-city-03", "2025-site-20", "2025-site-21"],
    )
    book = b"".join(anonymous.get(LIST + "?year=2021&format=xlsx").streaming_content)  # type: ignore[attr-defined]
    assert load_workbook(io.BytesIO(book)).active.max_row == 11
    assert len(json.loads(anonymous.get(LIST + "?format=json").content)) == 203


def test_a_case_is_shown_with_what_measures_it_and_what_stands_beside_it(anonymous: Client) -> None:
    shown = page(anonymous, LIST + "2025-site-46/")
    for text in (
        "各镇街、部门的公众号汇到一处",
        "2025-county:3.2-1",
        "51 个，有的地方说 50 个",
        "福建省/泉州市/晋江市",
    ):
        assert text in shown
    assert "2021-site-06" not in shown
    assert "/case-library/2018-city-03/" in page(anonymous, LIST + "2025-site-21/")
    assert "没有介绍它能做什么" in page(anonymous, LIST + "2018-city-03/")
    assert json.loads(anonymous.get(LIST + "2025-site-46/?format=json").content)["owner"] == "泉州市晋江市"


def test_every_case_has_its_page(anonymous: Client) -> None:
    for case in library.cases():
        assert f'<h1 lang="zh-CN">{case.name}'.replace("'", "&#x27;") in page(anonymous, f"{LIST}{case.id}/")


def test_an_unknown_case_is_not_found(anonymous: Client) -> None:
    answer = anonymous.get(LIST + "2025-site-99/")
    assert answer.status_code == 404
    assert "2025-site-99" in answer.content.decode()


def test_the_database_is_asked_once_for_what_was_published_here(anonymous: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        for address in ("", "?q=福州", "2025-site-21/"):
            page(anonymous, LIST + address)
    assert len(queries) == 3


def test_english_pages_leave_in_chinese_only_what_comes_from_the_sources(anonymous: Client) -> None:
    anonymous.cookies["language"] = "en"
    for address in ("", "?q=闵政通", "?q=火星", "2025-site-21/", "2025-digital-45/", "2018-city-01/", "2025-site-02/"):
        shown = page(anonymous, LIST + address)
        own = re.sub(r"<(\w+)([^>]*)lang=\"zh-CN\"[^>]*>.*?</\1>", "", shown, flags=re.DOTALL)
        own = re.sub(r"<title>.*?</title>|<input[^>]*name=\"(?:q|back)\"[^>]*>", "", own)
        assert CHINESE.findall(own) == [], address


@pytest.mark.browser
def test_somebody_finds_a_case_and_reads_it_without_a_barrier(browser, address: str) -> None:
    visitor = Visitor(browser, address)
    visitor.go(LIST)
    visitor.look("case-library", phone=True)
    visitor.page.get_by_label("词、拼音或首字母").fill("sousuowenti")
    visitor.page.get_by_label("词、拼音或首字母").fill("闵政通")
    visitor.page.get_by_role("button", name="查找").click()
    visitor.page.get_by_text("读音相同").wait_for()
    visitor.page.get_by_role("link", name="闽政通 APP：").click()
    visitor.page.get_by_role("heading", name="能做什么，由什么衡量").wait_for()
    visitor.look("case", phone=True)
    visitor.page.get_by_role("button", name="English").click()
    visitor.page.get_by_role("heading", name="What it can do").wait_for()
    visitor.look("case-english")
    visitor.page.get_by_role("button", name="Elderly").or_(visitor.page.locator("button[name=mode]")).first.click()
    visitor.look("case-elder", phone=True)
    visitor.go(LIST + "?year=2018&q=App")
    visitor.look("case-library-elder", phone=True)
    assert visitor.faults == []
    visitor.context.close()
