"""The chapter of method and limits: how much was answered, how far coders agree, how firm the ranks are."""

from collections.abc import Iterator

from govgauge.analysis.agreement import Agreement, Measure
from govgauge.analysis.shares import Share, shown
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.general.results import ranks_told
from govgauge.reports.prose import Part, caution, count, index, listed, part, remark, say, to
from govgauge.reports.studied import Studied

FULL = 0.9999
MOCK = "模拟数据"


def method(studied: Studied) -> Iterator[Block]:
    """What the numbers rest on, and what they cannot say."""
    yield Heading("方法与局限", name="method")
    yield Heading("计分方法", 2)
    yield listed(
        [
            [
                "每个评估要点取值 0 至 1；要点按份额合成指标，指标按权重逐级合成总分。",
                "计算全程用精确的分数，只在显示时四舍五入。",
            ],
            [
                "出错不等于不合格：访问受阻、超时、必须运行脚本才能看到的内容记为“无法判定”，不扣分；",
                "要扣分的网络故障须在不同时间两次见到。",
            ],
            ["不适用的要点不计入，其份额由同一指标的其他要点承担；未采集的要点使总分成为区间，不按零分计。"],
            ["一次采集、多次判断：网页存档后离线判断，规则或权重变动时可以用同一批证据重算。"],
        ]
    )
    yield from _coverage(studied)
    yield from _agreement(studied)
    yield from _firmness(studied)
    yield from _limits(studied)


def _coverage(studied: Studied) -> Iterator[Block]:
    yield Heading("采集率", 2)
    rows, complete, total = [], 0, 0
    for unit in studied.units:
        found = unit.coverage()
        full = sum(each >= FULL for each in found)
        complete, total = complete + full, total + len(found)
        if found:
            mean = f"{shown(100 * sum(found) / len(found), 1)}%"
            rows.append(Row((unit.name, str(len(found)), mean, f"{shown(100 * min(found), 1)}%", str(full))))
    if not rows:
        yield say("没有得出结果的评估对象，采集率无从计算。")
        return
    yield say(
        "采集率是已有答案的要点所占的权重（不含加分）。全部要点都有答案的 ",
        part("coverage|complete", Share(complete, total), "条"),
        "，各类情况见",
        to("coverage"),
        "。",
    )
    unconfirmed = studied.unconfirmed
    if unconfirmed:
        yield say(
            *("程序提出、须由人确认的答案中，还有 ", count("coverage|unconfirmed", unconfirmed), " 条没有经人确认；"),
            "它们按程序提出的计入得分和达标比例。",
        )
    columns = (
        Column("类别", width=2.4),
        *(Column(title, Align.RIGHT) for title in ("有结果", "平均采集率", "最低采集率", "全部采集")),
    )
    yield Table("采集率", columns, tuple(rows), name="coverage")


def _agreement(studied: Studied) -> Iterator[Block]:
    yield Heading("采集人员之间的一致程度", 2)
    found = studied.about.collected
    if found.agreement is None:
        yield say("材料中没有双人独立采集的记录，采集人员之间的一致程度无从计算。")
        return
    whole = found.agreement
    parts: list[Part] = ["双人独立采集的答案 ", count("agreement|pairs", whole.pairs), " 对，一致的 "]
    parts.append(part("agreement|agreeing", Share(whole.agreeing, whole.pairs), "对"))
    if whole.alpha.value is not None:
        parts += ["；Krippendorff α 为 ", index("agreement|alpha", whole.alpha.value)]
        if whole.alpha.low is not None and whole.alpha.high is not None:
            parts += [
                "（95% 区间 ",
                index("agreement|alpha|low", whole.alpha.low),
                " 至 ",
                index("agreement|alpha|high", whole.alpha.high),
                "）",
            ]
    if whole.kappa.value is not None:
        parts += ["，Cohen κ 为 ", index("agreement|kappa", whole.kappa.value)]
    yield say(*parts, "。")
    if found.by_indicator:
        rows = tuple(_agreed(each.indicator, each.agreement) for each in found.by_indicator)
        columns = (Column("指标", width=3), *(Column(title, Align.RIGHT) for title in ("对数", "一致", "一致率", "α")))
        yield Table("各指标双人采集的一致程度", columns, rows, name="agreement", small=True)


def _agreed(name: str, found: Agreement) -> Row:
    share = Share(found.agreeing, found.pairs)
    return Row((name, str(found.pairs), str(found.agreeing), share.percent(), _measure(found.alpha)))


def _measure(found: Measure) -> str:
    return "—" if found.value is None else shown(found.value)


def _firmness(studied: Studied) -> Iterator[Block]:
    fields = [field for field in studied.material.fields if ranks_told(studied, field)]
    rows = []
    runs = still_open = 0
    for field in fields:
        found = studied.firm(field)
        if found is None:
            continue
        runs, still_open = found.runs, still_open + found.still_open
        widths = [each.high - each.low for each in found.subjects]
        firm = sum(not width for width in widths)
        rows.append(
            Row(
                (
                    *(
                        field.title,
                        str(len(found.subjects)),
                        shown(found.mean_shift, 1),
                        shown(sum(widths) / len(widths), 1),
                    ),
                    *(str(max(widths)), f"{firm}", str(len(found.echelons))),
                )
            )
        )
    if not rows:
        return
    yield Heading("名次的稳健程度", 2)
    disagreeing = studied.disagreeing
    coders: list[Part] = (
        ["以双人采集的分歧率 ", index("firmness|coders", disagreeing), " 作为答案有误的比例"]
        if disagreeing is not None
        else ["假定百分之五的答案有误"]
    )
    yield say(
        *("名次取决于权重和答案，两者都有不确定之处。把末级指标的权重在上下四分之一内随机变动，并", *coders),
        *("（每处偏差四分之一），", "尚未确定的指标取 0 至 1 之间的任意值，" if still_open else ""),
        *("模拟 ", count("firmness|runs", runs), " 次，得到每个对象名次的九成区间。结果见"),
        *(to("firmness"), "；区间很宽的名次只能说明大致位置，同一梯队内的先后不应当作差距。"),
    )
    titles = ("对象数", "名次平均变动", "区间平均宽度", "最宽", "区间只有一位的", "梯队数")
    columns = (Column("组别", width=2.4), *(Column(title, Align.RIGHT) for title in titles))
    yield Table("名次区间（位）", columns, tuple(rows), name="firmness")


def _limits(studied: Studied) -> Iterator[Block]:
    about = studied.about
    yield Heading("局限", 2)
    items: list[list[Part]] = [
        ["程序只看公开网页；须登录或须安装应用才能看到的内容由人工采集，没有采集的要点在总分中表现为区间。"]
    ]
    if not about.shows.answers:
        items.append(["按公布方式，各要点的采集值不公布，因此本报告不列要点的达标比例。"])
    if about.withheld:
        items.append(["涉及安全和个人信息的单个问题只告知有关单位，不在报告中列出，其扣分已计入结果。"])
    if studied.material.previous is None:
        items.append(["没有可供比较的上一轮公布结果，本报告不作年度比较。"])
    items.append(["平均指数不考虑各对象的人口和规模；各组的指标体系和权重不同，组与组之间的总指数只可大致比较。"])
    yield listed(items)
    yield remark(
        f"结果由 govgauge {about.program} 计算，检查规则 {about.rules}；结果表的校验值 {about.tables_hash}，"
        f"输入的校验值 {about.inputs_hash or '（未记录）'}。"
    )
    if MOCK in about.title:
        yield caution("本报告由模拟数据生成，只用于演示和检验，不反映任何单位的真实情况。")
