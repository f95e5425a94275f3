"""The sheets of a workbook and the headings of their columns, for writing and for reading alike."""

from typing import Final

INDICATORS: Final = "指标"
FACTS: Final = "说明"
PROFILES: Final = "权重档"
NODES: Final = "层级"
CATEGORIES: Final = "案例类别"
GRADES: Final = "档级"
NOTES: Final = "注"
DEFECTS: Final = "缺陷"
CHOICES: Final = "可选值"
"""Lists that cells are validated against; hidden, and not read."""

READ = (INDICATORS, FACTS, PROFILES, NODES, CATEGORIES, GRADES, NOTES, DEFECTS)

LEVEL_CODES = ("一级代码", "二级代码", "三级代码")
LEVEL_NAMES = ("一级指标", "二级指标", "三级指标")
WEIGHT: Final = "权重"
SUBTOTALS = ("一级合计", "二级合计")
"""Formulas; not read."""
CHECK_TEXT: Final = "评估要点"
SHARE: Final = "份额"
SHARE_SUM: Final = "份额合计"
"""A formula; not read."""
METHOD: Final = "方式"
AUDIT: Final = "自动检查"
PARAMS: Final = "参数"
ONLY: Final = "只看权重档"
CHECK_ID: Final = "要点编号"
BONUS: Final = "加分"
DEDUCT: Final = "扣分"
BEST: Final = "计最好的几个"
GRAND_TOTAL: Final = "全表合计"

CODE: Final = "代码"
NAME: Final = "名称"
TEXT: Final = "说明"
LEVEL: Final = "级"
PRINTED: Final = "印出合计"
COMPUTED: Final = "各行合计"
COUNTS: Final = "数目"

FACT_LABELS = {
    "id": "标识",
    "year": "年份",
    "table": "对象",
    "title": "标题",
    "document": "来源文件",
    "place": "来源位置",
    "status": "状态",
    "full_marks": "满分",
    "bonus_max": "加分上限",
    "counts": "数目",
    "ties": "并列名次",
    "decimals": "小数位数",
    "rounding": "舍入",
    "on_rounded": "按显示的分排名",
    "order_in_grade": "档内次序",
}

NEEDED_FACTS = ("id", "year", "table", "title", "document", "status", "full_marks", "bonus_max")

PROFILE_HEADINGS = ("标识", NAME)
GRADE_HEADINGS = (NAME, "不低于")
CATEGORY_HEADINGS = (CODE, "指标", NAME, TEXT)
DEFECT_HEADINGS = (CODE, "权重档", "印出", "各行合计", "位置", TEXT)
NOTE_HEADINGS = ("内容",)


def of_profile(heading: str, profile: str) -> str:
    """The heading of a column that exists once for each profile."""
    return f"{heading}：{profile}"
