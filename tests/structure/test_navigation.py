"""Where a page says it stands, and which columns it names."""

import tomllib
from pathlib import Path

import pytest

AT = "http://www.a.gov.cn"
CASES = tomllib.loads(Path(__file__).with_name("trails.toml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_trail_is_read_step_by_step(reading_of, case):
    reading = reading_of(case["html"], url=AT + "/x.html")
    assert [[url.removeprefix(AT), name] for url, name in reading.crumbs] == case["steps"]


def named(reading) -> set[tuple[str, str, str]]:
    return {(hint.url.removeprefix(AT), hint.name, hint.origin) for hint in reading.column_hints}


def test_a_home_page_names_columns_in_menus_and_headings(reading_of):
    reading = reading_of(
        "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li>"
        "<li><a href='http://zwfw.b.gov.cn/'>政务服务</a></li></ul></div>"
        "<div class='box'><h3>公示公告</h3><a class='more' href='/gsgg/'>更多&gt;&gt;</a></div>"
        "<div><p><a href='/a/1.html'>关于供暖保障的通知</a></p><a href='/jdhy/'>解读回应</a></div>",
        url=AT + "/",
        depth=0,
    )
    assert named(reading) == {
        ("/zwgk/", "政务公开", "nav"),
        ("/gsgg/", "公示公告", "more"),
        ("/jdhy/", "解读回应", "nav"),
    }


def test_a_menu_in_a_bare_table_is_a_menu(reading_of):
    reading = reading_of(
        "<table><tr><td><a href='index.asp'>首 页</a> | <a href='news.asp?id=1'>农业新闻</a> | "
        "<a href='news.asp?id=2'>农技推广</a> | <a href='gbook.asp'>留言板</a></td></tr></table>"
        + "<p>各区县人民政府：为做好今年冬季供暖保障工作，现将有关事项通知如下。</p>" * 9
        + "<p><a href='/1/'>张三</a><a href='/2/'>李四</a><a href='/3/'>王五</a><a href='/4/'>赵六</a></p>",
        url=AT + "/index.asp",
        depth=0,
    )
    assert {name for _, name, _ in named(reading)} >= {"农业新闻", "农技推广", "留言板"}
    assert "张三" not in {name for _, name, _ in named(reading)}


def test_a_page_in_an_old_encoding_is_read_like_any_other(reading_of):
    html = (
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head>"
        "<body><h2>通知公告</h2><table><tr><td>・<a href='show.asp?id=103'>关于抗旱工作的通知</a>"
        "<font color=#999999>(2009-5-6 9:10:22)</font></td></tr></table></body></html>"
    )
    reading = reading_of(html.encode("gb18030"), url=AT + "/news.asp?classid=1")
    assert (reading.charset, reading.declared_charset) == ("gbk", "gb2312")
    assert [(str(item.date), item.title) for item in reading.items] == [("2009-05-06", "关于抗旱工作的通知")]
