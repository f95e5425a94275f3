"""The four systems of 2020 as their tables print them."""

from collections import Counter
from decimal import Decimal

import pytest

from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.scoring.score import score
from govgauge.systems import library
from govgauge.systems.model import Method, System
from govgauge.systems.verify import verify

GOVERNMENT = library.system("2020-digital-government")
MINISTRY = library.system("2020-ministry")
LOCAL = library.system("2020-local")
MEDIA = library.system("2020-new-media")
ALL = [GOVERNMENT, MINISTRY, LOCAL, MEDIA]

GOVERNMENT_ROWS = """\
服务支撑度 渠道支撑 渠道多元: 1
服务支撑度 渠道支撑 入口统一: 2
服务支撑度 应用支撑 搜索功能: 2
服务支撑度 应用支撑 身份认证: 3
服务支撑度 应用支撑 统一互动: 2
服务支撑度 应用支撑 办事系统: 2
服务支撑度 应用支撑 线上支付: 2
服务支撑度 数据支撑 清单目录: 2
服务支撑度 数据支撑 数据共享: 2
服务支撑度 数据支撑 数据同源: 3
服务成熟度 政务服务成熟度 服务覆盖度: 6
服务成熟度 政务服务成熟度 标准规范度: 6
服务成熟度 政务服务成熟度 一件事服务: 7
服务成熟度 政务服务成熟度 服务智能化: 4
服务成熟度 公共服务成熟度 数字化战疫: 4
服务成熟度 公共服务成熟度 医疗服务: 3
服务成熟度 公共服务成熟度 教育服务: 3
服务成熟度 公共服务成熟度 交通服务: 3
服务成熟度 公共服务成熟度 社保服务: 3
服务成熟度 公共服务成熟度 就业服务: 3
服务成熟度 公共服务成熟度 公共资源交易服务: 3
服务成熟度 数据服务成熟度 数据开放: 3
服务成熟度 数据服务成熟度 数据质量管理: 3
服务成熟度 数据服务成熟度 数据开发利用: 3
服务满意度 政务服务好差评 好差评渠道建设: 2
服务满意度 政务服务好差评 好差评效果: 3
服务满意度 数据服务满意度 评价功能: 2
服务满意度 数据服务满意度 评价效果: 2
服务满意度 咨询投诉答复满意度 咨询投诉答复: 2
服务满意度 咨询投诉答复满意度 答复效果评价: 2
服务保障度 组织保障 领导机制: 2
服务保障度 组织保障 管理机构: 2
服务保障度 制度保障 规划设计: 2
服务保障度 制度保障 制度标准: 2
服务保障度 安全保障 安全管理: 2
服务保障度 安全保障 隐私保护: 2
优秀创新案例: 10"""

MINISTRY_ROWS = """\
信息发布 政府信息公开 法定主动公开: 12
信息发布 政府信息公开 重点业务信息公开: 5
信息发布 政府信息公开 信息检索和下载功能: 2
信息发布 政府信息公开 依申请公开: 1
信息发布 中心工作落实宣传: 5
数据开放 开放目录: 1
数据开放 数据质量: 2
数据开放 开发利用: 2
解读回应 政策解读: 10
解读回应 回应关切: 5
办事服务 服务内容 事项目录: 2
办事服务 服务内容 办事指南: 4
办事服务 服务内容 表格下载: 2
办事服务 服务内容 常用查询服务: 2
办事服务 服务功能 注册登录: 2
办事服务 服务功能 服务评价: 1
办事服务 集成套餐服务: 6
互动交流 咨询投诉 渠道功能: 2
互动交流 咨询投诉 留言公开: 3
互动交流 征集调查 渠道功能: 2
互动交流 征集调查 意见反馈: 3
管理保障 规范设计 名称域名: 1
管理保障 规范设计 标识规范: 3
管理保障 制度保障 组织机构: 2
管理保障 制度保障 制度规范: 2
管理保障 制度保障 年度报表: 1
管理保障 运维保障 日常运维: 2
管理保障 运维保障 安全防护: 2
管理保障 运维保障 隐私保护: 1
功能推广 应用功能 智能问答: 4
功能推广 应用功能 智能搜索: 4
功能推广 IPv6改造: 2
功能推广 用户空间: 2
优秀创新案例: 10"""

