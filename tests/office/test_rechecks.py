"""The program looks again at what was reported as put right, and owners check their own sites: a real site."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from test_round_visits import Site, begin

from govgauge.errors import Unusable
from govgauge.office.domain import finding_looks, remedies, remedy_reports, rounds, self_checks
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.evidence import the_store
from govgauge.office.evidence.cleaning import remove_orphans
from govgauge.office.models import Entry, Finding, FindingLook, Job, Remedy, RemedyState, Result, SelfCheck, Visit
from govgauge.office.sources import Table
from govgauge.office.worker import Worker

DEAD, LOST = "gone.html", "lost.pdf"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "site")
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def work(office: Path) -> Callable[[], None]:
    """Works off what is due, the round's own jobs first."""
    return lambda: [  # type: ignore[return-value]
        Worker("w", office, Table("w", {lane: 1})).work(until_empty=True) for lane in ("visit", "checks")
    ]


def sent(*endings: str) -> list[int]:
    """Remedies of the links that end so, sent to their body."""
    found = [Finding.objects.get(audit__in=["broken-link", "broken-download"], target__endswith=end) for end in endings]
    remedies.notify(PROGRAM, rounds.find("r"), [one.id for one in found])
    return [Remedy.objects.get(finding=one).id for one in found]


def state(number: int) -> tuple[str, str]:
    remedy = Remedy.objects.get(id=number)
    return remedy.state, remedy.steps.order_by("-id").exclude(kind="closed").values_list("kind", flat=True)[0]


def test_what_is_mended_is_closed_and_what_is_not_goes_back(site: Site, work: Callable[[], None]) -> None:
    begin(site, confirm=None)
    work()
    before = (Result.objects.values().get(), list(Visit.objects.values()))
    dead, lost = sent(DEAD, LOST)
    site.change("index.html", "/gone.html", "/yw/index.html")
    remedy_reports.report_fixed(PROGRAM, rounds.find("r"), [dead, lost])
    site.asked.clear()
    work()
    assert state(dead) == (RemedyState.CLOSED, "gone")
    assert state(lost) == (RemedyState.CLAIMED, "seen-again")
    assert "/files/lost.pdf" in site.asked
    assert not any(path.startswith("/yw/2025") for path in site.asked)
    assert (Result.objects.values().get(), list(Visit.objects.values())) == before
    assert Job.objects.get(task="recheck-1").state == "done"


def test_a_page_that_was_removed_with_its_links_takes_its_findings_with_it(
    site: Site, work: Callable[[], None], office: Path
) -> None:
    begin(site, confirm=None)
    work()
    (lost,) = sent(LOST)
    page = site.root / "tzgg/202511/t20251111_1.html"
    assert page.exists()
    page.unlink()
    for file in ("index.html", "tzgg/index.html"):
        path = site.root / file
        path.write_bytes(path.read_bytes().replace(b"/tzgg/202511/t20251111_1.html", b"/ldzc/index.html"))
    remedy_reports.report_fixed(PROGRAM, rounds.find("r"), [lost])
    work()
    assert state(lost) == (RemedyState.CLOSED, "gone")
    evidence = Remedy.objects.get(id=lost).steps.get(kind="gone").evidence
    remove_orphans(the_store(office), grace=-1)
    assert (office / evidence / "archive.warc.gz").exists()


def test_a_site_that_shuts_us_out_proves_nothing(site: Site, work: Callable[[], None]) -> None:
    begin(site, confirm=None)
    work()
    (dead,) = sent(DEAD)
    remedy_reports.report_fixed(PROGRAM, rounds.find("r"), [dead])
    site.closed = True
    work()
    assert state(dead) == (RemedyState.REPORTED, "unseen")
    assert Finding.objects.get(remedy=dead).gone_since is None


def test_an_owner_has_a_finding_looked_at_again_that_was_never_sent(site: Site, work: Callable[[], None]) -> None:
    begin(site, confirm=None)
    work()
    dead, lost = (Finding.objects.get(target__endswith=end, audit__startswith="broken-") for end in (DEAD, LOST))
    before = list(Finding.objects.order_by("id").values())
    site.change("index.html", "/gone.html", "/yw/index.html")
    looks = [finding_looks.ask(PROGRAM, one) for one in (dead, lost)]
    assert finding_looks.ask(PROGRAM, dead) == looks[0]
    assert {look.job.task for look in looks} == {"recheck-1"}
    work()
    assert [FindingLook.objects.get(id=look.id).seen for look in looks] == ["gone", "there"]
    assert list(Finding.objects.order_by("id").values()) == before
    assert not Remedy.objects.exists()
    sent(LOST)
    with pytest.raises(Unusable, match="已经通知整改"):
        finding_looks.ask(PROGRAM, Finding.objects.get(id=lost.id))


def test_a_self_check_changes_no_result_and_leaves_its_report(
    site: Site, work: Callable[[], None], office: Path
) -> None:
    begin(site, confirm=None)
    work()
    before = (Result.objects.values().get(), Visit.objects.count(), Finding.objects.count())
    site.change("index.html", "/gone.html", "/yw/index.html")
    self_checks.start(PROGRAM, Entry.objects.get())
    rounds.freeze(rounds.find("r"))
    work()
    check = SelfCheck.objects.get()
    assert (check.home_ok, check.distorted_why, check.pages > 10) == (True, "", True)
    assert check.findings > 0
    assert (Result.objects.values().get(), Visit.objects.count(), Finding.objects.count()) == before
    folder = office / check.evidence
    assert (folder / "report.html").stat().st_size > 10_000
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    assert DEAD not in (folder / "findings.jsonl").read_text(encoding="utf-8")
