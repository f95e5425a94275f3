"""The chapter of results: ranks with ties, or grades in the order of divisions, as the round's policy says."""

from collections.abc import Iterator

from govgauge.analysis.groups import Group
from govgauge.reports import charts
from govgauge.reports.about import by_division
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.field import Field
from govgauge.reports.places import Place, by_grade, first_few, places
from govgauge.reports.prose import Part, bounds_told, caution, count, index, part, remark, say, to
from govgauge.reports.studied import Family, Studied
from govgauge.reports.unit import grade_shares
from govgauge.systems.ranking import Ranking, Ties

SHOWN_WHOLE = 40
"""A list up to this long stands in the chapter; of a longer one only the first, the whole in the appendix."""
SHOWN_OF_LONG = 30
NOBODY = "——"
TIES = {
    Ties.COMPETITION: "并列者同名次，其后的名次顺延（如 3、3、5）",
    Ties.DENSE: "并列者同名次，其后的名次不跳过（如 5、5、6）",
    Ties.SHARED: "并列者共占名次（如 3–4、3–4、5）",
}


def results(studied: Studied) -> Iterator[Block]:
    """A section for each family of groups."""
    yield Heading("评估结果", name="results")
    yield from _policy(studied)
    for family in studied.families:
        yield Heading(family.title, 2)
        shares = [(field.title, grade_shares(field)) for field in family.fields if field.judged.height]
        if any(share for _, share in shares):
            name = f"grades-{family.title}"
            graded = [(title, share) for title, share in shares if share]
            yield say("各组评估对象的档级分布见", to(name), "。")
            yield from charts.grades(graded, f"{family.title}各档级的评估对象数", name)
        for field in family.fields:
            yield from _field(studied, family, field)


def _policy(studied: Studied) -> Iterator[Block]:
    rankings = {field.system.id: field.ranking for field in studied.material.fields}
    if not studied.about.shows.ranks:
        yield say("按本轮评估的公布方式，报告不列名次；评估对象按行政区划排列，设有档级的按档级列出。")
        return
    policies: dict[str, list[str]] = {}
    for name, ranking in rankings.items():
        policies.setdefault(_told(ranking), []).append(studied.about.systems[name].title)
    for policy, titles in policies.items():
        yield say(f"{'、'.join(titles)}：{policy}")


def _told(ranking: Ranking) -> str:
    """The policy in words."""
    if by_division(ranking):
        bounds = "、".join(_bounds(ranking))
        return f"按档级公布，依次为{bounds}；同一档级内按行政区划排列，不分先后。"
    return f"在各组内按{'显示的' if ranking.on_rounded else '未四舍五入的'}总分排名，{TIES[ranking.ties]}。"


def _bounds(ranking: Ranking) -> Iterator[str]:
    above = ""
    for grade in ranking.grades:
        least = f"{grade.at_least} 分及以上" if grade.at_least or not above else f"{above} 分以下"
        yield f"{grade.name}（{least}）"
        above = str(grade.at_least)


def ranks_told(studied: Studied, field: Field) -> bool:
    """Whether ranks of a field may stand in the report."""
    return studied.about.ranked(field.system.id)


def points_told(studied: Studied, field: Field) -> bool:
    """Whether points and indexes of single subjects of a field may stand in the report."""
    return studied.about.tells_points(field.system.id)


def _field(studied: Studied, family: Family, field: Field) -> Iterator[Block]:
    key = f"results-{field.facts.name}-{field.facts.system}-{field.profile}"
    if len(family.fields) > 1:
        yield Heading(field.title, 3)
    told = ranks_told(studied, field)
    found = places(field, ranks=told)
    if not found:
        yield say(f"{field.title}的 ", count(f"{key}|listed", field.results.height), " 个评估对象都没有得出结果。")
        return
    yield from _summary(studied, field, found)
    if told:
        yield from _uncertain(field, found, key)
    if told or not field.ranking.grades:
        yield _list(field, found, key, ranks=told, points=points_told(studied, field))
        if len(found) > SHOWN_WHOLE:
            yield remark("全部评估对象的结果见", to("appendix-results"), "。")
    else:
        yield _grades(field, found, key)


