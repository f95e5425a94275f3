"""Lists that go on: where their further pages are, and what cannot be followed."""

import tomllib
from pathlib import Path

import pytest

from govgauge.structure import paging

ITEMS = "<ul><li><a href='{}'>关于开展专项检查的通知</a><span>2025-11-05</span></li></ul>"
AT = "http://www.a.gov.cn"


CASES = tomllib.loads(Path(__file__).with_name("paging.toml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_further_pages_are_found(page_of, case):
    page = page_of(ITEMS.format("a/1.html") + case["html"], url=AT + case["path"])
    found = paging.read(page.outline, page.html, page.url)
    following = [url.removeprefix(AT) for url in found.next_urls]
    assert (following, found.total_items, found.pages) == (case["next"], case.get("total", 0), case.get("pages", 0))


def test_a_post_back_cannot_be_followed(page_of):
    page = page_of(ITEMS.format("1.aspx") + "<a href=\"javascript:__doPostBack('Grid','Page$2')\">2</a>")
    assert paging.read(page.outline, page.html, page.url).scripted


def test_a_record_store_tells_how_many_records_there_are(reading_of):
    reading = reading_of(
        "<script type='text/xml'><datastore><totalrecord>125</totalrecord><totalpage>9</totalpage><recordset>"
        "<record><![CDATA[<li><a "
        "href='/art/2025/11/5/art_1_1.html'>关于征集意见的公告</a><span>2025-11-05</span></li>]]></record>"
        "</recordset></datastore></script>",
        url=AT + "/col/col123/index.html",
    )
    assert (len(reading.items), reading.total_items) == (1, 125)
