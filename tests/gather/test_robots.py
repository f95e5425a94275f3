"""robots.txt by RFC 9309."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import robots

HOST = "http://www.a.gov.cn"


def may(body: str | bytes, path: str, agent: str = "govgauge") -> bool:
    return robots.allowed(body.encode() if isinstance(body, str) else body, agent, HOST + path)


def test_nothing_said_allows_everything() -> None:
    assert may("", "/x")
    assert may("Disallow: /", "/x")
    assert may("<html><body>没有这个页面</body></html>", "/x")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb"])
def test_line_ends_and_byte_order_marks(end: str, mark: bytes) -> None:
    body = mark + end.join(["User-agent: *", "Disallow: /a", ""]).encode()
    assert (may(body, "/a"), may(body, "/b")) == (False, True)


def test_longest_rule_wins_and_allow_wins_a_tie() -> None:
    body = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /c\nAllow: /c\nDisallow: /*.pdf$"
    assert [may(body, path) for path in ("/a/x", "/a/b/x", "/c", "/x/y.pdf", "/x/y.pdf?1")] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_own_group_takes_the_place_of_the_general_one_and_groups_of_a_name_are_one() -> None:
    general = "User-agent: *\nDisallow: /\n\n"
    body = general + "User-agent: GOVGAUGE\nDisallow: /a\n\nUser-agent: x\nUser-agent: govgauge/2\nDisallow: /b"
    assert [may(body, path) for path in ("/a", "/b", "/c")] == [False, False, True]
    assert not may(body, "/c", "other")
    assert may("User-agent: org\nDisallow: /", "/a", "govgauge/0.1 (+https://example.org/bot)")
    assert not may(body, "/a", "govgauge/0.1 (+https://example.org)")
    assert not may(body, "/a", "Mozilla/5.0 (compatible; govgauge/0.1)")


def test_names_that_only_begin_alike_are_others() -> None:
    body = "User-agent: gov\nDisallow: /\nUser-agent: govgauge-image\nDisallow: /"
    assert may(body, "/x")


def test_other_lines_do_not_end_a_group() -> None:
    assert not may("User-agent: govgauge\nSitemap: /s.xml\nCrawl-delay: 3\nUser-agent: *\nDisallow: /", "/x")


def test_comments_blanks_and_mistakes() -> None:
    assert not may("  user-agent :  * # all\n disallow /a # no\n", "/a")
    assert may("User-agent: *\nDisallow:\n", "/a")
    assert may("User-agent: *\n#Disallow: /\n", "/a")


def test_escapes_mean_the_characters_they_stand_for() -> None:
    body = "User-agent: *\nDisallow: /通知/\nDisallow: /%7euser\nDisallow: /a%2fb\nDisallow: /x%24y\nDisallow: /p?u=http://q"
    assert not may(body, "/%E9%80%9A%E7%9F%A5/1")
    assert not may(body, "/%e9%80%9a%e7%9f%a5/1")
    assert not may(body, "/通知/1")
    assert not may(body, "/~user")
    assert (may(body, "/a/b"), may(body, "/a%2Fb")) == (True, False)
    assert not may(body, "/x$y")
    assert not may(body, "/p?u=http%3A%2F%2Fq")


def test_wildcards() -> None:
    body = "User-agent: *\nDisallow: /*/private*/x$\nDisallow: /fish*.php"
    assert [
        may(body, path) for path in ("/a/private1/x", "/a/private1/xy", "/private/x", "/fishheads/c.php?a", "/Fish.php")
    ] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_index_page_that_is_allowed_means_its_folder() -> None:
    body = "User-agent: *\nDisallow: /\nAllow: /a/index.html"
    assert (may(body, "/a/"), may(body, "/a/index.html"), may(body, "/a/b")) == (True, True, False)


def test_robots_file_itself_is_allowed() -> None:
    assert may("User-agent: *\nDisallow: /", "/robots.txt")


def test_rules_within_500_kibibytes_count() -> None:
    filler = "# " + "x" * 97 + "\n"
    head = "User-agent: *\n" + filler * 5110
    assert not may(head + "Disallow: /a\n", "/a")


def test_hostile_pattern_takes_no_time() -> None:
    assert may("User-agent: *\nDisallow: /" + "*a" * 8000 + "b", "/" + "a" * 20000)


def test_delay_and_site_maps() -> None:
    body = b"Sitemap: http://www.a.gov.cn/1.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow:\n"
    body += b"User-agent: x\nCrawl-delay: inf\nSITEMAP:/2.xml"
    assert robots.crawl_delay(body, "govgauge") == 2.5
    assert robots.crawl_delay(body, "x") is None
    assert robots.crawl_delay(b"User-agent: *\nCrawl-delay: 2.5\nDisallow:", "govgauge") == 2.5
    assert robots.sitemaps(body) == ["http://www.a.gov.cn/1.xml", "/2.xml"]


@given(st.binary(), st.text(), st.text())
def test_any_bytes_are_borne(body: bytes, agent: str, url: str) -> None:
    robots.allowed(body, agent, url)
    robots.crawl_delay(body, agent)
