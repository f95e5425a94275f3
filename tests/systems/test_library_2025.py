"""The systems of 2025 as their tables print them; that of the cities has tests of its own."""

from collections import Counter
from decimal import Decimal

import pytest
from tables import rows, totals

from govgauge.systems import library
from govgauge.systems.model import Defect, System
from govgauge.systems.verify import Mismatch, verify

GOVERNMENT = library.system("2025-digital-government")
MINISTRY = library.system("2025-ministry")
PROVINCE = library.system("2025-province")
MUNICIPALITY = library.system("2025-municipality")
COUNTY = library.system("2025-county")
ZONE = library.system("2025-development-zone")
PORTALS = [MINISTRY, PROVINCE, MUNICIPALITY, COUNTY]
ALL = [GOVERNMENT, *PORTALS, ZONE]

GOVERNMENT_ROWS = """\
管理保障度 组织保障 领导机制: 1
管理保障度 组织保障 管理机构: 1
管理保障度 组织保障 支撑机制: 1
管理保障度 组织保障 考核评估: 1
管理保障度 制度保障 规划计划: 2
管理保障度 制度保障 制度标准: 2
平台支撑度 基础设施 政务云平台: 1
平台支撑度 基础设施 网络平台: 1
平台支撑度 基础设施 网络安全: 1
平台支撑度 共性应用支撑 身份认证: 1
平台支撑度 共性应用支撑 证照印章: 1
平台支撑度 共性应用支撑 信用信息平台: 1
平台支撑度 共性应用支撑 电子政务地图: 2
数据赋能度 数据资源 数据目录: 2
数据赋能度 数据资源 数据资源库: 2
数据赋能度 数据共享 共享平台: 2
数据赋能度 数据共享 共享使用: 2
数据赋能度 数据开发利用 数据开放: 2
数据赋能度 数据开发利用 数据质量: 2
数据赋能度 数据开发利用 数据利用: 3
数据赋能度 数据安全 安全体系: 2
数据赋能度 数据安全 隐私保护: 2
服务成熟度 政务服务体系 服务覆盖度: 2
服务成熟度 政务服务体系 移动政务服务: 2
服务成熟度 智能普惠服务 服务集成度: 4
服务成熟度 智能普惠服务 专属服务空间: 2
服务成熟度 智能普惠服务 服务智能化: 2
服务成熟度 智能普惠服务 信息无障碍: 1
服务成熟度 涉企服务 全周期服务: 3
服务成熟度 涉企服务 简化审批服务: 2
服务成熟度 民生服务 医疗服务: 2
服务成熟度 民生服务 教育服务: 2
服务成熟度 民生服务 社保服务: 2
服务成熟度 民生服务 就业服务: 2
治理精准度 经济调节 经济治理数据库: 1
治理精准度 经济调节 经济运行监测预警: 2
治理精准度 经济调节 重点领域数字化: 2
治理精准度 市场监管 市场主体监管: 2
治理精准度 市场监管 市场产品监管: 2
治理精准度 社会治理 矛盾化解: 2
治理精准度 社会治理 公共安全: 2
治理精准度 社会治理 基层治理: 2
治理精准度 生态环境治理 自然资源利用: 2
治理精准度 生态环境治理 生态环境综合治理: 2
公开透明度 政策发布 政策文件库: 2
公开透明度 政策发布 政策解读: 2
公开透明度 新媒体传播 政策传播: 2
公开透明度 互动回应 统一互动渠道: 2
公开透明度 互动回应 智能答复: 2
社会满意度 政务服务好差评 好差评渠道建设: 2
社会满意度 政务服务好差评 好差评效果: 2
社会满意度 数据服务满意度 评价功能: 1
社会满意度 数据服务满意度 评价效果: 2
社会满意度 互动回应满意度 咨询答复: 1
社会满意度 互动回应满意度 答复效果评价: 2
优秀创新案例: 10"""

