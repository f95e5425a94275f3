"""Every way in which a job can end leaves a reason, and nothing that it started."""

import errno
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from offices import until
from rounds_of_sites import a_round, took

from govgauge.errors import Unusable
from govgauge.office import tasks
from govgauge.office.hands import Hand
from govgauge.office.holding import Hold, look_after
from govgauge.office.models import Job, JobState, Result


@pytest.fixture
def hand() -> Iterator[Hand]:
    made = Hand()
    yield made
    made.leave()


def reason(hand: Hand, work: Callable[[], None], seconds: float = 60) -> str:
    """How some work ended."""
    hand.begin(work, seconds)
    told: list[str] = []

    def over() -> bool:
        ended = hand.ended()
        told.extend([] if ended is None else [ended])
        return ended is not None

    until(over)
    return told[0]


def refuse() -> None:
    raise Unusable("这样不行 (no).")


def break_down() -> None:
    raise ZeroDivisionError("nought")


def be_refused() -> None:
    raise PermissionError(errno.EACCES, "Permission denied", "/somewhere")


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def need_too_much() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    while True:
        pass


def leave() -> None:
    os._exit(0)


def start_another(file: Path) -> None:
    file.write_text(str(subprocess.Popen(["sleep", "600"]).pid), encoding="ascii")
    time.sleep(600)


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (refuse, "这样不行"),
        (break_down, "ZeroDivisionError: nought"),
        (be_refused, "/somewhere"),
        (be_killed, "SIGKILL"),
        (need_too_much, "SIGKILL"),
        (leave, "意外结束"),
    ],
)
def test_work_that_is_not_done_says_why(hand: Hand, work: Callable[[], None], said: str) -> None:
    assert said in reason(hand, work)


def test_a_time_limit_ends_everything_that_was_started(hand: Hand, tmp_path: Path) -> None:
    assert "超过时限 2 秒" in reason(hand, partial(start_another, tmp_path / "pid"), 2)
    other = int((tmp_path / "pid").read_text(encoding="ascii"))
    until(lambda: not _lives(other))


def _lives(process: int) -> bool:
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def say_nothing(_job: Job, _folder: Path) -> None:
    """Files are missing afterwards."""


def write_nonsense(_job: Job, folder: Path) -> None:
    for name in ("assessment.json", "results.jsonl", "findings.jsonl"):
        (folder / name).write_text("{", encoding="utf-8")


@pytest.mark.parametrize("carry_out", [say_nothing, write_nonsense])
def test_files_that_are_missing_or_damaged_fail_the_attempt_with_a_reason(
    carry_out: Callable[[Job, Path], None], hand: Hand, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tasks.TASKS["assess"]._replace(carry_out=carry_out)
    monkeypatch.setitem(tasks.TASKS, "assess", broken)
    a_round(("a", 1))
    hold = Hold(took("w", "visit"), office, hand)
    until(lambda: look_after([hold]))
    job = Job.objects.get()
    assert (job.state, job.lease) == (JobState.READY, "")
    assert "程序出错" in job.reason
    assert not Result.objects.exists()


def test_a_task_that_this_program_does_not_know_fails_with_a_reason(office: Path) -> None:
    from govgauge.office.sources import Table  # noqa: PLC0415
    from govgauge.office.worker import Worker  # noqa: PLC0415

    a_round(("a", 1))
    Job.objects.update(task="dance")
    Worker("w", office, Table("w", {"visit": 1})).work(until_empty=True)
    job = Job.objects.get()
    assert job.state == JobState.READY
    assert "无法开始" in job.reason
