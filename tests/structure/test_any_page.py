"""Whatever a server sends, reading it ends with a reading."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govgauge.structure.kinds import PageKind

SCRAPS = [
    "<ul>",
    "</ul>",
    "<li>",
    "<a href='1.html'>",
    "<a href='javascript:;'>",
    "<a href='http://[bad'>",
    "</a>",
    "<table><tr><td>",
    "</td></tr></table>",
    "<dl><dt>2025-11-05</dt><dd>",
    "<frameset><frame src=a.htm>",
    "<h1>关于供暖的通知</h1>",
    "2025-13-45",
    "11-05",
    "当前位置：",
    "首页",
    "&gt;",
    "<script>createPageHTML(99999999999,0,'a','b')</script>",
    "<datastore><record><![CDATA[<tr><td>x]]></record>",
    "<textarea>",
    "<!--",
    "-->",
    "<meta name=ArticleTitle content='x'>",
    "<div class='footer' onclick='location.href=\"/x.html\"'>",
    "共 12 条 第 1/2 页",
    "\x00",
    "\ud83d",
    "<svg><title>a</title></svg>",
    "<base href='//'>",
    "网站标识码：1234567890",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(SCRAPS), max_size=40), st.integers(0, 1))
def test_broken_markup_is_read_without_complaint(reading_of, scraps, depth):
    body = "".join(scraps).encode("utf-8", "surrogatepass")
    reading = reading_of(body, url="http://www.a.gov.cn/x/", depth=depth)
    assert isinstance(reading.kind, PageKind)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_page_are_read_without_complaint(reading_of, body):
    assert isinstance(reading_of(body).kind, PageKind)


@pytest.mark.parametrize("html", ["", "<div>" * 4000 + "深处", "<table><tr><td>" * 900, "<a>" * 3000, "<p>字" * 20000])
def test_deep_and_long_pages_are_read_in_time(reading_of, html):
    assert isinstance(reading_of(html).kind, PageKind)


HOSTILE = {
    "records without end": "<datastore>" + "<record>" * 60000,
    "frames named as heads": "<div class='header'>" * 480 + "字" * 500,
    "labels without trails": "<b>当前位置：</b>" * 20000,
    "paging of many pages": "<script>createPageHTML(1999,0,'index','html')</script>" * 50,
    "open braces": "<script>Pager({" + "size:1,current:1," * 20000 + "</script>",
    "writes": "<script>" + "document.write('<a href=" * 20000 + "</script>",
    "rows": "<table>" + "<tr><td><a href='1.html'>关于供暖的通知</a></td><td>2025-11-05</td></tr>" * 5000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_cost_no_more_than_a_moment(reading_of, html):
    started = time.process_time()
    reading_of(html)
    assert time.process_time() - started < 5