MINISTRY_ROWS = """\
资源汇聚能力 政府信息公开 法定主动公开: 22
资源汇聚能力 政府信息公开 主动公开事项目录: 2
资源汇聚能力 政府信息公开 政策文件库: 7
资源汇聚能力 政府信息公开 政策解读: 5
资源汇聚能力 政务服务 服务覆盖度: 4
资源汇聚能力 政务服务 服务办理深度: 2
资源汇聚能力 政务服务 服务智能度: 1
资源汇聚能力 开放数据 开放目录: 1
资源汇聚能力 开放数据 数据质量: 1
资源汇聚能力 专题专栏: 3
资源汇聚能力 历史信息清理和风险防范: 2
数据应用能力 对外提供实用服务: 4
数据应用能力 对内提供辅助决策: 2
资源融合能力 内容融合: 6
资源融合能力 渠道融合: 1
资源融合能力 展现融合: 1
资源融合能力 功能融合: 1
资源传递能力 导航体系 地图导航: 1
资源传递能力 导航体系 频道栏目导航: 1
资源传递能力 智能搜索 智能输入: 5
资源传递能力 智能搜索 智能输出: 5
资源传递能力 适老化及无障碍: 1
诉求响应能力 咨询投诉: 2
诉求响应能力 智能问答 安全合规度: 2
诉求响应能力 智能问答 使用便捷度: 1
诉求响应能力 智能问答 功能完备度: 2
诉求响应能力 智能问答 答复有效度: 3
诉求响应能力 征集调查: 2
安全和运维保障能力 日常运维: 5
安全和运维保障能力 安全防护: 3
安全和运维保障能力 隐私保护: 2
优秀创新案例: 10"""

PROVINCE_ROWS = """\
资源汇聚能力 政府信息公开 法定主动公开: 18
资源汇聚能力 政府信息公开 主动公开事项目录: 1
资源汇聚能力 政府信息公开 政策文件库: 8
资源汇聚能力 政府信息公开 政策解读: 6
资源汇聚能力 政务服务 服务覆盖度: 2
资源汇聚能力 政务服务 服务集成度: 7
资源汇聚能力 政务服务 服务智能度: 1
资源汇聚能力 开放数据 开放数据集覆盖度: 1
资源汇聚能力 开放数据 开放数据集质量: 1
资源汇聚能力 专题专栏: 3
资源汇聚能力 历史信息清理和风险防范: 2
数据应用能力 对外提供实用服务 新闻资讯类数据应用: 2
数据应用能力 对外提供实用服务 政策文件类数据应用: 2
数据应用能力 对外提供实用服务 政务服务类数据应用: 1
数据应用能力 对外提供实用服务 其他数据应用: 2
数据应用能力 对内提供辅助决策: 2
资源融合能力 内容融合 教育科研: 1
资源融合能力 内容融合 文化体育: 1
资源融合能力 内容融合 职业资格: 1
资源融合能力 内容融合 社会保障: 1
资源融合能力 内容融合 司法公证: 1
资源融合能力 内容融合 其他领域: 1
资源融合能力 渠道融合: 0.5
资源融合能力 展现融合: 0.5
资源融合能力 功能融合: 1
资源传递能力 导航体系 地图导航: 0.5
资源传递能力 导航体系 频道栏目导航: 0.5
资源传递能力 智能搜索 智能输入: 3
资源传递能力 智能搜索 智能输出: 6
资源传递能力 适老化及无障碍: 1
诉求响应能力 咨询投诉: 2
诉求响应能力 智能问答 安全合规度: 2
诉求响应能力 智能问答 使用便捷度: 1
诉求响应能力 智能问答 功能完备度: 2
诉求响应能力 智能问答 答复有效度: 4
诉求响应能力 征集调查: 1
安全和运维保障能力 日常运维: 5
安全和运维保障能力 安全防护: 3
安全和运维保障能力 隐私保护: 2
优秀创新案例: 10"""

