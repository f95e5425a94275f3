"""The chapter of analysis: every unit by groups, indicators, regions, and beside the round before."""

from collections.abc import Iterator

from msgspec.structs import replace

from govgauge.analysis import claims as told_of
from govgauge.analysis import claims_of_change as change_told
from govgauge.analysis.claim import Claim
from govgauge.analysis.groups import Group, Spread, groups_by
from govgauge.analysis.shares import shown
from govgauge.reports import charts
from govgauge.reports.division_order import region_order
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.prose import Part, caution, claims, count, lead, listed, mean_told, percent, remark, say, to, told
from govgauge.reports.studied import Studied
from govgauge.reports.unit import Having, Unit

FEWEST_REGIONS = 4
"""Regions from which on a map says more than the table."""
FEWEST_IN_REGION = 3
"""Subjects that regions must have on average before they are held against each other."""
MOST_IMPROVED = 5
EXTREME_CHECKS = 3
"""Checks that are named as best and as weakest of an indicator."""


def analysis(studied: Studied) -> Iterator[Block]:
    """A section for each unit."""
    yield Heading("结果分析", name="analysis")
    yield say(
        "本章所说的指数是得分与权重之比（0 至 1），平均指数是同组中该指数已经确定的评估对象的算术平均；"
        "每个比例都写明分子和分母，未采集和不适用的不计入分母。"
    )
    for unit in studied.units:
        yield from of_unit(studied, unit)


def of_unit(studied: Studied, unit: Unit) -> Iterator[Block]:
    """What can be told of a unit; a sentence where nothing can."""
    yield Heading(unit.name, 2)
    if not unit.assessed.subjects:
        yield say(f"{unit.name}没有得出结果的评估对象，无从分析。")
        return
    whole = unit.whole
    yield from _overall(unit, whole)
    yield from _groups(unit)
    yield from _first_level(unit, whole)
    for spread in whole.spreads:
        if spread.node.level == 1 and not spread.node.bonus:
            yield from _indicator(unit, whole, spread)
    if studied.about.tells_points(unit.system.id):
        yield from _regions(unit)
    yield from _change(studied, unit)


def _overall(unit: Unit, whole: Group) -> Iterator[Block]:
    found = [told_of.spread_of(whole), told_of.above_mean(whole), told_of.below_bound(whole)]
    spread = whole.spread("")
    if whole.subjects == 1:
        found = [told_of.mean_by_group([whole])]
    key = f"analysis|{unit.name}"
    unknown = say(unit.name, "的", *mean_told(key, spread), "，分布无从计算。")
    yield from claims(found) or [unknown]
    drawn = charts.distribution(whole, f"{unit.name}总指数的分布", f"distribution-{unit.name}")
    if drawn and whole.subjects > 1:
        yield say("总指数的分布见", to(f"distribution-{unit.name}"), "。")
        yield from drawn
    yield from claims([told_of.grades(whole)])


def _groups(unit: Unit) -> Iterator[Block]:
    if len(unit.groups) < 2:
        return
    yield from claims([told_of.order_of_groups(unit.groups)])
    drawn = charts.group_ranges(unit.groups, f"{unit.name}各组的总指数", f"groups-{unit.name}")
    if drawn:
        yield say("各组的总指数见", to(f"groups-{unit.name}"), "，一级指标见", to(f"matrix-{unit.name}"), "。")
    yield from drawn
    yield from charts.group_matrix(unit.groups, f"{unit.name}各组一级指标的平均指数", f"matrix-{unit.name}")


def _first_level(unit: Unit, whole: Group) -> Iterator[Block]:
    tops = [spread for spread in whole.spreads if spread.node.level <= 1]
    name = f"level1-{unit.name}"
    drawn = charts.indicator_ranges(whole, tops, f"{unit.name}总指数和一级指标的平均指数", name)
    if not drawn:
        return
    yield Heading("一级指标", 3)
    yield from claims([told_of.extremes(whole, 1) or told_of.order_of_indicators(whole, 1)])
    yield say("一级指标的平均、最低、最高和中位指数见", to(name), "。")
    yield from drawn


def _indicator(unit: Unit, whole: Group, spread: Spread) -> Iterator[Block]:
    node = spread.node
    checks = [each for each in unit.having if each.path[0] == node.name]
    if spread.mean is None and not checks:
        return
    yield Heading(node.name, 3)
    if spread.mean is None:
        yield say("“", node.name, "”指数都未确定，只说明已有答案的要点。")
    below = [each for each in whole.spreads if _within(whole, each, node.code)]
    yield from claims([told_of.mean_by_group(unit.groups, node.code), told_of.order_of_indicators(whole, 2, node.code)])
    name = f"indicator-{unit.name}-{node.code}"
    drawn = charts.indicator_ranges(whole, [spread, *below], f"{unit.name}“{node.name}”各指标的平均指数", name)
    if drawn:
        yield say("“", node.name, "”各级指标的平均、最低、最高和中位指数见", to(name), "。")
    yield from drawn
    yield from _checks(unit, checks)


def _within(whole: Group, spread: Spread, code: str) -> bool:
    node = spread.node
    while node.parent:
        if node.parent == code:
            return True
        node = whole.spread(node.parent).node
    return False