LOCAL_ROWS = """\
信息发布 政府信息公开 法定主动公开: 20 17 19
信息发布 政府信息公开 信息检索和下载功能: 2 1 1
信息发布 政府信息公开 依申请公开: 1 1 1
信息发布 中心工作落实宣传 三大攻坚战: 2 2 3
信息发布 中心工作落实宣传 深化“放管服”改革: 2 1 2
信息发布 中心工作落实宣传 助力“六稳”“六保”工作: 2 1 2
信息发布 中心工作落实宣传 数字化战疫: 4 3 5
数据开放 开放平台: 4 4 —
数据开放 数据质量: 2 2 —
数据开放 开发利用: 2 2 —
解读回应 政策解读: 5 4 4
解读回应 回应关切: 2 2 2
办事服务 服务内容 服务覆盖度: 2 2 2
办事服务 服务内容 标准规范度: 6 6 8
办事服务 服务内容 表格下载: 1 1 1
办事服务 服务内容 常用查询服务: 3 3 2
办事服务 服务功能 注册登录: 2 2 2
办事服务 服务功能 服务评价: 1 1 1
办事服务 专题服务: 2 5 5
办事服务 一件事服务: 4 8 8
互动交流 咨询投诉 渠道功能: 1 1 1
互动交流 咨询投诉 留言公开: 3 3 3
互动交流 征集调查 渠道功能: 1 1 1
互动交流 征集调查 意见反馈: 3 3 3
管理保障 规范设计 名称域名: 1 1 1
管理保障 规范设计 标识规范: 3 3 3
管理保障 制度保障 组织机构: 1 1 1
管理保障 制度保障 制度规范: 2 2 2
管理保障 制度保障 年度报表: 2 2 2
管理保障 运维保障 日常运维: 2 2 2
管理保障 运维保障 安全防护: 2 2 2
管理保障 运维保障 隐私保护: 1 1 1
功能推广 应用功能 智能问答: 3 3 3
功能推广 应用功能 智能搜索: 3 3 3
功能推广 IPv6改造: 1 2 2
功能推广 用户空间: 2 2 2
优秀创新案例: 10 10 10"""

MEDIA_ROWS = """\
发布解读 信息更新: 16 12 20
发布解读 信息内容: 16 10 20
服务质量 办事服务: 12 10 —
服务质量 查询服务: 6 8 —
服务质量 功能可用: — 8 —
服务质量 服务评价: — 8 —
互动效果 留言审查: 10 6 —
互动效果 留言回复: 12 6 14
互动效果 意见反馈: 6 6 6
管理规范 集约开设: 12 6 18
管理规范 认证规范: 6 5 18
管理规范 管理保障: 2 2 2
管理规范 安全管理: 2 3 2
平台功能 搜索功能: — 10 —"""


def said(weight: Decimal | None) -> str:
    return "—" if weight is None else str(weight)


def rows(system: System) -> list[str]:
    return [
        f"{' '.join(name.replace(' ', '') for name in leaf.path if name)}: "
        f"{' '.join(said(leaf.indicator.weight(profile)) for profile in system.profile_ids())}"
        for leaf in system.leaves()
    ]


def totals(system: System) -> dict[str, str]:
    profiles = system.profile_ids()
    return {node.name: " ".join(said(node.weight(profile)) for profile in profiles) for node in system.indicators}


def test_the_rows_are_those_of_the_tables() -> None:
    assert rows(GOVERNMENT) == GOVERNMENT_ROWS.splitlines()
    assert rows(MINISTRY) == MINISTRY_ROWS.splitlines()
    assert rows(LOCAL) == LOCAL_ROWS.splitlines()
    assert rows(MEDIA) == MEDIA_ROWS.splitlines()