MUNICIPALITY_ROWS = """\
资源汇聚能力 政府信息公开 法定主动公开: 17
资源汇聚能力 政府信息公开 主动公开项目目录: 1
资源汇聚能力 政府信息公开 政策文件库: 5
资源汇聚能力 政府信息公开 政策解读: 4
资源汇聚能力 政务服务 服务覆盖度: 2
资源汇聚能力 政务服务 服务集成度: 7
资源汇聚能力 政务服务 服务智能度: 1
资源汇聚能力 开放数据 开放数据集覆盖度: 1
资源汇聚能力 开放数据 开放数据集质量: 1
资源汇聚能力 专题专栏: 3
资源汇聚能力 历史信息清理和风险防范: 2
数据应用能力 对外提供实用服务 新闻资讯类数据应用: 2
数据应用能力 对外提供实用服务 政策文件类数据应用: 2
数据应用能力 对外提供实用服务 政务服务类数据应用: 1
数据应用能力 对外提供实用服务 其他数据应用: 2
数据应用能力 对内提供辅助决策: 2
资源融合能力 内容融合 教育科研: 1.5
资源融合能力 内容融合 职业资格: 1.5
资源融合能力 内容融合 社会保障: 1.5
资源融合能力 内容融合 住房: 1.5
资源融合能力 内容融合 交通运输: 1.5
资源融合能力 内容融合 就业创业: 1.5
资源融合能力 内容融合 社会救助和福利: 1
资源融合能力 内容融合 医疗卫生: 1.5
资源融合能力 内容融合 其他: 1
资源融合能力 渠道融合: 0.5
资源融合能力 展现融合: 0.5
资源融合能力 功能融合: 0.5
资源传递能力 导航体系 地图导航: 0.5
资源传递能力 导航体系 频道栏目导航: 0.5
资源传递能力 智能搜索 智能输入: 3
资源传递能力 智能搜索 智能输出: 6
资源传递能力 适老化无障碍: 1
诉求响应能力 咨询投诉: 2
诉求响应能力 智能问答 安全合规度: 2
诉求响应能力 智能问答 使用便捷度: 1
诉求响应能力 智能问答 功能完备度: 2
诉求响应能力 智能问答 答复有效度: 4
诉求响应能力 征集调查: 1
安全和运维保障能力 日常运维: 5
安全和运维保障能力 安全防护: 3
安全和运维保障能力 隐私保护: 2
优秀创新案例: 10"""

COUNTY_ROWS = """\
资源汇聚能力 政府信息公开 法定主动公开: 21
资源汇聚能力 政府信息公开 主动公开事项目录: 1
资源汇聚能力 政府信息公开 政策文件库: 4
资源汇聚能力 政府信息公开 政策解读: 3
资源汇聚能力 政务服务 服务覆盖度: 2
资源汇聚能力 政务服务 服务集成度: 4
资源汇聚能力 政务服务 服务智能度: 1
资源汇聚能力 开放数据 开放数据集覆盖度: 1
资源汇聚能力 开放数据 开放数据集质量: 1
资源汇聚能力 专题专栏: 4
资源汇聚能力 历史信息清理和风险防范: 2
数据应用能力 对外提供实用服务 新闻资讯类数据应用: 1
数据应用能力 对外提供实用服务 政策文件类数据应用: 2
数据应用能力 对外提供实用服务 政务服务类数据应用: 1
数据应用能力 对外提供实用服务 其他数据应用: 2
数据应用能力 对内提供辅助决策: 2
资源融合能力 内容融合 教育: 1.5
资源融合能力 内容融合 社会保障: 1.5
资源融合能力 内容融合 证件办理: 1
资源融合能力 内容融合 住房: 1.5
资源融合能力 内容融合 交通运输: 1.5
资源融合能力 内容融合 就业创业: 1.5
资源融合能力 内容融合 社会救助和福利: 1.5
资源融合能力 内容融合 婚姻生育: 1.5
资源融合能力 内容融合 其他: 1
资源融合能力 渠道融合: 0.5
资源融合能力 展现融合: 0.5
资源融合能力 功能融合: 0.5
资源传递能力 导航体系 地图导航: 1
资源传递能力 导航体系 频道栏目导航: 1
资源传递能力 智能搜索 智能输入: 3
资源传递能力 智能搜索 智能输出: 6
资源传递能力 适老化无障碍: 1
诉求响应能力 咨询投诉: 2
诉求响应能力 智能问答 安全合规度: 2
诉求响应能力 智能问答 使用便捷度: 1
诉求响应能力 智能问答 功能完备度: 2
诉求响应能力 智能问答 答复有效度: 4
诉求响应能力 征集调查: 1
安全和运维保障能力 日常运维: 5
安全和运维保障能力 安全防护: 3
安全和运维保障能力 隐私保护: 2
优秀创新案例: 10"""

