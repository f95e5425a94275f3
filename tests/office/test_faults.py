"""Faults in the middle of a round: afterwards its tables are those of a round that nothing disturbed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from offices import Started, busy_worker, children, empty, govgauge, govgauge_fails, open_round, started, until
from pg_cluster import Cluster

from govgauge.office.domain import jobs
from govgauge.office.models import Job, JobState, Visit
from govgauge.office.sweeper import SILENT_SECONDS, Sweeper

SITES = 4
DAY = 86_400


def tables(folder: Path) -> dict[str, bytes]:
    """Every table of the round `r`, byte for byte."""
    out = folder / "tables" / "results.csv"
    out.parent.mkdir()
    govgauge("round", "export", "r", "--out", out)
    return {path.name: path.read_bytes() for path in sorted(out.parent.iterdir())}


@pytest.fixture(scope="module")
def undisturbed(small_site: int, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of the round when nothing happens."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GOVGAUGE_HOME", str(empty(folder / "office")))
        environment.delenv("GOVGAUGE_DATABASE", raising=False)
        open_sites(small_site, folder)
        govgauge("round", "run", "r")
        return tables(folder)


def open_sites(port: int, folder: Path) -> None:
    """The round of all these tests: sites that take a while, looked at once."""
    open_round(port, folder, SITES, confirm=None, max_pages=40, rate=20)


def finished() -> bool:
    return not Job.objects.filter(jobs.wanted_at(timezone.now())).exclude(state__in=jobs.ENDED).exists()


def all_done_once() -> bool:
    """Whether each site has one visit, and no job is left or failed."""
    visits = list(Visit.objects.values_list("entry_id", flat=True))
    states = set(Job.objects.values_list("state", flat=True))
    return len(visits) == len(set(visits)) == SITES and states == {JobState.DONE}


@contextmanager
def run(*, environment: dict[str, str] | None = None) -> Iterator[Started]:
    with started("round", "run", "r", "--workers", "1", environment=environment) as command:
        yield command


def test_a_killed_worker(undisturbed: dict[str, bytes], small_site: int, tmp_path: Path) -> None:
    open_sites(small_site, tmp_path)
    with run() as command:
        os.kill(busy_worker(command.process.pid), signal.SIGKILL)
        assert command.process.wait(240) == 0
    assert all_done_once()
    assert tables(tmp_path) == undisturbed


def test_a_killed_coordinator(undisturbed: dict[str, bytes], small_site: int, tmp_path: Path) -> None:
    open_sites(small_site, tmp_path)
    with run() as command:
        worker = busy_worker(command.process.pid)
        command.process.kill()
        until(lambda: not Path(f"/proc/{worker}").exists())
    govgauge("round", "run", "r")
    assert all_done_once()
    assert tables(tmp_path) == undisturbed


@pytest.mark.parametrize("database", ["safe_postgresql"])
def test_a_killed_worker_elsewhere(undisturbed: dict[str, bytes], small_site: int, tmp_path: Path) -> None:
    open_sites(small_site, tmp_path)
    with started("work", "--lanes", "visit:2") as first:
        worker = busy_worker(first.process.pid)
        first.process.kill()
        until(lambda: not Path(f"/proc/{worker}").exists())
    with started("work", "--lanes", "visit:2") as second:
        until(finished)
        assert "Traceback" not in second.said()
    assert all_done_once()
    assert tables(tmp_path) == undisturbed


@pytest.mark.parametrize("database", ["safe_postgresql"])
@pytest.mark.parametrize("command", [("work", "--lanes", "visit:2"), ("round", "run", "r", "--workers", "1")])
def test_a_killed_postgresql(
    command: tuple[str, ...],
    undisturbed: dict[str, bytes],
    small_site: int,
    tmp_path: Path,
    safe_postgresql: Cluster,
) -> None:
    open_sites(small_site, tmp_path)
    with started(*command) as worker:
        busy_worker(worker.process.pid)
        safe_postgresql.kill()
        until(lambda: "数据库暂时不能用" in worker.said())
        assert "数据库没有运行" in govgauge_fails("round", "status", "r", "--json")
        safe_postgresql.start()
        connections_forgotten()
        until(finished)
        until(lambda: "数据库已恢复" in worker.said())
        said = worker.said()
        assert (said.count("数据库暂时不能用"), said.count("数据库已恢复")) == (1, 1)
        assert not [word for word in ("Traceback", "psycopg", "procrastinate", "connection") if word in said]
    assert all_done_once()
    assert {attempts for (attempts,) in Job.objects.values_list("attempts")} == {1}, "the visits under way went on"
    assert tables(tmp_path) == undisturbed


def connections_forgotten() -> None:
    """This process was connected to the server that was killed."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()


