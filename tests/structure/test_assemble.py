"""From readings and exchanges to the artifacts of a site."""

import tomllib
from datetime import date
from pathlib import Path

import msgspec
import pytest

from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.structure.assemble import assemble
from govgauge.structure.model import SiteFacts
from govgauge.structure.targets import from_exchanges

AT = "http://www.a.gov.cn"
FACTS = SiteFacts(home=AT + "/", host="www.a.gov.cn", as_of=date(2025, 11, 30))
WHOLE = tomllib.loads(Path(__file__).with_name("small_site.toml").read_text("utf-8"))
PAGES = {page["path"]: page["html"].replace("NAV", WHOLE["nav"]) for page in WHOLE["pages"]}
NAMED = {"/jgzn.htm": "机构职能", "/hd.htm": "一次活动"}
ONE_ROW = "<ul><li><a href='/v/1.html'>关于供暖保障的通知</a><span>2025-11-05</span></li></ul>"


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
    return assemble(FACTS, readings, from_exchanges(exchanges))


def test_columns_form_a_tree_with_names_and_kinds(site):
    assert {
        column.url.removeprefix(AT): (
            column.name,
            column.kind.value,
            column.parent_url.removeprefix(AT),
            column.item_count,
        )
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
    site = assemble(FACTS, [reading], {})
    assert site.columns[AT + "/xxgk/tzgg/"].complete is False


def test_a_page_of_text_without_a_date_is_a_column_where_a_menu_names_it_so(reading_of):
    prose = "<p>承担全市水务工作的统筹协调、监督管理职责，负责编制水资源规划并组织实施。</p>" * 8
    home = reading_of(
        "<div class='nav'><a href='/jgzn.htm'>机构职能</a><a href='/hd.htm'>一次活动</a></div>", url=AT + "/", depth=0
    )
    pages = [reading_of(f"<title>{name}</title><div>{prose}</div>", url=AT + path) for path, name in NAMED.items()]
    site = assemble(FACTS, [home, *pages], {})
    assert [(column.name, column.kind.value) for column in site.columns.values()] == [("机构职能", "institutions")]


def test_an_index_page_and_its_folder_are_one(reading_of):
    first = reading_of(PAGES["/xxgk/tzgg/"], url=AT + "/xxgk/tzgg/")
    second = reading_of(
        PAGES["/xxgk/tzgg/index_1.html"].replace("href='./'", "href='index.html'"), url=AT + "/xxgk/tzgg/index_1.html"
    )
    assert assemble(FACTS, [first, second], {}).columns[AT + "/xxgk/tzgg/"].complete


def test_what_stands_in_a_frame_belongs_to_the_column_around_it(reading_of):
    outer = reading_of("<h2>通知公告</h2><iframe src='/list.aspx?id=3'></iframe>", url=AT + "/tzgg.html")
    inner = reading_of(ONE_ROW, url=AT + "/list.aspx?id=3")
    column = assemble(FACTS, [outer, inner], {}).columns[AT + "/tzgg.html"]
    assert (column.name, column.item_count, column.script_only) == ("通知公告", 1, False)


def test_a_home_page_of_frames_shows_what_stands_in_them(reading_of):
    home = reading_of("<frameset><frame src='/main.htm'></frameset>", url=AT + "/", depth=0)
    main = reading_of(ONE_ROW, url=AT + "/main.htm")
    site = assemble(FACTS, [home, main], {})
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
    site = assemble(FACTS, [reading], from_exchanges([landed]))
    assert {url: target.soft_error != "" for url, target in site.targets.items()} == {AT + "/x": True, AT + "/y": True}
    assert msgspec.structs.replace(site.targets[AT + "/y"], soft_error="").exchange.url == AT + "/x"


def test_a_home_page_behind_a_redirection_stays_known_when_its_own_address_was_probed(reading_of):
    home = AT + "/portal/"
    opened = Exchange(url=AT + "/", final_url=home, purpose=Purpose.HOME, status=200)
    probe = Exchange(url=home, final_url=home, purpose=Purpose.PROBE, status=200)
    reading = reading_of(PAGES["/"], url=home, depth=0)
    for exchanges in ([opened, probe], [probe, opened]):
        site = assemble(msgspec.structs.replace(FACTS, home=home), [reading], from_exchanges(exchanges))
        assert site.home is not None
        assert site.marks is not None
        assert site.pages[home].exchange.purpose is Purpose.HOME
