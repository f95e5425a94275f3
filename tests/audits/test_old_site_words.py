"""Which words of a link lead to an old version of the site."""

import pytest

from govgauge.audits.old_site_entry.audit import OTHERS, WORDS, _folded, _is_old_address


@pytest.mark.parametrize(
    "words",
    [
        "旧版",
        "返回旧版",
        "旧版网站",
        "旧版入口",
        "进入老版网站",
        "原网站",
        "老网站",
        "旧站",
        "网站旧版",
        "旧版回顾",
        "旧版网站（2015-2019）",
        "历史版本",
        "[旧版]",
        "市政府旧版网站",
        "2016版网站",
        "旧网站入口",
        "老站",
        "原门户网站",
        "访问旧版",
        "切换到旧版",
        "旧版首页",
        "旧版网站>>",
    ],
)
def test_entrances(words: str) -> None:
    assert WORDS.fullmatch(_folded(words))


@pytest.mark.parametrize(
    "words",
    [
        "旧版图书",
        "旧版身份证",
        "旧版人民币",
        "原文",
        "原版",
        "老网民",
        "历史网",
        "历史文化",
        "老干部局网站",
        "老城改造",
        "旧改专栏",
        "新版网站",
        "首页",
        "网站",
        "旧版网站停止服务的公告",
        "老年网",
        "老兵网",
        "原创",
        "站点地图",
        "政府网站年度报表",
        "2019年度政府网站年报",
    ],
)
def test_words_that_only_sound_alike(words: str) -> None:
    assert not WORDS.fullmatch(_folded(words))


@pytest.mark.parametrize("words", ["老年版", "长者专区", "适老化版本", "关怀版"])
def test_editions_for_the_elderly(words: str) -> None:
    assert OTHERS.search(words)


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("http://www.a.gov.cn/old/", True),
        ("http://www.a.gov.cn/old/index.html", True),
        ("http://old.a.gov.cn/", True),
        ("http://www.a.gov.cn/2015/", True),
        ("http://www.a.gov.cn/old/xw/1.html", False),
        ("http://old.a.gov.cn/xw/1.html", False),
        ("http://www.a.gov.cn/2015/0302/1.html", False),
        ("http://www.goldold.gov.cn/", False),
    ],
)
def test_front_doors_of_old_editions(url: str, front: bool) -> None:
    assert _is_old_address(url) is front
