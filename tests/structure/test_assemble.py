"""From readings and exchanges to the artifacts of a site."""

from datetime import date

import msgspec
import pytest

from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.structure.assemble import assemble
from govgauge.structure.model import SiteFacts
from govgauge.structure.targets import from_exchanges

AT = "http://www.a.gov.cn"
FACTS = SiteFacts(home=AT + "/", host="www.a.gov.cn", as_of=date(2025, 11, 30))
NAV = (
    "<div class='nav'><ul><li><a href='/'>首页</a></li><li><a href='/xxgk/'>信息公开</a>"
    "<ul><li><a href='/xxgk/tzgg/'>通知公告</a></li><li><a href='http://other.gov.cn/'>部门网站</a></li></ul></li>"
    "<li><a href='/zt/'>专题专栏</a></li><li><a href='/ldzc/'>领导之窗</a></li></ul></div>"
)


def rows(*entries: tuple[str, str, str]) -> str:
    return "<ul>" + "".join(f"<li><a href='{u}'>{t}</a><span>{d}</span></li>" for u, t, d in entries) + "</ul>"


def crumbs(*steps: tuple[str, str]) -> str:
    return "<div class='position'>当前位置：<a href='/'>首页</a>" + "".join(
        f"&gt;<a href='{url}'>{name}</a>" for url, name in steps
    ) + "</div>"


PROSE = "<p>各区县人民政府：为做好今年冬季供暖保障工作，现将有关事项通知如下，请认真贯彻执行，务求实效。</p>" * 4

