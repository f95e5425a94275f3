"""Jobs: none lost, none done twice in effect."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from rounds_of_sites import a_round, took

from govgauge.office.domain import jobs, rounds, stages
from govgauge.office.domain.rounds import Line
from govgauge.office.domain.stages import Days
from govgauge.office.models import Job, JobState, Round, StageKind
from govgauge.office.sweeper import Sweeper


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Both."""
    return request.param


def names(count: int) -> list[str]:
    """The entries of the next jobs, in the order in which they are given out."""
    return [job.entry.name for _ in range(count) if (job := took("w", "visit"))]


def test_groups_take_turns():
    a_round(("a", 4), ("b", 2))
    assert names(7) == ["a0", "b0", "a1", "b1", "a2", "a3"]


def test_workers_that_ask_at_once_get_different_jobs():
    a_round(("a", 40))

    def ask(number: int) -> list[int]:
        taken = [job.id for _ in range(5) if (job := took(f"w{number}", "visit"))]
        connections.close_all()
        return taken

    with ThreadPoolExecutor(8) as pool:
        found = [job for taken in pool.map(ask, range(8)) for job in taken]
    assert sorted(found) == sorted(set(found))
    assert len(found) == 40


def test_a_host_has_one_visitor_at_a_time_whoever_asks_at_the_same_moment():
    made = a_round(("a", 1))
    systems = ["2025-county", "2025-ministry", "2025-digital-government", "2020-ministry"]
    lines = [Line(9, system, "", "b", f"http://r-a0.test/{system}/", system, "") for system in systems]
    assert rounds.add(made, lines).refused == ()

    def ask(number: int) -> int:
        taken = took(f"w{number}", "visit")
        connections.close_all()
        return taken is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(8))) == 1


def test_a_host_has_one_visitor_at_a_time():
    made = a_round(("a", 1))
    rounds.add(made, [Line(9, "别的体系", "", "b", "http://r-a0.test/b/", "2025-county", "")])
    first = took("w", "visit")
    assert took("w", "visit") is None
    jobs.done(first)
    assert took("w", "visit").entry.name == "别的体系"


def test_a_worker_that_lost_its_lease_changes_nothing():
    a_round(("a", 1))
    late = took("late", "visit")
    assert jobs.take_away(late.lease, 0, "silent")
    now = took("now", "visit")
    for verb in (jobs.done, jobs.beat, lambda job: jobs.failed(job, "x"), lambda job: jobs.give_back(job, "x")):
        with pytest.raises(jobs.LeaseLost):
            verb(late)
    jobs.done(now)
    with pytest.raises(jobs.LeaseLost):
        jobs.done(now)
    assert Job.objects.get().state == JobState.DONE


def test_what_was_recorded_with_a_lost_lease_is_rolled_back():
    made = a_round(("a", 1))
    late = took("late", "visit")
    jobs.take_away(late.lease, 0, "silent")

    @transaction.atomic
    def record() -> None:
        Round.objects.filter(id=made.id).update(title="changed")
        jobs.done(late)

    with pytest.raises(jobs.LeaseLost):
        record()
    made.refresh_from_db()
    assert made.title == "r"


def test_a_failing_job_waits_longer_each_time_and_fails_for_good_with_its_reason():
    a_round(("a", 1))
    now = timezone.now()
    for attempt in range(1, jobs.MOST_ATTEMPTS + 1):
        job = took("w", "visit", now)
        assert job.attempts == attempt
        jobs.failed(job, f"第 {attempt} 次", now=now)
        assert took("w", "visit", now) is None
        now += timedelta(hours=1)
    job = Job.objects.get()
    assert (job.state, job.reason) == (JobState.FAILED, "第 4 次")
    assert jobs.try_again([job.id]) == 1
    assert took("w", "visit") is not None


def test_a_machine_that_is_not_able_to_never_fails_a_job_for_good():
    a_round(("a", 1))
    now = timezone.now()
    for _ in range(3 * jobs.MOST_ATTEMPTS):
        jobs.failed(took("w", "visit", now), "no room", ours=True, now=now)
        assert took("w", "visit", now) is None
        now += timedelta(hours=1)
    job = Job.objects.get()
    assert (job.state, job.reason) == (JobState.READY, "no room")


def test_a_clock_that_jumps_back_holds_no_job_for_ever():
    a_round(("a", 1))
    jobs.failed(took("w", "visit"), "x")
    long_ago = timezone.now() - timedelta(days=300)
    assert took("w", "visit", long_ago) is not None


def test_giving_a_job_back_costs_no_attempt():
    a_round(("a", 1))
    jobs.give_back(took("w", "visit"), "stopped")
    assert took("w", "visit").attempts == 1


def test_paused_rounds_give_no_jobs_and_others_do():
    paused, _open = a_round(("a", 1), slug="p"), a_round(("b", 1), slug="o")
    rounds.pause(paused)
    assert names(3) == ["b0"]
    rounds.go_on(paused)
    assert names(3) == ["a0"]


def test_a_worker_for_one_round_takes_no_jobs_of_others():
    one, other = a_round(("a", 1), slug="p"), a_round(("b", 1), slug="o")
    found = took("w", "visit", within=jobs.Within(other.id))
    assert found is not None
    assert found.entry.name == "b0"
    assert took("w", "visit", within=jobs.Within(other.id)) is None
    assert took("w", "visit", within=jobs.Within(one.id)) is not None


def test_rounds_outside_of_their_collection_give_no_visits_but_to_who_goes_on_anyway():
    made = a_round(("a", 2))
    stages.change(made, {StageKind.COLLECTION: Days(date(2025, 9, 1), date(2025, 11, 30))})
    number = Job.objects.earliest("turn").id
    assert took("w", "visit") is None
    with pytest.raises(jobs.NotNow, match="现在不在采集阶段"):
        jobs.take_one("w", number)
    assert took("w", "visit", now=datetime(2025, 11, 30, 12, tzinfo=UTC)) is not None
    assert took("w", "visit", within=jobs.Within(made.id, anyway=True)) is not None


def test_a_silent_worker_is_noticed_by_its_beats_and_no_clock_but_ours():
    a_round(("a", 2))
    alive, gone = took("alive", "visit"), took("gone", "visit")
    clock = [0.0]
    sweeper = Sweeper(silent_seconds=10, clock=lambda: clock[0])
    for second in range(0, 30, 5):
        clock[0] = float(second)
        jobs.beat(alive)
        sweeper.look()
    states = {job.worker: job.state for job in Job.objects.all()}
    assert states == {"alive": JobState.RUNNING, "gone": JobState.READY}
    with pytest.raises(jobs.LeaseLost):
        jobs.beat(gone)


def test_a_job_that_kills_every_worker_fails_for_good():
    a_round(("a", 1))
    for _ in range(jobs.MOST_ATTEMPTS):
        job = took("w", "visit")
        assert jobs.take_away(job.lease, 0, "the worker is gone")
    assert took("w", "visit") is None
    assert Job.objects.get().state == JobState.FAILED


def test_a_task_stands_once_for_each_entry():
    made = a_round(("a", 1))
    entry = made.entries.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(round=made, entry=entry, task=rounds.ASSESS)
