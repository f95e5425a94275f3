"""The first chapter: where the subject stands, and what to know first."""

from collections.abc import Iterator

import numpy as np

from govgauge.analysis.node import WHOLE, Node
from govgauge.analysis.shares import shown
from govgauge.reports.diagnosis.drawings import in_field
from govgauge.reports.diagnosis.saying import (
    UNKNOWN,
    Part,
    caution,
    count,
    index,
    index_or_none,
    line,
    para,
    percent,
    percent_text,
    points,
    signed,
)
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.diagnosis.vetoes import title_of
from govgauge.reports.document.model import Align, Block, Column, Figure, Heading, Items, Row, Run, Runs, Table
from govgauge.scoring.bulk import SAME

ENOUGH_KNOWN = 0.6
"""Share of the weight with an answer below which the numbers of a subject come with a warning."""


def place(one: Diagnosed) -> Iterator[Block]:
    """Where it stands."""
    yield Heading("总体情况")
    if one.vetoes:
        told = "、".join(title_of(veto, one.peers.about.rules) for veto in one.vetoes)
        yield caution(
            Run("单项否决：", bold=True), f"本轮记有{told}。按检查规则，这类情形一票否决，应先于其他问题处理。"
        )
    yield para(*_score(one))
    coverage = one.row["coverage"]
    if coverage is not None and coverage < ENOUGH_KNOWN:
        yield caution(
            *("已有定论的要点按权重只占 ", percent("coverage_of_place", coverage)),
            "。得分、名次和失分只说明已经判定的部分，不能代表整体水平。",
        )
    yield from _rank(one)
    yield from _figure(one)
    yield Heading("提要", 2)
    yield Items(tuple(_outline(one)))
    yield _numbers(one)


def _score(one: Diagnosed) -> list[Part]:
    peers, row = one.peers, one.row
    decimals = peers.field.ranking.decimals
    low, high = one.own(WHOLE.code)
    mean = peers.group.spread(WHOLE.code).mean
    said: list[Part] = [
        f"本轮评估以 {peers.about.as_of} 的情况为准，按“{peers.field.system.title}”判定。",
        f"{one.name}在“{peers.field.title}”",
    ]
    said += ["中是唯一有结果的对象" if peers.count == 1 else count("judged", peers.count)]
    said += [
        "" if peers.count == 1 else " 个有结果的对象中",
        "，得分 ",
        points("total_low", row["total_low"], decimals),
    ]
    if one.is_open:
        said += [" 至 ", points("total_high", row["total_high"], decimals), " 分（部分要点没有定论）"]
    else:
        said += [" 分"]
    said += ["，总指数 ", index("index", low)]
    if high - low > SAME:
        said += [" 至 ", index("index_high", high)]
    if peers.count > 1 and mean is not None:
        said += ["，同组平均为 ", index("mean", mean)]
        if high - low <= SAME:
            said += [_beside(low - mean)]
    return [*said, "。"]


def _beside(difference: float) -> str:
    text = shown(abs(difference))
    if not any(digit in text for digit in "123456789"):
        return "，与平均相当"
    return f"，{'高' if difference > 0 else '低'} {text}"


def _rank(one: Diagnosed) -> Iterator[Block]:
    peers, row = one.peers, one.row
    if row["grade"]:
        yield para(f"档级为“{row['grade']}”。")
    elif row["grade_low"] and row["grade_high"] and row["grade_low"] != row["grade_high"]:
        yield para(f"档级在“{row['grade_low']}”与“{row['grade_high']}”之间，待没有定论的要点补齐后确定。")
    if row["unranked"]:
        yield para(f"本轮不列名次：{row['unranked']}。得分和指数仍可用于自查。")
        return
    if not peers.ranked or not row["rank"]:
        yield para("本轮不公布名次，以下只与同组的平均和最好水平相比。")
        return
    if peers.in_ranking == 1:
        yield para("同组没有其他可比的对象，名次没有比较意义，不作分析。")
        return
    moving = row["rank_worst"] > row["rank_best"]
    stands = "按已确定的得分暂列" if moving else "列"
    said: list[Part] = ["在 ", count("in_ranking", peers.in_ranking), f" 个排名对象中{stands}第 {row['rank']} 名"]
    others = peers.equals[row["rank"]] - 1
    if others:
        said += ["，与另外 ", count("equals", others), " 个对象得分相同、并列"]
    best, worst = int(row["rank_best"]), int(row["rank_worst"])
    if worst > best:
        said += [
            "。同组对象没有定论的要点无论结果如何，名次都在第 ",
            *(count("rank_best", best), " 至第 ", count("rank_worst", worst), " 名之间"),
        ]
    yield para(*said, "。")
    yield from _firmness(one)


def _firmness(one: Diagnosed) -> Iterator[Block]:
    firm = one.peers.firmness
    if firm is None or one.key not in firm.between or one.is_open:
        return
    low, high = firm.between[one.key]
    unsure = firm.uncertainty
    yield para(
        *("名次的稳定程度：让各指标权重在 ±", f"{unsure.weights:.0%}", " 内变动，并假定 "),
        *(f"{unsure.coder_share:.0%}", " 的采集值偏差 ", shown(unsure.coder_step, 2), "，模拟 "),
        *(count("runs", firm.runs), " 次，其中九成的名次在第 ", count("rank_low", low), " 至第 "),
        *(count("rank_high", high), " 名之间。名次之差没有超出这个范围的对象，不宜据此分出高低。"),
    )