def test_levels_have_as_many_nodes_as_the_tables() -> None:
    assert [Counter(level for level, _ in system.nodes()) for system in ALL] == [
        {1: 5, 2: 12, 3: 36},
        {1: 8, 2: 18, 3: 24},
        {1: 8, 2: 19, 3: 27},
        {1: 5, 2: 14},
    ]


def test_profiles_stand_in_the_order_of_the_columns() -> None:
    assert [system.profile_ids() for system in ALL] == [
        ["digital-government"],
        ["ministry"],
        ["province", "city", "county"],
        ["wechat", "app", "weibo"],
    ]


def test_first_level_weights_are_those_printed_or_summed() -> None:
    assert totals(GOVERNMENT) == {
        "服务支撑度": "21",
        "服务成熟度": "54",
        "服务满意度": "13",
        "服务保障度": "12",
        "优秀创新案例": "10",
    }
    assert totals(MINISTRY) == {
        "信息发布": "25",
        "数据开放": "5",
        "解读回应": "15",
        "办事服务": "19",
        "互动交流": "10",
        "管理保障": "14",
        "功能推广": "12",
        "优秀创新案例": "10",
    }
    assert totals(LOCAL) == {
        "信息发布": "33 26 33",
        "数据开放": "8 8 —",
        "解读回应": "7 6 6",
        "办事服务": "21 28 29",
        "互动交流": "8 8 8",
        "管理保障": "14 14 14",
        "功能推广": "9 10 10",
        "优秀创新案例": "10 10 10",
    }
    assert totals(MEDIA) == {
        "发布解读": "32 22 40",
        "服务质量": "18 34 —",
        "互动效果": "28 18 20",
        "管理规范": "22 16 40",
        "平台功能": "— 10 —",
    }


def test_printed_totals_are_on_record_where_the_tables_have_them() -> None:
    printed = [{node.name for _, node in system.nodes() if node.printed} for system in ALL]
    assert printed == [set(totals(GOVERNMENT)), set(totals(MINISTRY)), {"优秀创新案例"}, set()]


@pytest.mark.parametrize("system", ALL, ids=lambda system: system.id)
def test_no_table_contradicts_itself_or_deducts(system: System) -> None:
    assert verify(system).mismatches == system.defects == ()
    assert [leaf.path for leaf in system.leaves() if leaf.deduct] == []


def test_full_marks_hold_a_bonus_for_cases_and_none_for_accounts() -> None:
    assert [(system.full_marks, system.bonus_max) for system in ALL] == [(110, 10), (110, 10), (110, 10), (100, 0)]
    sites = ["集约化建设", "一体化服务", "移动化服务", "新技术应用", "数据共享开放", "数据开发利用"]
    categories = [
        [category.name for category in leaf.indicator.categories]
        for system in ALL
        for leaf in system.leaves()
        if leaf.bonus
    ]
    assert categories == [["“新基建”助力", *sites], sites, sites]


def test_checks_are_bound_to_profiles_where_the_print_leaves_others_out() -> None:
    bound = {(system.id, check.id): check.profiles for system in ALL for check in system.checks() if check.profiles}
    assert bound == {
        ("2020-local", "6.2.3-2"): ("province",),
        ("2020-local", "7.2-2"): ("province", "city"),
        ("2020-new-media", "3.2-1"): ("wechat", "app"),
    }


def test_a_microblog_is_not_asked_how_soon_it_answers() -> None:
    answers = {"3.2-2": Answer(outcome=Outcome.PASS, value=Decimal(1))}
    assert [score(MEDIA, profile, answers).nodes["3.2"].low for profile in MEDIA.profile_ids()] == [6, 3, 14]


def test_no_program_judges_an_account_as_if_it_were_a_website() -> None:
    assert {check.method for check in MEDIA.checks()} == {Method.MANUAL, Method.FIELD}