def test_a_full_disk(
    undisturbed: dict[str, bytes], small_site: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        monkeypatch.setenv("GOVGAUGE_EVIDENCE", str(disk))
        open_sites(small_site, tmp_path)
        filler = disk / "filler"
        fill(filler, leave=150_000)
        with run() as command:
            until(lambda: Job.objects.filter(state=JobState.READY, reason__startswith="磁盘空间不足").exists())
            filler.unlink()
            until(lambda: hurried() and finished())
            assert command.process.wait(60) == 0
        assert all_done_once()
        assert tables(tmp_path) == undisturbed


def hurried() -> bool:
    """Nobody waits for the pause after a failure."""
    Job.objects.filter(state=JobState.READY).update(not_before=None)
    return True


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """A file system of 16 MB."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small file system can be mounted by root only")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def fill(path: Path, *, leave: int) -> None:
    free = os.statvfs(path.parent)
    path.write_bytes(b"\0" * (free.f_bavail * free.f_frsize - leave))


def test_a_clock_that_jumps(undisturbed: dict[str, bytes], small_site: int, tmp_path: Path) -> None:
    open_sites(small_site, tmp_path)
    clock = tmp_path / "clock"
    clock.write_text("0")
    path = f"{Path(__file__).parent / 'jumping_clock'}:{os.environ.get('PYTHONPATH', '')}"
    with run(environment={"PYTHONPATH": path, "CLOCK_OFF_BY": str(clock)}) as command:
        worker = busy_worker(command.process.pid)
        clock.write_text(str(400 * DAY))
        os.kill(worker, signal.SIGKILL)  # so that something is to be done again, at another time
        until(lambda: Job.objects.filter(state=JobState.DONE, ended_at__gt=timezone.now() + timedelta(300)).exists())
        clock.write_text(str(-400 * DAY))
        assert command.process.wait(240) == 0
    assert all_done_once()
    assert tables(tmp_path) == undisturbed


def test_a_worker_that_is_given_up_while_it_works(
    undisturbed: dict[str, bytes], small_site: int, tmp_path: Path
) -> None:
    open_sites(small_site, tmp_path)
    with worker_process("late") as late:
        until(lambda: Job.objects.filter(worker="late", state=JobState.RUNNING).exists() and bool(children(late.pid)))
        os.kill(late.pid, signal.SIGSTOP)
        clock = [0.0]
        sweeper = Sweeper(clock=lambda: clock[0])
        sweeper.look()
        clock[0] = SILENT_SECONDS + 1
        given_up = sweeper.look()
        assert given_up >= 1
        with worker_process("other"):
            until(finished)
        places = set(Visit.objects.values_list("evidence", flat=True))
        os.kill(late.pid, signal.SIGCONT)
        until(lambda: late_said(late).count("no longer held by late") == given_up)
    assert all_done_once()
    assert set(Visit.objects.values_list("evidence", flat=True)) == places
    assert tables(tmp_path) == undisturbed


@contextmanager
def worker_process(name: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker without a coordinator."""
    with Path(os.environ["GOVGAUGE_HOME"], f"{name}.log").open("wb") as log:
        command = [sys.executable, "-m", "govgauge.office.worker_process", name, "visit:2"]
        process = subprocess.Popen(command, stderr=log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait(60)


def late_said(_process: "subprocess.Popen[bytes]") -> str:
    return Path(os.environ["GOVGAUGE_HOME"], "late.log").read_text(encoding="utf-8")
