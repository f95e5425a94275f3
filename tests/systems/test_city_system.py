"""The city system of 2025 as its table prints it."""

import tomllib
from decimal import Decimal

import pytest

from govgauge.audits.catalogue import all_audits, params_of, texts
from govgauge.systems import library
from govgauge.systems.audit_ids import audit_ids
from govgauge.systems.model import Method
from govgauge.systems.system_json import system_json

CITY = library.system("2025-city")

ROWS = [
    ("资源汇聚能力", "政府信息公开", "法定主动公开", "17"),
    ("资源汇聚能力", "政府信息公开", "主动公开事项目录", "1"),
    ("资源汇聚能力", "政府信息公开", "政策文件库", "5"),
    ("资源汇聚能力", "政府信息公开", "政策解读", "4"),
    ("资源汇聚能力", "政务服务", "服务覆盖度", "2"),
    ("资源汇聚能力", "政务服务", "服务集成度", "7"),
    ("资源汇聚能力", "政务服务", "服务智能度", "1"),
    ("资源汇聚能力", "开放数据", "开放数据集覆盖度", "1"),
    ("资源汇聚能力", "开放数据", "开放数据集质量", "1"),
    ("资源汇聚能力", "专题专栏", None, "3"),
    ("资源汇聚能力", "历史信息清理和风险防范", None, "2"),
    ("数据应用能力", "对外提供实用服务", "新闻资讯类数据应用", "2"),
    ("数据应用能力", "对外提供实用服务", "政策文件类数据应用", "2"),
    ("数据应用能力", "对外提供实用服务", "政务服务类数据应用", "1"),
    ("数据应用能力", "对外提供实用服务", "其他数据应用", "2"),
    ("数据应用能力", "对内提供辅助决策", None, "2"),
    ("资源融合能力", "内容融合", "教育科研", "1.5"),
    ("资源融合能力", "内容融合", "社会保障", "1.5"),
    ("资源融合能力", "内容融合", "住房", "1.5"),
    ("资源融合能力", "内容融合", "交通运输", "1.5"),
    ("资源融合能力", "内容融合", "就业创业", "1.5"),
    ("资源融合能力", "内容融合", "社会救助和福利", "1.5"),
    ("资源融合能力", "内容融合", "医疗卫生", "1.5"),
    ("资源融合能力", "内容融合", "其他", "1.5"),
    ("资源融合能力", "渠道融合", None, "0.5"),
    ("资源融合能力", "展现融合", None, "0.5"),
    ("资源融合能力", "功能融合", None, "1"),
    ("资源传递能力", "导航体系", "地图导航", "0.5"),
    ("资源传递能力", "导航体系", "频道栏目导航", "0.5"),
    ("资源传递能力", "智能搜索", "智能输入", "3"),
    ("资源传递能力", "智能搜索", "智能输出", "6"),
    ("资源传递能力", "适老化无障碍", None, "1"),
    ("诉求响应能力", "咨询投诉", None, "2"),
    ("诉求响应能力", "智能问答", "安全合规度", "2"),
    ("诉求响应能力", "智能问答", "使用便捷度", "1"),
    ("诉求响应能力", "智能问答", "功能完备度", "2"),
    ("诉求响应能力", "智能问答", "答复有效度", "4"),
    ("诉求响应能力", "征集调查", None, "1"),
    ("安全和运维保障能力", "日常运维", None, "5"),
    ("安全和运维保障能力", "安全防护", None, "3"),
    ("安全和运维保障能力", "隐私保护", None, "2"),
    ("优秀创新案例", None, None, "10"),
]


def test_the_rows_are_those_of_the_table() -> None:
    rows = [(*leaf.path, str(leaf.indicator.weight("city"))) for leaf in CITY.leaves()]
    assert rows == ROWS


def test_first_level_totals_are_those_printed() -> None:
    totals = {node.name: node.weight("city") for node in CITY.indicators}
    assert totals == {
        "资源汇聚能力": 44,
        "数据应用能力": 9,
        "资源融合能力": 14,
        "资源传递能力": 11,
        "诉求响应能力": 12,
        "安全和运维保障能力": 10,
        "优秀创新案例": 10,
    }