ZONE_ROWS = """\
政务信息公开 基本政务: 8 8
政务信息公开 产业发展: 5 4
政务信息公开 开放合作: 5 4
政务信息公开 科技创新: 4 6
政务信息公开 人才引进: 4 4
政务信息公开 招商引资: 4 4
政务信息公开 绿色集约: 4 4
政务信息公开 专题专栏: 4 4
政策解读回应 政策解读: 5 5
政策解读回应 舆情回应: 5 5
网上政务服务 服务一体化: 2 2
网上政务服务 服务准确度: 3 3
网上政务服务 服务集成度: 4 4
网上政务服务 企业开办: 2 2
网上政务服务 经营纳税: 2 2
网上政务服务 项目投资: 2 2
网上政务服务 就业创业: 2 2
网上政务服务 公共服务: 4 4
互动交流参与 咨询投诉: 4 4
互动交流参与 调查征集: 4 4
互动交流参与 智能问答: 4 4
互动交流参与 互动知识库: 3 3
功能设计推广 设计规范: 4 4
功能设计推广 导航体系: 3 3
功能设计推广 智能搜索: 3 3
功能设计推广 网站推广: 3 3
功能设计推广 运维保障: 3 3
优秀案例: 10 10"""


def test_the_rows_are_those_of_the_tables() -> None:
    assert rows(GOVERNMENT) == GOVERNMENT_ROWS.splitlines()
    assert rows(MINISTRY) == MINISTRY_ROWS.splitlines()
    assert rows(PROVINCE) == PROVINCE_ROWS.splitlines()
    assert rows(MUNICIPALITY) == MUNICIPALITY_ROWS.splitlines()
    assert rows(COUNTY) == COUNTY_ROWS.splitlines()
    assert rows(ZONE) == ZONE_ROWS.splitlines()


def test_levels_have_as_many_nodes_as_the_tables() -> None:
    assert [Counter(level for level, _ in system.nodes()) for system in ALL] == [
        {1: 8, 2: 22, 3: 55},
        {1: 7, 2: 20, 3: 17},
        {1: 7, 2: 20, 3: 27},
        {1: 7, 2: 20, 3: 30},
        {1: 7, 2: 20, 3: 30},
        {1: 6, 2: 27},
    ]


def test_profiles_are_the_columns_of_weights() -> None:
    assert [system.profile_ids() for system in ALL] == [
        ["digital-government"],
        ["ministry"],
        ["province"],
        ["municipality"],
        ["county"],
        ["etdz", "htdz"],
    ]


