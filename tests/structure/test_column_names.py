"""Names of columns and what they are for."""

import pytest

from govgauge.structure.column_names import NAMES, kind_of
from govgauge.structure.kinds import ColumnKind

CASES = {
    "政务要闻": "news",
    "政策新闻": "news",
    "政策动态": "news",
    "执法动态": "news",
    "县（区）动态": "news",
    "林业要闻": "news",
    "通知公告": "notice",
    "公示公告": "notice",
    "本局通知": "notice",
    "招标公告": "procurement",
    "招聘公告": "personnel",
    "任前公示": "personnel",
    "行政处罚公示": "enforcement",
    "行政规范性文件": "policy",
    "某市政府规范性文件库": "policy",
    "县政府办文件": "policy",
    "政策法规": "policy",
    "政策解读": "interpretation",
    "上级政策解读": "interpretation",
    "领导之窗": "leadership",
    "县长信箱": "mailbox",
    "厅长信箱": "mailbox",
    "市领导": "leadership",
    "机构职能": "institutions",
    "政策法规科": "institutions",
    "人事处": "institutions",
    "规划计划": "plans",
    "“十四五”规划": "plans",
    "统计公报": "statistics",
    "部门预决算": "budget",
    "2024年部门决算": "budget",
    "人事任免": "personnel",
    "政府采购": "procurement",
    "人大代表建议办理": "proposals",
    "双随机、一公开": "enforcement",
    "权责清单": "enforcement",
    "应急预案": "emergency",
    "2024年政府信息公开年报": "annual-report",
    "政府信息公开工作年度报告": "annual-report",
    "政府信息公开指南": "disclosure-guide",
    "政府信息公开制度": "disclosure-system",
    "政府信息公开目录": "catalogue",
    "基层政务公开标准目录": "catalogue",
    "政府信息公开": "disclosure",
    "法定主动公开内容": "disclosure",
    "依申请公开": "request",
    "办事指南": "guides",
    "网上办事": "services",
    "民意征集": "consultation",
    "调查征集": "consultation",
    "征集结果反馈": "consultation",
    "在线访谈": "interview",
    "数据开放": "open-data",
    "专题专栏": "topics",
    "疫情防控专题": "topics",
    "网站地图": "sitemap",
    "市情概况": "about",
    "以案为鉴": "other",
    "": "other",
}


@pytest.mark.parametrize(("name", "kind"), CASES.items())
def test_the_head_of_the_name_decides(name, kind):
    assert kind_of(name).value == kind


def test_no_name_stands_under_two_kinds():
    names = [name for kind in NAMES for name in NAMES[kind]]
    assert [name for name in sorted(set(names)) if names.count(name) > 1] == []


def test_every_kind_but_the_unknown_has_names():
    assert set(NAMES) == set(ColumnKind) - {ColumnKind.OTHER}
