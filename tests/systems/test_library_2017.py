"""The two systems of 2017 as their tables print them."""

import tomllib
from collections import Counter
from decimal import Decimal

import pytest

from govgauge.audits.catalogue import all_audits, params_of
from govgauge.systems import library
from govgauge.systems.model import Check, Method, System
from govgauge.systems.system_json import system_json

MINISTRY = library.system("2017-ministry")
LOCAL = library.system("2017-local")
BOTH = [MINISTRY, LOCAL]

Row = tuple[str, str | None, str | None, str]

MINISTRY_ROWS: list[Row] = [
    ("信息发布", "基础信息", "机构信息", "2"),
    ("信息发布", "基础信息", "文件资料", "2"),
    ("信息发布", "基础信息", "政务动态", "2"),
    ("信息发布", "基础信息", "人事信息", "2"),
    ("信息发布", "基础信息", "规划计划", "2"),
    ("信息发布", "基础信息", "数据发布", "2"),
    ("信息发布", "重点领域信息", "财政信息", "2"),
    ("信息发布", "重点领域信息", "权责清单", "3"),
    ("信息发布", "重点领域信息", "其他重点信息", "3"),
    ("信息发布", "公开保障", "公开目录", "2"),
    ("信息发布", "公开保障", "依申请公开", "1"),
    ("信息发布", "公开保障", "公开年报", "1"),
    ("解读回应", "政策解读", None, "5"),
    ("解读回应", "热点回应", None, "5"),
    ("办事服务", "服务统一", "入口统一", "4"),
    ("办事服务", "服务统一", "内容统一", "5"),
    ("办事服务", "在线办事", "办事指南", "8"),
    ("办事服务", "在线办事", "服务功能", "4"),
    ("办事服务", "公共服务", None, "3"),
    ("互动交流", "咨询投诉", "渠道功能", "1.5"),
    ("互动交流", "咨询投诉", "答复质量", "2"),
    ("互动交流", "在线访谈", "渠道功能", "1.5"),
    ("互动交流", "在线访谈", "访谈数量", "1"),
    ("互动交流", "在线访谈", "内容质量", "1.5"),
    ("互动交流", "征集调查", "渠道功能", "1.5"),
    ("互动交流", "征集调查", "征集数量", "1"),
    ("互动交流", "征集调查", "内容质量", "2"),
    ("管理保障", "开设规范", None, "6"),
    ("管理保障", "网页设计", None, "6"),
    ("管理保障", "日常运维", None, "6"),
    ("管理保障", "协同联动", None, "4"),
    ("应用推广", "应用功能", "智能搜索", "2"),
    ("应用推广", "应用功能", "智能问答", "2"),
    ("应用推广", "应用功能", "移动端自适配", "1"),
    ("应用推广", "内容传播", "两微一端", "2"),
    ("应用推广", "内容传播", "外部搜索", "1"),
    ("优秀创新案例", None, None, "10"),
]

LOCAL_ROWS: list[Row] = [
    ("信息发布", "基础信息", "概况信息", "1 1 1"),
    ("信息发布", "基础信息", "文件资料", "2 1.5 2"),
    ("信息发布", "基础信息", "政务动态", "2 1.5 1.5"),
    ("信息发布", "基础信息", "人事信息", "1 1 1"),
    ("信息发布", "基础信息", "规划计划", "1 1 1"),
    ("信息发布", "基础信息", "数据发布", "1 1 1"),
    ("信息发布", "重点领域信息", "财政信息", "1.5 1 1"),
    ("信息发布", "重点领域信息", "权责清单", "1.5 2 2.5"),
    ("信息发布", "重点领域信息", "重大建设项目", "1 1 1"),
    ("信息发布", "重点领域信息", "减税降费信息", "1 1 1"),
    ("信息发布", "重点领域信息", "扶贫救助信息", "1 1 1"),
    ("信息发布", "重点领域信息", "环境保护信息", "1 1 1"),
    ("信息发布", "重点领域信息", "消费领域信息", "1 1 1"),
    ("信息发布", "重点领域信息", "安全生产信息", "1 1 1"),
    ("信息发布", "公开保障", "公开目录", "3 2 2"),
    ("信息发布", "公开保障", "依申请公开", "1 1 1"),
    ("信息发布", "公开保障", "公开年报", "1 1 1"),
    ("解读回应", "政策解读", None, "5 5 —"),
    ("解读回应", "热点回应", None, "5 5 7"),
    ("办事服务", "服务统一", "入口统一", "4 4 4"),
    ("办事服务", "服务统一", "内容统一", "5 5 6"),
    ("办事服务", "在线办事", "办事指南", "7 7 8"),
    ("办事服务", "在线办事", "服务功能", "5 5 5"),
    ("办事服务", "在线办事", "重点业务", "2 2 3"),
    ("办事服务", "公共服务", "便民服务", "2 3 5"),
    ("办事服务", "公共服务", "利企服务", "2 3 5"),
    ("互动交流", "咨询投诉", "渠道功能", "1.5 1.5 2"),
    ("互动交流", "咨询投诉", "答复质量", "1.5 1.5 2"),
    ("互动交流", "在线访谈", "渠道功能", "1.5 1.5 1.5"),
    ("互动交流", "在线访谈", "访谈数量", "1 1 1"),
    ("互动交流", "在线访谈", "内容质量", "1.5 1.5 1.5"),
    ("互动交流", "征集调查", "渠道功能", "1.5 1.5 1.5"),
    ("互动交流", "征集调查", "征集数量", "1 1 1"),
    ("互动交流", "征集调查", "内容质量", "1.5 1.5 1.5"),
    ("管理保障", "开设规范", None, "6 6 6"),
    ("管理保障", "网页设计", None, "6 6 6"),
    ("管理保障", "日常运维", None, "6 6 —"),
    ("管理保障", "协同联动", None, "4 4 5"),
    ("应用推广", "应用功能", "智能搜索", "2 2 2"),
    ("应用推广", "应用功能", "智能问答", "2 2 2"),
    ("应用推广", "应用功能", "移动端自适配", "1 1 1"),
    ("应用推广", "内容传播", "两微一端", "2 2 2"),
    ("应用推广", "内容传播", "外部搜索", "1 1 —"),
    ("优秀创新案例", None, None, "10 10 10"),
]

