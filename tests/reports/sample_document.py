"""A document with one block of every kind, and names that try to be markup."""

from govgauge.analysis.figures.svg import Sheet
from govgauge.reports.document.model import (
    Align,
    Appendix,
    Band,
    Column,
    Document,
    Fact,
    Figure,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)

HOSTILE = "#strong[x] $1/0$ <w:p/> & ]]> {{ 7*7 }} <script>\"'\\ @here *b* _i_ =h"
"""Markup of Typst, Word, HTML and templates: every writer must show it as it is."""


def drawing() -> str:
    sheet = Sheet(400, 120, "", "n = 12")
    sheet.box(20, 50, 200, 20, fill="url(#hatch)")
    sheet.text(230, 65, HOSTILE)
    return sheet.render()


def document(rows: int = 70) -> Document:
    return Document(
        title=f"总报告 {HOSTILE}",
        subtitle="第二十四届",
        publisher="评估中心",
        day="2025-12-20",
        lines=("轮次：2025",),
        mark="预发布稿",
        running="总报告",
        keywords=("政府网站", HOSTILE),
        blocks=(
            Heading("评估对象"),
            Paragraph(
                (
                    Run("共 "),
                    Run("1,249", facts=(Fact("subjects", 1249, "1,249"),)),
                    Run(" 个，见"),
                    Run(to="chart"),
                    Run("、"),
                    Run(to="list"),
                    Run("和"),
                    Run(to="part"),
                    Run(f"。{HOSTILE}\x00\x0b\ud800"),
                )
            ),
            Heading(HOSTILE, 2, "part"),
            Figure(drawing(), "样本", "条形图：甲 12 个", name="chart", width=0.8),
            Table(
                f"名单 {HOSTILE}",
                (Column("名次", Align.CENTER, 0.5), Column("名称", width=3), Column("得分", Align.RIGHT)),
                tuple(Row((str(place), f"单位{place}{HOSTILE}", "73.21"), strong=place == 1) for place in range(rows)),
                bands=(Band("甲", 2), Band("乙", 1)),
                name="list",
            ),
            Paragraph((Run("如下："),), leads=True),
            Items(((Run("一"),), (Run("二", bold=True), Run("三", quiet=True)))),
            Items(((Run("四"),), (Run("五", url="https://example.gov.cn/"),)), ordered=True),
            Note((Run("注"),)),
            Note((Run("初步结果"),), Tone.CAUTION),
            PageBreak(),
            Heading("第二"),
            Heading("节", 2),
            Heading("目", 3),
            Appendix(),
            Heading("名单"),
            Heading("附节", 2),
            Heading("另一附录"),
        ),
    )
