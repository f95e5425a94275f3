"""The diagnosis of a subject without numbers: what became of it, what that means, and what to do."""

from collections.abc import Iterator

from govgauge.analysis.node import WHOLE
from govgauge.reports.diagnosis.chapter_limits import basis
from govgauge.reports.diagnosis.saying import Part, caution, count, index, index_or_none, line, para
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.document.model import Align, Block, Column, Heading, Items, Row, Table

STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "unreachable": (
        "采集期间多次访问，网站首页都没有打开，因此没有得分和名次。这里只说明从采集地点看到的情况，不推断原因。",
        (
            "在单位以外的网络（包括手机网络）打开首页，确认公众能否访问。",
            "请网站技术运维单位检查域名解析、证书、防火墙和服务器，核对采集期间的访问日志。",
            "确有故障的，恢复后向评估组织单位说明；网址有变的，请更新名单。",
            "建立首页可用性的日常监测，出现中断及时处理。",
        ),
    ),
    "closed": (
        "网站公告已经关闭或迁移，名单中的网址不再有效，因此没有得分和名次，也不视为问题。",
        (
            "核对现在使用的网址，报评估组织单位更新名单。",
            "原网址保留跳转或公告，写明新网址，方便公众找到。",
            "确已撤销的，按规定办理网站注销手续，并报评估组织单位。",
        ),
    ),
    "distorted": (
        "网站拦截了采集程序的访问，看到的内容不完整，不足以判定，因此没有得分和名次，也不视为问题。",
        (
            "请网站技术运维单位核对采集期间的拦截记录，确认是否误拦了正常访问。",
            "同时确认公众和搜索引擎的访问没有被误拦：过严的拦截也会把公众挡在外面。",
            "可与评估组织单位商定放行方式，以便下一次采集。",
        ),
    ),
    "waiting": (
        "到材料生成时，还没有完成对网站的采集和判定，因此没有得分和名次。这与网站的好坏无关。",
        ("等待评估组织单位补充采集；有结果后会重新生成报告。", "网址或主管单位有变的，请先更新名单。"),
    ),
    "no-site": (
        "名单中没有登记网站，因此没有得分和名次。",
        (
            "已有网站的，把网址报评估组织单位登记。",
            "由上级网站提供服务的，请说明所在的网站和栏目，便于公众查找。",
            "确实没有网站的，按有关规定明确信息公开和办事服务的渠道。",
        ),
    ),
    "merged": ("名单显示该对象已并入其他对象，本轮不再单独评估。", ("核对名单中的并入关系。",)),
    "gone": ("名单显示该对象已经撤销，本轮不再评估。", ("核对名单；仍然存在的，请报评估组织单位更正。",)),
}
OTHERWISE = ("本轮没有可用的结果，因此没有得分和名次。", ("请向评估组织单位了解原因。",))
TITLES = {
    "unreachable": "首页未能打开",
    "closed": "网站已关闭或迁移",
    "distorted": "访问被拦截，无法判定",
    "waiting": "等待判定",
    "no-site": "没有登记网站",
    "merged": "已并入其他对象",
    "gone": "已撤销",
}


def unjudged(one: Diagnosed) -> Iterator[Block]:
    """What can be said without numbers."""
    said, steps = STATES.get(one.row["state"], OTHERWISE)
    yield Heading("本轮的情况")
    yield caution(f"{TITLES.get(one.row['state'], '没有结果')}：{said}")
    became = one.row["became"]
    if became:
        yield para(f"名单记载的去向：{became}。")
    yield Table("登记的情况", (Column("项目"), Column("内容", width=3)), tuple(_registered(one)), name="registered")
    yield from _before(one)
    yield Heading("建议办理的事项")
    yield Items(tuple(line(step) for step in steps), ordered=True)
    yield Heading("同组概况")
    yield from _group(one)
    yield Heading("说明")
    yield para(*("没有结果的对象不参加平均和排名，也不影响别人的得分。请勿把没有结果理解为得零分。",))
    yield from basis(one)


def _registered(one: Diagnosed) -> Iterator[Row]:
    row = one.row
    for name, value in (
        ("名称", row["name"]),
        ("上级", row["parent"]),
        ("地区", row["region"]),
        ("组别", one.peers.field.title),
        ("网址", row["url"]),
        ("评估日", str(one.peers.about.as_of)),
    ):
        if value:
            yield Row((name, str(value)))


def _before(one: Diagnosed) -> Iterator[Block]:
    before = one.peers.before
    if isinstance(before, str) or one.key not in before.rows:
        return
    old = before.rows[one.key]
    if old["total_low"] is None:
        return
    said: list[Part] = [f"在“{before.about.title}”中得分 {old['total_low']:.{before.field.ranking.decimals}f} 分"]
    if one.peers.ranked and before.about.shows.ranks and old["rank"]:
        said += [f"，在同组 {before.ranked} 个排名对象中列第 {old['rank']} 名"]
    if old["grade"]:
        said += [f"，档级为“{old['grade']}”"]
    yield para(*said, "；与本轮没有可比的结果。")


def _group(one: Diagnosed) -> Iterator[Block]:
    peers = one.peers
    if not peers.count:
        yield para(f"“{peers.field.title}”组本轮没有一个有结果的对象。")
        return
    whole = peers.group.spread(WHOLE.code)
    if whole.mean is not None:
        yield para(
            *(f"“{peers.field.title}”组有 ", count("judged", peers.count), " 个有结果的对象，总指数平均 "),
            *(index("mean", whole.mean), "，供参考。"),
        )
    rows = [_spread_row(one, node.code) for node in peers.tops]
    columns = (
        Column("一级指标", width=3),
        Column("分值", Align.RIGHT),
        Column("平均", Align.RIGHT),
        Column("最好", Align.RIGHT),
    )
    yield Table("同组各项指数", columns, tuple(rows), name="group")


def _spread_row(one: Diagnosed, code: str) -> Row:
    spread = one.peers.group.spread(code)
    return Row((spread.node.name, f"{spread.node.weight:g}", index_or_none(spread.mean), index_or_none(spread.maximum)))
