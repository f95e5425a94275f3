"""How the total of a row of indexes came about, line by line."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from govgauge.scoring.explain import shown
from govgauge.scoring.ranks import rounded
from govgauge.scoring.totals import Standing
from govgauge.systems.model import System
from govgauge.systems.ranking import Ranking


def explain_row(one: Standing, system: System, weights: Mapping[str, Decimal], ranking: Ranking) -> list[str]:
    """A line for each first-level index times its weight, then the sum, the shown total, the rank, the grade."""
    lines = []
    for node in system.indicators:
        if node.code in weights:
            index, weight = one.row.indexes[node.code], weights[node.code]
            points = shown(Fraction(index) * Fraction(weight))
            mark = "（加分）" if node.bonus else ""
            lines.append(f"{node.code} {node.name}{mark}：指数 {index} × {shown(Fraction(weight))} 分 = {points} 分。")
    total = rounded(one.total, ranking)
    lines.append(f"合计 {shown(Fraction(one.total))} 分，保留 {ranking.decimals} 位小数为 {total}。")
    grade = f"，档级：{one.grade}" if one.grade else ""
    lines.append(f"第 {one.rank.label} 名{grade}。")
    if one.row.total is not None and one.row.total != total:
        lines.append(f"表中公布的总分是 {one.row.total}，与此不同。")
    return lines