def test_first_level_weights_are_the_sums_of_the_rows() -> None:
    assert totals(GOVERNMENT) == {
        "管理保障度": "8",
        "平台支撑度": "8",
        "数据赋能度": "19",
        "服务成熟度": "26",
        "治理精准度": "19",
        "公开透明度": "10",
        "社会满意度": "10",
        "优秀创新案例": "10",
    }
    names = ["资源汇聚能力", "数据应用能力", "资源融合能力", "资源传递能力", "诉求响应能力", "安全和运维保障能力"]
    assert [list(totals(system)) for system in PORTALS] == [[*names, "优秀创新案例"]] * 4
    assert [" ".join(totals(system).values()) for system in PORTALS] == [
        "50 6 9 13 12 10 10",
        "50 9 8 11 12 10 10",
        "44 9 14 11 12 10 10",
        "44 8 14 12 12 10 10",
    ]
    assert totals(ZONE) == {
        "政务信息公开": "38 38",
        "政策解读回应": "10 10",
        "网上政务服务": "21 21",
        "互动交流参与": "15 15",
        "功能设计推广": "16 16",
        "优秀案例": "10 10",
    }


def test_printed_totals_stand_beside_the_first_level_of_portals_alone() -> None:
    printed = [[int(total) for node in system.indicators for total in node.printed.values()] for system in ALL]
    assert printed == [
        [10],
        [50, 6, 9, 13, 12, 10, 10],
        [50, 9, 8, 11, 12, 10, 10],
        [44, 9, 14, 11, 11, 10, 10],
        [44, 8, 14, 12, 12, 10, 10],
        [10, 10],
    ]


def test_one_table_contradicts_itself_and_says_where() -> None:
    assert [system.id for system in ALL if verify(system).mismatches] == ["2025-municipality"]
    found = Mismatch("5", "诉求响应能力", "municipality", Decimal(11), Decimal(12))
    assert verify(MUNICIPALITY).mismatches == (found,)
    assert [(one.code, one.profile, one.printed, one.computed) for one in MUNICIPALITY.defects] == [
        ("5", "municipality", 11, 12)
    ]
    assert "第 688 行" in MUNICIPALITY.defects[0].place
    others = [defect for system in ALL if system is not MUNICIPALITY for defect in system.defects]
    assert others == list[Defect]()


def test_full_marks_hold_a_bonus_for_cases_of_the_printed_categories() -> None:
    assert [(system.full_marks, system.bonus_max) for system in ALL] == [(110, 10)] * 6
    portal = ["资源汇聚", "数据应用", "优化融合", "智能搜索与问答", "知识图谱应用", "智能门户"]
    categories = [
        [category.name for category in leaf.indicator.categories]
        for system in ALL
        for leaf in system.leaves()
        if leaf.bonus
    ]
    fields = ["经济调节", "市场监管", "社会治理", "公共服务", "生态环保"]
    data = ["数据资源体系建设", "数据要素市场培育", "高质量政务数据集", "生成式人工智能应用", "数字机关建设"]
    zone = ["资源汇聚", "数据应用", "优化融合", "智能应用"]
    assert categories == [[*(f"{field}数字化" for field in fields), *data], *[portal] * 4, zone]


def test_clearing_the_past_deducts_on_portals_and_nothing_else_does() -> None:
    deducting = [[leaf.path for leaf in system.leaves() if leaf.deduct] for system in ALL]
    clearing = ("资源汇聚能力", "历史信息清理和风险防范", None)
    assert deducting == [[], [clearing], [clearing], [clearing], [clearing], []]


def test_the_two_kinds_of_zones_are_asked_for_their_own_partners() -> None:
    bound = {(system.id, check.id): check.profiles for system in ALL for check in system.checks() if check.profiles}
    assert bound == {
        ("2025-development-zone", "1.3-2"): ("htdz",),
        ("2025-development-zone", "1.3-3"): ("etdz",),
    }


@pytest.mark.parametrize("system", ALL, ids=lambda system: system.id)
def test_every_row_has_checks_of_different_wording(system: System) -> None:
    for leaf in system.leaves():
        wording = [check.text for check in leaf.indicator.checks]
        assert len(set(wording)) == len(wording) > 0, leaf.path
