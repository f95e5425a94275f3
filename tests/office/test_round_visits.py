"""Sites visited again: what is new, gone and still there, and what costs points only when it was seen twice."""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from msgspec.structs import replace
from test_rounds import govgauge

from govgauge.assessment.finding_lines import FindingLine, read_findings
from govgauge.gather import archive
from govgauge.office.domain import entries, rounds, updating, visits
from govgauge.office.lines import Line
from govgauge.office.models import ChangeKind, ColumnDay, Entry, Finding, Job, JobState, Result
from govgauge.office.queries import changes, findings, freshness, judged
from govgauge.office.queries import entries as entry_list
from govgauge.office.queries.progress import Standing, standing
from govgauge.office.queries.warnings import Warned, warnings
from govgauge.office.recomputing import recompute
from govgauge.office.sources import Table
from govgauge.office.visit_files import Judged, Seen
from govgauge.office.worker import Worker
from served_site import Quiet, build

Work = Callable[[], Standing]
SETTINGS: dict[str, Any] = {"rate": 0, "concurrency": 4, "max_pages": 40}


class Site:
    """A served folder that can be changed, or closed to visitors."""

    def __init__(self, root: Path) -> None:
        self.root = root
        build(root)
        site = self

        class Server(Quiet):
            def do_GET(self) -> None:  # noqa: N802 - as the server calls it
                site.asked.append(self.path)
                if site.closed:
                    self.send_error(403)
                else:
                    super().do_GET()

        self.closed = False
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(root)))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


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
def work(office: Path) -> Callable[[], Standing]:
    """Works off what is due in this process; where the round is then."""

    def done() -> Standing:
        Worker("w", office, Table("w", {"visit": 1})).work(until_empty=True)
        return standing(rounds.find("r"))

    return done


def begin(site: "Site | Address", day: str = "2025-11-30", **settings: object) -> None:
    """A round of this one site."""
    made = rounds.create(
        "r", "", rules="inspection-2019", as_of=date.fromisoformat(day), settings={**SETTINGS, **settings}
    )
    line = Line(number=1, name="甲市", parent="某省", group="市", url=site.url, system="2025-city", profile="")
    entries.add(made, [line])


def again() -> None:
    made = rounds.find("r")
    assert visits.open_next(made, made.entries.all()) == 1


def rows() -> dict[tuple[str, str], dict[str, str]]:
    """The findings by audit and target, as `round changes` exports them."""
    lines = csv.DictReader(changes.table(rounds.find("r")))
    return {(row["audit"], row["target"]): row for row in lines}


def result() -> dict[str, object]:
    return Result.objects.values().get()


def test_a_second_visit_tells_what_is_new_gone_and_still_there(site: Site, work: Work, tmp_path: Path) -> None:
    begin(site, confirm=None)
    work()
    site.change("index.html", "/gone.html", "/yw/index.html")
    site.change("zcwj/index.html", "<ul", '<p><a href="/away.html">另一个打不开的网页</a></p><ul')
    again()
    work()
    found = rows()
    dead = {target.rpartition("/")[2]: row["state"] for (audit, target), row in found.items() if audit == "broken-link"}
    assert dead == {"gone.html": "gone", "away.html": "new", "sitemap.html": "still"}
    lost = next(row for (audit, target), row in found.items() if target.endswith("lost.pdf"))
    assert (lost["state"], lost["times"], lost["confirmed"]) == ("still", "2", "true")
    assert lost["first_seen"] < lost["last_seen"]
    told = json.loads(govgauge("round", "changes", "r", "--json", "--key", "某省/甲市", "--out", tmp_path / "c.csv"))
    assert (tmp_path / "c.csv").read_text(encoding="utf-8") == "".join(changes.table(rounds.find("r")))
    broken = next(row for row in told["rows"] if row["audit"] == "broken-link")
    counts = {"new": 1, "gone": 1, "still": 1, "unseen": 0}
    assert broken == {"key": "某省/甲市", "system": "2025-city", "audit": "broken-link", **counts}


def test_what_was_not_looked_at_again_is_neither_gone_nor_still_there(site: Site, work: Work) -> None:
    begin(site, confirm=None)
    work()
    shutil.rmtree(site.root / "tzgg")
    for file in ("index.html", "yw/index.html", "zcwj/index.html", "ldzc/index.html"):
        site.change(file, '<a href="/tzgg/', '<a name="/tzgg/')
    for file in (*site.root.glob("yw/*/*.html"), *site.root.glob("zcwj/*/*.html")):
        site.change(str(file.relative_to(site.root)), '<a href="/tzgg/', '<a name="/tzgg/')
    again()
    work()
    lost = next(row for (_, target), row in rows().items() if target.endswith("lost.pdf"))
    assert (lost["state"], lost["gone_since"], lost["times"]) == ("unseen", "", "1")


def moved_to(url: str) -> None:
    """The list says that the site is now at another address, or is no more."""
    made = rounds.find("r")
    kind = ChangeKind.SITE_MOVED if url else ChangeKind.SITE_CLOSED
    before = made.entries.get().url
    moved = updating.Change(key="某省/甲市", system="2025-city", kind=kind, before=before, after=url)
    updating.apply(made, [moved])


