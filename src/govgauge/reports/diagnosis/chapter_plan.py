"""The fifth chapter: what to do in which order, who usually does it, by when, and what it brings."""

from collections.abc import Iterator, Sequence

from govgauge.analysis.shares import shown
from govgauge.reports.diagnosis.measures import Measure
from govgauge.reports.diagnosis.saying import UNKNOWN, Part, count, line, para, points, points_text, remark
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Align, Block, Column, Heading, Items, Row, Run, Runs, Table
from govgauge.scoring.bulk import SAME

MOST = 14
CHECKS_NAMED = 3


def plan(one: Diagnosed) -> Iterator[Block]:
    """Ordered steps: the soonest first, among those the ones with most points."""
    yield Heading("整改计划")
    chosen = chosen_of(one.measures)
    if not chosen:
        yield para("没有需要整改的失分。请保持日常巡查，防止已达到的要点退步。")
        return
    yield para(
        "步骤按紧急程度和可得分排列：先处理有风险的和几天内能改好的，再做需要建设周期的。责任单位和时限是同类问题通常的安排，",
        "由本单位按实际分工确定。",
    )
    yield _table(chosen)
    yield from _effect(one, chosen)
    rest = [each for each in one.measures if each.points > SAME and each not in chosen]
    if rest:
        left = sum(each.points for each in rest)
        yield remark(
            *(
                "另有 ",
                count("rest", len(rest)),
                " 个事项合计 ",
                points("rest_points", left),
                " 分，没有列入计划，可在完成后再做。",
            )
        )
    yield Heading("整改措施", 2)
    yield Items(tuple(_how(each) for each in chosen), ordered=True)


def chosen_of(measures: Sequence[Measure]) -> list[Measure]:
    """The steps of the plan, in their order."""
    first = [each for each in measures if each.remedy.first and (each.count or each.points > SAME)]
    others = [each for each in measures if each not in first and each.points > SAME]
    kept = [*first, *others[: max(0, MOST - len(first))]]
    return sorted(kept, key=lambda each: (not each.remedy.first, each.soon, -each.points, each.title))


def _table(chosen: Sequence[Measure]) -> Table:
    columns = (
        Column("步骤", Align.CENTER, 0.5),
        Column("整改事项", width=2.2),
        Column("涉及的指标和网页", width=2.4),
        Column("通常的责任单位", width=1.9),
        Column("时限", width=1.2),
        Column("可得分", Align.RIGHT, 0.8),
    )
    rows = [
        Row((str(number), each.title, _where(each), each.body, each.time, points_text(each.points)))
        for number, each in enumerate(chosen, start=1)
    ]
    rows.append(Row(("", "合计", "", "", "", points_text(sum(each.points for each in chosen))), strong=True))
    return Table("整改步骤", columns, tuple(rows), name="plan", small=True)


def _where(measure: Measure) -> str:
    names = list(dict.fromkeys(leaf.name for leaf in measure.leaves))
    told = "、".join(names[:2]) + (f"等 {len(names)} 项指标" if len(names) > 2 else "")
    return f"{told}；{measure.found.pages} 个网页" if measure.found.pages else told


def _effect(one: Diagnosed, chosen: Sequence[Measure]) -> Iterator[Block]:
    won = sum(each.points for each in chosen)
    said: list[Part] = ["全部完成可增加 ", points("won", won), " 分"]
    if one.peers.ranked and one.row["rank"] and one.peers.in_ranking > 1:
        now = one.peers.rank_with(one.key, one.total)
        then = one.peers.rank_with(one.key, one.total + won)
        if then < now:
            said += ["；其他对象得分不变时，名次相当于第 ", count("rank_then", then), " 名"]
        soonest = [each for each in chosen if each.soon == 0]
        if soonest and len(soonest) < len(chosen):
            part = sum(each.points for each in soonest)
            said += [
                "。其中几天内能做的 ",
                count("soonest", len(soonest)),
                " 步可增加 ",
                points("soon_points", part),
                " 分",
            ]
    if one.is_open:
        said += [f"。以上按已确定的 {shown(one.total, 2)} 分起算，没有定论的要点另计"]
    yield para(*said, "。")


def _how(measure: Measure) -> Runs:
    if measure.advice:
        return line(Run(measure.title, bold=True), f"：{measure.advice}")
    if not measure.checks:
        path = measure.leaves[0].path if measure.leaves else UNKNOWN
        return line(Run(measure.title, bold=True), f"：对照指标“{path}”的各个要点逐项自查补齐。")
    told = "；".join(check.text for check in measure.checks[:CHECKS_NAMED])
    more = f"；等 {len(measure.checks)} 个要点" if len(measure.checks) > CHECKS_NAMED else ""
    return line(Run(measure.title, bold=True), f"：补齐没有达到的要点：{told}{more}。改好后留存网址和截图备查。")
