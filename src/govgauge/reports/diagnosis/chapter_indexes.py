"""The second chapter: indexes beside the mean and the best of the group."""

from collections.abc import Iterator

import numpy as np

from govgauge.reports.diagnosis.drawings import PeerRow, beside_peers
from govgauge.reports.diagnosis.saying import index_or_none, para
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Block, Figure, Heading, Run
from govgauge.scoring.bulk import SAME

MOST_ROWS = 26
"""Rows of the figure: with more than so many nodes of the first two levels, only the first one is drawn."""
INDENT = "　"


def indexes(one: Diagnosed) -> Iterator[Block]:
    """Its indexes, drawn for the upper levels and listed for all."""
    yield Heading("各项指数")
    yield Heading("与同组平均和最好水平相比", 2)
    rows = _drawn(one)
    alone = one.peers.count == 1
    if alone:
        yield para("同组只有这一个有结果的对象，平均和最好水平就是它自己，图表只列本单位的指数。")
    else:
        yield para(
            "指数是得分与满分之比，最高为 1。", Run(to="peers"), "画出上级指标，全部指标见", Run(to="indexes"), "。"
        )
    yield Figure(
        beside_peers(rows),
        "各项指数与同组平均、最好水平",
        "；".join(
            f"{row.name} {index_or_none(row.low)}，平均 {index_or_none(row.mean)}" for row in rows if row.level == 1
        ),
        name="peers",
    )


def _drawn(one: Diagnosed) -> list[PeerRow]:
    nodes = [node for node in one.peers.nodes if node.level in {1, 2}]
    if len(nodes) > MOST_ROWS:
        nodes = [node for node in nodes if node.level == 1]
    alone = one.peers.count == 1
    rows = []
    for node in nodes:
        low, high = one.own(node.code)
        spread = one.peers.group.spread(node.code)
        out = np.isnan(low)
        rows.append(
            PeerRow(
                name=node.name,
                level=node.level,
                low=None if out else low,
                high=None if out else low if high - low <= SAME else high,
                mean=None if alone else spread.mean,
                best=None if alone else spread.maximum,
            )
        )
    return rows
