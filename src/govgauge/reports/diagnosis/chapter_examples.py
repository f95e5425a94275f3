"""The fourth chapter: who in the group has full marks where this one lacks most."""

from collections.abc import Iterator

import numpy as np

from govgauge.analysis.node import Node
from govgauge.analysis.shares import shown
from govgauge.reports.diagnosis.saying import count, para, percent, remark
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table

MOST, NAMED = 8, 3
SLIGHT = 0.05
"""An index so little below full marks needs no example."""


def examples(one: Diagnosed) -> Iterator[Block]:
    """Indicators with much to win, and those who have it."""
    yield Heading("同组可借鉴的做法")
    if one.peers.count == 1:
        yield para("同组没有其他有结果的对象，没有可以借鉴的例子。")
        return
    lacking = _lacking(one)
    if not lacking:
        settled = [leaf for leaf in one.details.leaves if leaf.effective_weight and leaf.index is not None]
        yield para(
            "已判定的末级指标都接近或达到满分，没有需要借鉴的指标。"
            if settled
            else "本单位还没有一项末级指标全部判定，已判定的要点也没有明显失分，暂时没有需要借鉴的指标。"
        )
        return
    rows = [_row(one, node, gap) for node, gap in lacking[:MOST]]
    having = sum(bool(one.peers.full(node.code)) for node, _ in lacking[:MOST])
    yield para(
        *("下面是失分较多的 ", count("lacking", len(rows)), " 项末级指标，以及同组中这些指标得满分的对象"),
        "；同一地区的排在前面，便于就近学习。" if one.peers.told else "的个数；按本轮的公布方式，不列其他对象的名称。",
        *(() if having == len(rows) else (f"其中 {len(rows) - having} 项同组没有已确定为满分的{_best_told(one)}。",)),
    )
    columns = (
        Column("指标", width=2.2),
        Column("本单位", Align.RIGHT, 1.0),
        Column("满分的对象", Align.RIGHT, 1.1),
        *((Column("可以参考", width=3.4),) if one.peers.told else ()),
    )
    yield Table("可以借鉴的对象", columns, tuple(rows), name="examples", small=True)
    yield remark("满分只说明所查的要点都达到，不等于各方面都好；参考时请看实际网页。")
    node = lacking[0][0]
    full = one.peers.full(node.code)
    known = one.peers.group.spread(node.code).known
    if full:
        yield para(
            *(f"以失分最多的“{node.name}”为例，同组 ", count("known", known), " 个已判定的对象中有 "),
            *(count("full", len(full)), " 个满分（", percent("full_share", len(full) / known), "），"),
            "说明达到要求是现实可行的。"
            if len(full) * 4 >= known
            else "多数对象同样没有达到，可以从最容易的要点做起。",
        )


def _best_told(one: Diagnosed) -> str:
    return "，列出其中已确定的最高指数；都没有定论的注明" if one.peers.told else ""


def _lacking(one: Diagnosed) -> list[tuple[Node, float]]:
    """Leaves with points lost for sure, the most first; some of their checks may be open."""
    found = []
    for leaf in one.details.leaves:
        node = one.peers.leaves.get(leaf.code)
        if node and leaf.effective_weight and leaf.high / leaf.effective_weight < 1 - SLIGHT:
            found.append((node, leaf.effective_weight - leaf.high))
    return sorted(found, key=lambda each: (-each[1], each[0].code))


def _row(one: Diagnosed, node: Node, _gap: float) -> Row:
    peers = one.peers
    full = [place for place in peers.full(node.code) if place != one.place]
    low, high = (shown(end) for end in one.own(node.code))
    own = low if low == high else f"{low}–{high}"
    if not full:
        best = peers.group.spread(node.code).maximum
        told = (f"最高 {shown(best)}" if best is not None else "同组都没有定论",) if peers.told else ()
        return Row((node.name, own, "0", *told))
    regions = peers.assessed.table.columns["region"]
    home = one.row["region"] or ""
    order = np.argsort([regions[place] != home for place in full], kind="stable")
    if not peers.told:
        return Row((node.name, own, str(len(full))))
    names = [_named(one, full[place]) for place in order[:NAMED]]
    more = f" 等 {len(full)} 个" if len(full) > NAMED else ""
    return Row((node.name, own, str(len(full)), "、".join(names) + more))


def _named(one: Diagnosed, place: int) -> str:
    row = one.peers.rows[one.peers.assessed.subjects[place]]
    return f"{row['name']}（{row['region']}）" if row["region"] and row["region"] != row["name"] else str(row["name"])
