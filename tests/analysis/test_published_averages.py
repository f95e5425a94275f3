"""Printed averages of the upper levels against those below them: the 2025 report, and intervals of rounding."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_system import PROFILE, SYSTEM, leaf, system

from govgauge.analysis.printed_averages import Interval, Printed, Scheme, interval_of, read_printed_averages
from govgauge.analysis.published_averages import AverageCheck, check_averages
from govgauge.analysis.shares import shown
from govgauge.scoring.csv_lines import UnusableTable
from govgauge.systems import library
from govgauge.systems.model import Indicator

PUBLISHED = Path(__file__).parent / "published" / "2025-averages.csv"
LOCAL = ["省和自治区", "城市", "区县"]
SMALL = {"组": [Scheme(SYSTEM, PROFILE)]}


def schemes() -> dict[str, list[Scheme]]:
    ids = {
        "部委": ["2025-ministry"],
        "省和自治区": ["2025-province"],
        "城市": ["2025-city", "2025-municipality"],
        "区县": ["2025-county"],
    }
    found = {
        name: [Scheme(library.system(each), library.system(each).profile_ids()[0]) for each in some]
        for name, some in ids.items()
    }
    return found | {"地方": [scheme for name in LOCAL for scheme in found[name]]}


def check_2025() -> list[AverageCheck]:
    return check_averages(read_printed_averages(PUBLISHED, schemes()), schemes(), {"地方": LOCAL})


def test_the_averages_of_2025_that_do_not_follow_are_named() -> None:
    """2025 report, chapter 7, section 2: first-level averages held against second-level averages and weights."""
    found = {(each.group, each.name): (each.fits, shown(each.low), shown(each.high)) for each in check_2025()}
    assert found == {
        ("部委", "安全和运维保障能力"): (True, "0.944", "0.953"),
        ("部委", "资源汇聚能力"): (False, "0.569", "0.579"),
        ("部委", "资源传递能力"): (False, "0.427", "0.437"),
        ("部委", "资源融合能力"): (False, "0.415", "0.425"),
        ("部委", "诉求响应能力"): (False, "0.337", "0.347"),
        ("部委", "数据应用能力"): (True, "0.198", "0.208"),
        ("省和自治区", "总指数"): (False, "0.516", "0.625"),
        ("城市", "总指数"): (False, "0.405", "0.518"),
        ("区县", "总指数"): (False, "0.449", "0.558"),
        ("地方", "资源汇聚能力"): (False, "0.580", "0.675"),
        ("地方", "资源传递能力"): (False, "0.386", "0.541"),
        ("地方", "诉求响应能力"): (True, "0.429", "0.538"),
        ("地方", "数据应用能力"): (True, "0.313", "0.392"),
        ("地方", "资源融合能力"): (True, "0.197", "0.349"),
    }


def test_the_averages_of_the_zones_of_2025_that_do_not_follow_are_named() -> None:
    """2025 report, chapter 7, section 3: zones of two kinds, scored by two columns of weights and told together."""
    zones = library.system("2025-development-zone")
    mixed = {"开发区": [Scheme(zones, profile) for profile in zones.profile_ids()]}
    checks = check_averages(read_printed_averages(PUBLISHED.with_name("2025-zones.csv"), mixed), mixed)
    assert {each.name: (each.fits, each.plain_mean, each.unknown) for each in checks} == {
        "总指数": (True, False, ()),
        "功能设计推广": (True, False, ("网站推广",)),
        "政策解读回应": (True, False, ()),
        "政务信息公开": (True, False, ()),
        "互动交流参与": (False, True, ()),
        "网上政务服务": (False, False, ()),
    }


def test_a_plain_mean_is_recognised() -> None:
    (response,) = [each for each in check_2025() if each.plain_mean]
    assert (response.group, response.name, response.printed) == ("部委", "诉求响应能力", "0.50")
    assert response.sentence == (
        "“部委”的“诉求响应能力”印为 0.50，由下级指标的平均指数和权重推算应在 0.337 至 0.347 之间，"
        "偏高至少 0.148，不相符；与各下级指标不加权的简单平均相符，可能没有按权重计算。"
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0.62", "0.615", "0.625"),
        ("0.6", "0.55", "0.65"),
        ("1.00", "0.995", "1"),
        ("0", "0", "0.5"),
        (">=0.98", "0.975", "1"),
        ("≤0.7", "0", "0.75"),
    ],
)
def test_a_printed_number_is_an_interval(text: str, low: str, high: str) -> None:
    assert interval_of(text) == Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize("text", ["", "1.2", "62%", "-0.1", "nan", "约0.6", "0.6-0.7"])
def test_what_is_no_average_is_none(text: str) -> None:
    assert interval_of(text) is None


def printed(group: str, **numbers: str) -> list[Printed]:
    found = []
    for code, text in numbers.items():
        interval = interval_of(text)
        assert interval is not None
        found.append(Printed(group, code.strip("_").replace("_", "."), text, interval))
    return found


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_rounded_means_of_true_values_always_fit(one: int, two: int) -> None:
    first, second = Decimal(one) / 1000, Decimal(two) / 1000
    upper = (first * 4 + second * 2) / 6
    numbers = {"_1": f"{upper:.2f}", "_1_1": f"{first:.2f}", "_1_2": f"{second:.2f}"}
    (check,) = check_averages(printed("组", **numbers), SMALL)
    assert check.fits


def test_what_is_not_printed_may_be_anything_and_is_named() -> None:
    (check,) = check_averages(printed("组", _1="0.60", _1_1="0.90"), SMALL)
    # 4/6 · (0.895…0.905) + 2/6 · (0…1)
    assert (round(check.low, 4), round(check.high, 4)) == (Decimal("0.5967"), Decimal("0.9367"))
    assert check.fits
    assert check.unknown == ("年报",)


def test_a_mixture_of_schemes_holds_for_any_mixture() -> None:
    other = system(
        Indicator(code="1", name="公开", children=(leaf("1.1", "1", "目录"), leaf("1.2", "3", "年报"))), name="other"
    )
    mixed = {"组": [Scheme(SYSTEM, PROFILE), Scheme(other, PROFILE)]}
    (check,) = check_averages(printed("组", _1="0.50", _1_1="1.000", _1_2="0.000"), mixed)
    # the leaf's weight is 4/6 in one and 1/4 in the other
    assert (round(check.low, 3), round(check.high, 3)) == (Decimal("0.250"), Decimal("0.667"))


def test_the_total_leaves_the_bonus_apart() -> None:
    (check,) = check_averages(printed("组", _="0.60", _1="0.60", _2="0.60", _3="0.00"), SMALL)
    assert (check.name, check.fits) == ("总指数", True)


FAULTS = {
    "group,indicator\n组,公开\n": "缺少列“average”",
    "group,indicator,average\n别组,公开,0.5\n": "没有说明“别组”按哪套体系评",
    "group,indicator,average\n组,无此,0.5\n": "没有指标“无此”",
    "group,indicator,average\n组,公开,1.2\n": "“1.2”不是 0 至 1 之间",
    "group,indicator,average\n组,公开,0.5\n组,1,0.6\n": "第 3 行：“组”的“1”已经有过",
    "group,indicator,average\n": "只有表头",
}


@pytest.mark.parametrize(("text", "part"), FAULTS.items())
def test_a_fault_is_told_with_place_and_remedy(tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    with pytest.raises(UnusableTable, match=part):
        read_printed_averages(path, SMALL)
