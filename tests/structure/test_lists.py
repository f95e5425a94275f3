"""Lists in the conventions of the content systems in use, each with the items that a reader sees."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

BASE = "http://www.a.gov.cn/xxgk/tzgg/"
CASES = tomllib.loads(Path(__file__).with_name("lists.toml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_items_are_read_as_a_reader_sees_them(reading_of, case):
    seen = [
        [str(item.date or ""), item.title, item.url.replace(BASE, "./").replace("http://www.a.gov.cn", "")]
        for item in reading_of(case["html"]).items
    ]
    assert seen == case["items"]


def test_missing_years_come_from_the_neighbours_of_a_descending_list(reading_of):
    rows = [("/a/1.html", "2025-02-03"), ("/a/2.html", "01-28"), ("/a/3.html", "2025-01-20"), ("/a/4.html", "12-30")]
    listed = "".join(f"<li><a href='{url}'>关于第{url[3]}项工作的公告</a><span>{day}</span></li>" for url, day in rows)
    reading = reading_of(f"<ul>{listed}</ul>")
    assert [item.date for item in reading.items] == [date(2025, 2, 3), date(2025, 1, 28), date(2025, 1, 20), None]


def test_an_abstract_that_speaks_of_other_days_gives_no_date(reading_of):
    reading = reading_of(
        "<ul><li><a href='1.html'><h2>关于自学考试毕业申请的通知</h2><div>一、申请时间2019年12月2日—2019年12月4日二、"
        "申请地点"
        "各县（市、区）招生办公室三、申请程序登录平台</div><p><i>主题分类：招生</i><i>日期：2019-11-28</i></p></a></li></ul>"
    )
    assert [(item.date, item.title) for item in reading.items] == [(date(2019, 11, 28), "关于自学考试毕业申请的通知")]


def test_an_empty_list_has_no_items_from_menu_paging_or_foot(reading_of):
    reading = reading_of(
        "<div class='menu'><a href='/a/'>政务公开</a><a href='/b/'>政务服务</a></div><h2>体育村</h2><ul></ul>"
        "<div class='page'><a href='1.html'>首页</a><a>共 0 条 当前第 1 / 1 页</a></div>"
        "<div>主办单位：某局 <a href='https://beian.miit.gov.cn'>豫ICP备05005864号</a>"
        "<a href='/map.html'>网站地图</a></div>"
    )
    assert (reading.items, reading.script_only, reading.kind.value) == ((), False, "column")


def test_pictures_without_words_are_items_all_the_same(reading_of):
    reading = reading_of(
        "<h2>专题专栏</h2><ul><li><a href='/z/1/'><img src='1.png'></a></li>"
        "<li><a href='/z/2/'><img src='2.png' alt='扫黑除恶'></a></li></ul>"
        "alt='扫黑除恶'></a></li></ul>"
    )
    assert [item.title for item in reading.items] == ["（图片）", "扫黑除恶"]


def test_a_date_that_belongs_to_the_title_stays_in_it(reading_of):
    reading = reading_of(
        "<ul><li><a href='1.html'>行政处罚信息公示（2025年11月5日）</a><span>2025-11-06</span></li>"
        "<li><a href='2.html'>行政处罚信息公示（2025年10月5日）</a><span>2025-10-06</span></li></ul>"
    )
    assert [(item.date, item.title) for item in reading.items] == [
        (date(2025, 11, 6), "行政处罚信息公示（2025年11月5日）"),
        (date(2025, 10, 6), "行政处罚信息公示（2025年10月5日）"),
    ]


def test_a_year_above_the_list_completes_its_dates(reading_of):
    reading = reading_of(
        "<h3>2024年</h3><ul><li><b>11-05</b><a href='1.html'>关于停水的公告</a></li></ul>"
        "<h3>2023年</h3><ul><li><b>12-05</b><a href='2.html'>关于停电的公告</a></li></ul>"
    )
    assert [item.date for item in reading.items] == [date(2024, 11, 5), date(2023, 12, 5)]


def test_a_list_whose_paging_is_a_post_back_goes_on(reading_of):
    reading = reading_of(
        "<ul><li><a href='1.aspx'>关于停水的公告</a><b>2025-11-05</b></li></ul>"
        "<a href=\"javascript:__doPostBack('Grid','Page$2')\">2</a>"
    )
    assert (reading.goes_on, reading.next_urls) == (True, ())
