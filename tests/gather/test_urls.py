"""URLs: resolved by the WHATWG rules, and one form for one page without merging what a server may tell apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.gather import urls

BASE = "http://www.a.gov.cn/xw/202511/t1.html"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../../index.html", "http://www.a.gov.cn/index.html"),
        (" \n/tz/\t ", "http://www.a.gov.cn/tz/"),
        ("//b.gov.cn/x", "http://b.gov.cn/x"),
        ("http:\\\\b.gov.cn\\x", "http://b.gov.cn/x"),
        ("http:/x.html", "http://www.a.gov.cn/x.html"),
        ("?page=2", "http://www.a.gov.cn/xw/202511/t1.html?page=2"),
        (
            "通知/列表.html?词=一",
            "http://www.a.gov.cn/xw/202511/%E9%80%9A%E7%9F%A5/%E5%88%97%E8%A1%A8.html?%E8%AF%8D=%E4%B8%80",
        ),
        ("http://中国政府网.政务/", "http://xn--fiqs8sirgfmhq98a.xn--zfr164b/"),
        ("http://", None),
        ("http://a b/", None),
        ("http://a.gov.cn:99999/", None),
    ],
)
def test_references_are_resolved(href: str, expected: str | None) -> None:
    assert urls.resolve(BASE, href) == expected


def test_query_is_written_in_the_encoding_of_the_page() -> None:
    assert urls.resolve(BASE, "s.jsp?q=中文&c=㐂#中", "gbk") == (
        "http://www.a.gov.cn/xw/202511/s.jsp?q=%D6%D0%CE%C4&c=%819%EF1#%E4%B8%AD"
    )
    assert urls.resolve(BASE, "s.jsp?q=中文", "windows-1252") == (
        "http://www.a.gov.cn/xw/202511/s.jsp?q=%26%2320013%3B%26%2325991%3B"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.A.gov.cn:80/a/../b/%7euser/%e4%b8%ad.html?#x", "http://www.a.gov.cn/b/~user/%E4%B8%AD.html"),
        ("http://a.gov.cn", "http://a.gov.cn/"),
        ("https://a.gov.cn:443/#!/list", "https://a.gov.cn/"),
        ("http://a.gov.cn/l.jsp;jsessionid=AB12.node1?id=3", "http://a.gov.cn/l.jsp?id=3"),
        ("http://a.gov.cn/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "http://a.gov.cn/a.aspx"),
        ("http://a.gov.cn/a.php?x=1&PHPSESSID=ab12&y=2", "http://a.gov.cn/a.php?x=1&y=2"),
        ("http://a.gov.cn/?utm_source=wx&from=timeline&isappinstalled=0&id=2", "http://a.gov.cn/?id=2"),
        ("http://a.gov.cn/?spm=C73544.P99.0.0", "http://a.gov.cn/"),
        ("http://a.gov.cn/l.php?id=3&sid=4028818a5b0c0d0e0f0a0b0c0d0e0f0a", "http://a.gov.cn/l.php?id=3"),
    ],
)
def test_what_names_no_page_is_taken_away(url: str, expected: str) -> None:
    assert urls.canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://a.gov.cn//a//b",
        "http://a.gov.cn/a/",
        "http://a.gov.cn/a",
        "http://a.gov.cn/a/index.html",
        "http://a.gov.cn/?b=2&a=1",
        "http://a.gov.cn/?a=1&a=1&c",
        "http://a.gov.cn/A?Q=x",
        "http://a.gov.cn/a%2Fb?x=%26",
        "http://a.gov.cn/show.jsp?sid=4028818a5b0c0d0e0f0a0b0c0d0e0f0a",
        "http://a.gov.cn/show.jsp?sid=12",
        "http://a.gov.cn/a?from=home&session=3&t=1604567890123",
        "http://a.gov.cn/a;v=2/b",
        "http://a.gov.cn/f(1)/x",
        "http://a.gov.cn/a?spm=3",
        "http://a.gov.cn./",
    ],
)
def test_what_a_server_may_tell_apart_stays(url: str) -> None:
    assert urls.canonical(url) == url


def test_invalid_url_stays_as_it_is() -> None:
    assert urls.canonical("http://a b/#x") == "http://a b/#x"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_canonical_form_is_stable(tail: str) -> None:
    once = urls.canonical("http://www.a.gov.cn/" + tail)
    assert urls.canonical(once) == once


@given(
    st.lists(
        st.sampled_from(
            ["/..", "/.", "/%2e", ";jsessionid=1", "/(S(a))", "%7e", "?sid=" + "a1" * 16, "&", "#", "//", "%25", "7e"]
        )
    )
)
def test_parts_that_uncover_each_other_still_end_in_one_form(parts: list[str]) -> None:
    once = urls.canonical("http://www.a.gov.cn/x" + "".join(parts))
    assert urls.canonical(once) == once


@given(st.text(max_size=40))
def test_any_reference_is_borne(href: str) -> None:
    urls.resolve(BASE, href)
    assert urls.absolute(BASE, href) == (None if (url := urls.resolve(BASE, href)) is None else urls.canonical(url))


@given(
    st.sampled_from(["../x", "/x", "x?y", "?y", "//h/x", "http:x", "./", ""]),
    st.sampled_from([BASE, BASE + "?a=/b/", "http://a.gov.cn"]),
)
def test_remembered_answers_do_not_depend_on_other_pages(href: str, base: str) -> None:
    url = urls.resolve(base, href)
    assert url is not None
    assert urls.absolute(base, href) == urls.canonical(url)


def test_sites_and_owners() -> None:
    assert urls.host("HTTP://WWW.A.gov.cn:81/x") == "www.a.gov.cn"
    assert urls.host("no url") == ""
    assert urls.is_same_site("http://www.a.gov.cn/", "https://a.gov.cn/x")
    assert not urls.is_same_site("http://zwfw.a.gov.cn/", "http://www.a.gov.cn/")
    assert not urls.is_same_site("mailto:a", "mailto:b")
    assert urls.owner_domain("http://zwfw.a.gov.cn/") == "a.gov.cn"
    assert urls.owner_domain("http://www.a.com.cn/") == "a.com.cn"
    assert urls.owner_domain("http://x.a.com/") == "a.com"
    assert urls.owner_domain("http://www.gov.cn/") == "www.gov.cn"
    assert urls.owner_domain("http://127.0.0.1:80/") == "127.0.0.1"
    assert urls.is_same_owner("http://zwfw.a.gov.cn/", "http://www.a.gov.cn/")
    assert not urls.is_same_owner("http://www.a.gov.cn/", "http://www.b.gov.cn/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.cn/xw/202511/t20251105_12.html", "http://a.cn/xw/{n}/t{n}_{n}.html"),
        ("http://a.cn/art/2025/11/5/art_1_2.html", "http://a.cn/art/{n}/{n}/{n}/art_{n}_{n}.html"),
        ("http://a.cn/show.jsp?id=3&type=news", "http://a.cn/show.jsp?id={n}&type=news"),
        ("http://a.cn/c/4028818a5b0c0d0e0f0a0b0c0d0e0f0a.html", "http://a.cn/c/{id}.html"),
        ("http://a.cn/", "http://a.cn/"),
    ],
)
def test_pages_of_one_template_have_one_form(url: str, expected: str) -> None:
    assert urls.template(url) == expected


@given(
    st.text(st.sampled_from("a1-_~./%;:?# \\"), max_size=12),
    st.sampled_from(
        ["http://www.a.gov.cn/", "http://www.a.gov.cn/xw/", "https://a.gov.cn:81/x/y/", "http://a.gov.cn/a b/"]
    ),
)
def test_quick_way_agrees_with_the_parser(href: str, base: str) -> None:
    quick = urls.plain_join(base)(href)
    assert quick in ("", urls.absolute(base, href))
