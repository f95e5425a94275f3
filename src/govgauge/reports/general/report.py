"""Putting the general report together."""

from collections.abc import Iterator

from govgauge.analysis import claims as told_of
from govgauge.reports.document.model import Block, Document, Heading
from govgauge.reports.edition import rests_on
from govgauge.reports.field import JUDGED
from govgauge.reports.general.advice import advice
from govgauge.reports.general.analysis import analysis
from govgauge.reports.general.appendices import appendices
from govgauge.reports.general.cases import cases
from govgauge.reports.general.method import MOCK, method
from govgauge.reports.general.process import process
from govgauge.reports.general.results import results
from govgauge.reports.general.rulers import rulers
from govgauge.reports.general.samples import samples
from govgauge.reports.general.shortcomings import shortcomings
from govgauge.reports.prose import Part, caution, count, index, listed, mean_told, say, to, told
from govgauge.reports.studied import Studied

ENOUGH_KNOWN = 0.6
"""Mean share of the weight with an answer below which the numbers of a unit come with a warning."""
PARTS = (samples, process, rulers, results, analysis, shortcomings, advice, cases, method, appendices)


def general_report(studied: Studied) -> Document:
    """The document of the general report, for any writer."""
    about = studied.about
    blocks = [*_summary(studied), *(block for each in PARTS for block in each(studied))]
    return Document(
        title=about.title,
        subtitle="总报告",
        publisher=about.issuer,
        day=about.prepared_on.isoformat(),
        lines=rests_on(about),
        mark=MOCK if MOCK in about.title else "",
        running=f"{about.title}·总报告",
        subject=f"{about.title}总报告",
        keywords=("政府网站", "数字政府", "评估", about.round),
        blocks=tuple(blocks),
    )


def _summary(studied: Studied) -> Iterator[Block]:
    """The first page of reading: how many, how good, where to read on."""
    yield Heading("摘要", name="summary")
    judged = studied.states[JUDGED]
    if not judged:
        yield caution("本轮没有评估对象得出结果。报告只列名单、指标体系和方法。")
    yield say(
        *("本报告是“", studied.about.title, "”的总报告，依据第 ", count("summary|version", studied.about.number)),
        *(" 版公布材料，由程序从结果表直接生成：文中每个数字都可在表中核对。本轮列入评估对象 "),
        *(count("summary|bodies", studied.bodies), " 个，有结果的评估记录 ", count("summary|judged", judged)),
        *(" 条；名单和样本见", to("samples"), "，结果见", to("results"), "，分析见", to("analysis"), "，方法与局限见"),
        *(to("method"), "。"),
    )
    items: list[list[Part]] = []
    for unit in studied.units:
        if not unit.assessed.subjects:
            continue
        spread = unit.whole.spread("")
        key = f"summary|{unit.name}"
        item: list[Part] = [f"{unit.name}（有结果的 ", count(f"{key}|judged", unit.whole.subjects), " 个）"]
        item += mean_told(key, spread)
        ends = told_of.extremes(unit.whole, 1)
        if ends:
            item += ["。", told(ends, "summary")]
        else:
            item += ["。"]
        items.append(item)
    if items:
        yield listed(items)
    yield from _little_known(studied)


def _little_known(studied: Studied) -> Iterator[Block]:
    """Units of which so much is open that their numbers tell little."""
    for unit in studied.units:
        found = unit.coverage()
        mean = sum(found) / len(found) if found else 1.0
        if mean < ENOUGH_KNOWN:
            yield caution(
                *(f"{unit.name}的要点按权重平均只采集了 ", index(f"summary|{unit.name}|coverage", 100 * mean, 1)),
                "%，没有采集的主要靠人工。得分、名次、比例和建议只说明已经采集的部分，不能代表整体水平。",
            )
