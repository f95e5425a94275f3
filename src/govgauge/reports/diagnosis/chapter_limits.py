"""The last chapter: what the diagnosis rests on, what stayed open, and how far it can be trusted."""

from collections import Counter
from collections.abc import Iterator

from govgauge.reports.diagnosis.details import CheckLine
from govgauge.reports.diagnosis.saying import Part, caution, count, line, para, percent, points, points_text, remark
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Align, Block, Column, Heading, Items, Row, Runs, Table
from govgauge.reports.words import METHODS, outcome
from govgauge.scoring.bulk import SAME

MOST = 15


def limits(one: Diagnosed) -> Iterator[Block]:
    """Coverage, open checks, method."""
    yield Heading("依据和限度")
    yield Heading("判定情况", 2)
    yield from _coverage(one)
    yield Heading("计算方法", 2)
    yield Items(tuple(_method(one)))
    yield from basis(one)


def basis(one: Diagnosed) -> Iterator[Block]:
    """Where the numbers come from, for every diagnosis."""
    about = one.peers.about
    yield remark(
        f"本报告由“{about.title}”第 {about.number} 版公布材料生成（{about.prepared_on}，",
        f"结果表 {about.tables_hash[:12]}，程序 {about.program}），同一材料生成的报告内容相同。",
        "对某项判定有不同意见的，请写明要点编号和网页，通过工作台或向评估组织单位提出。",
    )


def _coverage(one: Diagnosed) -> Iterator[Block]:
    checks = one.details.checks
    unsure = [check for check in checks if check.high - check.low > SAME]
    out = sum(check.outcome == "not-applicable" for check in checks)
    share = one.row["coverage"]
    if share is not None:
        said: list[Part] = ["按权重计，", percent("coverage", share), " 的要点已有定论"]
        if checks:
            said += ["；另有 ", count("not_applicable", out), " 个要点不适用，其分值由同级要点分担"] if out else []
        yield para(*said, "。")
    if not checks and not one.peers.about.shows.answers:
        yield para("本轮不公布每个要点的采集结果，这里不逐个列出没有定论的要点。")
        return
    if not unsure:
        yield para("没有尚无定论的要点。")
        return
    whole = sum(check.high - check.low for check in unsure)
    yield caution(
        *("有 ", count("open", len(unsure)), " 个要点没有定论，涉及 ", points("open_points", whole), " 分。"),
        "无法观察到的不视为存在问题：没有计为失分，也没有列入整改计划。",
    )
    yield _open_table(one, unsure)


def _open_table(one: Diagnosed, unsure: list[CheckLine]) -> Table:
    unsure = sorted(unsure, key=lambda check: (check.low - check.high, check.check))
    names = {leaf.code: leaf.name for leaf in one.details.leaves}
    columns = (
        Column("要点", width=4),
        Column("指标", width=1.6),
        Column("方式", width=1.2),
        Column("原因", width=2.2),
        Column("涉及分", Align.RIGHT, 0.8),
    )
    rows = [
        Row(
            (
                check.text,
                names.get(check.indicator, ""),
                METHODS.get(check.method, check.method),
                check.reason or _why_open(check),
                points_text(check.high - check.low),
            )
        )
        for check in unsure[:MOST]
    ]
    if len(unsure) > MOST:
        methods = Counter(METHODS.get(check.method, check.method) for check in unsure[MOST:])
        told = "、".join(f"{name} {number}" for name, number in methods.most_common())
        left = sum(check.high - check.low for check in unsure[MOST:])
        rows.append(Row((f"另有 {len(unsure) - MOST} 个（{told}）", "", "", "", points_text(left)), strong=True))
    return Table("没有定论的要点", columns, tuple(rows), name="open", small=True)


def _why_open(check: CheckLine) -> str:
    """Nobody has looked yet, unless a program did and could not tell."""
    return outcome(check.outcome) if check.method == "auto" or check.answered else "尚未采集"


def _method(one: Diagnosed) -> Iterator[Runs]:
    about = one.peers.about
    yield line("指数为得分除以满分；失分为已判定的要点没有得到的分，已按不适用的要点调整。加分不计入指数和失分。")
    if one.peers.count > 1:
        yield line(
            f"平均和最好水平来自“{one.peers.field.title}”组 {one.peers.count} 个有结果的对象，",
            "没有定论的不计入该项的平均和最好。",
        )
    if one.peers.before and not isinstance(one.peers.before, str):
        yield line("两轮比较只用共有的对象、指标和都已判定的值，按本轮权重计算，因此与各轮公布的总指数可能不同。")
    if about.collected.agreement and about.collected.agreement.percent.value is not None:
        agreed = about.collected.agreement
        yield line(
            *("人工采集的双人复核 ", count("pairs", agreed.pairs), " 对，一致率 "),
            *(percent("agreement", agreed.percent.value or 0.0), "。"),
        )
    yield line("网站内容随时变化，报告说的是采集时的情况；采集有次数和范围的限制，没有发现问题不等于没有问题。")
    if about.withheld:
        yield line("可能被人利用的问题（如暴露的文件、个人信息）只列数目，不列位置。")