def test_a_site_that_moved_gets_its_second_look_and_nothing_of_the_former_one_counts(site: Site, work: Work) -> None:
    begin(site, confirm={"apart_minutes": 0}, freshness={"max_pages": 5})
    work()
    former = Finding.objects.count()
    moved_to(site.url.replace("127.0.0.1", "localhost"))
    entry = rounds.find("r").entries.get()
    assert (Result.objects.count(), findings.audits(entry), rows()) == (0, [], {})
    work()
    done = list(entry.visits.order_by("number").values_list("task", "superseded", "accepted"))
    assert done[:2] == [("assess", True, False), ("confirm", True, False)]
    assert done[2:] == [("assess-2", False, True), ("confirm-2", False, True)]
    assert result()["confirmed"] is True
    assert entry.jobs.filter(task__startswith="freshness", state=JobState.READY).count() == 1
    shown = findings.findings(entry)
    assert shown
    assert not any("127.0.0.1" in row.page for row in shown)
    assert shown.count() + former == Finding.objects.count()
    assert recompute(rounds.find("r"), lambda _count, _total: None).moved == ()


def test_nothing_is_told_of_a_site_that_a_subject_has_no_more(site: Site, work: Work) -> None:
    begin(site, confirm=None)
    work()
    moved_to("")
    made = rounds.find("r")
    entry = entry_list.with_results(entry_list.entries(made, entry_list.EntrySieve())).get()
    assert entry_list.state_of(entry.url, entry.job_state, getattr(entry, "result", None)) == "no-site"
    again = recompute(made, lambda _count, _total: None)
    assert (again.judged, again.moved, again.lost) == (0, (), ())
    assert (rows(), changes.changes(made), warnings(made)) == ({}, [], [])
    assert judged.sheet_of(entry.id) is None
    assert entry.judgements.count() == 1
    moved_to(site.url)
    work()
    assert rows()


def test_a_fault_that_was_there_once_costs_nothing(site: Site, work: Work) -> None:
    begin(site, confirm=None)
    work()
    before = result()
    site.change("index.html", "/gone.html", "/yw/index.html")
    again()
    told = work()
    after = result()
    assert told.unconfirmed == 0
    assert after["low"] > before["low"]
    frozen = govgauge("round", "freeze", "r").split()[-1]
    assert frozen in govgauge("round", "recompute", "r")


def test_a_site_that_shuts_us_out_later_keeps_the_judgement_it_had(site: Site, work: Work) -> None:
    begin(site, confirm=None)
    work()
    before, states = result(), rows()
    site.closed = True
    again()
    assert work().distorted == 0
    assert result() == before
    assert rows() == states


def test_a_site_that_shuts_us_out_is_distorted_not_failed(site: Site, work: Work) -> None:
    site.closed = True
    begin(site)
    told = work()
    assert (told.distorted, told.unreachable, told.planned) == (1, 0, 0)
    assert (result()["vetoes"], result()["distorted"]) == ([], True)
    said = govgauge("round", "status", "r")
    assert "某省/甲市" in said
    assert "/scanner" in said


def test_repeated_visits_are_planned_by_the_settings_and_keep_nobody_waiting(site: Site, work: Work) -> None:
    begin(site, visits={"count": 3, "apart_hours": 24})
    told = work()
    assert (told.done, told.ready, told.planned) == (1, 0, 1)
    assert json.loads(govgauge("round", "visit", "r", "--again", "--json"))["opened"] == 1
    assert "都已安排或正在进行" in govgauge("round", "visit", "r", "--again")
    assert "请加 --again" in govgauge("round", "visit", "r")
    told = work()
    assert (told.done, told.ready, told.planned) == (2, 0, 1)
    rounds.freeze(rounds.find("r"))


def test_a_second_look_asks_only_for_what_cost_points_and_clears_what_is_mended(
    site: Site, work: Work, office: Path
) -> None:
    site.change("zcwj/index.html", "<ul", '<p><a href="/away.html">打不开的网页</a></p><ul')
    begin(site)
    told = work()
    assert (told.done, told.planned, told.unconfirmed) == (1, 1, 1)
    Job.objects.filter(task="confirm").update(not_before=timezone.now())
    first = result()
    assert (first["confirmed"], first["visits"]) == (False, 1)
    site.change("index.html", "/gone.html", "/yw/index.html")
    site.asked.clear()
    told = work()
    assert (told.done, told.planned, told.unconfirmed) == (2, 0, 0)
    assert {"/", "/gone.html"} & set(site.asked) == {"/"}
    assert {"/away.html", "/files/lost.pdf", "/zcwj/index.html"} <= set(site.asked)
    assert not any(path.startswith("/yw/2025") for path in site.asked)
    states = {target.rpartition("/")[2]: row for (audit, target), row in rows().items() if audit == "broken-link"}
    assert [states[name]["state"] for name in ("gone.html", "away.html")] == ["gone", "still"]
    assert [states[name]["confirmed"] for name in ("gone.html", "away.html")] == ["false", "true"]
    second = result()
    assert (second["confirmed"], second["visits"]) == (True, 2)
    assert second["low"] > first["low"]
    for line in read_findings(office / str(second["evidence"]) / "findings.jsonl"):
        if line.warc is not None:
            archive.body(office / str(second["evidence"]) / line.warc.file, line.warc.offset)
    judged = recompute(rounds.find("r"), lambda _done, _all: None, workers=1)
    assert (judged.judged, judged.moved) == (1, ())


