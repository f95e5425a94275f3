"""The kept evidence of a round held against what was recorded when it was accepted, without judging it."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.evidence import Store, the_store
from govgauge.office.intact import RECORDED, need_intact, remedy
from govgauge.office.models import Round, Visit

READERS = 4
"""Visits whose files are read at once: reading waits for disks and networks."""


class Checked(Struct, frozen=True):
    """How many visits were looked at, and a sentence for each whose evidence is missing or altered."""

    visits: int
    faults: tuple[str, ...]


def check(round_: Round, show: Callable[[int, int], None]) -> Checked:
    """Hash the files of every visit of a round; `show` is told how many are done, and of how many."""
    home = Path(os.environ.get("GOVGAUGE_HOME") or "govgauge-office").resolve()
    found = Visit.objects.filter(entry__round=round_).select_related("entry").order_by("entry__key", "number")
    visits = list(found.only("evidence", "sums", "number", "entry__key"))
    faults = []
    with ThreadPoolExecutor(READERS) as readers:
        told = readers.map(partial(_fault, the_store(home)), visits)
        for count, (visit, fault) in enumerate(zip(visits, told, strict=True), start=1):
            if fault:
                faults.append(f"“{visit.entry.key}”第 {visit.number} 次访问：{fault}。{remedy(round_)}。")
            show(count, len(visits))
    return Checked(len(visits), tuple(faults))


def _fault(store: Store, visit: Visit) -> str:
    """Why a visit's files are not what was recorded; empty when they are."""
    try:
        with store.opened(PurePosixPath(visit.evidence), RECORDED) as folder:
            need_intact(visit, folder)
    except Unusable as fault:
        return str(fault).partition(" (")[0].rstrip("。")
    except OSError as fault:
        return f"采集材料读不出来：{visit.evidence}（{fault.strerror or type(fault).__name__}）"
    return ""
