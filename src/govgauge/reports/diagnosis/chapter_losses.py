"""The third chapter: what cost points, gathered by what can be done about it, with examples of what was found."""

from collections.abc import Iterator

from govgauge.audits.catalogue import texts
from govgauge.reports.diagnosis.details import CheckLine, FindingLine
from govgauge.reports.diagnosis.drawings import to_win
from govgauge.reports.diagnosis.measures import Measure
from govgauge.reports.diagnosis.saying import Part, count, line, para, points, points_text, remark
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Block, Figure, Heading, Items, Run, Runs
from govgauge.scoring.bulk import SAME

DRAWN, TOLD, LISTED = 10, 5, 4
ENDS = ("。", "！", "？", "；", "…")
LONGEST = 160
"""Signs of a sentence or an address before it is cut: an address can be thousands long."""


def losses(one: Diagnosed) -> Iterator[Block]:
    """What cost points, the most first."""
    yield Heading("失分和问题")
    losing = [each for each in one.measures if each.points > SAME]
    if not losing:
        yield para("已判定的要点全部满分，没有失分。")
        return
    whole = sum(each.points for each in losing)
    yield Heading("主要失分事项", 2)
    yield para(
        *("已判定的要点共失 ", points("lost", whole), " 分，归为 ", count("measures", len(losing)), " 个事项："),
        "自动检查的按检查项目归并，其余按指标归并。整改到位后，这些分可以得回。",
    )
    drawn = losing[:DRAWN]
    yield Figure(
        to_win([(each.title, each.points) for each in drawn]),
        f"可以得回的分（前 {len(drawn)} 项）" if len(losing) > DRAWN else "可以得回的分",
        "；".join(f"{each.title} {points_text(each.points)} 分" for each in drawn),
        name="to-win",
    )
    told = [each for each in losing if each.audit][:TOLD]
    if told:
        yield Heading("检查发现的问题", 2)
        for each in told:
            yield from _told(one, each)
    yield from _first(one)
    if any(each.checks for each in losing):
        yield para("逐个要点的失分见", Run(to="checks"), "。")
    elif not one.peers.about.shows.answers:
        yield remark("本轮不公布每个要点的采集结果，以上按指标计算。")


def _told(one: Diagnosed, measure: Measure) -> Iterator[Block]:
    words = texts(measure.audit)
    yield Heading(measure.title, 3)
    said: list[Part] = [words.why, "失 ", points(f"points {measure.audit}", measure.points), " 分，涉及 "]
    said += [count(f"checks {measure.audit}", len(measure.checks)), " 个要点"]
    if measure.count:
        said += ["，记录问题 ", count(f"findings {measure.audit}", measure.count), " 处"]
    yield para(*said, "。")
    if measure.found.examples:
        yield Items(tuple(_example(each) for each in measure.found.examples))
        left = measure.count - len(measure.found.examples)
        if left > 0:
            yield remark(f"另有 {left} 处，完整清单见公布的数据表或工作台。")
    elif measure.audit in one.peers.about.withheld and measure.count:
        yield remark("这类问题的具体位置不对外公布，请本单位登录工作台查看。")
    elif measure.count and not one.peers.about.shows.findings:
        yield remark("本轮不公布单个问题，请本单位登录工作台查看。")
    else:
        yield Items(tuple(_missed(check) for check in measure.checks[:LISTED]))
        left = len(measure.checks) - LISTED
        if left > 0:
            yield remark("另有 ", count(f"checks left {measure.audit}", left), " 个要点，见附录。")


def _missed(check: CheckLine) -> Runs:
    """A check is worded as what should be: it must not read as what was found."""
    word = "没有做到" if not check.value else "没有全部做到"
    return line(f"{word}：{check.text}", _reason(check.reason))


def _reason(reason: str) -> str:
    return f"（{short(reason)}）" if reason else ""


def _example(found: FindingLine) -> Runs:
    address = Run(short(found.page), quiet=True, url=found.page if len(found.page) <= LONGEST else "")
    told = short(found.sentence) or short(found.excerpt) or "见所列网页。"
    end = "" if told.endswith(ENDS) else "。"
    return line(told, f"{end}所在网页：", address) if found.page else line(told, end)


def _first(one: Diagnosed) -> Iterator[Block]:
    """Faults that come before all others although they cost few points or none."""
    urgent = [each for each in one.measures if each.remedy.first and each.count]
    if not urgent:
        return
    yield Heading("不论分值都应优先处理的问题", 2)
    yield Items(
        tuple(line(Run(each.title, bold=True), f"：记录 {each.count} 处。{texts(each.audit).why}") for each in urgent)
    )


def short(text: str) -> str:
    """A text that may be very long, cut with …"""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
