"""The monitor through simulated days, with real servers, restarts, jumping clocks and networks that are down."""

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "gather"))
from stage import Stage, for_ever, html, in_turn, reply
from typer.testing import CliRunner

from govgauge.cli.monitor import app
from govgauge.errors import Unusable
from govgauge.gather.availability.prober import Way
from govgauge.office.domain import probing, rounds
from govgauge.office.domain.settings import settings_of
from govgauge.office.models import Entry, Probe, ProbeClaim, Round, SiteDay, Watch
from govgauge.office.monitoring.monitor import Monitor
from govgauge.office.monitoring.schedule import ZONE
from govgauge.office.monitoring.settings import Monitoring

HOME = html(*(f"/{number}.html" for number in range(20)), title="某市人民政府门户网站")
HOUR = 3600.0
MIDNIGHT = datetime(2025, 11, 20, tzinfo=ZONE).timestamp()
DAY = date(2025, 11, 20)


class Clock:
    """A wall clock and a monotonic one that go on in steps, whenever the monitor has nothing under way."""

    def __init__(self, now: float = MIDNIGHT) -> None:
        self.wall, self.steady = now, 1000.0

    def go_on(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A server whose pages are sites: `/a` is the site a."""
    server = Stage()
    yield server
    server.close()


def a_round(*urls: str) -> Round:
    made = rounds.create("r", "", rules="inspection-2019", as_of=date(2025, 11, 30), settings={})
    Entry.objects.bulk_create(
        Entry(round=made, key=url, name=url, url=url, system="2025-city", profile="all") for url in urls
    )
    return made


def watch(
    made: Round,
    clock: Clock,
    hours: float,
    *,
    controls: tuple[str, ...] = (),
    owner: str = "m:1",
    meanwhile: Callable[[], None] = lambda: None,
    step: float = 200.0,
) -> Monitor:
    """Let a monitor watch for some simulated hours, as it does with real ones."""
    settings = Monitoring(controls=controls)
    ends = clock.steady + hours * HOUR
    monitor = Monitor(
        made,
        settings,
        Way(seconds=2),
        owner,
        clock=lambda: clock.wall,
        monotonic=lambda: clock.steady,
        look_seconds=0.002,
    )

    def over() -> bool:
        meanwhile()
        if not monitor._prober.under_way:
            clock.go_on(step)
        return clock.steady >= ends and not monitor._prober.under_way

    monitor.run(over)
    return monitor


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def sums() -> dict[str, tuple[int, int]]:
    """Probes and failures of all days by the last letter of the site."""
    found: dict[str, tuple[int, int]] = {}
    for url, probes, failed in SiteDay.objects.values_list("watch__url", "probes", "failed"):
        before = found.get(url[-1], (0, 0))
        found[url[-1]] = (before[0] + probes, before[1] + failed)
    return found


def test_a_day_of_probes_is_spaced_and_failures_are_seen_twice(stage: Stage) -> None:
    stage.add("/a", HOME)
    stage.add("/b", reply("", "500 Internal Server Error"))
    stage.add("/c", in_turn(reply("", "502 Bad Gateway"), reply(HOME)))
    stage.add("/d", reply("", "403 Forbidden"))
    made = a_round(*(f"{stage.url}{name}" for name in "abcd"))
    monitor = watch(made, Clock(), 12)
    (opened, none), (probed, failed), (mended, mended_failed) = (sums()[name] for name in "abc")
    assert {opened, probed, mended} <= {11, 12, 13}
    assert (none, failed, mended_failed) == (0, probed, 0)
    assert sums()["d"] == (0, 0)
    attempts = Counter(Probe.objects.values_list("watch__url", "attempt"))
    slots = Watch.objects.get(url=f"{stage.url}b").probes.filter(attempt=1).count()
    assert attempts[f"{stage.url}b", 2] == slots >= 11
    assert attempts[f"{stage.url}c", 2] == 1
    assert attempts[f"{stage.url}d", 2] == 0
    assert monitor.tally.failed == slots
    assert ProbeClaim.objects.count() == 0
    for name in "abcd":
        slots_of = Probe.objects.filter(watch__url=f"{stage.url}{name}", attempt=1).order_by("slot")
        assert all(later - earlier > 25 for earlier, later in pairwise(slots_of.values_list("slot", flat=True)))


def test_a_restart_neither_doubles_nor_skips(stage: Stage) -> None:
    stage.add("/a", HOME)
    made = a_round(f"{stage.url}a")
    clock = Clock()
    for number in range(6):
        watch(made, clock, 2, owner=f"m:{number}")
    probed = list(Probe.objects.values_list("slot", flat=True).order_by("slot"))
    assert 11 <= len(probed) <= 13
    assert stage.count("/a") == len(probed)


def test_what_was_not_probed_is_a_gap_and_no_failure(stage: Stage) -> None:
    stage.add("/a", HOME)
    made = a_round(f"{stage.url}a")
    clock = Clock()
    watch(made, clock, 8)
    clock.wall += 6 * HOUR
    watch(made, clock, 10)
    day = SiteDay.objects.get(day=DAY)
    assert day.failed == 0
    assert 16 <= day.probes <= 19


def test_a_clock_that_jumps_back_probes_no_slot_twice(stage: Stage) -> None:
    stage.add("/a", HOME)
    made = a_round(f"{stage.url}a")
    clock = Clock()
    watch(made, clock, 8)
    before = Probe.objects.count()
    jumps = [3 * HOUR]

    def jump() -> None:
        if jumps and clock.wall > MIDNIGHT + 10 * HOUR:
            clock.wall -= jumps.pop()

    watch(made, clock, 5, meanwhile=jump)
    assert before == pytest.approx(8, abs=1)
    assert Probe.objects.count() == pytest.approx(10, abs=1)
    assert stage.count("/a") == Probe.objects.count()
    times = stage.times("/a")
    assert len(times) == len(set(Probe.objects.values_list("slot", flat=True)))


def test_a_clock_that_jumps_ahead_and_is_set_right_makes_only_gaps(stage: Stage) -> None:
    stage.add("/a", HOME)
    made = a_round(f"{stage.url}a")
    clock = Clock()
    jumps = [(4 * HOUR, 1000 * HOUR), (8 * HOUR, -1000 * HOUR)]
    began = clock.steady

    def jump() -> None:
        if jumps and clock.steady > began + jumps[0][0]:
            clock.wall += jumps.pop(0)[1]

    watch(made, clock, 24, meanwhile=jump)
    found = Counter(day for day in SiteDay.objects.filter(probes__gt=0).values_list("day", flat=True))
    assert found[DAY] == 1
    assert SiteDay.objects.get(day=DAY).probes == pytest.approx(20, abs=2)
    assert set(SiteDay.objects.values_list("failed", flat=True)) == {0}


def test_a_network_that_is_down_is_ours_and_sites_are_tried_again() -> None:
    port = closed_port()
    made = a_round(*(f"http://127.0.0.1:{port}/{name}" for name in "abcdef"))
    watch(made, Clock(), 3, controls=(f"http://127.0.0.1:{closed_port()}/",))
    assert {status for (status,) in Probe.objects.values_list("status")} == {"ours"}
    assert Probe.objects.filter(attempt=6).exists()
    assert set(sums().values()) == {(0, 0)}
    assert Probe.objects.first().detail.startswith("refused: ")


def test_a_platform_that_is_down_is_told_from_a_network_that_is_down(stage: Stage) -> None:
    stage.add("/", HOME)
    port = closed_port()
    made = a_round(*(f"http://127.0.0.1:{port}/{name}" for name in "abcdef"))
    watch(made, Clock(), 3, controls=(f"http://127.0.0.1:{closed_port()}/", stage.url))
    assert {status for (status,) in Probe.objects.values_list("status")} == {"refused"}
    assert all(failed == probes > 0 for probes, failed in sums().values())


def test_a_network_that_comes_back_in_time_leaves_a_probe_that_counts(stage: Stage) -> None:
    stage.add("/a", HOME)
    url = f"{stage.url}a"
    made = a_round(url)
    stage.plays["/a"] = in_turn(*[_hang_up] * 3, reply(HOME))
    watch(made, Clock(), 1.5)
    first = Probe.objects.order_by("slot").values_list("slot", flat=True)[0]
    seen = list(Probe.objects.filter(slot=first).order_by("attempt").values_list("status", flat=True))
    assert seen == ["ours", "ours", "reset", "ok"]
    assert sums()["a"][1] == 0


def _hang_up(_connection: socket.socket, _asked: object) -> None:
    """Close without an answer."""


def test_a_round_that_is_paused_is_not_probed_and_a_site_that_moved_is_followed(stage: Stage) -> None:
    stage.add("/a", HOME)
    stage.add("/b", HOME)
    made = a_round(f"{stage.url}a")
    clock = Clock()
    watch(made, clock, 3)
    before = stage.count("/a")
    rounds.pause(made)
    watch(made, clock, 3)
    assert stage.count("/a") == before
    rounds.go_on(made)
    made.entries.update(url=f"{stage.url}b")
    watch(made, clock, 3)
    assert stage.count("/a") == before
    assert stage.count("/b") >= 2


def said(*arguments: str | Path, status: int = 0) -> str:
    """What a command prints, run in this process."""
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == status, done.output
    return done.output


def run_once() -> str:
    """Probe every site once, as the user does; what was printed."""
    command = [sys.executable, "-m", "govgauge", "monitor", "run", "r", "--once"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout


def test_from_the_command_line(stage: Stage, tmp_path: Path) -> None:
    stage.add("/a", HOME)
    stage.add("/b", reply("", "500 Internal Server Error"))
    made = a_round(f"{stage.url}a", f"{stage.url}b")
    made.entries.filter(url__endswith="b").update(name="乙市")
    made.settings = {"monitoring": {"again_seconds": 0.1, "controls": [f"{stage.url}a"]}}
    made.save()
    assert "还没有探测记录" in said("status", "r")
    assert "已探测 2 次" in run_once()
    told = json.loads(said("status", "r", "--json"))
    assert (told["sites"], told["probes"], told["failed"], told["percent"]) == (2, 2, 1, 50.0)
    assert [(one["status"], one["sites"]) for one in told["failing"]] == [("server-error", [f"{stage.url}b"])]
    words = said("status", "r")
    assert "服务器出错（server-error）1 个" in words
    assert "请查看网站程序日志" in words
    assert "有效探测不足 20 次" in words
    shown = said("show", "r", "乙市")
    assert "×" in shown
    assert "中位 —，95% —" in shown
    assert " 0 ms" not in shown
    with pytest.raises(Unusable, match="没有监测网站"):
        CliRunner().invoke(app, ["show", "r", "nowhere.gov.cn"], catch_exceptions=False)
    said("export", "r", "--out", tmp_path / "a.csv")
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["url"][-1], row["attempt"], row["status"], row["http"]) for row in rows] == [
        ("a", "1", "ok", "200"),
        ("b", "1", "server-error", "500"),
        ("b", "2", "server-error", "500"),
    ]


@pytest.mark.parametrize("wanted", ['{"times_a_day": 19}', '{"again_seconds": 4000}', '{"speed": 1}'])
def test_settings_that_cannot_be_used_are_said(wanted: str) -> None:
    with pytest.raises(Unusable, match=wanted.split('"')[1]):
        settings_of(f'{{"monitoring": {wanted}}}')


def test_two_monitors_and_one_that_is_killed_probe_each_site_once(stage: Stage) -> None:
    names = [f"s{number}" for number in range(20)]
    for name in names:
        stage.add(f"/{name}", HOME)
    stage.add("/hangs", for_ever(b"", b"", 0.05))
    made = a_round(f"{stage.url}hangs", *(f"{stage.url}{name}" for name in names))
    made.settings = {"monitoring": {"controls": [f"{stage.url}s0"]}}
    made.save()
    command = [sys.executable, "-m", "govgauge", "monitor", "run", "r", "--once"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait(lambda: stage.count("/hangs") > 0 and Probe.objects.count() == len(names))
    second = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "另有一个监测程序" in second.stderr
    assert ProbeClaim.objects.get().watch.url.endswith("/hangs")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    stage.add("/hangs", HOME)
    third = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert third.returncode == 0
    kept = Counter(url.rpartition("/")[2] for url in Probe.objects.values_list("watch__url", flat=True))
    assert kept["hangs"] == 1
    assert {name: stage.count(f"/{name}") for name in names} == {name: kept[name] for name in names}
    assert ProbeClaim.objects.count() == 0


def test_a_monitor_that_is_stopped_keeps_what_it_has_seen_and_gives_the_rest_back(stage: Stage) -> None:
    stage.add("/a", HOME)
    stage.add("/hangs", for_ever(b"", b"", 0.05))
    a_round(f"{stage.url}a", f"{stage.url}hangs")
    command = [sys.executable, "-m", "govgauge", "monitor", "run", "r", "--once"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _wait(lambda: stage.count("/hangs") > 0 and stage.count("/a") > 0)
    time.sleep(0.2)
    run.send_signal(signal.SIGINT)
    out, said = run.communicate(timeout=60)
    assert (run.returncode, "Traceback" in said) == (0, False)
    assert "已探测 1 次" in out
    assert Probe.objects.get().watch.url == f"{stage.url}a"
    assert ProbeClaim.objects.count() == 0


def _wait(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if done():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def test_probes_of_long_ago_are_thinned_and_their_days_stay(stage: Stage) -> None:
    stage.add("/a", HOME)
    made = a_round(f"{stage.url}a")
    clock = Clock()
    watch(made, clock, 3)
    days = SiteDay.objects.count()
    clock.wall += 130 * 24 * HOUR
    watch(made, clock, 3)
    assert Probe.objects.filter(at__lt=datetime(2026, 1, 1, tzinfo=UTC)).count() <= Probe.objects.count()
    oldest = Probe.objects.order_by("slot").values_list("slot", flat=True)[0]
    assert oldest * 60 > MIDNIGHT + 100 * 24 * HOUR
    assert SiteDay.objects.count() > days
    assert probing.watched(made)


def test_however_the_clock_jumps_two_probes_are_half_an_interval_apart(stage: Stage) -> None:
    stage.add("/a", HOME)
    made = a_round(f"{stage.url}a")
    clock = Clock()
    probed: list[float] = []

    def look() -> None:
        if stage.count("/a") > len(probed):
            probed.append(clock.steady)
            clock.wall += HOUR - 300  # the next slot seems to be due in five minutes

    watch(made, clock, 6, meanwhile=look)
    assert len(probed) >= 4
    assert all(later - earlier >= HOUR / 2 for earlier, later in pairwise(probed))
