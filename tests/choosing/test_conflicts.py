"""Conflicts: certain where they are certain, possible where a person must look, and silent about neighbours."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govgauge.choosing import places
from govgauge.choosing.bodies import Relation, read_body, relation
from govgauge.choosing.conflicts import (
    Conflict,
    Expert,
    Ground,
    OwnedCase,
    Region,
    Strength,
    Tie,
    barred,
    conflicts,
)
from govgauge.choosing.mail_domains import Nearness, nearness


@pytest.mark.parametrize(
    ("employer", "owner", "expected"),
    [
        ("武汉市经济和信息化局", "武汉市经济和信息化局", Relation.SAME),
        ("湖北省武汉市经济和信息化局", " 武汉市 经济和信息化局（市大数据局）", Relation.SAME),
        ("武汉市人民政府办公厅", "武汉市", Relation.SAME),
        ("武汉市政府", "武汉市人民政府", Relation.SAME),
        ("武汉市", "武汉市人民政府", Relation.MAYBE_SAME),
        ("武汉市经济和信息化局", "武汉市人民政府", Relation.PART),
        ("武汉市人民政府办公厅", "武汉市大数据局", Relation.PART),
        ("湖北省黄冈市浠水县人民政府", "黄冈市浠水县大数据局", Relation.PART),
        ("浠水县人民政府", "浠水县大数据局", Relation.MAYBE_PART),
        ("浠水县大数据局", "黄冈市浠水县大数据局", Relation.MAYBE_SAME),
        ("武汉市大数据中心", "武汉市人民政府", Relation.MAYBE_PART),
        ("中共武汉市委网信办", "武汉市人民政府", Relation.MAYBE_PART),
        ("武汉市经信局", "武汉市经济和信息化局", Relation.MAYBE_SAME),
        ("鼓楼区大数据局", "鼓楼区大数据局", Relation.MAYBE_SAME),
        ("南京市鼓楼区大数据局", "南京市鼓楼区大数据局", Relation.SAME),
        ("南京市鼓楼区大数据局", "鼓楼区大数据局", Relation.MAYBE_SAME),
        ("大数据局", "大数据局", Relation.MAYBE_SAME),
        ("人民医院", "人民医院", Relation.MAYBE_SAME),
        ("北京大学", "北京大学", Relation.SAME),
        ("北京大学信息管理系", "北京大学", Relation.MAYBE_PART),
        ("国家税务总局", "国家税务总局", Relation.SAME),
        ("国家税务总局武汉市税务局", "国家税务总局", Relation.MAYBE_PART),
        ("交通运输部规划研究院", "交通运输部", Relation.MAYBE_PART),
        ("商务部", "商务部", Relation.SAME),
    ],
)
def test_names_that_have_to_do_with_each_other(employer: str, owner: str, expected: Relation) -> None:
    assert relation(read_body(employer), read_body(owner)) is expected


@pytest.mark.parametrize(
    ("employer", "owner"),
    [
        ("武汉市经济和信息化局", "襄阳市经济和信息化局"),
        ("武汉市经济和信息化局", "武汉市教育局"),
        ("武汉市经济和信息化局", "武汉市武昌区人民政府"),
        ("湖北省人民政府", "武汉市人民政府"),
        ("武汉大学", "武汉市人民政府"),
        ("武汉大学", "武汉理工大学"),
        ("湖南大学", "湖南师范大学"),
        ("中国人民大学", "中国人民公安大学"),
        ("华中科技大学", "华东科技大学"),
        ("武汉市税务局", "武汉市人民政府"),
        ("武汉市人大常委会办公室", "武汉市人民政府"),
        ("武汉市第一医院", "武汉市人民政府"),
        ("武汉市某某科技有限公司", "武汉市大数据局"),
        ("南京市鼓楼区大数据局", "福州市鼓楼区大数据局"),
        ("吉林省大数据局", "吉林市大数据局"),
        ("吉林市教育局", "吉林省人民政府"),
        ("海南省教育厅", "海南藏族自治州人民政府"),
        ("大数据局", "武汉市大数据局"),
        ("北京大学", "北京市人民政府"),
        ("国家税务总局武汉市税务局", "武汉市人民政府"),
        ("国家税务总局", "国家市场监督管理总局"),
        ("浠水县大数据局", "蕲春县大数据局"),
        ("", ""),
        ("", "武汉市人民政府"),
    ],
)
def test_neighbours_and_namesakes_have_nothing_to_do_with_each_other(employer: str, owner: str) -> None:
    assert relation(read_body(employer), read_body(owner)) is None
    assert relation(read_body(owner), read_body(employer)) is None


@pytest.mark.parametrize(
    ("text", "around", "code", "below", "rest"),
    [
        ("湖北省武汉市武昌区", "", "420106", "", ""),
        ("420106", "", "420106", "", ""),
        ("湖北省/武汉市/武昌区", "", "420106", "", ""),
        ("武汉市城市管理执法委员会", "", "420100", "", "城市管理执法委员会"),
        ("湖北省黄冈市浠水县教育局", "", "421100", "浠水县", "教育局"),
        ("吉林省吉林市", "", "220200", "", ""),
        ("恩施州政府", "", "422800", "", "政府"),
        ("鼓楼区教育局", "350100", "350102", "", "教育局"),
        ("朝阳区教育局", "110000", "110105", "", "教育局"),
        ("朝阳区教育局", "", "", "", "教育局"),
        ("武汉大学", "", "", "", "武汉大学"),
        ("武汉武昌区教育局", "", "420106", "", "教育局"),
        ("广西南宁市", "", "450100", "", ""),
        ("湖北仙桃市", "", "429004", "", ""),
        ("北京朝阳区", "", "110105", "", ""),
        ("南京鼓楼医院", "", "", "", "南京鼓楼医院"),
        ("四川省成都市新津县", "", "510118", "", ""),
        ("合肥市高新区管委会", "", "340100", "高新区", "管委会"),
    ],
)
def test_places_are_read_from_the_beginning_of_names(text: str, around: str, code: str, below: str, rest: str) -> None:
    found = places.read(text, around)
    assert (found.code, found.below, found.rest) == (code, below, rest)


def test_a_division_that_was_renamed_is_its_successor_by_name_and_by_key() -> None:
    assert places.of_subject("湖南省/长沙市/宁乡县") == places.of_subject("湖南省/长沙市/宁乡市") == "430182"
    assert places.read("长沙市宁乡县").code == "430182"
    assert places.of_subject("商务部") == places.of_subject("") == ""


def test_a_district_that_the_lists_know_elsewhere_only_is_the_one_in_the_place_told() -> None:
    found = places.read("浦东新区政府", "420100")
    assert (found.code, found.below) == ("420100", "浦东新区")


@pytest.mark.parametrize(
    ("code", "province", "city", "county"),
    [
        ("420106", "420000", "420100", "420106"),
        ("310115", "310000", "310000", "310115"),
        ("429004", "420000", "429004", "429004"),
        ("420100", "420000", "420100", ""),
        ("420000", "420000", "", ""),
        ("110000", "110000", "110000", ""),
        ("", "", "", ""),
    ],
)
def test_codes_tell_what_lies_above(code: str, province: str, city: str, county: str) -> None:
    assert (places.province_of(code), places.city_of(code), places.county_of(code)) == (province, city, county)


@pytest.mark.parametrize(
    ("email", "site", "expected"),
    [
        ("a@wuhan.gov.cn", "http://www.wuhan.gov.cn/", Nearness.SAME),
        ("A@Wuhan.GOV.cn", "www.wuhan.gov.cn", Nearness.SAME),
        ("a@jxj.wuhan.gov.cn", "https://www.wuhan.gov.cn/", Nearness.OWNER),
        ("a@wuhan.gov.cn", "https://jxj.wuhan.gov.cn/x", Nearness.OWNER),
        ("a@stu.pku.edu.cn", "https://www.pku.edu.cn/", Nearness.OWNER),
        ("a@cityu.edu.hk", "https://www.hku.hk/", None),
        ("a@xiangyang.gov.cn", "http://www.wuhan.gov.cn/", None),
        ("a@gov.cn", "http://www.wuhan.gov.cn/", None),
        ("a@qq.com", "https://mp.weixin.qq.com/s/x", None),
        ("a@vip.163.com", "https://vip.163.com/", None),
        ("a@xy.gjzwfw.gov.cn", "https://zwdt.gjzwfw.gov.cn/", None),
        ("a@127.0.0.1", "http://127.0.0.1/", None),
        ("wuhan.gov.cn", "http://www.wuhan.gov.cn/", None),
        ("@wuhan.gov.cn", "http://www.wuhan.gov.cn/", None),
        ("a@wuhan.gov.cn/x", "http://www.wuhan.gov.cn/", None),
        ("a@武汉.政务", "http://www.武汉.政务/", Nearness.SAME),
        ("", "", None),
        ("a@b@[::1]", "http://[::1]/", None),
    ],
)
def test_mail_domains_beside_sites(email: str, site: str, expected: Nearness | None) -> None:
    assert nearness(email, site) is expected


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_people_write_is_read_without_a_fault(one: str, other: str) -> None:
    expert = Expert("一", one, other, f"{one}@{other}", (Tie(one, other),))
    assert isinstance(conflicts([expert], [OwnedCase("甲", other, one, other, one)], Region.CITY), list)


CASE = OwnedCase("甲", "武汉市人民政府", subject="湖北省/武汉市", site="http://www.wuhan.gov.cn/")


def found(expert: Expert, case: OwnedCase = CASE, region: Region = Region.NONE) -> list[tuple[Ground, Strength]]:
    return [(one.ground, one.strength) for one in conflicts([expert], [case], region)]


@pytest.mark.parametrize("about", ["甲", "湖北省/武汉市", "武汉市人民政府"])
def test_what_is_declared_is_certain(about: str) -> None:
    (conflict,) = conflicts([Expert("一", ties=(Tie(about, "曾参与建设"),))], [CASE])
    reason = f"专家本人申报与“{about}”有关（曾参与建设）。"
    assert conflict == Conflict("甲", "一", Ground.DECLARED, Strength.CERTAIN, reason)


def test_what_is_declared_of_a_near_body_is_for_a_person_to_decide() -> None:
    assert found(Expert("一", ties=(Tie("武汉市大数据局"), Tie("襄阳市大数据局")))) == [
        (Ground.DECLARED, Strength.POSSIBLE)
    ]


def test_who_nominated_a_case_does_not_judge_it() -> None:
    case = OwnedCase("甲", "武汉市人民政府", nominator="一")
    assert found(Expert("一"), case) == [(Ground.NOMINATED, Strength.CERTAIN)]
    assert found(Expert("二"), case) == []


@pytest.mark.parametrize(
    ("place", "employer", "region", "expected"),
    [
        ("湖北省武汉市", "", Region.CITY, [Strength.CERTAIN]),
        ("武汉市江岸区", "", Region.CITY, [Strength.CERTAIN]),
        ("湖北省襄阳市", "", Region.CITY, []),
        ("湖北省襄阳市", "", Region.PROVINCE, [Strength.CERTAIN]),
        ("湖北省", "", Region.CITY, []),
        ("武汉市", "", Region.COUNTY, []),
        ("", "武汉市教育局信息中心", Region.CITY, [Strength.POSSIBLE]),
        ("", "武汉大学", Region.CITY, []),
        ("湖北省宜昌市", "武汉市教育局", Region.CITY, [Strength.POSSIBLE]),
        ("湖北省武汉市", "", Region.NONE, []),
    ],
)
def test_the_region_counts_as_the_round_says(
    place: str, employer: str, region: Region, expected: list[Strength]
) -> None:
    case = OwnedCase("甲", "武汉市某局", place="420100")
    strengths = [
        one.strength
        for one in conflicts([Expert("一", employer, place)], [case], region)
        if one.ground is Ground.REGION
    ]
    assert strengths == expected


def test_counties_that_no_list_has_are_told_apart_by_name() -> None:
    case = OwnedCase("甲", "浠水县人民政府", place="湖北省黄冈市浠水县")
    same, other = Expert("一", place="黄冈市浠水县"), Expert("二", place="黄冈市蕲春县")
    assert found(same, case, Region.COUNTY) == [(Ground.REGION, Strength.CERTAIN)]
    assert found(other, case, Region.COUNTY) == []
    assert found(other, case, Region.CITY) == [(Ground.REGION, Strength.CERTAIN)]


def test_the_declared_region_tells_namesakes_apart() -> None:
    case = OwnedCase("甲", "鼓楼区大数据局", place="南京市鼓楼区")
    assert found(Expert("一", "鼓楼区大数据局", "福建省福州市"), case) == []
    assert found(Expert("一", "大数据局", "福建省福州市"), OwnedCase("甲", "大数据局", place="南京市")) == []
    assert found(Expert("一", "鼓楼区大数据局", "江苏省南京市"), case) == [(Ground.EMPLOYER, Strength.CERTAIN)]
    assert found(Expert("一", "鼓楼区大数据局"), case) == [(Ground.EMPLOYER, Strength.POSSIBLE)]


def test_a_site_that_several_owners_share_makes_a_mail_domain_possible_only() -> None:
    cases = [CASE, OwnedCase("乙", "武汉市江岸区人民政府", site="https://www.wuhan.gov.cn/jaq/")]
    expert = Expert("一", email="a@wuhan.gov.cn")
    assert [one.strength for one in conflicts([expert], cases)] == [Strength.POSSIBLE] * 2
    assert found(expert) == [(Ground.EMAIL, Strength.CERTAIN)]


def test_every_ground_has_a_reason_of_its_own_and_order_is_of_no_account() -> None:
    experts = [
        Expert("一", "武汉市经济和信息化局", "湖北省武汉市", "a@jxj.wuhan.gov.cn", (Tie("甲"),)),
        Expert("二", "北京大学", "北京市", "b@pku.edu.cn"),
    ]
    cases = [CASE, OwnedCase("乙", "北京大学", site="https://www.pku.edu.cn/")]
    all_found = conflicts(experts, cases, Region.CITY)
    assert [(one.case, one.judge, one.ground) for one in all_found] == [
        ("乙", "二", Ground.EMPLOYER),
        ("乙", "二", Ground.EMAIL),
        ("甲", "一", Ground.DECLARED),
        ("甲", "一", Ground.EMPLOYER),
        ("甲", "一", Ground.REGION),
        ("甲", "一", Ground.EMAIL),
    ]
    assert len({one.reason for one in all_found}) == 6
    Random(3).shuffle(experts)
    assert conflicts(experts[::-1], cases[::-1], Region.CITY) == all_found


def test_possible_conflicts_bar_until_a_person_clears_them() -> None:
    held = conflicts(
        [Expert("一", "武汉市经信局"), Expert("二", ties=(Tie("甲"),))], [OwnedCase("甲", "武汉市经济和信息化局")]
    )
    assert barred(held) == {("甲", "一"), ("甲", "二")}
    assert barred(held, {("甲", "一", Ground.EMPLOYER)}) == {("甲", "二")}
    assert barred(held, undecided=False) == {("甲", "二")}
