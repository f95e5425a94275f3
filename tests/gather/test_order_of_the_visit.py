"""The small rules by which a visit chooses: shares, traps, territory, pauses."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import rank
from govgauge.gather.artifacts import Link, LinkKind, Region
from govgauge.gather.frontier import choose, fair
from govgauge.gather.host import Hosts, seconds_of
from govgauge.gather.resolver import is_private
from govgauge.gather.sitemaps import locations
from govgauge.gather.territory import Territory
from govgauge.gather.traps import is_endless

CANDIDATES = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 400), st.integers(0, 4)), max_size=60, unique_by=lambda t: t[:2]
)


@given(CANDIDATES, st.integers(0, 70), st.booleans())
def test_choice_keeps_the_room_and_loses_nothing(made, room, last):
    level = sorted(((f"http://a.cn/{c}/{n}.html", rank.key(code, 1, n)) for c, n, code in made), key=lambda p: p[1])
    now, later = choose(level, room, last=last)
    assert len(now) <= room
    assert sorted(now + later) == sorted(level)
    if last:
        assert len(now) == min(room, len(level))


@given(CANDIDATES, st.integers(0, 70))
def test_fair_shares_differ_by_no_more_than_one_unless_a_template_is_used_up(made, room):
    pairs = [(f"http://a.cn/{c}/{n}.html", n) for c, n, _ in made]
    taken = fair(pairs, room)
    counts = {c: sum(1 for url, _ in taken if f"/{c}/" in url) for c in "abc"}
    sizes = {c: sum(1 for url, _ in pairs if f"/{c}/" in url) for c in "abc"}
    assert len(taken) == min(room, len(pairs))
    open_counts = [counts[c] for c in "abc" if counts[c] < sizes[c]]
    assert not open_counts or max(counts.values()) - min(open_counts) <= 1


@given(st.integers(0, 7), st.integers(0, 10**9), st.integers(0, 65535))
def test_key_gives_back_what_it_was_made_of(code, order, index):
    number = rank.key(code, order, index)
    assert (rank.code_of(number), rank.order_of(number)) == (code, order)


LINKS = [
    (Link("http://a.cn/zwgk/", LinkKind.A, "政务公开", Region.NAV), rank.Code.COLUMN),
    (Link("http://a.cn/l_2.html", LinkKind.A, "下一页"), rank.Code.PAGING),
    (Link("http://a.cn/l_2.html", LinkKind.A, "2"), rank.Code.PAGING),
    (Link("http://a.cn/x/", LinkKind.A, "更多>>"), rank.Code.COLUMN),
    (Link("http://a.cn/t1.html", LinkKind.A, "关于印发通知"), rank.Code.DETAIL),
    (Link("http://a.cn/t1.html", LinkKind.A, "网站地图", Region.FOOT), rank.Code.ASIDE),
    (Link("http://a.cn/f.PDF?v=1", LinkKind.A, "附件"), rank.Code.ATTACHMENT),
    (Link("http://a.cn/p.jpg", LinkKind.A, "大图"), rank.Code.IMAGE),
    (Link("http://a.cn/p", LinkKind.IMG), rank.Code.IMAGE),
    (Link("http://a.cn/top.html", LinkKind.FRAME), rank.Code.FRAME),
    (Link("http://a.cn/f.pdf", LinkKind.FRAME), rank.Code.ATTACHMENT),
    (Link("http://a.cn/a.js", LinkKind.SCRIPT), rank.Code.PART),
    (Link("http://a.cn/search", LinkKind.FORM), None),
]


@pytest.mark.parametrize(("link", "code"), LINKS)
def test_link_has_its_rank(link, code):
    assert rank.judge(link) == code


@pytest.mark.parametrize(
    ("path", "endless"),
    [
        ("/zwgk/zwgk/index.html", False),
        ("/a/a/a/index.html", True),
        ("/a/b/a/b/x.html", True),
        ("/2020/12/2020/12/x.html", False),
        ("/a/b/c/d/e/f/g.html", False),
        ("/" + "x/" * 25, True),
        ("/?q=" + "y" * 3000, True),
        ("/art/2020/12/1/art_1_2.html", False),
    ],
)
def test_endless_paths_are_known_by_their_form(path, endless):
    assert is_endless(f"http://a.gov.cn{path}") is endless


def test_territory_is_the_host_with_and_without_www_on_its_ports():
    land = Territory()
    land.settle("http://www.x.gov.cn/")
    own = ["https://x.gov.cn/a", "http://www.x.gov.cn/b", "https://www.x.gov.cn:443/"]
    other = ["http://x.gov.cn:8080/", "http://sub.x.gov.cn/", "http://xx.gov.cn/", "http://www.www.x.gov.cn/"]
    assert [land.owns(url) for url in own + other] == [True] * 3 + [False] * 4
    assert land.twin_name("https://x.gov.cn/a?b=1") == "http://www.x.gov.cn/a?b=1"
    land.settle("http://127.0.0.1:8000/")
    assert [land.owns(f"http://127.0.0.1{port}/") for port in (":8000", ":8001", "")] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120.0), ("", None), ("soon", None), ("-5", None), ("1.5", None), ("9" * 40, 999999999.0)],
)
def test_retry_after_in_seconds(text, seconds):
    assert seconds_of(text) == seconds


def test_retry_after_as_a_date():
    later = datetime.now(UTC) + timedelta(seconds=90)
    assert 85 < (seconds_of(format_datetime(later, usegmt=True)) or 0) <= 90
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


def test_host_recovers_its_pace_after_a_refusal():
    host = Hosts[str](0, 4, 1, 60)["a"]
    host.refused(5.0, 5.0, "3")
    host.refused(4.9, 5.1, "50")
    assert (host.free_at, host.interval, host.refusals) == (8.0, 0.1, 1)
    for _ in range(20):
        host.welcomed()
    assert (host.interval, host.refusals) == (0.0, 0)


def test_pauses_of_a_host_together_are_bounded():
    host = Hosts[str](0, 4, 1, 60, 100)["a"]
    patience = []
    for began in (0.0, 1000.0, 2000.0):
        patience.append(host.has_patience)
        host.refused(began, began, "3600")
    assert patience == [True, True, False]
    assert host.free_at == 2000.0


def test_hosts_send_no_faster_and_no_more_than_allowed():
    hosts = Hosts[int](10, 2, 1, 60)
    for number in range(3):
        hosts.add("a", number)
    assert hosts.next(0.0) is not None
    assert hosts.next(0.05) is None
    assert hosts.seconds_to_next(0.05) == pytest.approx(0.05)
    assert hosts.next(0.1) is not None
    assert hosts.next(0.3) is None
    hosts["a"].answered()
    hosts.renew(hosts["a"])
    found = hosts.next(0.3)
    assert found is not None
    assert found[1] == 2


@pytest.mark.parametrize(
    ("body", "pages", "maps"),
    [
        (b"<urlset><url><loc> http://a.cn/x?a=1&amp;b=2 </loc></url></urlset>", ["http://a.cn/x?a=1&b=2"], []),
        (b"<sitemapindex><sitemap><loc>/m2.xml</loc></sitemap></sitemapindex>", [], ["http://a.cn/m2.xml"]),
        (b"<s:urlset><s:url><s:loc><![CDATA[http://a.cn/y]]></s:loc></s:url></s:urlset>", ["http://a.cn/y"], []),
        (b"http://a.cn/1\nhttp://a.cn/2\n", ["http://a.cn/1", "http://a.cn/2"], []),
        (b"<html>no map</html>", [], []),
        (b"\x1f\x8bbroken", [], []),
    ],
)
def test_site_maps_are_read(body, pages, maps):
    assert locations(body, "http://a.cn/sitemap.xml") == (pages, maps)


@pytest.mark.parametrize(
    ("address", "private"),
    [("127.0.0.1", True), ("10.1.2.3", True), ("fd00::1", True), ("202.106.0.20", False), ("", False)],
)
def test_private_addresses_are_known(address, private):
    assert is_private(address) is private
