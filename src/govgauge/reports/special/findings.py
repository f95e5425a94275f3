"""What single faults the audits of a special report found: how many, at how many subjects."""

from collections.abc import Iterator

import polars as pl

from govgauge.analysis.shares import Share
from govgauge.audits.catalogue import all_audits, texts
from govgauge.reports.document.model import Align, Block, Column, Heading, Row, Table
from govgauge.reports.field import JUDGED
from govgauge.reports.prose import count, remark, say, to
from govgauge.reports.special.kinds import Kind
from govgauge.reports.studied import Studied

WHO = ("parent", "name", "group")


def findings(studied: Studied, kind: Kind) -> Iterator[Block]:
    """Nothing where findings are not told, or none of these audits found any."""
    if not studied.about.shows.findings:
        return
    found = studied.material.lazily("findings").filter(pl.col("audit").is_in(list(kind.audits)))
    counted = found.group_by("audit").agg(pl.len().alias("all"), pl.struct(*WHO).n_unique().alias("subjects")).collect()
    if not counted.height:
        return
    judged = studied.states[JUDGED]
    yield Heading("程序发现的问题", name="findings")
    total = int(counted["all"].sum())
    yield say("与本专题有关的自动检查共发现问题 ", count("findings|all", total), " 处，见", to("findings-table"), "。")
    rows = []
    for audit, number, subjects in sorted(counted.iter_rows(), key=lambda row: (-row[1], row[0])):
        title = texts(audit).title if audit in all_audits() else audit
        rows.append(Row((title, str(number), f"{subjects}/{judged}", Share(subjects, judged).percent())))
    columns = (Column("检查", width=3), *(Column(name, Align.RIGHT) for name in ("问题数", "有问题的记录", "占比")))
    yield Table("自动检查发现的问题", columns, tuple(rows), name="findings-table")
    if studied.about.withheld:
        yield remark("涉及安全和个人信息的单个问题不公布，不在此列。")
