"""Boxes of links to other bodies' sites, by which departments lead to what they do not hold themselves."""

from govgauge.testbed.styles.style import link

ELSEWHERE = {
    "meetings": "政府常务会议",
    "statistics": "统计数据发布",
    "procurement": "政府采购",
    "personnel": "人事任免",
    "proposals": "建议提案",
    "licensing": "行政许可",
    "penalties": "行政处罚",
    "fees": "收费目录",
    "decisions": "重大决策预公开",
    "education": "教育",
    "social-security": "社会保障",
    "housing": "住房保障",
    "employment": "就业创业",
    "elderly-care": "养老服务",
    "environment": "生态环境",
    "health": "医疗卫生",
    "work-safety": "安全生产",
    "food-drug": "食品药品",
    "open-data": "数据开放",
    "topics": "专题专栏",
}
"""Topic of disclosure → the words by which a department's home page leads to the portal's column."""


def box(*, without: tuple[str, ...] = ()) -> str:
    """A box that leads to the province's portal, topic by topic."""
    rows = "".join(
        f"<li>{link(f'http://www.lanhu-province.test/{topic}/', words)}</li>"
        for topic, words in ELSEWHERE.items()
        if topic not in without
    )
    return f'<div class="portal-box"><h4>省级平台导航</h4><ul>{rows}</ul></div>'