def test_vetoes_and_warnings_keep_since_when_and_who_saw_them_twice(site: Site, work: Work) -> None:
    begin(site, "2025-11-27", confirm=None)
    work()
    first = by_rule()
    assert (first["W2"].days_left, first["W2"].confirmed, first["W2"].facts["newest"]) == (3, False, "2025-11-15")
    assert "V3" not in first
    again()
    work()
    second = by_rule()
    assert (second["W2"].since, second["W2"].confirmed) == (first["W2"].since, True)
    told = json.loads(govgauge("round", "warnings", "r", "--json", status=1))
    assert [row["rule"] for row in told["rows"]] == ["V5", *[rule for rule in second if rule != "V5"]]


@pytest.mark.parametrize("count", [1, 400])
def test_a_visit_is_recorded_in_a_bounded_number_of_queries(count: int) -> None:
    begin(Address("http://a.test/"))
    job = Job.objects.get()
    for task, most in (("assess", 14), ("assess-2", 30)):
        job.task = task
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            recorded = visits.record(job, Path(f"evidence/{task}"), seen(count))
            visits.accept(recorded, seen(count).judged)
        assert len(asked) <= most
    assert set(Finding.objects.values_list("times", "confirmed", "gone_since")) == {(2, True, None)}
    assert Finding.objects.count() == count


class Address(NamedTuple):
    """A site that is not asked."""

    url: str


def seen(count: int) -> Seen:
    """A visit with so many dead links."""
    line = FindingLine(
        id="",
        audit="broken-link",
        page="http://a.test/",
        target="",
        slug="failure",
        data={},
        excerpt="",
        seen_at=("2025-11-30T08:00:00+00:00",),
        warc=None,
        sha256="",
    )
    now, points = timezone.now(), Decimal(1)
    judged = Judged(
        program="0",
        started_at=now,
        ended_at=now,
        home_ok=True,
        home_failure="",
        pages=1,
        low=points,
        high=points,
        answered=points,
        vetoes=[],
        rules=(),
        digest="",
        findings=tuple(replace(line, id=f"{number:016d}") for number in range(count)),
    )
    return Seen(judged=judged, distorted_why="", can_say=frozenset({"broken-link"}))


def by_rule() -> dict[str, Warned]:
    return {one.rule: one for one in warnings(rounds.find("r"))}


def test_a_daily_look_asks_for_columns_only_and_tells_which_go_stale(site: Site, work: Work) -> None:
    begin(site, "2025-11-27", confirm=None, freshness={})
    assert work().planned == 1
    assert by_rule()["W2"].days_left == 3
    made = rounds.find("r")
    Job.objects.filter(task__startswith="freshness").update(task="freshness-2025-11-30", not_before=None)
    for path, day in (("index.html", "2025-11-29"), ("yw/index.html", "2025-11-14")):
        site.change(path, "2025-11-15", day)
    site.asked.clear()
    assert (work().done, work().planned) == (2, 1)
    assert {path for path in site.asked if not path.startswith("/robots")} == {
        *("/", "/yw/index.html", "/tzgg/index.html", "/zcwj/index.html")
    }
    states = {row.name: (row.state, row.newest, row.due) for row in ColumnDay.objects.all()}
    assert states["首页"] == ("fresh", date(2025, 11, 29), date(2025, 12, 13))
    assert states["政务要闻"] == ("stale", date(2025, 11, 14), date(2025, 11, 28))
    assert states["通知公告"] == ("fresh", date(2025, 11, 15), date(2026, 5, 15))
    assert [(one.name, one.days_left) for one in freshness.columns(made)] == [("政务要闻", -2)]
    assert "W2" not in by_rule()
    assert json.loads(govgauge("round", "freshness", "r", "--json"))["counts"]["stale"] == 1


def test_a_warning_ends_where_its_veto_holds_and_a_visit_tells_nothing_of_a_week() -> None:
    begin(Address("http://a.test/"))
    entry = Entry.objects.get()
    told = [("V3", "veto"), ("W2", "warning"), ("W1", "warning"), ("W3", "warning")]
    rules = [
        {
            "id": id_,
            "title": id_,
            "kind": kind,
            "hit": "yes",
            "sentence": "。",
            "since": "2025-11-01",
            "facts": {"age": 99},
        }
        for id_, kind in told
    ]
    Result.objects.create(
        entry=entry,
        evidence="e",
        home_ok=True,
        pages=9,
        findings=0,
        low=0,
        high=0,
        answered=0,
        digest="0" * 64,
        rules=rules,
    )
    assert set(by_rule()) == {"V3", "W3"}
