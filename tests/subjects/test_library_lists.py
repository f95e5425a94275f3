"""The lists of 2017 and 2025 have the names of their sources, and say where their sources contradict themselves."""

from collections import Counter

import pytest

from govgauge.subjects import library
from govgauge.subjects.model import Roster, Subject
from govgauge.subjects.roster import assessed_by, children, find, in_group
from govgauge.subjects.verify import verify
from govgauge.systems import library as systems

OLD = library.roster("2017")
NEW = library.roster("2025")


def sizes(roster: Roster) -> dict[str, int]:
    return {group.id: len(in_group(roster, group.id)) for group in roster.groups}


def names(subjects: tuple[Subject, ...]) -> str:
    return " ".join(subject.name for subject in subjects)


def test_groups_of_2017_have_the_sizes_that_the_source_announces() -> None:
    assert sizes(OLD) == {
        "ministry": 70,
        "ministry-department": 23,
        "ministry-special": 1,
        "ministry-agency": 15,
        "ministry-office": 3,
        "ministry-institution": 12,
        "ministry-bureau": 16,
        "local": 849,
        "province": 32,
        "sub-provincial": 15,
        "capital": 27,
        "city": 299,
        "county": 486,
    }
    assert verify(OLD).sentences() == []
    assert verify(OLD).compared == 44


def test_ten_cities_of_2017_are_both_capitals_and_sub_provincial() -> None:
    both = [one.name for one in OLD.subjects if {"capital", "sub-provincial"} <= set(one.groups)]
    assert sorted(both) == sorted(
        ["沈阳市", "长春市", "哈尔滨市", "南京市", "杭州市", "济南市", "武汉市", "广州市", "成都市", "西安市"]
    )


def test_groups_of_2025_have_the_sizes_of_their_lists() -> None:
    assert sizes(NEW) == {
        "digital-government": 66,
        "digital-province": 32,
        "digital-city": 34,
        "ministry": 63,
        "ministry-department": 25,
        "ministry-special": 1,
        "ministry-agency": 14,
        "ministry-institution": 6,
        "ministry-bureau": 17,
        "local": 851,
        "local-province": 32,
        "municipality": 4,
        "province": 28,
        "key-city": 32,
        "city": 301,
        "county": 486,
        "zone": 335,
        "etdz": 187,
        "htdz": 148,
    }


def test_what_2025_announces_otherwise_is_on_record() -> None:
    verified = verify(NEW)
    assert verified.ok()
    assert verified.compared == 79
    assert verified.sentences() == [
        "2025 第 96 行：地方政府网站公布 850 个，列出 851 个（已登记）。",
        "2025 第 96 行：区县公布 485 个，列出 486 个（已登记）。",
        "2025 第 137 行：国家级经济技术开发区公布 188 个，列出 187 个（已登记）。",
        "2025 第 137 行：国家级高新技术产业开发区公布 147 个，列出 148 个（已登记）。",
        "2025 第 129 行：陕西省地方政府网站公布 24 个，列出 25 个（已登记）。",
    ]


def test_names_broken_over_lines_are_read_whole() -> None:
    assert names(in_group(OLD, "ministry-institution")) == (
        "新华社 中科院 社科院 工程院 发展研究中心 地震局 气象局 银监会 证监会 保监会 社保基金会 自然科学基金会"
    )
    zones = {zone.name for zone in in_group(NEW, "zone")}
    assert {
        "绍兴高新技术产业开发区",
        "中山火炬高技术产业开发区",
        "锦州高新技术产业开发区",
        "拉萨高新技术产业开发区",
    } <= zones
    assert len(zones) == 335


def test_a_county_stands_below_the_city_that_its_code_tells() -> None:
    assert names(children(NEW, "山东省/济南市")) == (
        "历下区 市中区 槐荫区 天桥区 历城区 长清区 章丘区 济阳区 莱芜区 钢城区 平阴县 商河县"
    )
    assert find(NEW, "晋江市").key == "福建省/泉州市/晋江市"
    assert find(NEW, "仙桃市").parent == "湖北省"
    assert find(OLD, "五家渠市").parent == "新疆维吾尔自治区"


@pytest.mark.parametrize("roster", [OLD, NEW], ids=["2017", "2025"])
def test_codes_follow_those_of_the_parents(roster: Roster) -> None:
    codes = {one.key: one.code for one in roster.subjects if one.code}
    for one in roster.subjects:
        above = codes.get(one.parent, "")
        if one.code and above:
            stem = above.rstrip("0") if above.endswith("0000") else above[:4]
            assert one.code.startswith(stem[:2] if above.endswith("0000") else stem), one.key
    assert Counter(one.region for one in roster.subjects if not one.code and one.level in {"province", "county"}) == (
        {"新疆生产建设兵团": 1, "广东省": 2 if roster is OLD else 1}
    )


def test_bodies_are_of_the_kinds_that_their_names_and_codes_tell() -> None:
    kinds = Counter(one.kind.value for one in NEW.subjects)
    assert kinds == {
        "department": 57,
        "institution": 6,
        "province": 22,
        "autonomous-region": 5,
        "municipality": 4,
        "corps": 1,
        "city": 336,
        "region": 7,
        "autonomous-prefecture": 30,
        "league": 3,
        "district": 328,
        "county": 100,
        "autonomous-county": 13,
        "banner": 1,
        "new-area": 1,
        "etdz": 187,
        "htdz": 148,
    }


def test_names_repeat_and_keys_do_not() -> None:
    for roster in (OLD, NEW):
        assert len({one.key for one in roster.subjects}) == len(roster.subjects)
    assert [one.key for one in NEW.subjects if one.name == "江北区"] == ["重庆市/江北区", "浙江省/宁波市/江北区"]


@pytest.mark.parametrize("roster", [OLD, NEW], ids=["2017", "2025"])
def test_every_group_with_subjects_of_its_own_is_assessed_by_a_profile_that_exists(roster: Roster) -> None:
    for group in dict.fromkeys(group for one in roster.subjects for group in one.groups):
        found = assessed_by(roster, group)
        assert found, group
        assert found[1] in systems.system(found[0]).profile_ids()


def test_names_at_fault_in_2017_are_on_record() -> None:
    assert [defect.subject.rpartition("/")[2] for defect in OLD.defects] == [
        "巴音郭楞蒙古族自治州",
        "满洲里市",
        "二连浩特市",
        "堆龙德庆县",
        "章丘市",
        "晋宁县",
        "宁乡县",
        "达孜县",
        "长乐市",
    ]
    assert find(OLD, "新疆维吾尔自治区/巴音郭楞蒙古族自治州").full_name == "巴音郭楞蒙古自治州"


def test_a_body_of_2017_is_found_in_2025_by_its_former_name() -> None:
    found = {old: find(NEW, old).key for old in ("横县", "宁乡县", "湟中县", "光明新区", "土左旗", "民航局")}
    assert found == {
        "横县": "广西壮族自治区/南宁市/横州市",
        "宁乡县": "湖南省/长沙市/宁乡市",
        "湟中县": "青海省/西宁市/湟中区",
        "光明新区": "广东省/深圳市/光明区",
        "土左旗": "内蒙古自治区/呼和浩特市/土默特左旗",
        "民航局": "中国民用航空局",
    }
