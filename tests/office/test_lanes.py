"""Lanes: slow work never holds the fast."""

from collections import Counter
from pathlib import Path, PurePosixPath

import pytest
from offices import govgauge, open_round
from rounds_of_sites import a_round

from govgauge.errors import Unusable
from govgauge.office.domain import jobs
from govgauge.office.evidence import the_store
from govgauge.office.lanes import slots_of, text_of
from govgauge.office.models import Job, JobState, Result
from govgauge.office.sources import Table


def test_slots_are_read_from_a_text() -> None:
    assert slots_of("visit:3, reports") == {"visit": 3, "reports": 1}
    assert slots_of("visit,reports", 5) == {"visit": 5, "reports": 5}
    assert text_of(slots_of("visit:3,tls:1")) == "visit:3,tls:1"


@pytest.mark.parametrize("text", ["", "visit:0", "visit:x", "sprint", "visit:9999"])
def test_slots_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(Unusable):
        slots_of(text)


def test_a_slow_lane_takes_no_slot_of_another_one() -> None:
    a_round(("a", 6))
    Job.objects.filter(id__in=list(Job.objects.order_by("id").values_list("id", flat=True)[:4])).update(lane="browser")
    table, held = Table("w", {"browser": 1, "visit": 2}), Counter[str]()
    for _ in range(6):
        held.update(job.lane for job in table.next(held))
    assert held == {"browser": 1, "visit": 2}
    jobs.done(Job.objects.filter(lane="visit", state=JobState.RUNNING)[0])
    assert [job.lane for job in table.next(Counter(browser=1, visit=1))] == []


def test_reports_are_written_after_the_visit_in_a_lane_of_their_own(
    small_site: int, tmp_path: Path, office: Path
) -> None:
    open_round(small_site, tmp_path, 1, confirm=None, reports=True)
    govgauge("round", "run", "r", "--report-workers", "1")
    done = list(Job.objects.order_by("id").values_list("task", "lane", "state"))
    assert done == [("assess", "visit", "done"), ("report-1", "reports", "done")]
    result = Result.objects.get()
    with the_store(office).opened(PurePosixPath(result.reports)) as folder:
        assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.pdf"]
        assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    with the_store(office).opened(PurePosixPath(result.evidence)) as folder:
        assert not (folder / "report.html").exists()
