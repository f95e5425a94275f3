"""A list that cannot be used is told with the place and the remedy, one sentence a fault."""

from datetime import date

import msgspec
import pytest
from bodies import HANGZHOU, OUTLETS, ROSTER, WEST, ZHEJIANG, district

from govgauge.subjects.addresses import site_identity
from govgauge.subjects.model import Channel, Group, Kind, Level, Outlet, Roster, Subject
from govgauge.subjects.validate import faults

DAY = date(2022, 1, 1)


def said(*more: Subject, outlets: tuple[Outlet, ...] = ()) -> list[str]:
    roster = msgspec.structs.replace(ROSTER, subjects=(*ROSTER.subjects, *more), outlets=(*ROSTER.outlets, *outlets))
    return [fault.sentence() for fault in faults(roster)]


def test_a_sound_list_has_no_fault() -> None:
    assert said() == []


def test_a_key_listed_twice_is_told_once() -> None:
    assert said(district("西湖区")) == ["“浙江省/杭州市/西湖区”列了两次。请删去一行，或写明各自的上级以示区别。"]


def test_a_name_below_another_parent_is_another_body() -> None:
    nanchang = Subject("南昌市", Level.PREFECTURE, Kind.CITY, "浙江省", ("city",))
    assert said(nanchang, Subject("西湖区", Level.COUNTY, Kind.DISTRICT, nanchang.key, ("county",))) == []


def test_an_unknown_parent_group_or_forerunner_is_told() -> None:
    lost = Subject("某区", Level.COUNTY, Kind.DISTRICT, "江西省", ("town",), before=("江西省/甲区",))
    assert said(lost) == [
        "“某区”的上级“江西省”不在名单中。请先列入上级，或更正其名称。",
        "“某区”的组“town”未定义。请改为下列之一：city、county、local、province。",
        "“某区”的前身“江西省/甲区”不在名单中或就是它自己。请把前身列入名单，并写明撤销日期。",
    ]


def test_an_end_before_the_beginning_is_told() -> None:
    assert said(district("新区", since=DAY, until=DAY)) == [
        "“新区”的止日 2022-01-01 不晚于起日 2022-01-01。请改正日期；止日是不再有效的第一天。"
    ]


def test_a_code_has_six_digits_and_one_holder_a_day() -> None:
    assert said(district("甲区", "3301"), district("乙区", "330106"), district("丙区", "330104", since=DAY)) == [
        "“甲区”的区划代码“3301”不是六位数字。请写六位数字，没有时留空。",
        "“乙区”与“西湖区”同时用区划代码 330106。请核对代码，或写明各自的起止日期。",
    ]


def test_one_site_belongs_to_one_body_a_day() -> None:
    ours = Outlet(HANGZHOU.key, Channel.SITE, "http://WWW.hzxh.gov.cn:80/index.html", since=DAY)
    assert said(outlets=(ours,)) == [
        (
            "“http://WWW.hzxh.gov.cn:80/index.html”同时属于“浙江省/杭州市/西湖区”（2020-05-01 起）和"
            "“浙江省/杭州市”（2022-01-01 起）。同一地址同一天只能属于一个对象，列一次；请改正地址或起止日期。"
        )
    ]


def test_an_address_may_pass_to_another_body() -> None:
    assert said(outlets=(Outlet(HANGZHOU.key, Channel.SITE, "http://www.xh.gov.cn/", since=DAY),)) == []


def test_a_body_has_one_site_a_day_and_any_number_of_accounts() -> None:
    second = Outlet(WEST.key, Channel.SITE, "https://xihu.hangzhou.gov.cn/", since=DAY)
    account = Outlet(WEST.key, Channel.WECHAT, "xihuwenlv")
    again = Outlet(WEST.key, Channel.WECHAT, "HZxihu", since=DAY)
    assert said(outlets=(second, account, again)) == [
        (
            "“浙江省/杭州市/西湖区”同时有两个网站：“https://www.hzxh.gov.cn/”（2020-05-01 起）和"
            "“https://xihu.hangzhou.gov.cn/”。换过域名的，请写明旧站的停用日期和新站的启用日期。"
        ),
        "“浙江省/杭州市/西湖区”的“HZxihu”列了两次，起止日期重叠。同一地址同一天只能属于一个对象，列一次；请改正地址或起止日期。",
    ]


@pytest.mark.parametrize("address", ["www.hz.gov.cn", "ftp://hz.gov.cn/", "http://hz", "http://[1", "http://a b.cn/"])
def test_what_is_no_address_of_a_site_is_told(address: str) -> None:
    outlet = Outlet(ZHEJIANG.key, Channel.SITE, address)
    assert said(outlets=(outlet,)) == [f"“{address}”不是网站地址。请写成 http:// 或 https:// 开头的完整地址。"]


def test_scheme_port_case_and_start_page_make_no_other_site() -> None:
    assert {
        site_identity(address)
        for address in (
            "http://www.hz.gov.cn",
            "https://WWW.HZ.GOV.CN/",
            "https://www.hz.gov.cn:443/index.shtml",
            "http://www.hz.gov.cn./",
        )
    } == {"www.hz.gov.cn"}
    assert site_identity("http://www.hz.gov.cn/xihu/") == "www.hz.gov.cn/xihu"
    assert site_identity("http://中文.政务") == "xn--fiq228c.xn--zfr164b"


@pytest.mark.parametrize("name", ["", "甲/乙", "甲\n乙", " 甲", "甲\x00", "甲\ud800", "甲" * 1001])
def test_a_name_that_no_table_can_hold_is_told(name: str) -> None:
    assert said(district(name))


def test_an_outlet_without_a_body_is_told() -> None:
    assert said(outlets=(msgspec.structs.replace(OUTLETS[0], subject="江西省"),)) == [
        "“http://www.xh.gov.cn/”所属的“江西省”不在名单中。请先列入该对象。"
    ]


def test_groups_stand_below_those_around_them() -> None:
    groups = (Group("a", "甲", within="b"), Group("b", "乙"), Group("b", "丙"))
    assert [fault.sentence() for fault in faults(Roster("x", groups=groups))] == [
        "组“a”的上层组“b”不在它之前。请先列上层组。",
        "组标识“b”为空或重复。请改为未用过的标识。",
    ]
