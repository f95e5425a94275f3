"""The appendices: everybody's result, everybody's indexes, every check, every interval."""

from collections.abc import Iterator

import numpy as np

from govgauge.analysis.shares import shown
from govgauge.reports import charts
from govgauge.reports.document.model import Align, Appendix, Block, Column, Heading, Row, Table
from govgauge.reports.field import JUDGED, Field
from govgauge.reports.general.process import SHORT
from govgauge.reports.general.results import points_told, ranks_told, table_of
from govgauge.reports.general.samples import STATES
from govgauge.reports.places import places
from govgauge.reports.prose import remark, say
from govgauge.reports.studied import Studied
from govgauge.reports.unit import Unit


def appendices(studied: Studied) -> Iterator[Block]:
    """What a reader looks up."""
    yield Appendix()
    yield from _results(studied)
    yield from _indexes(studied)
    yield from _checks(studied)
    yield from _intervals(studied)


def _results(studied: Studied) -> Iterator[Block]:
    yield Heading("全部评估对象的结果", name="appendix-results")
    yield remark("“采集率”是已有答案的要点所占的权重；总分写成区间的，尚有要点未采集。")
    for field in studied.material.fields:
        yield Heading(field.title, 2)
        told = ranks_told(studied, field)
        found = places(field, ranks=told)
        if found:
            points = points_told(studied, field)
            yield table_of(f"{field.title}：全部结果", found, "", ranks=told, points=points, small=True)
        yield from _without(field)


def _without(field: Field) -> Iterator[Block]:
    rows = tuple(
        Row((row["name"], row["parent"] or row["region"] or "", STATES.get(row["state"], row["state"])))
        for row in field.results.iter_rows(named=True)
        if row["state"] != JUDGED
    )
    if rows:
        columns = (Column("评估对象", width=3), Column("所属", width=1.6), Column("情况", width=1.6))
        yield Table(f"{field.title}：没有结果的评估对象", columns, rows, small=True)


def _indexes(studied: Studied) -> Iterator[Block]:
    yield Heading("各评估对象的一级指标指数", name="appendix-indexes")
    untold = [field.title for field in studied.material.fields if not points_told(studied, field)]
    if untold:
        yield say(f"{'、'.join(untold)}不公布名次，按公布方式也不列单个评估对象的得分和指数。")
    for field in studied.material.fields:
        if not field.judged.height or not points_told(studied, field):
            continue
        yield Heading(field.title, 2)
        assessed = field.assessed
        tops = [node for node in assessed.nodes if node.level == 1]
        columns = {code: assessed.index(code) for code in ("", *(node.code for node in tops))}
        shown_in = [(each.parent, each.name) for each in places(field, ranks=ranks_told(studied, field))]
        at = {
            (row[0] or "", row[1]): place for place, row in enumerate(field.judged.select("parent", "name").iter_rows())
        }
        rows = []
        for parent, name in shown_in:
            indexes = [columns[code][at[parent, name]] for code in columns]
            rows.append(Row((name, *("—" if np.isnan(each) else shown(float(each)) for each in indexes))))
        heads = (
            *(Column("评估对象", width=2.6), Column("总指数", Align.RIGHT)),
            *(Column(f"{node.name}{'（加分）' if node.bonus else ''}", Align.RIGHT) for node in tops),
        )
        yield Table(f"{field.title}：一级指标指数", heads, tuple(rows), small=True)


def _checks(studied: Studied) -> Iterator[Block]:
    yield Heading("评估要点及其达标情况", name="appendix-checks")
    if not studied.about.shows.answers:
        yield say("按公布方式，各要点的采集值不公布；下列要点没有达标比例。")
    for unit in studied.units:
        yield Heading(unit.name, 2)
        yield _checks_of(unit)


def _checks_of(unit: Unit) -> Table:
    known = {each.check: each for each in unit.having}
    rows = []
    for leaf in unit.system.leaves():
        if leaf.indicator.weight(unit.profile) is None:
            continue
        path = " › ".join(name for name in leaf.path if name)
        rows.append(Row((leaf.indicator.code, path, "", "", "", "", ""), strong=True))
        for check in leaf.indicator.checks:
            if not check.asked_in(unit.profile):
                continue
            found = known.get(check.id)
            told = (
                (
                    f"{found.share.numerator}/{found.share.denominator}",
                    found.share.percent(),
                    str(found.still_open),
                    str(found.out),
                )
                if found
                else ("—", "—", *unit.not_known(check.id))
            )
            rows.append(Row((check.id, check.text, SHORT[check.method], *told)))
    columns = (
        *(Column("编号", width=1), Column("评估要点", width=4.6), Column("方式", Align.CENTER, 0.7)),
        *(Column("做到/有效", Align.RIGHT, 1.2), Column("占比", Align.RIGHT, 0.9)),
        *(Column("未采集", Align.RIGHT, 0.8), Column("不适用", Align.RIGHT, 0.8)),
    )
    return Table(f"{unit.name}：评估要点及其达标情况", columns, tuple(rows), small=True)


def _intervals(studied: Studied) -> Iterator[Block]:
    drawn = []
    for field in studied.material.fields:
        found = studied.firm(field) if ranks_told(studied, field) else None
        if found is not None:
            drawn.append((field, found))
    if not drawn:
        return
    yield Heading("名次区间", name="appendix-intervals")
    yield remark(
        "点为名次，横线为九成模拟中的名次范围；底色相同且相邻的为同一梯队。模拟按指数总和计，名次与结果表可因未采集的要点略有出入。"
    )
    for field, found in drawn:
        yield Heading(field.title, 2)
        yield from charts.ranks(found, f"{field.title}的名次区间", "")