def _summary(studied: Studied, field: Field, found: list[Place]) -> Iterator[Block]:
    unit = next(unit for unit in studied.units if field in unit.fields)
    group = next((each for each in unit.groups if each.name == field.title), None)
    key = f"results|{field.facts.name}"
    parts: list[Part] = [f"{field.title}有结果的评估对象 ", count(f"{key}|judged", len(found)), " 个"]
    spread = group.spread("") if isinstance(group, Group) else None
    if spread and spread.mean is not None and spread.minimum is not None and spread.maximum is not None:
        parts += ["，其中总指数已确定的 ", count(f"{key}|known", spread.known), " 个"] if spread.still_open else []
        parts += ["" if spread.still_open else "，总指数", "平均 ", index(f"{key}|mean", spread.mean)]
        if spread.known > 1:
            parts += ["、最高 ", index(f"{key}|max", spread.maximum), "、最低 ", index(f"{key}|min", spread.minimum)]
    if spread and not spread.known:
        parts.append("，总指数未确定")
    parts += bounds_told(key, spread) if spread else []
    still_open = sum("–" in each.total for each in found)
    if still_open:
        parts += ["；有 ", count(f"{key}|open", still_open), " 个尚有未采集的要点，总分是一个区间"]
    ties = _largest_tie(found)
    if ranks_told(studied, field) and ties > 1:
        parts += ["；并列最多的一处有 ", count(f"{key}|tie", ties), " 个"]
    yield say(*parts, "。")
    shares = grade_shares(field)
    if shares:
        parts = []
        for place, (grade, share) in enumerate(shares):
            parts += ["；" if place else "", f"{grade} ", part(f"{key}|grade|{grade}", share)]
        yield say("按档级：", *parts, "。")


def _uncertain(field: Field, found: list[Place], key: str) -> Iterator[Block]:
    """Ranks rest on what is sure: a warning where open checks may move many of them."""
    ranked = [each for each in found if not each.why]
    moving = sum(bool(each.among) for each in ranked)
    if moving * 2 >= len(ranked) > 1:
        yield caution(
            *(f"{field.title}的 ", count(f"{key}|ranked", len(ranked)), " 个名次中有 ", count(f"{key}|moving", moving)),
            " 个会随未采集的要点变动。名次先按已确定的得分排列，以“可能的名次”为准，不能用来判断先后。",
        )


def _largest_tie(found: list[Place]) -> int:
    ranked = [each.rank for each in found if not each.why]
    return max((ranked.count(rank) for rank in set(ranked)), default=0)


def _grades(field: Field, found: list[Place], key: str) -> Table:
    rows = tuple(Row((grade, str(len(names)), "、".join(names) or NOBODY)) for grade, names in by_grade(field, found))
    columns = (
        Column("档级", Align.CENTER, 0.7),
        Column("个数", Align.RIGHT, 0.6),
        Column("评估对象（按行政区划排列）", width=6),
    )
    return Table(f"{field.title}的档级", columns, rows, name=key)


def _list(field: Field, found: list[Place], key: str, *, ranks: bool, points: bool) -> Table:
    some = found if len(found) <= SHOWN_WHOLE else first_few(found, SHOWN_OF_LONG)
    tail = "" if len(some) == len(found) else f"（前 {len(some)} 位）" if ranks else f"（前 {len(some)} 个）"
    title = f"{field.title}的{'名次' if ranks else '结果'}{tail}"
    return table_of(title, some, key, ranks=ranks, points=points)


def table_of(caption: str, found: list[Place], name: str, *, ranks: bool, points: bool, small: bool = False) -> Table:
    """Subjects with what is known of them; columns in which nothing stands are left out."""
    columns = (
        [(Column("名次", Align.CENTER, 0.7), [each.rank if not each.why else "—" for each in found])] if ranks else []
    )
    columns.append((Column("评估对象", width=3), [each.name for each in found]))
    if any(_where(each) not in {"", each.name} for each in found):
        columns.append((Column("所属", width=1.8), [_where(each) for each in found]))
    if points:
        columns.append((Column("总分", Align.RIGHT, 1.3), [each.total for each in found]))
    if any(each.grade for each in found):
        columns.append((Column("档级", Align.CENTER, 0.8), [each.grade for each in found]))
    if ranks and any(each.among for each in found):
        columns.append((Column("可能的名次", Align.CENTER, 1.1), [each.among for each in found]))
    columns.append((Column("采集率", Align.RIGHT, 0.9), [each.coverage for each in found]))
    rows = tuple(Row(cells) for cells in zip(*(cells for _, cells in columns), strict=True))
    return Table(caption, tuple(column for column, _ in columns), rows, name=name, small=small)


def _where(each: Place) -> str:
    above = each.parent.rsplit("/", 1)[-1]
    return (
        above
        if not each.region or above == each.region or above in each.region
        else f"{each.region}{above}"
        if above
        else each.region
    )