RESULTS = [
    ("商务部", "0.93 0.79 0.85 0.78 0.89 0.77 0.60", "91.7"),
    ("工业和信息化部", "0.72 0.84 0.82 0.79 0.81 0.78 0.79", "86.8"),
    ("水利部", "0.78 0.83 0.72 0.73 0.68 0.62 0.80", "81.0"),
    ("住房城乡建设部", "0.68 0.76 0.53 0.70 0.80 0.37 0.26", "68.2"),
    ("民政部", "0.72 0.71 0.39 0.72 0.79 0.56 0.23", "66.5"),
]
"""Indexes of the first level and the total, from the published table of the ministries."""


def rows(system: System) -> list[Row]:
    def said(weight: Decimal | None) -> str:
        return "—" if weight is None else str(weight)

    return [
        (*leaf.path, " ".join(said(leaf.indicator.weight(profile)) for profile in system.profile_ids()))
        for leaf in system.leaves()
    ]


def test_the_rows_are_those_of_the_tables() -> None:
    assert rows(MINISTRY) == MINISTRY_ROWS
    assert rows(LOCAL) == LOCAL_ROWS


def test_levels_have_as_many_nodes_as_the_tables() -> None:
    assert [Counter(level for level, _ in system.nodes()) for system in BOTH] == [
        {1: 7, 2: 17, 3: 29},
        {1: 7, 2: 17, 3: 37},
    ]


def test_first_level_weights_are_those_printed_or_summed() -> None:
    assert {node.name: node.weight("ministry") for node in MINISTRY.indicators} == {
        "信息发布": 24,
        "解读回应": 10,
        "办事服务": 24,
        "互动交流": 12,
        "管理保障": 22,
        "应用推广": 8,
        "优秀创新案例": 10,
    }
    profiles = ("province", "city", "county")
    assert {node.name: tuple(node.weight(profile) for profile in profiles) for node in LOCAL.indicators} == {
        "信息发布": (22, 20, 21),
        "解读回应": (10, 10, 7),
        "办事服务": (27, 29, 36),
        "互动交流": (11, 11, 12),
        "管理保障": (22, 22, 17),
        "应用推广": (8, 8, 7),
        "优秀创新案例": (10, 10, 10),
    }


def test_every_printed_total_of_the_ministries_is_on_record_and_none_of_the_localities() -> None:
    printed = {node.name: node.printed["ministry"] for _, node in MINISTRY.nodes() if node.printed}
    assert printed == {node.name: node.weight("ministry") for node in MINISTRY.indicators}
    assert [node.name for _, node in LOCAL.nodes() if node.printed] == ["优秀创新案例"]


def test_neither_table_contradicts_itself_or_deducts() -> None:
    assert [system.defects for system in BOTH] == [(), ()]
    assert [leaf.path for system in BOTH for leaf in system.leaves() if leaf.deduct] == []


@pytest.mark.parametrize("system", BOTH, ids=lambda system: system.id)
def test_the_best_three_cases_earn_the_bonus(system: System) -> None:
    bonus = [node for _, node in system.nodes() if node.bonus]
    assert [(node.name, node.best) for node in bonus] == [("优秀创新案例", 3)]
    assert [category.name for category in bonus[0].categories] == [
        "特色栏目",
        "个性化服务",
        "集约化建设",
        "大数据技术应用",
        "开放建设",
    ]
    shown = system_json(system)["indicators"]
    assert isinstance(shown, list)
    assert [leaf["best"] for leaf in shown if leaf["bonus"]] == [3]


@pytest.mark.parametrize(("name", "indexes", "total"), RESULTS, ids=lambda value: str(value)[:7])
def test_a_published_total_follows_from_its_indexes(name: str, indexes: str, total: str) -> None:
    weights = [node.weight("ministry") or Decimal(0) for node in MINISTRY.indicators]
    points = sum((Decimal(index) * weight for index, weight in zip(indexes.split(), weights, strict=True)), Decimal(0))
    assert round(points, 1) == Decimal(total), name


def test_an_audit_answers_only_what_a_program_answers() -> None:
    for check in (check for system in BOTH for check in system.checks()):
        assert (check.audit is not None) == (check.method in {Method.AUTO, Method.ASSISTED}), check.id


@pytest.mark.parametrize(
    "check", [check for system in BOTH for check in system.checks() if check.params], ids=lambda check: check.id
)
def test_parameters_of_a_check_are_ones_its_audit_knows(check: Check) -> None:
    audit = all_audits().get(check.audit or "")
    if audit is not None:
        params_of(audit, check.params)


def test_topics_asked_for_are_ones_the_audit_knows() -> None:
    topics = all_audits()["disclosure-column"].folder / "topics.toml"
    known = set(tomllib.loads(topics.read_text(encoding="utf-8")))
    asked = [check.params["topics"] for system in BOTH for check in system.checks() if "topics" in check.params]
    assert {topic for names in asked for topic in names} <= known  # type: ignore[attr-defined]
