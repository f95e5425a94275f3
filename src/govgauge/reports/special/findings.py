"""What single faults the audits of a special report found: how many, at how many subjects."""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from govgauge.analysis.shares import Share
from govgauge.audits.catalogue import all_audits, texts
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.field import JUDGED, NOT_APPLICABLE
from govgauge.reports.prose import count, remark, say, to
from govgauge.reports.special.kinds import Kind
from govgauge.reports.studied import Studied

WHO = ("parent", "name", "group")


def _checked(studied: Studied, found: pl.LazyFrame, looked_at: pl.Expr, judged: pl.LazyFrame) -> Counter[str]:
    """How many records each audit answered or found something at; 0 where answers are not told."""
    applies = pl.col("answered") & (pl.col("outcome") != NOT_APPLICABLE)
    answered = studied.material.lazily("checks").filter(looked_at, applies).select("audit", *WHO)
    if not studied.about.shows.answers:
        return Counter()
    answered = answered.join(judged, on=list(WHO), nulls_equal=True)
    both = pl.concat([answered, found]).unique().group_by("audit").len().collect()
    return Counter(dict(both.iter_rows()))


def findings(studied: Studied, kind: Kind) -> Iterator[Block]:
    """Nothing where findings are not told, or none of these audits found any."""
    if not studied.about.shows.findings:
        return
    judged = studied.material.results.filter(pl.col("state") == JUDGED).select(*WHO).lazy()
    looked_at = pl.col("audit").is_in(list(kind.audits))
    found = studied.material.lazily("findings").filter(looked_at).join(judged, on=list(WHO), nulls_equal=True)
    counted = found.group_by("audit").agg(pl.len().alias("all"), pl.struct(*WHO).n_unique().alias("subjects")).collect()
    if not counted.height:
        return
    checked = _checked(studied, found.select("audit", *WHO), looked_at, judged)
    yield Heading("程序发现的问题", name="findings")
    total = int(counted["all"].sum())
    yield say("与本专题有关的自动检查共发现问题 ", count("findings|all", total), " 处，见", to("findings-table"), "。")
    rows = []
    for audit, number, subjects in sorted(counted.iter_rows(), key=lambda row: (-row[1], row[0])):
        title = texts(audit).title if audit in all_audits() else audit
        share = Share(subjects, checked[audit])
        told = (f"{subjects}/{share.denominator}", share.percent()) if checked[audit] else (str(subjects), "—")
        rows.append(Row((title, str(number), *told)))
    titles = ("问题数", "有问题/查过的记录", "占比")
    columns = (Column("检查", width=3), *(Column(name, Align.RIGHT) for name in titles))
    yield Table("自动检查发现的问题", columns, tuple(rows), name="findings-table")
    yield remark("“查过的记录”是该项检查得出结论或发现问题的记录；没有要求该项检查的和没能判定的不计。")
    if studied.about.withheld:
        yield remark("涉及安全和个人信息的单个问题不公布，不在此列。")
