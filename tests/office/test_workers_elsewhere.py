"""`govgauge work`: workers that are reached by messages."""

import json
import signal
from pathlib import Path

import pytest
from django.utils import timezone
from offices import govgauge, govgauge_fails, open_round, started, until

from govgauge.office.domain import jobs, rounds
from govgauge.office.models import Job, JobState, Round


@pytest.fixture
def database() -> str:
    """Only this one brings messages."""
    return "postgresql"


def ended() -> bool:
    """Whether nothing is left but further visits that are planned for later."""
    left = Job.objects.filter(jobs.wanted_at(timezone.now()))
    return not left.exclude(state__in=jobs.ENDED).exists()


def test_a_worker_elsewhere_does_the_jobs_and_ends_when_told(small_site: int, tmp_path: Path) -> None:
    open_round(small_site, tmp_path, 3)
    with started("work", "--lanes", "visit:2") as worker:
        until(ended)
        worker.process.send_signal(signal.SIGTERM)
        assert worker.process.wait(60) == 0
        assert "Traceback" not in worker.said()
    assert [job.attempts for job in Job.objects.filter(task=rounds.ASSESS)] == [1, 1, 1]
    told = json.loads(govgauge("round", "status", "r", "--json"))
    assert (told["done"], told["failed"]) == (3, 0)


def test_rounds_of_another_program_are_left_and_status_says_so(small_site: int, tmp_path: Path) -> None:
    open_round(small_site, tmp_path, 1)
    Round.objects.update(program="0.0.1-0badcafe")
    with started("work", "--lanes", "visit:2") as worker:
        until(lambda: "留给程序 0.0.1-0badcafe" in worker.said())
        until(lambda: "等待程序 0.0.1-0badcafe" in govgauge("round", "status", "r"))
        assert "adopt" in govgauge_fails("round", "run", "r")
        govgauge("round", "adopt", "r")
        until(ended)
    assert Job.objects.get(task=rounds.ASSESS).state == JobState.DONE


def test_without_postgresql_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVGAUGE_DATABASE")
    assert "GOVGAUGE_DATABASE=postgresql://" in govgauge_fails("work")


def test_lanes_that_do_not_exist_are_named() -> None:
    assert "sprint" in govgauge_fails("work", "--lanes", "visit,sprint")
