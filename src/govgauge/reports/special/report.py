"""Putting a special report together: what it looks at, what the data say of it, and what they cannot say."""

from collections import Counter
from collections.abc import Iterator

from govgauge.analysis import claims as told_of
from govgauge.analysis.claim import signed
from govgauge.analysis.compare import FLAT
from govgauge.analysis.shares import Share, shown
from govgauge.reports import charts
from govgauge.reports.document.model import Align, Appendix, Block, Column, Document, Heading, Row, Table
from govgauge.reports.edition import rests_on
from govgauge.reports.general.advice import evidence, example, rules
from govgauge.reports.general.analysis import have
from govgauge.reports.general.method import MOCK
from govgauge.reports.prose import Part, caution, claims, count, index, listed, part, remark, say, to
from govgauge.reports.special.findings import findings
from govgauge.reports.special.kinds import Kind, Wanted, wanted
from govgauge.reports.special.met import Met
from govgauge.reports.studied import Studied
from govgauge.reports.unit import Having, Unit
from govgauge.systems.model import Method

BEST = 10
FEWEST_CHECKS = 5
"""Checks of a unit from which on the shares of single subjects say something."""
FEWEST_FOR_BEST = 10
"""Subjects from which on some are named as the best, and a share of them says more than one of four."""


def special_report(studied: Studied, kind: Kind) -> Document:
    """The document of a special report, for any writer."""
    about = studied.about
    scope = {unit: found for unit in studied.units if (found := wanted(kind.look, unit))}
    return Document(
        title=kind.title,
        subtitle=about.title,
        publisher=about.issuer,
        day=about.prepared_on.isoformat(),
        lines=rests_on(about),
        mark=MOCK if MOCK in about.title else "",
        running=f"{about.round} · {kind.title}",
        subject=f"{about.title}：{kind.title}",
        keywords=("政府网站", kind.title, about.round),
        new_pages=False,
        blocks=tuple(_blocks(studied, kind, scope)),
    )