def test_only_the_cases_earn_a_bonus_and_only_the_clearing_deducts() -> None:
    assert [leaf.path for leaf in CITY.leaves() if leaf.bonus] == [("优秀创新案例", None, None)]
    assert [leaf.path[1] for leaf in CITY.leaves() if leaf.deduct] == ["历史信息清理和风险防范"]
    cases = next(leaf.indicator for leaf in CITY.leaves() if leaf.bonus)
    names = ["资源汇聚", "数据应用", "优化融合", "智能搜索与问答", "知识图谱应用", "智能门户"]
    assert [category.name for category in cases.categories] == names


def test_every_leaf_has_checks_whose_shares_make_one() -> None:
    for leaf in CITY.leaves():
        assert sum((check.share for check in leaf.indicator.checks), Decimal(0)) == 1, leaf.path


def test_a_check_with_an_audit_is_answered_by_a_program() -> None:
    for check in CITY.checks():
        assert (check.audit is not None) == (check.method in {Method.AUTO, Method.ASSISTED}), check.id


def test_every_audit_answers_a_check_or_a_rule_or_is_named_as_advice() -> None:
    rule_sets = [library.rule_set(name) for name in library.rule_set_ids()]
    used = {check.audit for check in CITY.checks()}
    used |= {audit for rules in rule_sets for audit in (*rules.audits(), *rules.advice_only)}
    assert audit_ids() - used == set()


def test_advice_costs_no_points() -> None:
    advice = set(library.rule_set("inspection-2019").advice_only)
    assert {check.audit for check in CITY.checks()} & advice == set()


def test_the_catalogue_of_ids_knows_every_audit_there_is() -> None:
    assert set(all_audits()) - audit_ids() == set()


@pytest.mark.parametrize("check", [check for check in CITY.checks() if check.params], ids=lambda check: check.id)
def test_parameters_of_a_check_are_ones_its_audit_knows(check: object) -> None:
    audit = all_audits().get(check.audit)  # type: ignore[attr-defined]
    if audit is not None:
        params_of(audit, check.params)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", library.rule_set_ids())
def test_parameters_of_a_rule_set_are_ones_its_audits_know(name: str) -> None:
    for audit_id, values in library.rule_set(name).audit_params.items():
        if audit_id in all_audits():
            params_of(all_audits()[audit_id], dict(values))


def test_topics_asked_for_are_ones_the_audit_knows() -> None:
    topics = all_audits()["disclosure-column"].folder / "topics.toml"
    known = set(tomllib.loads(topics.read_text(encoding="utf-8")))
    asked = [check.params["topics"] for check in CITY.checks() if "topics" in check.params]
    assert {topic for names in asked for topic in names} <= known  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", library.rule_set_ids())
def test_slugs_named_by_a_rule_have_a_sentence_in_their_audit(name: str) -> None:
    conditions = [rule.when for rule in library.rule_set(name).rules if rule.when is not None]
    for leaf in (leaf for condition in conditions for leaf in condition.leaves()):
        named = {slug for filters in leaf.select for one in filters if one.field == "slug" for slug in one.one_of}
        if leaf.audit in all_audits():
            assert named <= set(texts(leaf.audit).slugs)


def test_json_has_the_form_that_other_programs_read() -> None:
    shown = system_json(CITY)
    assert {
        name: shown[name] for name in ("id", "year", "profiles", "full_marks", "bonus_max", "status", "defects")
    } == {
        "id": "2025-city",
        "year": 2025,
        "profiles": ["city"],
        "full_marks": 110,
        "bonus_max": 10,
        "status": "complete",
        "defects": [],
    }
    indicators = shown["indicators"]
    assert isinstance(indicators, list)
    assert indicators[27] == {
        "code": "4.1.1",
        "path": ["资源传递能力", "导航体系", "地图导航"],
        "weights": {"city": 0.5},
        "bonus": False,
        "deduct": False,
        "categories": [],
        "best": None,
        "checks": [
            {
                "id": "4.1.1-1",
                "text": "首页有网站地图入口",
                "share": 0.4,
                "method": "auto",
                "audit": "sitemap-link",
                "params": {},
                "profiles": [],
            },
            {
                "id": "4.1.1-2",
                "text": "网站地图与实际栏目一致",
                "share": 0.6,
                "method": "auto",
                "audit": "sitemap-mismatch",
                "params": {},
                "profiles": [],
            },
        ],
    }