PAGES = {
    "/": NAV + "<div><h3>通知公告<a href='/xxgk/tzgg/'>更多</a></h3>" + rows(("/xxgk/tzgg/1.html", "关于供暖保障的通知", "
    ""11-05")) + "</div>",
    "/xxgk/": NAV + crumbs(("/xxgk/", "信息公开")) + rows(("/xxgk/tzgg/1.html", "关于供暖保障的通知", "2025-11-05")),
    "/xxgk/tzgg/": NAV
    + crumbs(("/xxgk/", "信息公开"), ("/xxgk/tzgg/", "通知公告"))
    + rows(("/xxgk/tzgg/1.html", "关于供暖保障的通知", "2025-11-04"), ("/xxgk/tzgg/2.html", "关于停水的紧急通知", "2025-10-01"))
    + "<a href='index_1.html'>下一页</a> 共3条",
    "/xxgk/tzgg/index_1.html": NAV
    + crumbs(("/xxgk/", "信息公开"), ("/xxgk/tzgg/", "通知公告"))
    + rows(("/xxgk/tzgg/2.html", "关于停水的紧急通知", "2025-10-01"), ("/xxgk/tzgg/3.html", "关于道路封闭的通知", "2024-10-01"))
    + "<a href='./'>上一页</a> 共3条",
    "/xxgk/tzgg/1.html": crumbs(("/xxgk/tzgg/", "通知公告")) + "<h1>关于供暖保障的通知</h1><p>发布时间：2025-11-05</p>" + PROSE,
    "/zt/": NAV + crumbs(("/zt/", "专题专栏")) + rows(("/zt/fk/", "疫情防控工作专题", "")),
    "/zt/fk/": NAV + crumbs(("/zt/", "专题专栏"), ("/zt/fk/", "工作动态")) + rows(("/zt/fk/1.html", "全市召开防控工作会议", "2020-02-03")),
    "/ldzc/": NAV + "<h2>领导之窗</h2><div><p>张某某，男，汉族，1970年生，主持市政府全面工作，分管财政、审计等方面工作。</p></div>",
    "/tool/blank.html": "<p>正在载入</p>",
}


@pytest.fixture
def site(reading_of):
    readings = [reading_of(html, url=AT + path, depth=0 if path == "/" else 1) for path, html in PAGES.items()]
    exchanges = [
        Exchange(
            url=reading.url,
            final_url=reading.url,
            purpose=Purpose.PAGE,
            status=200,
            headers=(("Last-Modified", "Wed, 05 Nov 2025 10:00:00 GMT"),),
            depth=reading.depth,
        )
        for reading in readings
    ]
    return assemble(FACTS, readings, exchanges)


def test_columns_form_a_tree_with_names_and_kinds(site):
    assert {
        column.url.removeprefix(AT): (column.name, column.kind.value, column.parent_url.removeprefix(AT), column.item_count)
        for column in site.columns.values()
    } == {
        "/xxgk/": ("信息公开", "disclosure", "", 1),
        "/xxgk/tzgg/": ("通知公告", "notice", "/xxgk/", 3),
        "/zt/": ("专题专栏", "topics", "", 1),
        "/zt/fk/": ("工作动态", "topics", "/zt/", 1),
        "/ldzc/": ("领导之窗", "leadership", "", 0),
    }


def test_all_pages_of_a_list_are_one_column(site):
    column = site.columns[AT + "/xxgk/tzgg/"]
    assert (column.pages, column.complete, column.newest, column.oldest, column.sub_columns) == (
        (AT + "/xxgk/tzgg/", AT + "/xxgk/tzgg/index_1.html"),
        True,
        date(2025, 11, 4),
        date(2024, 10, 1),
        (),
    )
    assert [item.title for item in column.items] == ["关于供暖保障的通知", "关于停水的紧急通知", "关于道路封闭的通知"]


def test_an_article_belongs_to_the_closest_column_that_lists_it(site):
    place = site.articles[AT + "/xxgk/tzgg/1.html"]
    assert (place.column_url, place.list_date, place.list_title, place.last_modified) == (
        AT + "/xxgk/tzgg/",
        date(2025, 11, 4),
        "关于供暖保障的通知",
        date(2025, 11, 5),
    )


def test_a_column_of_one_page_says_how_much_it_says(site):
    assert site.columns[AT + "/ldzc/"].description_chars > 30


def test_a_list_whose_further_pages_were_not_read_is_not_complete(reading_of):
    reading = reading_of(PAGES["/xxgk/tzgg/"], url=AT + "/xxgk/tzgg/")
    site = assemble(FACTS, [reading], [])
    assert site.columns[AT + "/xxgk/tzgg/"].complete is False


def test_what_stands_in_a_frame_belongs_to_the_column_around_it(reading_of):
    outer = reading_of("<h2>通知公告</h2><iframe src='/list.aspx?id=3'></iframe>", url=AT + "/tzgg.html")
    inner = reading_of(rows(("/v/1.html", "关于供暖保障的通知", "2025-11-05")), url=AT + "/list.aspx?id=3")
    column = assemble(FACTS, [outer, inner], []).columns[AT + "/tzgg.html"]
    assert (column.name, column.item_count, column.script_only) == ("通知公告", 1, False)


def test_a_home_page_of_frames_shows_what_stands_in_them(reading_of):
    home = reading_of("<frameset><frame src='/main.htm'></frameset>", url=AT + "/", depth=0)
    main = reading_of(rows(("/v/1.html", "关于供暖保障的通知", "2025-11-05")), url=AT + "/main.htm")
    site = assemble(FACTS, [home, main], [])
    assert site.home is not None
    assert ([item.title for item in site.home.items], site.home.script_only) == (["关于供暖保障的通知"], False)


def exchange(at: str, **facts: object) -> Exchange:
    return Exchange(url=AT + "/x", purpose=Purpose.PAGE, started_at=at, **facts)  # type: ignore[arg-type]


CONFIRMED = [
    ("seen twice alike", [{"status": 404}, {"status": 404}], True),
    ("seen once", [{"status": 404}], False),
    ("seen in two ways", [{"status": 404}, {"status": 500}], False),
    ("good in the end", [{"status": 500}, {"status": 500}, {"status": 200}], False),
    ("good at first", [{"status": 200}, {"status": 500}, {"status": 500}], False),
    ("timed out twice", [{"failure": Failure.TIMEOUT}, {"failure": Failure.TIMEOUT}], True),
    ("kept out twice", [{"status": 403, "failure": Failure.BLOCKED}] * 2, False),
]


@pytest.mark.parametrize(("seen", "confirmed"), [case[1:] for case in CONFIRMED], ids=[case[0] for case in CONFIRMED])
def test_a_fault_counts_when_it_was_seen_twice_alike(seen, confirmed):
    targets = from_exchanges(exchange(f"2025-11-30T01:0{number}:00", **facts) for number, facts in enumerate(seen))
    assert targets[AT + "/x"].confirmed is confirmed


def test_two_looks_at_the_same_moment_are_one():
    targets = from_exchanges(exchange("2025-11-30T01:00:00", status=404) for _ in range(2))
    assert targets[AT + "/x"].confirmed is False


def test_a_redirected_address_is_known_under_both_names(reading_of):
    landed = exchange("2025-11-30T01:00:00", status=200, final_url=AT + "/y")
    reading = reading_of("<title>404</title><h1>页面不存在</h1>", url=AT + "/y")
    site = assemble(FACTS, [reading], [landed])
    assert {url: target.soft_error != "" for url, target in site.targets.items()} == {AT + "/x": True, AT + "/y": True}
    assert msgspec.structs.replace(site.targets[AT + "/y"], soft_error="").exchange.url == AT + "/x"
