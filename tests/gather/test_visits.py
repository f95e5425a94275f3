"""The course of a visit: what is asked for, in which order, how politely, and what is left out."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from msgspec.structs import replace
from stage import html, in_turn, raw, redirect, reply
from visiting import QUICK, attempts, last, visited

from govgauge.gather.artifacts import Failure, Purpose
from govgauge.gather.visit import VisitError

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50_000


# ---------------------------------------------------------------- completeness


def test_every_page_file_and_image_is_asked_for_once(stage, go):
    head = '<html><base href="/b/">'
    page = head + '<a href="p.html">页</a><img src="i.png"><a href="f.pdf">件</a><iframe src="fr.html"></iframe>'
    stage.add("/", page + '<script src="s.js"></script><a href="p.html#part">again</a>')
    stage.add("/b/p.html", '<meta http-equiv="refresh" content="0;url=/b/target.html">')
    stage.add("/b/fr.html", html("/b/中文.html"))
    stage.add("/b/i.png", reply(PNG, Content_Type="image/png"))
    stage.add("/b/f.pdf", reply(b"%PDF-1.4" + b"x" * 99_000, Content_Type="application/pdf"))
    stage.add("/b/s.js", reply("var a;", Content_Type="text/javascript"))
    for name in ("/b/target.html", "/b/%E4%B8%AD%E6%96%87.html"):
        stage.add(name, html())
    found = go()
    assert set(visited(found)) == {"b/p.html", "b/fr.html", "b/target.html", "b/%E4%B8%AD%E6%96%87.html"}
    assert [visited(found, p) for p in (Purpose.IMAGE, Purpose.ATTACHMENT, Purpose.PART)] == [
        ["b/i.png"],
        ["b/f.pdf"],
        ["b/s.js"],
    ]
    assert (last(found, "f.pdf").content, last(found, "i.png").content) == ("pdf", "image")
    assert (last(found, "f.pdf").size, last(found, "f.pdf").truncated) == (8192, True)
    once = {path: count for path, count in stage.by_path().items() if path != "/"}
    assert set(once.values()) == {1}


def test_page_link_that_is_a_file_is_cut_and_kept_as_an_attachment(stage, go):
    stage.add("/", html("/download?id=3"))
    stage.add("/download?id=3", reply(b"%PDF-1.4" + b"x" * 150_000, Content_Type="application/octet-stream"))
    exchange = last(go(), "/download?id=3")
    assert (exchange.purpose, exchange.size, exchange.failure) == (Purpose.ATTACHMENT, 8192, None)


def test_stub_of_a_home_page_is_followed_to_the_home_page(stage, go):
    stage.add("/", '<html><script>window.location.href="/portal/index.html";</script></html>')
    stage.add("/portal/index.html", html("/portal/a.html"))
    stage.add("/portal/a.html", html())
    found = go()
    home = next(e for e in found.exchanges() if e.purpose is Purpose.HOME)
    assert (found.home, home.depth, home.hops) == (f"{stage.url}portal/index.html", 0, ((stage.url, 200),))
    assert last(found, "/portal/a.html").depth == 1


def test_redirects_to_one_page_read_it_once(stage, go):
    stage.add("/", html("/a", "/b", "/c", "/page.html"))
    for name in ("/a", "/b"):
        stage.add(name, redirect("/page.html", "301 Moved Permanently"))
    stage.add("/c", redirect("/other.html"))
    stage.add("/page.html", html())
    stage.add("/other.html", html("/a", "/c"))
    found = go()
    assert (stage.count("/page.html"), stage.count("/other.html")) == (1, 1)
    assert {last(found, path).final_url for path in ("/a", "/b", "/page.html")} == {f"{stage.url}page.html"}
    assert last(found, "/a").hops == ((f"{stage.url}a", 301),)


def test_cookie_wall_is_passed(stage, go):
    def wall(connection, asked):
        if "seen=1" in asked.headers.get("cookie", ""):
            return reply(html("/in.html"))(connection, asked)
        return reply("", "302 Found", Location="/", Set_Cookie="seen=1; Path=/")(connection, asked)

    stage.add("/", wall)
    stage.add("/in.html", html())
    assert last(go(), "/in.html").ok


def test_cookie_wall_with_a_detour_is_passed(stage, go):
    def wall(connection, asked):
        known = "seen=1" in asked.headers.get("cookie", "")
        return (reply(html("/in.html")) if known else redirect("/detour"))(connection, asked)

    stage.add("/", wall)
    stage.add("/detour", reply("", "302 Found", Location="/", Set_Cookie="seen=1; Path=/"))
    stage.add("/in.html", html())
    assert last(go(), "/in.html").ok


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_redirect_with_chinese_bytes_is_followed_as_browsers_do(codec, stage, go):
    target = "/" + "".join(f"%{byte:02X}" for byte in "公开".encode(codec)) + ".html"
    stage.add("/", html("/r"))
    stage.add(
        "/r", raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /" + "公开.html".encode(codec) + b"\r\n\r\n")
    )
    stage.add(target, html())
    assert last(go(), "/r").ok


def test_pages_of_site_maps_are_visited_last_with_the_map_as_referrer(stage, go):
    stage.add("/robots.txt", reply(f"User-agent: *\nSitemap: {stage.url}map.xml\n", Content_Type="text/plain"))
    stage.add("/map.xml", f"<?xml version='1.0'?><urlset><url><loc>{stage.url}orphan.html</loc></url></urlset>")
    stage.add("/", html("/a.html"))
    stage.add("/a.html", html())
    stage.add("/orphan.html", html("/beyond.html"))
    stage.add("/beyond.html", html())
    found = go()
    assert visited(found) == ["a.html", "orphan.html", "beyond.html"]
    assert last(found, "/orphan.html").referrer == f"{stage.url}map.xml"


def test_same_site_with_another_host_name_is_not_crawled_twice(stage, go):
    other = f"http://www.site.test:{stage.port}"
    pages = [f"/p{n}.html" for n in range(30)]
    stage.add("/", html(*pages, *(other + page for page in pages)))
    for page in pages:
        stage.add(page, html("/", text=page * 50))
    mapped = (f"::127.0.0.1:{stage.port}",)
    found = go(url=f"http://site.test:{stage.port}/", connect_to=mapped)
    twins = [e for e in found.exchanges() if e.url.startswith(other) and e.url.endswith(".html")]
    assert len(twins) == 30
    stage.asked.clear()
    stage.add("/", html(*pages, *(other + page for page in pages[:10])))
    stage.add("/p0.html", html(*(other + page for page in pages[10:])))
    found = go(url=f"http://site.test:{stage.port}/", connect_to=mapped)
    twins = [e for e in found.exchanges() if e.url.startswith(other) and e.url.endswith(".html")]
    assert len(twins) == 10


def test_index_file_of_the_home_page_is_not_read_twice(stage, go):
    stage.add("/", html("/index.html", "/col/", "/col/index.html"))
    stage.plays["/index.html"] = stage.plays["/"]
    stage.add("/col/", html("/index.html"))
    stage.add("/col/index.html", html("/index.html", text="other"))
    found = go()
    assert last(found, "/index.html").url == f"{stage.url}col/index.html"
    assert {e.url: e.final_url for e in found.exchanges()}[f"{stage.url}index.html"] == stage.url


# ---------------------------------------------------------------- politeness


def test_rate_and_concurrency_are_kept(stage, go):
    stage.add("/", html(*(f"/{n}.html" for n in range(12))))
    stage.otherwise = reply(html())
    stage.delay = lambda: 0.05
    go(rate=20, concurrency=2)
    times = [each.at for each in stage.asked]
    assert stage.most_at_once <= 2
    assert times[-1] - times[0] >= (len(times) - 1) / 20 * 0.9


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_honoured(form, stage, go):
    later = "1" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    stage.add("/", html("/busy.html"))
    stage.add("/busy.html", in_turn(reply("", "503 Busy", Retry_After=later), reply(html("/next.html"))))
    stage.add("/next.html", html())
    found = go()
    first, second = stage.times("/busy.html")
    assert second - first >= 0.9
    assert [e.status for e in attempts(found, "/busy.html")] == [200]
    assert last(found, "/next.html").ok


def test_retry_after_beyond_every_measure_is_capped(stage, go):
    stage.add("/", html("/busy.html"))
    stage.add("/busy.html", in_turn(reply("", "429 Too Many", Retry_After="86400"), reply(html())))
    began = time.monotonic()
    assert last(go(), "/busy.html").ok
    assert time.monotonic() - began < 10


def test_a_site_that_asks_for_an_hour_again_and_again_is_waited_for_only_so_long(stage, go):
    stage.otherwise = reply("", "503 Service Unavailable", Retry_After="3600")
    began = time.monotonic()
    found = go(limits=replace(QUICK, back_off_seconds=1.0, back_off_total_seconds=2.0))
    assert found.stopped
    assert time.monotonic() - began < 2.0 + 6.0
    assert len(stage.asked) < 15


def test_robots_are_obeyed_and_what_they_forbid_is_counted(stage, go):
    rules = "User-agent: *\nDisallow: /secret/\nDisallow: /*.pdf$\nCrawl-delay: 0.3\n"
    stage.add("/robots.txt", reply(rules, Content_Type="text/plain"))
    stage.add("/", html("/secret/a.html", "/secret/b.html", "/open.html", "/c.pdf"))
    stage.add("/open.html", html())
    found = go()
    assert visited(found) == ["open.html"]
    assert {s.reason: s.example for s in found.skipped}.keys() == {"robots"}
    assert sum(s.count for s in found.skipped) == 3
    assert min(b.at - a.at for a, b in zip(stage.asked[1:], stage.asked[2:], strict=False)) >= 0.25
    assert set(visited(go(obey_robots=False))) == {"secret/a.html", "secret/b.html", "open.html"}


def test_home_page_forbidden_by_robots_is_not_asked_for(stage, go):
    stage.add("/robots.txt", reply("User-agent: *\nDisallow: /\n", Content_Type="text/plain"))
    found = go()
    assert (found.stopped, stage.by_path()) == ("home-robots", {"/robots.txt": 1})


def test_robots_that_cannot_be_had_close_the_site_but_not_its_home_page(stage, go):
    stage.add("/robots.txt", reply("", "500 Oops"))
    stage.add("/", html("/a.html"))
    found = go()
    assert (found.stopped, stage.count("/robots.txt"), stage.count("/a.html")) == ("robots-unreachable", 2, 0)


def test_robots_that_cannot_be_had_are_not_said_to_forbid(stage, go):
    stage.add("/robots.txt", reply("", "500 Oops"))
    stage.add("/", html("/a.html", "/b.html"))
    assert {s.reason for s in go().skipped} <= {"robots-unreachable"}


def test_pages_over_https_that_a_host_does_not_speak_are_not_said_to_be_forbidden(stage, go):
    secure = stage.url.replace("http:", "https:")
    stage.add("/", html("/a.html", f"{secure}b.html", f"{secure}c.html"))
    stage.add("/a.html", html())
    found = go()
    assert visited(found) == ["a.html"]
    assert [(s.reason, s.count) for s in found.skipped] == [("no-tls", 1), ("no-tls", 1)]


# ---------------------------------------------------------------- failures seen twice, refusals


def test_failure_is_seen_twice_and_a_third_time_when_the_two_disagree(stage, go):
    stage.add("/", html("/gone.html", "/torn.html", "/well.html"))
    stage.add("/torn.html", in_turn(raw(), reply("", "404 Not Found")))
    stage.add("/well.html", in_turn(raw(), reply(html("/new.html"))))
    stage.add("/new.html", html())
    found = go()
    assert [e.status for e in attempts(found, "/gone.html")] == [404, 404]
    assert [(e.failure, e.status) for e in attempts(found, "/torn.html")] == [
        (Failure.RESET, 0),
        (None, 404),
        (None, 404),
    ]
    assert [e.status for e in attempts(found, "/well.html")] == [0, 200]
    assert last(found, "/new.html").ok


def test_files_that_are_pages_and_pictures_that_are_none_are_seen_twice(stage, go):
    stage.add("/", '<html><a href="/f.doc">文件</a><img src="/i.jpg"><a href="/empty.zip">包</a>')
    stage.add("/f.doc", reply(html(), Content_Type="application/msword"))
    stage.add("/i.jpg", reply(html(), Content_Type="image/jpeg"))
    stage.add("/empty.zip", reply(b"", Content_Type="application/zip"))
    found = go()
    assert [e.content for e in attempts(found, "/f.doc")] == ["html", "html"]
    assert [e.content for e in attempts(found, "/i.jpg")] == ["html", "html"]
    assert [e.failure for e in attempts(found, "/empty.zip")] == [Failure.EMPTY, Failure.EMPTY]


CHALLENGES = {
    "jsl": reply("<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>", "521 "),
    "aliyun": reply(f"<html><script>var arg1='{'0123456789ABCDEF' * 2}';setCookie('acw_sc__v2',x)</script></html>"),
    "safedog": reply(
        "<html><title>网站防火墙</title><body>您的请求带有不合法参数，已被网站管理员设置拦截！</body></html>"
    ),
    "gbk": reply("<html><body>当前访问疑似黑客攻击，已被创宇盾拦截</body></html>".encode("gbk"), "405 Not Allowed"),
    "cloudflare": reply("<html><title>Just a moment...</title></html>", "503 Wait", CF_Mitigated="challenge"),
    "cookie": reply("<html><script>document.cookie='t=1';window.location.reload();</script></html>"),
    "412": reply("<html></html>", "412 Precondition Failed"),
}


@pytest.mark.parametrize("name", CHALLENGES)
def test_challenge_instead_of_the_home_page_stops_the_visit(name, stage, go):
    stage.otherwise = CHALLENGES[name]
    stage.add("/robots.txt", reply("", "404 Not Found"))
    found = go()
    homes = [e for e in found.exchanges() if e.purpose is Purpose.HOME]
    assert found.stopped == "home-blocked"
    assert {e.failure for e in homes} == {Failure.BLOCKED}


def test_article_about_firewalls_is_no_challenge(stage, go):
    text = "网络安全宣传周：网站防火墙、安全狗与人机验证知识。" * 40
    stage.add("/", html("/news.html"))
    stage.add("/news.html", html(text=text))
    assert last(go(), "/news.html").failure is None


def test_site_that_shuts_us_out_on_the_way_stops_the_visit_unconfirmed(stage, go):
    stage.add("/", html(*(f"/{n}.html" for n in range(200))))
    stage.otherwise = reply(html())
    served = [0]

    def delay():
        served[0] += 1
        if served[0] > 60:
            stage.plays["/"] = stage.otherwise = reply("", "403 Forbidden")
        return 0.0

    stage.delay = delay
    found = go()
    assert found.stopped == "shut-out"
    assert all(e.attempt == 1 for e in found.exchanges() if e.failure is Failure.BLOCKED and e.purpose is Purpose.PAGE)


def test_part_of_a_site_that_never_answers_is_not_waited_for(stage, go):
    stage.add("/", html("/a.html", *(f"/hang/{n}.html" for n in range(60))))
    stage.add("/a.html", html())
    missing = stage.otherwise
    stage.otherwise = lambda c, a: time.sleep(3) if a.path.startswith("/hang/") else missing(c, a)
    began = time.monotonic()
    found = go(limits=replace(QUICK, first_byte_seconds=0.3), concurrency=2)
    assert time.monotonic() - began < 15
    assert last(found, "/a.html").ok
    assert found.stopped == ""
    assert sum(s.count for s in found.skipped if s.reason == "unanswered") > 40


def test_home_page_is_opened_again_at_the_end(stage, go):
    stage.add("/", html("/a.html"))
    found = go()
    probes = [e for e in found.exchanges() if e.purpose is Purpose.PROBE and e.url == stage.url]
    assert [(e.status, e.purpose) for e in probes] == [(200, Purpose.PROBE)]


def test_site_that_answers_nothing_is_said_to_have_failed(stage, go):
    stage.otherwise = raw()
    found = go()
    homes = [e for e in found.exchanges() if e.purpose is Purpose.HOME]
    assert (found.stopped, [e.failure for e in homes]) == ("home-failed", [Failure.RESET] * 3)


def test_home_page_that_is_no_page_ends_the_visit(stage, go):
    stage.add("/", reply(b"%PDF-1.4 ...", Content_Type="application/pdf"))
    assert go().stopped == "home-not-html"


NO_HOME_PAGES = [
    ("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>", Failure.WRONG_CONTENT, "default-page"),
    ("<title>公告</title><p>系统维护中，请稍后访问</p>", Failure.WRONG_CONTENT, "maintenance"),
    ("<p>该域名正在出售</p>", Failure.WRONG_CONTENT, "parked"),
    ("<p>本网站已关闭，内容已整合迁移至 http://www.new.gov.cn/</p>", Failure.CLOSED, "http://www.new.gov.cn/"),
]


@pytest.mark.parametrize(("page", "failure", "detail"), NO_HOME_PAGES)
def test_a_page_in_the_place_of_the_home_page_ends_the_visit(stage, go, page, failure, detail):
    stage.add("/", reply(page.encode(), Content_Type="text/html; charset=utf-8"))
    found = go()
    homes = [(e.failure, e.detail) for e in found.exchanges() if e.purpose is Purpose.HOME]
    assert (found.stopped, homes) == (f"home-{failure.value}", [(failure, detail)] * 3)


def test_a_home_page_that_comes_back_from_maintenance_is_visited(stage, go):
    notice = reply("<p>系统维护中</p>".encode(), Content_Type="text/html; charset=utf-8")
    stage.add("/", in_turn(notice, reply(html("/a.html"))))
    stage.add("/a.html", html())
    found = go()
    assert (found.stopped, last(found, "/a.html").ok) == ("", True)


def test_home_page_that_fails_elsewhere_stays_the_address_given(stage, go):
    stage.add("/", redirect("http://127.0.0.1:9/"))
    found = go()
    assert (found.stopped, found.home) == ("home-failed", stage.url)


def test_address_that_is_none_is_refused_in_one_sentence(go):
    with pytest.raises(VisitError, match="不是可以访问的网址"):
        go(url="ftp://x.gov.cn/")


def test_address_without_scheme_is_tried_over_http(stage, go):
    stage.add("/", html())
    assert go(url=f"127.0.0.1:{stage.port}").home == stage.url
