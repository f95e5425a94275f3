"""The diagnosis of a subject as a document of blocks."""

from collections.abc import Iterator

from govgauge.reports.diagnosis.appendices import appendices
from govgauge.reports.diagnosis.chapter_changes import changes
from govgauge.reports.diagnosis.chapter_examples import examples
from govgauge.reports.diagnosis.chapter_indexes import indexes
from govgauge.reports.diagnosis.chapter_limits import limits
from govgauge.reports.diagnosis.chapter_losses import losses
from govgauge.reports.diagnosis.chapter_place import place
from govgauge.reports.diagnosis.chapter_plan import plan
from govgauge.reports.diagnosis.subject import Diagnosed
from govgauge.reports.diagnosis.unjudged import unjudged
from govgauge.reports.document.model import Block, Document

KIND = "诊断报告"


def diagnosis(one: Diagnosed) -> Document:
    """The whole document; of a subject without numbers a short one."""
    about = one.peers.about
    within = [each for each in (one.row["parent"], one.peers.field.title) if each]
    return Document(
        title=f"{one.name}{KIND}",
        subtitle=about.title,
        publisher=about.issuer,
        day=str(about.prepared_on),
        lines=("　".join(within), f"指标体系：{one.peers.field.system.title}", f"评估日：{about.as_of}"),
        new_pages=False,
        running=f"{one.name}　{KIND}" if len(one.name) <= LONGEST_RUNNING else KIND,
        subject=f"{about.title}：{one.name}的位置、失分和整改建议",
        keywords=(one.name, one.peers.field.title, KIND),
        blocks=tuple(_blocks(one)),
    )


def _blocks(one: Diagnosed) -> Iterator[Block]:
    if not one.judged:
        yield from unjudged(one)
        return
    for chapter in (place, indexes, changes, losses, examples, plan, limits, appendices):
        yield from chapter(one)


LONGEST_RUNNING = 20
"""Signs of a name that fits into the running head."""