def _figure(one: Diagnosed) -> Iterator[Block]:
    peers = one.peers
    if peers.count < 2:
        return
    own = one.own(WHOLE.code)
    known = peers.assessed.index(WHOLE.code)
    number = int(np.count_nonzero(~np.isnan(known)))
    mean = peers.group.spread(WHOLE.code).mean
    if not number:
        return
    yield Figure(
        in_field(known, peers.group.bands, own, mean),
        f"总指数在同组中的位置（{number} 个总指数已确定的对象）",
        f"本单位总指数 {shown(own[0])}，同组平均 {UNKNOWN if mean is None else shown(mean)}，共 {number} 个对象",
        name="field",
    )


def _outline(one: Diagnosed) -> Iterator[Runs]:
    ranked = _tops_by_difference(one)
    if ranked:
        best, worst = ranked[0], ranked[-1]
        if one.peers.count > 1 and all(not _apart(each) for each in ranked):
            yield line("各一级指标的指数都与同组平均相当。")
            ranked = []
    if ranked:
        yield line(_first_words(one, best, good=True), *_top(one, *best))
        if worst[0].code != best[0].code:
            yield line(_first_words(one, worst, good=False), *_top(one, *worst))
    measures = [each for each in one.measures if each.points > SAME]
    if measures:
        whole = sum(each.points for each in measures)
        first = measures[:3]
        share = sum(each.points for each in first) / whole
        yield line(
            *("失分最多：", "、".join(f"“{each.title}”" for each in first), "，合计 "),
            *(points("first_points", sum(each.points for each in first)), " 分，占全部已失分 "),
            *(points("lost", whole), " 分的 ", percent("first_share", share), "。"),
        )
    else:
        yield line("已判定的要点没有失分。")


def _tops_by_difference(one: Diagnosed) -> list[tuple[Node, float, float | None]]:
    found = []
    for node in one.peers.tops:
        low, high = one.own(node.code)
        mean = one.peers.group.spread(node.code).mean
        if not np.isnan(low) and high - low <= SAME:
            found.append((node, low, mean))
    alone = one.peers.count == 1  # the mean is its own: nothing is better than it
    return sorted(found, key=lambda each: (-(each[1] - (0.0 if alone else each[2] or 0.0)), each[0].code))


def _first_words(one: Diagnosed, top: tuple[Node, float, float | None], *, good: bool) -> str:
    """What a best or worst indicator may be called: one below the mean is no strength, one above it no gap."""
    if one.peers.count == 1 or top[2] is None:
        return "指数最高：" if good else "指数最低："
    apart = _apart(top)
    if not apart:
        return "与平均相当："
    if good:
        return "高出平均最多：" if apart > 0 else "最接近平均："
    return "低于平均最多：" if apart < 0 else "高出平均最少："


def _apart(top: tuple[Node, float, float | None]) -> float:
    """By how much an index is above the mean as it is shown."""
    _, own, mean = top
    return 0.0 if mean is None else float(shown(own - mean))


def _top(one: Diagnosed, node: Node, own: float, mean: float | None) -> list[Part]:
    said: list[Part] = [f"“{node.name}”，指数 ", index(f"own {node.code}", own)]
    if mean is not None and one.peers.count > 1:
        said += ["，同组平均 ", index(f"mean {node.code}", mean), "（", signed(own - mean), "）"]
    return [*said, "。"]


def _numbers(one: Diagnosed) -> Table:
    peers, row = one.peers, one.row
    decimals = peers.field.ranking.decimals
    total = shown(row["total_low"], decimals)
    if one.is_open:
        total += f"–{shown(row['total_high'], decimals)}"
    spread = peers.group.spread(WHOLE.code)
    low, high = one.own(WHOLE.code)
    rows = [
        Row(("得分（含加分）", total)),
        Row(("总指数", shown(low) if high - low <= SAME else f"{shown(low)}–{shown(high)}")),
        Row(("同组总指数：平均／最好", f"{index_or_none(spread.mean)}／{index_or_none(spread.maximum)}")),
    ]
    if peers.ranked and row["rank"]:
        best, worst = (shown(row[end], 0) for end in ("rank_best", "rank_worst"))
        among = f"（可能为 {best}–{worst}）" if best != worst else ""
        rows += [Row(("名次", f"{row['rank']}／{peers.in_ranking}{among}"))]
    if row["grade"]:
        rows += [Row(("档级", row["grade"]))]
    if row["coverage"] is not None:
        rows += [Row(("已有定论的要点（按权重）", percent_text(row["coverage"])))]
    rows += [
        Row(("采集的网页", f"{int(row['pages'] or 0)}")),
        Row(("记录的问题", f"{int(row['findings'] or 0)}")),
    ]
    return Table("主要数字", (Column("项目", width=1.6), Column("数值", Align.RIGHT)), tuple(rows), name="numbers")
