"""What counts as a broken link, and when two addresses are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.audits.addresses import is_residue, is_same_page, never_resolves, place, suffix, undated_folder
from govgauge.audits.foreign_hosts import Network
from govgauge.audits.link_faults import fault, is_download
from govgauge.audits.worth import by_points, by_share
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.facts import NetworkFacts
from govgauge.structure.model import Target

HOME = "http://www.a.gov.cn/"
SHARES = st.floats(min_value=0, max_value=1, allow_subnormal=False)


def _target(
    url: str = HOME + "a.html",
    *,
    status: int = 0,
    failure: Failure | None = None,
    confirmed: bool = True,
    soft: str = "",
) -> Target:
    exchange = Exchange(url=url, final_url=url, purpose=Purpose.PAGE, status=status, failure=failure)
    return Target(url=url, exchange=exchange, confirmed=confirmed, soft_error=soft)


def _fault(target: Target, facts: NetworkFacts | None = None) -> str:
    return fault(target, Network(HOME, facts or NetworkFacts(), [target]))


@pytest.mark.parametrize("status", [400, 404, 410, 500, 502, 503, 504])
def test_confirmed_error_status_is_a_fault(status: int) -> None:
    assert _fault(_target(status=status)) == "status"
    assert _fault(_target(status=status, confirmed=False)) == ""


@pytest.mark.parametrize("status", [200, 204, 206, 301, 401, 403, 405, 406, 407, 412, 429, 501, 521])
def test_answers_and_refusals_are_no_faults(status: int) -> None:
    assert _fault(_target(status=status)) == ""


@pytest.mark.parametrize("failure", list(Failure))
def test_only_silence_that_a_reader_meets_too_is_a_fault(failure: Failure) -> None:
    silent = {"dns", "refused", "connect", "timeout", "slow", "reset", "empty", "redirect-loop"}
    assert bool(_fault(_target(failure=failure))) == (failure.value in silent)
    assert _fault(_target(failure=failure, confirmed=False)) == ""


def test_foreign_silence_is_not_judged_when_our_own_way_out_is_in_doubt() -> None:
    dead = _target("http://www.b.gov.cn/", failure=Failure.DNS)
    assert _fault(dead) == "dns"
    assert _fault(dead, NetworkFacts(resolver_works=False)) == ""
    assert _fault(dead, NetworkFacts(private_address=True)) == ""
    other = _target("http://www.c.gov.cn/", failure=Failure.TIMEOUT)
    assert fault(dead, Network(HOME, NetworkFacts(), [dead, other])) == ""


def _answer(url: str, status: int, length: int) -> Target:
    exchange = Exchange(
        url=url,
        final_url=url,
        purpose=Purpose.EXTERNAL,
        status=status,
        peer="127.0.0.1",
        headers=(("Content-Length", str(length)),),
    )
    return Target(url=url, exchange=exchange, confirmed=status >= 400)


def test_a_stand_in_that_answers_for_every_name_accuses_nobody() -> None:
    private = NetworkFacts(private_address=True)
    home, gone = _answer(HOME, 200, 900), _answer("http://www.b.gov.cn/x.html", 404, 300)
    same, other = _answer("http://www.c.gov.cn/", 200, 900), _answer("http://www.c.gov.cn/", 200, 700)
    assert fault(gone, Network(HOME, private, [home, gone])) == ""
    assert fault(gone, Network(HOME, private, [home, gone, same])) == ""
    assert fault(gone, Network(HOME, private, [home, gone, other])) == "status"
    simulated = _answer("http://www.b.test/x.html", 404, 300)
    assert fault(simulated, Network(HOME, private, [home, simulated])) == "status"


def test_a_host_that_cannot_exist_is_a_fault_from_everywhere() -> None:
    assert (
        _fault(_target("http://http//www.b.gov.cn/", failure=Failure.DNS), NetworkFacts(private_address=True)) == "dns"
    )


def test_an_error_page_counts_and_a_search_without_hits_does_not() -> None:
    assert _fault(_target(status=200, soft="您访问的页面不存在")) == "soft"
    assert _fault(_target(status=200, soft="您搜索的内容不存在")) == ""
    assert _fault(_target(status=200, soft="系统繁忙，请稍后再试", confirmed=False)) == ""
    assert _fault(_target(HOME, status=200, soft="页面不存在")) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.gov.cn/xw/", "https://a.gov.cn/xw/index.html"),
        ("http://www.a.gov.cn/xw", "http://www.a.gov.cn/xw/index.shtml"),
        ("http://www.a.gov.cn/s?b=2&a=1", "http://www.a.gov.cn/s?a=1&b=2&t=1700000000"),
        ("http://www.a.gov.cn/%E6%94%BF", "http://www.a.gov.cn/政"),
    ],
)
def test_usual_names_of_one_place(one: str, other: str) -> None:
    assert place(one) == place(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.gov.cn/xw/index_1.html", "http://www.a.gov.cn/xw/index_2.html"),
        ("http://www.a.gov.cn/s?id=1", "http://www.a.gov.cn/s?id=2"),
        ("http://www.a.gov.cn:8080/", "http://www.a.gov.cn/"),
        ("http://b.a.gov.cn/", "http://www.a.gov.cn/"),
    ],
)
def test_different_places(one: str, other: str) -> None:
    assert place(one) != place(other)


@given(st.text(max_size=40))
def test_any_text_has_a_place(text: str) -> None:
    assert place(HOME + text) == place(HOME + text)
    assert isinstance(place(text), str)


def test_one_article_under_two_addresses() -> None:
    assert is_same_page("http://a.cn/art/2025/1/2/art_12_90341.html", "http://a.cn/col/col12/art_12_90341.html")
    assert is_same_page("http://a.cn/show.asp?id=7", "http://a.cn/show.asp?id=7&page=1")
    assert not is_same_page("http://a.cn/show.asp?id=7", "http://a.cn/show.asp?id=8")
    assert not is_same_page("http://a.cn/a/1.html", "http://a.cn/b/1.html")


def test_folder_without_its_dates() -> None:
    assert undated_folder("http://a.cn/xw/202511/t20251105_1.html") == undated_folder("http://a.cn/xw/202410/t1.html")
    assert undated_folder("http://a.cn/xw/2025/11/05/1.html") == undated_folder("http://a.cn/xw/2024/1/5/2.html")
    assert undated_folder("http://a.cn/contents/18186/1.html") != undated_folder("http://a.cn/contents/18187/1.html")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.cn/%7B%7Burl%7D%7D",
        "http://a.cn/$%7Burl%7D",
        "http://a.cn/%7Bstl.url%7D",
        "http://a.cn/undefined",
        "http://a.cn/x?id=null",
        "http://a.cn/[!--titleurl--]",
        "http://a.cn/%3C%=url%%3E",
    ],
)
def test_residue_of_templates(url: str) -> None:
    assert is_residue(url)


@pytest.mark.parametrize("url", ["http://a.cn/nullify.html", "http://a.cn/news/1.html?a=b", "http://a.cn/(S(abc))/x"])
def test_addresses_that_are_no_residue(url: str) -> None:
    assert not is_residue(url)


def test_hosts_that_cannot_exist() -> None:
    assert [
        never_resolves(url) for url in ("http://http//a/", "http://x.invalid/", "http://a.gov.cn/", "http://[::1]/")
    ] == [
        True,
        True,
        False,
        False,
    ]


def test_endings() -> None:
    assert [suffix(url) for url in ("http://a.cn/b.PDF?x=1", "http://a.cn/", "http://a.cn", "http://a.cn/b.gov/c")] == [
        "pdf",
        "",
        "",
        "",
    ]
    assert is_download("http://a.cn/b.ofd")
    assert not is_download("http://a.cn/viewer.html?file=b.pdf")


@given(st.floats(min_value=0, max_value=1000), SHARES)
def test_points_end_above_nothing_unless_nothing_is_in_order(lost: float, sound: float) -> None:
    value = by_points(lost, 10.0, sound=sound)
    assert 0 <= value <= 1
    assert (value == 0) == (sound == 0)


@given(st.integers(min_value=0, max_value=50), st.integers(min_value=0, max_value=50))
def test_share_of_what_is_in_order(faulty: int, sound: int) -> None:
    assert by_share(faulty, faulty + sound) == (1.0 if faulty + sound == 0 else 1 - faulty / (faulty + sound))
