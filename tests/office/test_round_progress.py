"""What the terminal shows of a round while it runs."""

import contextlib
import io
import json
import os
import pty
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rich.console import Console
from rounds_of_sites import a_round

from govgauge.cli.round_progress import RoundScreen, line, moment, progress_json, view
from govgauge.office.models import Job, JobState, Result
from govgauge.office.queries import pace
from govgauge.office.queries.reasons import classes, in_chinese, in_english, reason_class


def under_way(count: int) -> None:
    """Of the jobs that there are: one failed, one running, and `count` done within the last hundred seconds."""
    now = timezone.now()
    jobs = list(Job.objects.order_by("id")[: count + 2])
    Job.objects.filter(id=jobs[0].id).update(
        state=JobState.FAILED,
        reason="超过时限 60 秒，已终止 (killed)",
        started_at=now - timedelta(hours=2),
        ended_at=now - timedelta(hours=1),
    )
    Job.objects.filter(id=jobs[1].id).update(
        state=JobState.RUNNING, lease="x", worker="w-1", started_at=now - timedelta(seconds=75)
    )
    for job in jobs[2:]:
        Job.objects.filter(id=job.id).update(
            state=JobState.DONE, started_at=now - timedelta(seconds=100), ended_at=now - timedelta(seconds=1)
        )
        points = {"low": 1, "high": 2, "answered": 1}
        Result.objects.create(entry=job.entry, evidence="e", home_ok=True, pages=50, findings=3, digest="0", **points)


def test_the_rate_is_that_of_the_last_minutes_and_tells_the_time_left() -> None:
    made = a_round(("a", 12))
    under_way(4)
    told = pace.pace(made, 7)
    assert told.pages_per_second == pytest.approx(200 / 100, rel=0.1)
    assert told.jobs_per_second == pytest.approx(4 / 100, rel=0.1)
    assert told.seconds_left == pytest.approx(7 / 0.04, rel=0.1)
    assert pace.pace(made, 7, timezone.now() + timedelta(hours=1)) == pace.Pace(0.0, 0.0, None)


def test_a_line_says_who_is_at_work_how_long_and_why_what_failed() -> None:
    made = a_round(("a", 12))
    under_way(4)
    told = line(moment(made))
    assert "完成 4/12，进行中 1，最久 a1 1 分" in told
    assert "等待 6，失败 1" in told
    assert "1 项：超过时限 … 秒，已终止" in told
    assert "约剩" in told


def test_lines_come_from_time_to_time_however_often_they_are_asked_for() -> None:
    made = a_round(("a", 2))
    out, clock = io.StringIO(), [0.0]
    with RoundScreen(made, out, lambda: clock[0]) as screen:
        for second in range(25):
            clock[0] = float(second)
            screen.show()
    assert len(out.getvalue().splitlines()) == 3


def test_the_view_shows_markup_in_names_as_text() -> None:
    made = a_round(("a", 12))
    under_way(4)
    made.entries.filter(jobs__state=JobState.RUNNING).update(key="[red]甲[/nothing]")
    out = io.StringIO()
    Console(file=out, width=120).print(view(moment(made)))
    assert "[red]甲[/nothing]" in out.getvalue()
    assert "4" in out.getvalue()


def test_progress_takes_the_same_queries_whatever_there_is() -> None:
    counts = []
    for number, size in enumerate((3, 60)):
        made = a_round(("a", size), ("b", size), slug=f"r{number}")
        with CaptureQueriesContext(connection) as seen:
            progress_json(made, moment(made))
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 10


def test_programs_are_told_the_same() -> None:
    made = a_round(("a", 12))
    under_way(4)
    done = subprocess.run(
        [sys.executable, "-m", "govgauge", "round", "status", made.slug, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert (told["done"], told["failed"], told["running"], told["ready"]) == (4, 1, 1, 6)
    assert told["pages_per_second"] > 0
    assert told["seconds_left"] > 0
    assert told["reason_classes"] == {"超过时限 … 秒，已终止": 1}
    assert [one["name"] for one in told["at_work"]] == ["a1"]
    assert [(one["group"], one["entries"], one["done"]) for one in told["groups"]] == [("a", 12, 4)]


def test_a_terminal_gets_a_view_that_leaves_nothing_behind() -> None:
    made = a_round(("a", 2))
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal, RoundScreen(made, terminal) as screen:
        screen.show()
    shown = ""
    with os.fdopen(ours, "rb", buffering=0) as screen_end, contextlib.suppress(OSError):  # as it ends when it is closed
        while read := screen_end.read(1000):
            shown += read.decode(errors="replace")
    assert "完成 0" in shown
    assert "\x1b[2K" in shown


def test_reasons_fall_into_few_classes() -> None:
    assert reason_class("超过时限 3900 秒，已终止 (killed after its time limit)") == "超过时限 … 秒，已终止"
    assert reason_class("磁盘已满：/a/b/7；请腾出 (disk full)") == reason_class("磁盘已满：/c；请腾出 (disk full)")
    assert classes({"超 1 秒 (a)": 2, "超 2 秒 (b)": 3, "其他": 5}) == {"其他": 5, "超 … 秒": 5}
    assert in_chinese("已停止 (stopped)") == "已停止"
    assert in_english("已停止 (stopped)") == "stopped"
    assert in_english("已停止") == "已停止"
