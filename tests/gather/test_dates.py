"""Publishing dates: found in every form in use, and never taken from what is no publishing date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import dates

TITLE = "关于做好2025年度冬季防火工作的通知"
DAY = date(2025, 11, 5)


def page(line: str, *, head: str = "", before: str = "", body: str = "", after: str = "", title: str = TITLE) -> bytes:
    text = body or "各县（市、区）人民政府，市政府有关部门：现将有关事项通知如下。请认真贯彻执行。"
    return (
        f"<html><head><meta charset='utf-8'><title>{title}_某市人民政府</title>{head}</head><body>{before}"
        f"<h1>{title}</h1><div class='info'>{line}</div><div class='content'><p>{text}</p></div>{after}</body></html>"
    ).encode()


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2025-11-05",
        "发布时间:2025-11-05 10:30:22　来源：市政府办　浏览次数：<script>document.write(9)</script>",
        "<span>发布日期：</span><b>2025年11月5日</b>",
        "<span>来源：市应急局</span> <span>发布时间：</span>\n<span> 2025/11/05 </span>",
        "【发布日期：2025.11.05】 【字号：大 中 小】",
        "[ 2025-11-05 ]",
        "2025年11月5日",
        "日期：2025-11-05 字体：【大 中 小】",
        "时间：2025-11-05 10:30 来源：市政府办",
        "时　间：２０２５－１１－０５　来源：本站",
        "2025-11-05 08:00　信息来源：市政府办公室　浏览：12",
        "来源：市政府办公室　2025-11-05 08:00",
        "发布于 2025-11-05",
        "信息时间：2025-11-05",
        "发布时间：2025-11-0510:30",
        "更新时间：2025-11-05",
        "发布时间：2025-11-05　来源：本站</div><h1>转载的标题</h1><div>发布时间：2025-11-03 来源：省政府网",
        "来源：本站　时间：2025-11-05 10:47</div><p>来源：省林业厅</p><p>日期：2025-10-14</p><div>",
        "作者：张三 | 更新时间：2025-11-06 | 发布时间：2025-11-05",
    ],
)
def test_date_in_the_line_below_the_title_is_found(line: str) -> None:
    assert dates.published(page(line), "http://www.a.gov.cn/show.jsp?id=3") == DAY


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="PubDate" content="2025-11-05 10:00">',
        '<META NAME="pubdate" CONTENT="2025/11/5">',
        '<meta property="article:published_time" content="2025-11-05T08:00:00+08:00">',
        '<meta name="firstpublishedtime" content="2025-11-05-10:00:00">',
        '<meta name="PubDate" content="Wed Nov 05 10:00:00 CST 2025">',
        '<meta name="PubDate" content="20251105">',
        '<script type="application/ld+json">{"datePublished":"2025-11-05T08:00:00+08:00"}</script>',
    ],
)
def test_date_for_machines_is_found(head: str) -> None:
    assert dates.published(page("浏览次数：12", head=head), "http://www.a.gov.cn/show.jsp?id=3") == DAY


@pytest.mark.parametrize(
    "url",
    [
        "http://www.a.gov.cn/xw/202511/t20251105_123.html",
        "http://www.a.gov.cn/art/2025/11/5/art_12_34.html",
        "http://www.a.gov.cn/2025-11/05/content_123.htm",
        "http://www.a.gov.cn/xw/20251105/123.html",
        "http://www.a.gov.cn/xw/2025/1105/123.html",
    ],
)
def test_date_of_the_url_stands_in_where_the_page_says_nothing(url: str) -> None:
    assert dates.published(page("浏览次数：12"), url) == DAY


def test_date_beside_its_source_is_found_without_a_title() -> None:
    html = "<title>通知</title><p>通知</p><p>2025-11-05 来源：市政府办 浏览：3</p><p>正文</p>"
    assert dates.published(html.encode(), "http://www.a.gov.cn/show.jsp?id=3") == DAY


def test_day_without_year_takes_the_year_of_the_url() -> None:
    line = "发布时间：11-05 来源：市政府办"
    assert dates.published(page(line), "http://www.a.gov.cn/xw/202511/content_9.html") == DAY
    assert dates.published(page(line), "http://www.a.gov.cn/xw/9.html") is None
    assert dates.published(page(line), "http://www.a.gov.cn/xw/202412/content_9.html") is None


NOT_PUBLISHING = {
    "calendar above": page("浏览：12", before="<div>今天是2025年11月5日 星期三</div>"),
    "calendar below the title": page("今天是：2025年11月5日 星期三"),
    "footer": page("浏览：12", after="<div class='foot'>版权所有 2012-2025 最后制作日期 2025-11-05</div>"),
    "law in the text": page(
        "浏览：12", body="（2025年11月5日某省第十三届人大常委会第一次会议通过）第一条 为了保护环境。"
    ),
    "written": page("成文日期：2025-11-05"),
    "written in a cell of its own": page("<table><tr><td>成文日期：</td><td>2025年11月5日</td></tr></table>"),
    "validity": page(
        "<table><tr><td>有效期至</td><td>2025-11-05</td></tr><tr><td>实施日期：</td><td>2025-11-05</td></tr></table>"
    ),
    "event": page("浏览：12", body="报名时间：2025年11月5日至2025年11月10日。会议时间：2025年11月5日上午9:00"),
    "event below the title": page("时间：2025年11月5日上午9:00 地点：市会议中心"),
    "span": page("发布时间：2025-11-05至2025-11-12"),
    "results to come": page("浏览：12", body="成绩发布时间：2025年11月5日"),
    "other articles": page("浏览：12", after="<ul><li><a>甲</a> 2025-11-05</li><li><a>乙</a> 2025-11-04</li></ul>"),
    "labels of other articles": page(
        "浏览：12",
        after="".join(f"<p>相关新闻标题{n}</p><p>发布时间：2025-11-0{n}</p>" for n in range(1, 6)) * 1,
        body="正文" * 200,
    ),
    "residue": page("发布时间：{{publishDate}}", head='<meta name="PubDate" content="{stl.date}">'),
    "empty date of a program": page("发布时间：1900-01-01", head='<meta name="PubDate" content="1970-01-01 08:00:00">'),
    "year one": page("发布时间：0001-01-01"),
    "impossible": page("发布时间：2025-02-30"),
    "two-digit year": page("发布时间：25-11-05"),
    "day of the speech": page("（2025年11月5日）"),
    "dated form above the print button": page(
        "浏览：12", body="正文" * 300 + "</p><p>日期：2025年11月5日</p><p>【打印】【关闭】"
    ),
    "headline that begins with a counter's word": page(
        "浏览：12", after="<ul><li>收藏！春节期间如何预防肺炎(2025-11-05)</li></ul>", title="专栏"
    ),
    "copyright": page("浏览：12", after="Copyright © 2015-2025 All Rights Reserved"),
    "commented out": page("<!-- 发布时间：2025-11-05 -->浏览：12"),
    "in a script": page("<script>var t='发布时间：2025-11-05';</script>浏览：12"),
    "event day in the text": page("浏览：12", body="2025年11月5日，市长主持召开会议。"),
    "phone number": page("电话：0432-2025-11-05 投诉"),
    "column": "<html><head><title>通知公告</title></head><body><h1>通知公告</h1><ul><li><a href=1>关于甲的通知</a>"
    "<span>2025-11-05</span></li><li><a href=2>关于乙的通知</a><span>2025-11-04</span></li></ul>".encode(),
    "column of one entry": page("<ul><li><a href=1>关于甲的通知</a><span>2025-11-05</span></li></ul>"),
    "nothing": b"",
    "no markup": "发布时间：2025-11-05".encode(),
}


@pytest.mark.parametrize("name", NOT_PUBLISHING)
def test_other_dates_are_not_taken_for_the_publishing_date(name: str) -> None:
    assert dates.published(NOT_PUBLISHING[name], "http://www.a.gov.cn/show.jsp?id=3") is None


def test_publishing_date_wins_over_the_dates_around_it() -> None:
    html = page(
        "<table><tr><td>索引号</td><td>123/2025-00011</td><td>发布日期：</td><td>2025年11月05日</td></tr>"
        "<tr><td>成文日期：</td><td>2025年10月30日</td><td>有效期至：</td><td>2030年12月31日</td></tr></table>",
        before="<div>今天是2026年1月2日 星期五</div>",
        body="各县（市、区）人民政府，市政府各部门、各直属机构：为深入贯彻有关精神，现将有关事项通知如下。" * 8,
        after="<div>责任编辑：李四</div><ul><li>发布时间：2025-11-07</li><li>发布时间：2025-11-08</li></ul>",
    )
    assert dates.published(html, "http://www.a.gov.cn/show.jsp?id=3") == DAY


def test_columns_of_a_table_are_not_mixed_up() -> None:
    table = "<table><tr><th>成文日期</th><th>发布日期</th></tr><tr><td>2025-10-30</td><td>2025-11-05</td></tr></table>"
    assert dates.published(page(table), "http://www.a.gov.cn/show.jsp?id=3") is None


def test_reader_s_date_wins_over_the_tag_that_contradicts_it() -> None:
    html = page("发布时间：2025-11-05 来源：市政府办", head='<meta name="PubDate" content="2025-11-09">')
    assert dates.published(html, "http://www.a.gov.cn/x.html") == DAY


def test_gbk_page_is_read() -> None:
    html = page("发布时间：2025年11月5日").decode().replace("utf-8", "gb2312").encode("gbk")
    assert dates.published(html, "http://www.a.gov.cn/x.html") == DAY


@pytest.mark.parametrize(
    "text",
    [
        "[2025-11-05]",
        "2025年11月5日 10:30",
        "2025.11.05",
        "２０２５－１１－０５",
        "05 2025-11",
        "11-05 2025",
        "20251105",
        "二〇二五年十一月五日",
        "Wed, 05 Nov 2025 08:00:00 GMT",
    ],
)
def test_date_texts_of_lists_are_parsed(text: str) -> None:
    assert dates.parse(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "25-11-05", "2025-13-01", "1970-01-01", "2025-11", "192.168.2025.11.05", "11-05", "１"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates.parse(text) is None


def test_day_without_year_lies_next_to_the_day_given() -> None:
    assert dates.parse("12-31", near=date(2026, 1, 3)) == date(2025, 12, 31)
    assert dates.parse("01-02", near=date(2025, 12, 31)) == date(2026, 1, 2)
    assert dates.parse("11月5日", near=date(2025, 11, 30)) == DAY


def test_dates_of_a_text_come_in_order() -> None:
    text = "自2025年1月1日起施行，二〇二四年十二月三十一日印发，2026-02-03废止。"
    assert dates.all_in(text) == [date(2025, 1, 1), date(2024, 12, 31), date(2026, 2, 3)]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.a.gov.cn/xw/202511/t20251105_1.html", DAY),
        ("http://www.a.gov.cn/20251105103012345.shtml", DAY),
        ("http://www.a.gov.cn/n1/c20251105/1.html", DAY),
        ("http://www.a.gov.cn/12025110512.html", None),
        ("http://www.a.gov.cn/show.jsp?d=20251105", None),
        ("http://www.a.gov.cn/202513/t20251305_1.html", None),
        ("http://2025-11-05.a.gov.cn/x.html", None),
    ],
)
def test_date_in_url(url: str, expected: date | None) -> None:
    assert dates.in_url(url) == expected


@given(st.dates(date(1995, 1, 1), date(2090, 12, 31)))
def test_every_written_form_of_a_day_means_that_day(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
    )
    assert {dates.parse(form) for form in forms} == {day}


@given(st.text())
def test_any_text_is_borne(text: str) -> None:
    dates.parse(text)
    dates.all_in(text)
    dates.in_url("http://a.gov.cn/" + text)
    dates.published(f"<body><h1>{text}</h1>发布时间：{text}".encode("utf-8", "replace"), "http://a.gov.cn/")
