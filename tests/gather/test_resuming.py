"""Whatever ends a visit before its time, it goes on where it was and ends with the same result."""

import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stage import Stage, html, raw, redirect, reply, site_of_lists
from visiting import LinksOnly, last, plan_for

from govgauge.gather import archive, journal, warc
from govgauge.gather.problems import Interrupted, JournalUnreadableError, NotWritableError, OtherVisitError
from govgauge.gather.rereading import pages
from govgauge.gather.visit import VisitError, replay, visit

PROGRAM = Path(__file__).with_name("interrupted_visit.py")


def furnish(stage: Stage) -> None:
    """A site with lists, redirects, failures, files: 150 pages of it are visited."""
    site_of_lists(stage, columns=5, articles=40)
    extra = ["/moved", "/gone.html", "/torn.html", "/f.pdf", "/col0/"]
    stage.add("/", html(*extra, *(f"/col{c}/" for c in range(5))))
    stage.add("/moved", redirect("/col1/t3.html"))
    stage.add("/torn.html", raw())
    stage.add("/f.pdf", reply(b"%PDF-1.4" + b"x" * 9000, Content_Type="application/pdf"))
    stage.delay = lambda: 0.003


def start(stage: Stage, folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """The visit in a process of its own; what it says goes to a file beside the folder."""
    with folder.with_name(f"{folder.name}.said").open("wb") as said:
        return subprocess.Popen([sys.executable, PROGRAM, stage.url, folder, *more], stderr=said)


def essence(folder: Path) -> list[tuple[object, ...]]:
    """What two visits of the same site must have in common, whatever happened to them."""
    found = journal.exchanges(folder / journal.NAME)
    return sorted((e.order, e.url, e.purpose, e.attempt, e.status, str(e.failure), e.sha256, e.referrer) for e in found)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The journal of the same site visited without interruption, with addresses made comparable."""
    stage = Stage()
    furnish(stage)
    folder = tmp_path_factory.mktemp("undisturbed")
    assert start(stage, folder).wait(60) == 0
    found = essence(folder)
    stage.close()
    return [tuple(str(each).replace(str(stage.port), "PORT") for each in line) for line in found]


@pytest.mark.parametrize("lines", [1, 5, 60, 140, 160])
def test_visit_killed_at_any_moment_ends_with_the_same_result(lines, undisturbed, stage, tmp_path):
    furnish(stage)
    process = start(stage, tmp_path)
    path = tmp_path / journal.NAME
    until = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < until:
        if path.exists() and path.read_bytes().count(b"\n") >= lines:
            break
        time.sleep(0.001)
    process.kill()
    process.wait()
    asked_before = len(stage.asked)
    assert start(stage, tmp_path, "resume").wait(60) == 0
    found = [tuple(str(each).replace(str(stage.port), "PORT") for each in line) for line in essence(tmp_path)]
    assert found == undisturbed
    assert warc.verify(tmp_path / archive.NAME) == []
    assert len(stage.asked) - asked_before < len(undisturbed) + 20 - min(lines, 100)


def test_half_a_record_and_half_a_line_are_cut_off(stage, go, tmp_path):
    stage.add("/", html("/a.html"))
    stage.add("/a.html", html())
    go()
    folder = tmp_path / "visit"
    whole = (folder / archive.NAME).read_bytes()
    text = (folder / journal.NAME).read_text().splitlines(keepends=True)
    (folder / journal.NAME).write_text("".join(text[:3]) + text[3][:40])
    (folder / archive.NAME).write_bytes(whole[:-30])
    assert last(go(resume=True), "/a.html").ok
    assert warc.verify(folder / archive.NAME) == []


def test_finished_visit_resumed_asks_for_nothing(stage, go):
    stage.add("/", html("/a.html"))
    stage.add("/a.html", html())
    first = go()
    stage.asked.clear()
    again = go(resume=True)
    assert stage.asked == []
    assert (again.started_at, again.finished_at, again.home) == (first.started_at, first.finished_at, first.home)
    assert list(again.exchanges()) == list(first.exchanges())


def test_rereading_gives_every_page_in_order(stage, go, tmp_path):
    site_of_lists(stage, columns=2, articles=5)
    first = go()
    stage.close()
    read = list(pages(tmp_path / "visit"))
    assert [e.order for e, _ in read] == list(range(13))
    assert all(body.startswith(b"<!DOCTYPE html>") for _, body in read)
    again = replay(tmp_path / "visit", LinksOnly)
    assert (again.home, again.unread, list(again.exchanges())) == (first.home, (), list(first.exchanges()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_the_visit_in_one_sentence_and_it_can_go_on(number, undisturbed, stage, tmp_path):
    furnish(stage)
    process = start(stage, tmp_path)
    while len(stage.asked) < 30:
        time.sleep(0.005)
    process.send_signal(number)
    process.wait(20)
    assert tmp_path.with_name(f"{tmp_path.name}.said").read_text().startswith("采集被中断")
    assert warc.verify(tmp_path / archive.NAME) == []
    assert start(stage, tmp_path, "resume").wait(60) == 0
    found = [tuple(str(each).replace(str(stage.port), "PORT") for each in line) for line in essence(tmp_path)]
    assert found == undisturbed


def test_visit_of_another_site_is_not_gone_on_with(stage, go):
    stage.add("/", html())
    go()
    with pytest.raises(OtherVisitError, match="请换一个目录"):
        go(url=f"{stage.url}other/", resume=True)


def test_folder_that_cannot_be_made_is_one_sentence(stage, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritableError, match="无法写入目录"):
        visit(plan_for(stage.url), tmp_path / "file" / "folder", LinksOnly)


def test_nothing_to_reread_is_one_sentence(tmp_path):
    with pytest.raises(JournalUnreadableError, match="无法读取"):
        replay(tmp_path, LinksOnly)


def test_full_disk_ends_the_visit_in_one_sentence_and_keeps_what_came(stage, tmp_path):
    furnish(stage)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        with pytest.raises(VisitError, match="磁盘空间不足"):
            visit(plan_for(stage.url, max_pages=150), tmp_path, LinksOnly)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    kept = sum(1 for _ in journal.exchanges(tmp_path / journal.NAME))
    assert kept > 10
    found = visit(plan_for(stage.url, max_pages=150), tmp_path, LinksOnly, resume=True)
    assert last(found, "/f.pdf").ok
    assert warc.verify(tmp_path / archive.NAME) == []
    assert (tmp_path / archive.NAME).stat().st_size > 40_000


def test_interruption_is_told_by_its_type():
    assert issubclass(Interrupted, VisitError)
