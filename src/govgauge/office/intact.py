"""Whether the files of a visit are those that were recorded when it was accepted."""

from collections.abc import Collection
from pathlib import Path

from govgauge.assessment import frame
from govgauge.errors import Unusable
from govgauge.gather import archive, journal
from govgauge.office.models import Round, RoundState, Visit
from govgauge.office.visit_files import COVERED, file_hash

JUDGED_FROM = (frame.FILE, journal.NAME, archive.NAME, COVERED)
"""What a visit is judged from again: changing one of them changes what is judged."""
JUDGEMENT = ("assessment.json", "results.jsonl", "findings.jsonl")
"""What a later look is brought together with."""
RECORDED = (*JUDGED_FROM, *JUDGEMENT)


def remedy(round_: Round) -> str:
    """What to do about evidence that is missing or altered: sites of a frozen round are not visited any more."""
    restore = "请从备份恢复其材料目录"
    return restore if round_.state == RoundState.FROZEN else f"{restore}，或用 round visit --again 重新采集"


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of the files that judging reads; empty for one that a visit does not have."""
    return {name: file_hash(folder / name) for name in RECORDED}


def need_intact(visit: Visit, folder: Path, names: Collection[str] = RECORDED) -> None:
    """Raises Unusable naming the first file that is missing, was altered, or was not there when it was accepted.

    Of what was recorded before all files were, only the archive is known.
    """
    for name in names:
        if name not in visit.sums:
            continue
        found, recorded = file_hash(folder / name), visit.sums[name]
        place = f"{visit.evidence}/{name}"
        if recorded and not found:
            raise Unusable(f"采集材料不见了：{place} (the evidence is missing)")
        if found and not recorded:
            raise Unusable(f"采集材料中多了接收时没有的文件：{place} (a file was added to the evidence)")
        if found != recorded:
            raise Unusable(f"采集材料与接收时不同，被改动过：{place} (the evidence was altered)")