def _checks(unit: Unit, checks: list[Having]) -> Iterator[Block]:
    known = [each for each in checks if each.telling] or [each for each in checks if each.share.denominator]
    if unit.whole.subjects == 1:
        met = sum(each.share.numerator for each in known)
        key = f"checks|{unit.name}|{known[0].path[0]}" if known else ""
        if known:
            yield say(
                *(
                    "已有答案的要点 ",
                    count(f"{key}|all", len(known)),
                    " 个，做到的 ",
                    count(f"{key}|met", met),
                    " 个，见",
                ),
                *(to("appendix-checks"), "。"),
            )
        return
    if len(known) < 2 * EXTREME_CHECKS:
        if known:
            yield listed([have(unit, each)] for each in known)
        return
    ordered = sorted(known, key=lambda each: -(each.share.value or 0))
    yield from _extreme(unit, ordered, "最高")
    yield from _extreme(unit, ordered[::-1], "最低")


def _extreme(unit: Unit, ordered: list[Having], word: str) -> Iterator[Block]:
    """The first of an order, as many as are told; how many more are equal to the last of them is told with them."""
    some = ordered[:EXTREME_CHECKS]
    last = some[-1].share.value
    equals = sum(each.share.value == last for each in ordered)
    told_of_them = sum(each.share.value == last for each in some)
    yield lead(f"达标比例{word}的要点：")
    yield listed([have(unit, each)] for each in some)
    if equals > told_of_them:
        key = f"equal|{unit.name}|{some[-1].path[0]}|{word}"
        yield remark(
            *("比例同为 ", percent(f"{key}|占比", some[-1].share), " 的要点共 ", count(key, equals)),
            *(" 个，这里只列出一部分，全部见", to("appendix-checks"), "。"),
        )


def have(unit: Unit, each: Having) -> Part:
    """`63 个中有 50 个做到“…”，占 79.4%`."""
    claim = told_of.have(unit.answers, each.check, f"做到“{each.text}”", group=unit.name)
    return told(claim) if claim else ""


def _regions(unit: Unit) -> Iterator[Block]:
    regions = sorted(unit.regions, key=lambda group: region_order(group.name))
    if len(regions) < FEWEST_REGIONS or unit.whole.subjects < FEWEST_IN_REGION * len(regions):
        return
    yield Heading("地区", 3)
    known = sorted(
        (group for group in regions if group.spread("").mean is not None),
        key=lambda group: -(group.spread("").mean or 0),
    )
    name = f"regions-{unit.name}"
    drawn = charts.region_tiles(regions, f"{unit.name}各地区的平均总指数", name)
    yield say("各地区的平均总指数见", *((to(name), "和") if drawn else ()), to(f"{name}-table"), "。")
    telling = [group for group in known if group.spread("").known >= FEWEST_IN_REGION]
    if len(telling) >= 2:
        yield from claims([_apart(telling[0], telling[-1])])
    yield from drawn
    columns = (
        *(Column("地区", width=2), Column("评估对象", Align.RIGHT), Column("平均总指数", Align.RIGHT)),
        *(Column(title, Align.RIGHT) for title in ("最低", "中位", "最高")),
    )
    rows = []
    for group in regions:
        spread = group.spread("")
        numbers = (spread.mean, spread.minimum, spread.median, spread.maximum)
        rows.append(Row((group.name, str(group.subjects), *("—" if each is None else shown(each) for each in numbers))))
    yield Table(f"{unit.name}各地区的总指数", columns, tuple(rows), name=f"{name}-table", small=True)


def _apart(best: Group, worst: Group) -> Claim | None:
    claim = told_of.difference(best, worst)
    few = f"总指数已确定的对象不少于 {FEWEST_IN_REGION} 个的地区中，首尾两个是：" if claim else ""
    return replace(claim, text=f"{few}{claim.text}") if claim else None


def _change(studied: Studied, unit: Unit) -> Iterator[Block]:
    found, earlier = unit.comparison, unit.earlier
    if studied.material.previous is None:
        return
    yield Heading("与上一轮比较", 3)
    if found is None or earlier is None:
        yield say(f"上一轮没有可与{unit.name}比较的评估对象或指标。")
        return
    group = replace(found.groups[0], name=unit.name)
    before, after = replace(groups_by(earlier)[0], name=unit.name), unit.whole
    if unit.other_ruler_before:
        yield caution(
            f"上一轮用的是“{unit.other_ruler_before}”，与本轮不同：只比较两轮共有的指标，不比较总分、名次和档级。"
        )
    yield from claims([change_told.pairing_told(found), change_told.change_of(group)], unit.name)
    if group.change("").change is None:
        yield say("两轮都已确定的指标不到总指数权重的一半，总指数不作比较。")
    yield from claims([change_told.changes(group, 1)], unit.name)
    yield from charts.moves(group, f"{unit.name}一级指标平均指数与上一轮的比较", f"change-{unit.name}")
    if unit.same_grades_before and not unit.other_ruler_before:
        yield from claims([change_told.grade_changes(before, after), change_told.movement(found)], unit.name)
    if studied.about.ranked(unit.system.id) and found.improved(1) and not unit.other_ruler_before:
        yield from claims(change_told.most_improved(found, MOST_IMPROVED)[:1], unit.name)
    if found.entered or found.left:
        yield remark(
            *("新进入的评估对象 ", count(f"change|{unit.name}|entered", len(found.entered)), " 个，退出的 "),
            *(count(f"change|{unit.name}|left", len(found.left)), " 个，都不参加比较。"),
        )
