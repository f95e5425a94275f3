"""What changed since the round before, as far as the two can be compared."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from govgauge.analysis.compare import FLAT
from govgauge.analysis.figures.change_arrows import Move, change_arrows
from govgauge.analysis.node import WHOLE, Node
from govgauge.analysis.shares import shown
from govgauge.reports.diagnosis.peers import Before
from govgauge.reports.diagnosis.saying import Part, count, index, para, percent, remark, signed
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Align, Block, Column, Figure, Heading, Row, Run, Table

MOST = 8
"""Leaves that are listed of those that rose, and of those that fell."""


class Moved(Struct, frozen=True):
    """A node's index over what both rounds have in common."""

    node: Node
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


def changes(one: Diagnosed) -> Iterator[Block]:
    """What rose and what fell."""
    yield Heading("与上一轮相比", 2)
    before = one.peers.before
    if isinstance(before, str):
        yield para(before)
        return
    place = before.place.get(one.key)
    if place is None:
        yield para(_why_not(one, before))
        return
    whole = _moved(before, (WHOLE,), place)
    common = float(before.ground.known[WHOLE.code][place])
    if not whole:
        yield para(
            f"本单位在“{before.about.title}”和本轮都已判定的指标只占本轮权重的 ",
            *(percent("common_weight", common), "，总指数不作比较。"),
        )
    else:
        yield para(*_whole(one, before, whole[0], common))
    tops = _moved(before, one.peers.tops, place)
    if tops:
        moves = [Move(each.node.name, each.before, each.after) for each in (*whole, *tops)]
        told = "；".join(f"{move.name} {shown(move.before)} 变为 {shown(move.after)}" for move in moves)
        yield Figure(change_arrows("", moves)[0], "一级指标两轮的指数", told, name="moves")
    yield from _leaves(one, before, place)


def _why_not(one: Diagnosed, before: Before) -> str:
    if one.key in before.rows:
        return f"{one.name}在“{before.about.title}”中没有可比的结果，不作比较。"
    return f"“{before.about.title}”的同一组中没有{one.name}，不作比较。"


def _moved(before: Before, nodes: tuple[Node, ...], place: int) -> list[Moved]:
    shared = {node.code for node in before.ground.after.nodes} | {WHOLE.code}
    found = []
    for node in nodes:
        if node.code not in shared:
            continue
        was, now = (float(indexes[place]) for indexes in before.indexes(node.code))
        if not (np.isnan(was) or np.isnan(now)):
            found.append(Moved(node, was, now))
    return found


def _whole(one: Diagnosed, before: Before, moved: Moved, common: float) -> list[Part]:
    said: list[Part] = [
        f"与“{before.about.title}”相比，按两轮都已判定的指标（占本轮权重 ",
        *(percent("common_weight", common), "）和本轮的权重计算，总指数由 "),
        *(index("before", moved.before), " 变为 ", index("after", moved.after)),
        "，变化不大" if abs(moved.change) < FLAT else f"（{signed(moved.change)}）",
    ]
    old, new = before.rows[one.key], one.row
    if before.field.system.id != one.peers.field.system.id:
        said += ["。两轮的指标体系不同，名次和档级不作比较"]
    elif one.peers.ranked and before.about.shows.ranks and old["rank"] and new["rank"]:
        said += [
            f"。上一轮在同组 {before.ranked} 个排名对象中列第 {old['rank']} 名，",
            f"本轮在 {one.peers.in_ranking} 个中列第 {new['rank']} 名；两轮的对象和指标不完全相同时，名次只作参考",
        ]
    if old["grade"] and new["grade"] and before.same_grades:
        same = old["grade"] == new["grade"]
        said += [f"。档级仍为“{new['grade']}”" if same else f"。档级由“{old['grade']}”变为“{new['grade']}”"]
    return [*said, "。"]


def _leaves(one: Diagnosed, before: Before, place: int) -> Iterator[Block]:
    leaves = _moved(before, tuple(one.peers.leaves.values()), place)
    rose = sorted((each for each in leaves if each.change >= FLAT), key=lambda each: -each.change * each.node.weight)
    fell = sorted((each for each in leaves if each.change <= -FLAT), key=lambda each: each.change * each.node.weight)
    if not leaves:
        yield para("没有两轮都已判定的末级指标。")
        return
    yield para(
        *("两轮都已判定的末级指标 ", count("common", len(leaves)), " 项：上升 ", count("rose", len(rose))),
        *(" 项，下降 ", count("fell", len(fell)), " 项，其余 "),
        *(count("flat", len(leaves) - len(rose) - len(fell)), " 项变化不到 0.005。"),
        *(("影响最大的几项见", Run(to="leaf-moves"), "。") if rose or fell else ()),
    )
    if not (rose or fell):
        return
    rows = [*_rows("上升", rose[:MOST]), *_rows("下降", fell[:MOST])]
    columns = (
        Column("指标", width=4),
        Column("上一轮", Align.RIGHT),
        Column("本轮", Align.RIGHT),
        Column("变化", Align.RIGHT),
        Column("折合分值", Align.RIGHT),
    )
    yield Table("升降影响最大的末级指标", columns, tuple(rows), name="leaf-moves", small=True)
    if max(len(rose), len(fell)) > MOST:
        yield remark(f"上升、下降各列 {MOST} 项。")


def _rows(head: str, moved: list[Moved]) -> Iterator[Row]:
    if moved:
        yield Row((head, "", "", "", ""), strong=True)
    for each in moved:
        path = " › ".join(each.node.path)
        points = signed(each.change * each.node.weight, 2)
        yield Row((path, shown(each.before), shown(each.after), signed(each.change), points))
