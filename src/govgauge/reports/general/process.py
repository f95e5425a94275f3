"""The chapter of how the assessment went: its stages, and what was collected by programs and by people."""

from collections.abc import Iterator

import polars as pl

from govgauge.analysis.shares import Share
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.prose import Part, count, index, listed, part, remark, say, to
from govgauge.reports.studied import Studied
from govgauge.systems.model import Check, Method

METHODS = {
    Method.AUTO: "程序自动判定",
    Method.ASSISTED: "程序提出、人工确认",
    Method.MANUAL: "人工采集",
    Method.FIELD: "实地测试（真实提交）",
    Method.EXPERT: "专家评定",
    Method.VOTE: "公众投票",
}


SHORT = {
    Method.AUTO: "自动",
    Method.ASSISTED: "辅助",
    Method.MANUAL: "人工",
    Method.FIELD: "实地",
    Method.EXPERT: "专家",
    Method.VOTE: "投票",
}


def process(studied: Studied) -> Iterator[Block]:
    """Stages with their days, then numbers."""
    about = studied.about
    yield Heading("评估过程", name="process")
    yield Heading("阶段安排", 2)
    if about.stages:
        yield say(
            "评估分为 ", count("process|stages", len(about.stages)), " 个阶段，各阶段起止日期见", to("stages"), "。"
        )
        rows = tuple(Row((stage.title, stage.starts.isoformat(), stage.ends.isoformat())) for stage in about.stages)
        columns = (Column("阶段", width=2), Column("开始", Align.CENTER), Column("结束", Align.CENTER))
        yield Table("评估阶段", columns, rows, name="stages")
    else:
        yield say("本轮评估没有登记各阶段的起止日期。")
    yield say(f"评估结果以 {about.as_of.isoformat()} 为截止日：凡与更新时间有关的判断都按这一天计算。")
    yield Heading("数据采集", 2)
    yield from _collected(studied)
    yield from _methods(studied)
    yield from _after(studied)


def _collected(studied: Studied) -> Iterator[Block]:
    found = studied.about.collected
    told: list[list[Part]] = []
    if found.visits:
        told.append(
            [
                "程序访问网站 ",
                count("process|visits", found.visits),
                " 次，读取网页 ",
                count("process|pages", found.pages),
                " 页；原始响应全部存档，可以复核。",
            ]
        )
    if found.probes:
        told.append(["对首页可用性探测 ", count("process|probes", found.probes), " 次。"])
    if found.assignments:
        told.append(
            [
                "人工采集任务 ",
                count("process|assignments", found.assignments),
                " 项，由 ",
                count("process|people", found.people),
                " 人完成。",
            ]
        )
    if found.doubled:
        told.append(
            [
                "其中 ",
                count("process|doubled", found.doubled),
                " 项由第二人独立重复采集，出现分歧后由第三人裁定的 ",
                count("process|disputes", found.disputes),
                " 处。",
            ]
        )
    if found.field_tests:
        told.append(["实地提交咨询、查询等测试 ", count("process|field_tests", found.field_tests), " 次。"])
    if told:
        yield listed(told)
    else:
        yield say("材料中没有采集工作量的记录。")


def _methods(studied: Studied) -> Iterator[Block]:
    checks = {name: studied.checks_asked(name) for name in dict.fromkeys(f.system.id for f in studied.material.fields)}
    methods = [method for method in Method if any(check.method is method for some in checks.values() for check in some)]
    if not methods:
        return
    rows = tuple(
        Row(
            (
                studied.about.systems[name].title,
                *(str(sum(check.method is method for check in some)) for method in methods),
                str(len(some)),
            )
        )
        for name, some in checks.items()
    )
    yield say("各指标体系的评估要点按规定的采集方式分，数量见", to("methods"), "。")
    yield Table(
        "评估要点规定的采集方式（个）",
        (
            Column("指标体系", width=3),
            *(Column(METHODS[method], Align.RIGHT) for method in methods),
            Column("合计", Align.RIGHT, 0.8),
        ),
        rows,
        name="methods",
    )
    if studied.about.shows.answers:
        yield from _without_program(studied, checks)


def _without_program(studied: Studied, checks: dict[str, list[Check]]) -> Iterator[Block]:
    """How many checks a program was to answer, but has answered of nobody: the systems' rules are no record."""
    given = studied.material.lazily("checks").filter(pl.col("answered"), pl.col("source").str.starts_with("audit:"))
    answered = set(given.select("system", "check").unique().collect().iter_rows())
    automatic = [(name, each.id) for name, some in checks.items() for each in some if each.method is Method.AUTO]
    without = sum(each not in answered for each in automatic)
    if without:
        share = Share(without, len(automatic))
        yield remark(
            *(
                "规定由程序自动判定的要点中，有 ",
                part("methods|without", share),
                "，本轮没有从程序得到任何一个对象的答案：",
            ),
            "由人采集的按人工答案计，没有人采集的列为未采集。",
        )


def _after(studied: Studied) -> Iterator[Block]:
    collected, remedied = studied.about.collected, studied.about.remedied
    if not collected.objections and not remedied.sent:
        return
    yield Heading("异议与整改", 2)
    if collected.objections:
        share = Share(collected.upheld, collected.objections)
        yield say(
            "评估对象对结果提出异议 ",
            count("process|objections", collected.objections),
            " 件，其中采纳或予以说明的 ",
            part("process|upheld", share, "件"),
            "。",
        )
    if remedied.sent:
        median: list[Part] = (
            ["，从告知到整改的中位天数为 ", index("process|median", remedied.median_days, 1), " 天"]
            if remedied.median_days is not None
            else []
        )
        yield say(
            *("向评估对象告知问题 ", count("process|sent", remedied.sent), " 件，已办结 "),
            *(part("process|closed", Share(remedied.closed, remedied.sent), "件"), "，其中按期办结 "),
            *(
                count("process|in_time", remedied.in_time),
                " 件；尚未办结 ",
                count("process|open", remedied.open),
                " 件",
            ),
            *(*median, "。"),
        )
