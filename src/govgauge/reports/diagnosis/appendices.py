"""The appendices: the indexes of all indicators, and the checks that cost points."""

from collections.abc import Iterator

import numpy as np

from govgauge.analysis.groups import Spread
from govgauge.analysis.node import Node
from govgauge.analysis.shares import shown
from govgauge.reports.diagnosis.measures import lost_of
from govgauge.reports.diagnosis.saying import UNKNOWN, index_or_none, points_text, remark, signed
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Align, Appendix, Block, Column, Heading, Row, Table
from govgauge.reports.words import METHODS, outcome
from govgauge.scoring.bulk import SAME

INDENT = "　"
LISTED = 40


def appendices(one: Diagnosed) -> Iterator[Block]:
    """Both of them; the second only where answers are told and points were lost."""
    yield Appendix()
    yield Heading("全部指标的指数")
    yield _table(one)
    yield remark(
        "“位次”按单项指数在同组已确定的对象中排定，相同的并列，不是总名次。没有定论的指标写出最低和最高，不与平均相减。"
    )
    yield from _checks(one)


def _table(one: Diagnosed) -> Table:
    columns = (
        Column("指标", width=3.4),
        Column("分值", Align.RIGHT),
        Column("本单位", Align.RIGHT, 1.4),
        Column("平均", Align.RIGHT),
        Column("相差", Align.RIGHT),
        Column("最好", Align.RIGHT),
        *((Column("位次", Align.RIGHT, 1.2),) if one.peers.ranked else ()),
    )
    nodes = one.peers.nodes
    spreads = {spread.node.code: spread for spread in one.peers.group.spreads}
    rows = tuple(_row(one, node, spreads[node.code]) for node in nodes)
    return Table("全部指标的指数", columns, rows, name="indexes", small=True)


def _row(one: Diagnosed, node: Node, spread: Spread) -> Row:
    low, high = one.own(node.code)
    settled = not np.isnan(low) and high - low <= SAME
    own = "不适用" if np.isnan(low) else shown(low) if settled else f"{shown(low)}–{shown(high)}"
    order = one.peers.order(node.code, one.place) if settled else None
    weight = "" if not node.level else f"{node.weight:g}"
    difference = low - spread.mean if settled and spread.mean is not None else None
    return Row(
        (
            INDENT * max(0, node.level - 1) + node.name,
            weight,
            own,
            index_or_none(spread.mean),
            signed(difference),
            index_or_none(spread.maximum),
            *((f"{order[0]}／{order[1]}" if order else UNKNOWN,) if one.peers.ranked else ()),
        ),
        strong=node.level <= 1,
    )


def _checks(one: Diagnosed) -> Iterator[Block]:
    bonus = {node.code for node in one.peers.assessed.nodes if node.bonus}
    lost = [each for each in one.details.checks if each.indicator not in bonus and lost_of(each) > SAME]
    lost.sort(key=lambda each: (-lost_of(each), each.check))
    if not lost:
        return
    yield Heading("失分较多的要点")
    names = {leaf.code: leaf.name for leaf in one.details.leaves}
    columns = (
        Column("要点", width=4.2),
        Column("指标", width=1.6),
        Column("方式", width=1.1),
        Column("结果", width=1),
        Column("分值", Align.RIGHT, 0.7),
        Column("失分", Align.RIGHT, 0.7),
    )
    rows = tuple(
        Row(
            (
                each.text,
                names.get(each.indicator, UNKNOWN),
                METHODS.get(each.method, each.method),
                outcome(each.outcome),
                points_text(each.weight),
                points_text(lost_of(each)),
            )
        )
        for each in lost[:LISTED]
    )
    yield Table(
        f"失分的要点（共 {len(lost)} 个，列失分最多的 {len(rows)} 个）", columns, rows, name="checks", small=True
    )