def _blocks(studied: Studied, kind: Kind, scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    yield from _scope(kind, scope)
    answered = {unit: found for unit, found in scope.items() if Met(unit, _ids(found)).whole.denominator}
    if answered:
        yield from _whole(answered)
        yield from _topics(kind, answered)
        yield from _units(studied, answered)
        yield from findings(studied, kind)
        yield from _change(studied, answered)
        yield from _advice(studied, kind, answered)
    yield from _limits(studied, kind, scope, answered)
    if answered:
        yield Appendix()
        yield from _tables(answered)


def _scope(kind: Kind, scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    yield Heading("关注范围", name="scope")
    yield say(f"本报告关注{kind.looks}。")
    if not scope:
        yield caution("本轮评估的指标体系中没有与此有关的指标和评估要点，本轮数据不能回答这一专题的任何问题。")
        return
    total = sum(len(found) for found in scope.values())
    yield say(
        *("在本轮 ", count("scope|units", len(scope)), " 类评估对象的指标体系中，与此有关的评估要点合计 "),
        *(count("scope|checks", total), " 个（不同体系的同名要点分别计），见", to("scope-table"), "。"),
    )
    rows = []
    for unit, found in scope.items():
        for path in dict.fromkeys(each.path for each in found):
            some = [each for each in found if each.path == path]
            automatic = sum(each.check.method is Method.AUTO for each in some)
            rows.append(Row((unit.name, path, str(len(some)), str(automatic))))
    columns = (
        Column("评估对象", width=2),
        Column("指标", width=4),
        Column("要点", Align.RIGHT, 0.7),
        Column("规定由程序判定", Align.RIGHT, 1.2),
    )
    yield Table("涉及的指标和评估要点数", columns, _unrepeated(rows), name="scope-table", small=True)


def _unrepeated(rows: list[Row]) -> tuple[Row, ...]:
    told = []
    last = ""
    for row in rows:
        told.append(Row(("" if row.cells[0] == last else row.cells[0], *row.cells[1:])))
        last = row.cells[0]
    return tuple(told)


def _whole(scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    yield Heading("总体水平", name="whole")
    yield say("“做到”指要点取满值。每类的比例以该类对象已采集且适用的答案为分母，未采集和不适用的不计。")
    rows: list[tuple[str, Share]] = []
    items: list[list[Part]] = []
    for unit, found in scope.items():
        met = Met(unit, _ids(found))
        rows.append((unit.name, met.whole))
        item: list[Part] = [
            *(f"{unit.name}：", count(f"whole|{unit.name}|subjects", len(met.shares)), " 个对象的答案中做到的有 "),
            part(f"whole|{unit.name}", met.whole, "条"),
        ]
        if len(found) >= FEWEST_CHECKS:
            mean = float(met.shares.mean())
            item += [
                *("；平均每个对象做到其中的 ", index(f"whole|{unit.name}|mean", 100 * mean, 1), "%，最高 "),
                *(index(f"whole|{unit.name}|max", 100 * float(met.shares.max()), 1), "%，最低 "),
                *(index(f"whole|{unit.name}|min", 100 * float(met.shares.min()), 1), "%"),
            ]
        items.append([*item, "。"])
    yield listed(items)
    if len(scope) > 1:
        yield remark("各类对象的要点不尽相同，比例只说明本类情况，不能用来比较各类的高低。")
    yield from charts.having_bars(rows, "各类评估对象做到要点的比例", "whole-figure")


def _topics(kind: Kind, scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    yield Heading("分项情况", name="topics")
    for number, topic in enumerate(kind.topics):
        yield Heading(topic.title, 2)
        rows: list[tuple[str, Share]] = []
        most: list[tuple[Unit, Having]] = []
        for unit, found in scope.items():
            some = [each for each in found if topic.look.finds(unit.system, each.leaf, each.check)]
            met = Met(unit, _ids(some))
            if met.whole.denominator:
                rows.append((unit.name, met.whole))
                ids = set(_ids(some))
                most += [(unit, each) for each in unit.having if each.check in ids]
        if not rows:
            yield say("本轮数据中没有这一方面的答案。")
            continue
        yield from charts.having_bars(rows, f"{topic.title}：做到要点的比例", f"topic-{number}")
        telling = [pair for pair in most if pair[1].telling and pair[1].share.denominator >= FEWEST_FOR_BEST] or most
        ordered = sorted(telling, key=lambda pair: -(pair[1].share.value or 0))
        most_met = [pair for pair in ordered[:2] if pair[1].share.numerator]
        least_met = [pair for pair in reversed(ordered[-2:]) if pair not in most_met]
        if most_met:
            yield say("做到比例较高的：", *(have(unit, each) for unit, each in most_met))
        if least_met:
            yield say("做到比例较低的：", *(have(unit, each) for unit, each in least_met))


def _units(studied: Studied, scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    yield Heading("分类情况", name="units")
    for unit, found in scope.items():
        yield Heading(unit.name, 2)
        yield from _indicators(unit, found)
        met = Met(unit, _ids(found))
        enough = len(met.shares) >= FEWEST_FOR_BEST and len(found) >= FEWEST_CHECKS
        best = met.best(BEST) if studied.about.tells_points(unit.system.id) and enough else []
        if best:
            parts: list[Part] = []
            for place, (subject, share) in enumerate(best):
                key = f"best|{unit.name}|{subject}"
                met_of = (count(f"{key}|分子", share.numerator), "/", count(f"{key}|分母", share.denominator))
                parts += ["、" if place else "", f"{subject.rsplit('/', 1)[-1]}（", *met_of, "）"]
            yield say("做到要点比例居前的有：", *parts, "。括号内为做到的要点数和该对象有答案的要点数。")


def _indicators(unit: Unit, found: list[Wanted]) -> Iterator[Block]:
    """The indicators that are mostly what the report looks at."""
    codes = _mostly_looked_at(unit, found)
    spreads = [spread for spread in unit.whole.spreads if spread.node.code in codes and spread.mean is not None]
    if not spreads:
        yield say(f"与本专题有关的要点散见于{unit.name}的各指标，没有专设的指标。")
        return
    ordered = sorted(spreads, key=lambda spread: -(spread.mean or 0))
    for spread in dict.fromkeys((ordered[0].node.code, ordered[-1].node.code)):
        yield from claims([told_of.mean_by_group([unit.whole], spread)])
    name = f"indicators-{unit.name}"
    yield from charts.indicator_ranges(unit.whole, spreads, f"{unit.name}：有关指标的平均指数", name)


def _change(studied: Studied, scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    if studied.material.previous is None:
        return
    rows = []
    rose = 0
    for unit, found in scope.items():
        codes = _mostly_looked_at(unit, found)
        changes = unit.comparison.groups[0].changes if unit.comparison else ()
        for change in changes:
            if change.node.code not in codes or change.before is None or change.after is None:
                continue
            rose += change.after - change.before >= FLAT
            name = " › ".join(change.node.path[1:]) or change.node.name
            moved = signed(change.after - change.before)
            told = (shown(change.before), shown(change.after), moved, str(change.known), str(change.rose.numerator))
            rows.append(Row((unit.name, name, *told)))
    if not rows:
        return
    yield Heading("与上一轮比较", name="change")
    yield say(
        *("两轮都有的指标 ", count("change|all", len(rows)), " 项，平均指数上升的 "),
        *(part("change|rose", Share(rose, len(rows)), "项"), "，见", to("change-table"), "。"),
    )
    columns = (
        *(Column("评估对象", width=2), Column("指标", width=2.4), Column("上一轮", Align.RIGHT)),
        *(Column("本轮", Align.RIGHT), Column("变化", Align.RIGHT, 1.4), Column("两轮都有的", Align.RIGHT, 1.2)),
        Column("其中上升的", Align.RIGHT, 1.2),
    )
    yield Table("有关指标的平均指数与上一轮的比较", columns, _unrepeated(rows), name="change-table", small=True)


def _mostly_looked_at(unit: Unit, found: list[Wanted]) -> list[str]:
    """Codes of the leaves of whose checks more than half are looked at."""
    times = Counter(each.leaf.indicator.code for each in found)
    sizes = {leaf.indicator.code: len(leaf.indicator.checks) for leaf in unit.system.leaves()}
    return [code for code, number in times.items() if number * 2 > sizes[code]]


def _advice(studied: Studied, kind: Kind, scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    names = set(kind.indicators)
    fitting = [
        rule
        for rule in rules()
        if names & set(rule.indicators) or set(kind.audits) & set(rule.audits) or set(kind.words) & set(rule.words)
    ]
    told = [(rule, found) for rule in fitting if (found := evidence(tuple(scope), rule))]
    if not told:
        return
    yield Heading("建议", name="advice")
    for rule, found in told:
        yield Heading(rule.title, 2)
        yield say(rule.text)
        yield listed(each.parts for each in found)
        yield from example(studied, found)


def _limits(
    studied: Studied, kind: Kind, scope: dict[Unit, list[Wanted]], answered: dict[Unit, list[Wanted]]
) -> Iterator[Block]:
    yield Heading("本轮数据不能回答的问题", name="limits")
    items: list[list[Part]] = [[text] for text in kind.unanswered]
    if not studied.about.shows.answers:
        items.append(["按公布方式，各要点的采集值不公布，因此不能给出任何要点的达标比例。"])
    elif scope and not answered:
        items.append(["有关的评估要点在本轮都没有采集到答案，不能作出任何判断。"])
    if answered:
        items += [[f"{unit.name}的有关要点没有采集到答案。"] for unit in scope if unit not in answered]
    without = [unit.name for unit in studied.units if unit not in scope]
    if without and scope:
        items.append([f"{'、'.join(without)}的指标体系中没有有关的要点。"])
    yield listed(items)
    still_open = sum(each.still_open for unit, found in answered.items() for each in _having(unit, found))
    if still_open:
        yield remark("有关要点中尚未采集的答案 ", count("limits|open", still_open), " 条，未计入各比例的分母。")


def _tables(scope: dict[Unit, list[Wanted]]) -> Iterator[Block]:
    yield Heading("各要点的达标情况", name="appendix-checks")
    for unit, found in scope.items():
        rows = tuple(
            Row(
                (
                    *(each.check, each.text, " › ".join(each.path[1:]) or each.path[0]),
                    *(f"{each.share.numerator}/{each.share.denominator}", each.share.percent()),
                    *(str(each.still_open), str(each.out)),
                )
            )
            for each in _having(unit, found)
        )
        columns = (
            *(Column("编号", width=1), Column("评估要点", width=4), Column("指标", width=2)),
            *(Column("做到/有效", Align.RIGHT, 1.2), Column("占比", Align.RIGHT, 0.9)),
            *(Column("未采集", Align.RIGHT, 0.8), Column("不适用", Align.RIGHT, 0.8)),
        )
        yield Heading(unit.name, 2)
        yield Table(f"{unit.name}：要点达标情况", columns, rows, small=True)


def _having(unit: Unit, found: list[Wanted]) -> list[Having]:
    ids = set(_ids(found))
    return [each for each in unit.having if each.check in ids]


def _ids(found: list[Wanted]) -> list[str]:
    return [each.check.id for each in found]
