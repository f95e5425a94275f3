"""The chapter of who was assessed: groups, regions, and what became of them."""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from govgauge.reports.division_order import region_order
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.field import JUDGED
from govgauge.reports.prose import count, remark, say, to
from govgauge.reports.studied import Studied

STATES = {
    "judged": "得出结果",
    "unreachable": "首页未能打开",
    "closed": "网站已关闭或迁移",
    "distorted": "网站拒绝访问",
    "waiting": "尚未判定",
    "no-site": "没有网站",
    "merged": "已并入其他对象",
    "gone": "已撤销",
}


def samples(studied: Studied) -> Iterator[Block]:
    """Counts by group and region."""
    yield Heading("评估对象与样本", name="samples")
    total = studied.material.results.height
    yield say(
        *("本次评估列入评估对象 ", count("samples|bodies", studied.bodies), " 个，分为 "),
        *(count("samples|families", len(studied.families)), " 类 "),
        *(count("samples|groups", len(studied.material.fields)), " 组，共 ", count("samples|entries", total)),
        *(" 条评估记录", "（同一对象列入几组时分别记录）" if total != studied.bodies else "", "，其中 "),
        *(count("samples|judged", studied.states[JUDGED]), " 条得出结果。各组情况见", to("samples-groups"), "。"),
    )
    yield from _states(studied)
    yield _groups(studied)
    yield from _regions(studied)


def _states(studied: Studied) -> Iterator[Block]:
    others = {state: number for state, number in studied.states.items() if state != JUDGED}
    if not others:
        return
    parts = []
    for place, (state, number) in enumerate(sorted(others.items(), key=lambda pair: -pair[1])):
        parts += [
            "、" if place else "",
            f"{STATES.get(state, state)}的 ",
            count(f"samples|state|{state}", number),
            " 条",
        ]
    yield say("其余没有结果的记录中，", *parts, "。它们列入名单，不参加统计和排名，也不按零分计。")


def _groups(studied: Studied) -> Table:
    rows = []
    for family in studied.families:
        listed = sum(field.results.height for field in family.fields)
        judged = sum(field.judged.height for field in family.fields)
        if len(family.fields) > 1:
            rows.append(Row((family.title, "", str(listed), str(judged), str(listed - judged)), strong=True))
        for field in family.fields:
            title = f"　{field.title}" if len(family.fields) > 1 else field.title
            counts = (field.results.height, field.judged.height, field.results.height - field.judged.height)
            rows.append(Row((title, field.system.title, *map(str, counts)), strong=len(family.fields) == 1))
    columns = (
        *(Column("类别和组别", width=2.6), Column("指标体系", width=3.6)),
        *(Column(title, Align.RIGHT, 0.9) for title in ("列入", "有结果", "无结果")),
    )
    return Table("评估对象的类别和组别", columns, tuple(rows), name="samples-groups")


def _regions(studied: Studied) -> Iterator[Block]:
    results = studied.material.results.filter(pl.col("region").fill_null("") != "")
    if not results.height:
        yield remark("没有评估对象登记了所在的省级地区，不作地区统计。")
        return
    families = [
        family
        for family in studied.families
        if any((f.results["region"].fill_null("") != "").any() for f in family.fields)
    ]
    counts = {
        family.title: Counter(region for field in family.fields for region in field.results["region"] if region)
        for family in families
    }
    regions = sorted(dict.fromkeys(results["region"]), key=_order)
    rows = [
        Row((region, *(str(counts[family.title][region] or "—") for family in families), str(_sum(counts, region))))
        for region in regions
    ]
    elsewhere = studied.material.results.height - results.height
    sums = [sum(counts[family.title].values()) for family in families]
    rows.append(Row(("合计", *map(str, sums), str(sum(sums))), strong=True))
    yield say(
        *("按地区统计的记录数见", to("samples-regions"), "，共 ", count("samples|regions", len(regions)), " 个地区"),
        *(("；另有 ", count("samples|elsewhere", elsewhere), " 条没有登记地区，不在表中") if elsewhere else ()),
        "。",
    )
    yield Table(
        "各地区的评估记录数",
        (
            Column("地区", width=2),
            *(Column(family.title, Align.RIGHT, 1.3) for family in families),
            Column("合计", Align.RIGHT),
        ),
        tuple(rows),
        name="samples-regions",
        small=True,
    )


def _sum(counts: dict[str, Counter[str]], region: str) -> int:
    return sum(of[region] for of in counts.values())


def _order(region: str) -> tuple[str, str]:
    return region_order(region), region
