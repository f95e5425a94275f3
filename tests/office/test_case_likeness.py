"""Whether two cases may be one system under two names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.office.case_likeness import ASKED_FROM, Facts, likeness, of_names, place

SAME = [
    ("江东省一体化政务服务平台", "江东省政务服务一体化系统"),
    ("“江东通”移动服务", "“江东通”：推动高效办成一件事"),
    ("政务智能问答平台", "智能问答政务服务系统"),
    ("政策直达快享", "政策服务直达快享平台"),
    ("无证明城市综合支撑平台", "“无证明城市”建设"),
    ("AI 赋能全链条劳动仲裁", "劳动仲裁全链条ＡＩ应用"),
]
OTHER = [
    ("智慧停车平台", "智慧医疗平台"),
    ("韧性城市智慧管理系统（燃气）", "城市生命线安全工程"),
    ("数据共享交换平台", "数据开放平台"),
    ("“一网通办”政务服务", "“一网统管”城市运行"),
]
"""Of one owner each: of two owners they are less alike still."""
CONCEPTS = [
    ("打造“搜问一体”智能搜索，重构搜索服务", "政务大模型赋能“搜问一体”，开启智能门户"),
    ("江东省一体化政务服务平台", "江西省政务服务一体化系统"),
    ("智慧城市运行管理平台", "智慧城市管理服务系统"),
]


def facts(name: str, url: str = "", owner: str = "江东省", subject: int = 1) -> Facts:
    return Facts(name, url, owner, subject)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_system_under_two_names_of_an_owner_is_asked_about(one: str, other: str) -> None:
    assert likeness(facts(one), facts(other)).value >= ASKED_FROM


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_systems_of_an_owner_are_not(one: str, other: str) -> None:
    assert likeness(facts(one), facts(other)).value < ASKED_FROM


@pytest.mark.parametrize(("one", "other"), CONCEPTS)
def test_owners_that_use_one_catchword_have_not_made_one_system(one: str, other: str) -> None:
    assert likeness(facts(one), facts(other, owner="江西省", subject=2)).value < ASKED_FROM


def test_the_same_page_is_a_reason_and_the_same_home_page_is_hardly_one() -> None:
    one, other = "智慧停车", "城市运行一张图"
    page = likeness(facts(one, "http://www.a.gov.cn/p/index.html"), facts(other, "https://a.gov.cn/p/#top", "乙", 2))
    home = likeness(facts(one, "http://www.a.gov.cn/"), facts(other, "https://a.gov.cn/index.html"))
    assert (page.value, page.why) == (0.85, "网址相同")
    assert home.value < ASKED_FROM
    assert home.why == "网址都是同一个网站的首页；单位相同"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", ""),
        ("javascript:alert(1)", ""),
        ("http://www.A.gov.cn", "a.gov.cn/"),
        ("https://a.gov.cn:443/x/index.html?id=3#k", "a.gov.cn/x?id=3"),
        ("https://a.gov.cn/x/", "a.gov.cn/x"),
    ],
)
def test_an_address_tells_host_and_path(url: str, told: str) -> None:
    assert place(url) == told


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_between_nothing_and_all_whichever_comes_first(one: str, other: str) -> None:
    assert 0 <= of_names(one, other) <= 1
    assert likeness(facts(one), facts(other)) == likeness(facts(other), facts(one))
    assert of_names(one, one) == 1
