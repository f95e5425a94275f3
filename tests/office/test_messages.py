"""Messages that wake workers anywhere: one for each job that is ready, none that could do harm."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from rounds_of_sites import a_round, took

from govgauge.office import messages
from govgauge.office.domain import jobs, rounds, stages
from govgauge.office.domain.stages import Days
from govgauge.office.messages import DEAD_SECONDS, Tender
from govgauge.office.models import Job, JobState, Round, StageKind
from govgauge.office.program import program


@pytest.fixture
def database() -> str:
    """Only this one brings messages."""
    return "postgresql"


def sent(columns: str = "args") -> list[tuple[object, ...]]:
    """Columns of all messages, in the order in which they are taken."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM procrastinate_jobs ORDER BY priority DESC, id")  # noqa: S608 - ours
        return cursor.fetchall()


def execute(statement: str, *arguments: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def ids() -> list[int]:
    return list(Job.objects.order_by("turn", "id").values_list("id", flat=True))


def test_a_message_carries_the_number_of_a_job_and_is_taken_in_turn():
    a_round(("a", 2), ("b", 1))
    first, second, third = (Job.objects.get(id=number) for number in ids())
    assert sent("args->>'job', priority, lock, queueing_lock, status::text, queue_name") == [
        (str(job.id), -job.turn, f"host-{job.host}", f"job-{job.id}", "todo", f"visit@{program()}")
        for job in (first, second, third)
    ]


def test_a_round_that_is_rolled_back_leaves_no_message():
    with transaction.atomic():
        a_round(("a", 2))
        assert len(sent()) == 2
        transaction.set_rollback(True)
    assert sent() == []


def test_sending_twice_is_as_good_as_once():
    a_round(("a", 3))
    messages.send(ids())
    assert len(sent()) == 3
    execute("DELETE FROM procrastinate_jobs WHERE queueing_lock = %s", f"job-{ids()[1]}")
    messages.send(ids())
    assert sorted(sent("(args->>'job')::int")) == [(number,) for number in ids()]


def test_a_message_for_a_job_that_is_held_or_ended_does_nothing_and_says_so():
    made = a_round(("a", 1))
    (number,) = ids()
    job = jobs.take_one("one", number)
    with pytest.raises(jobs.NotNow, match="one"):
        jobs.take_one("other", number)
    jobs.done(job)
    with pytest.raises(jobs.NotNow, match="已经结束"):
        jobs.take_one("other", number)
    assert jobs.try_again([number]) == 0
    assert Job.objects.get().state == JobState.DONE
    Job.objects.filter(id=number).update(state=JobState.READY)
    rounds.pause(made)
    with pytest.raises(jobs.NotNow, match="已暂停"):
        jobs.take_one("other", number)
    with pytest.raises(jobs.NotNow, match="没有任务"):
        jobs.take_one("other", number + 1000)


def test_a_failed_job_gets_a_message_for_the_time_of_its_next_attempt():
    a_round(("a", 1))
    job = jobs.take_one("w", ids()[0])
    execute("UPDATE procrastinate_jobs SET status = 'doing'")
    jobs.failed(job, "no room")
    due = Job.objects.get().not_before
    assert sent("status::text, scheduled_at") == [("doing", None), ("todo", due)]
    with pytest.raises(jobs.NotNow, match="要等到"):
        jobs.take_one("w", job.id)
    assert jobs.take_one("w", job.id, due).attempts == 2


def test_what_is_missing_is_sent_and_what_is_needless_removed():
    made = a_round(("a", 4))
    lost, taken, kept, held = ids()
    execute("DELETE FROM procrastinate_jobs WHERE queueing_lock = %s", f"job-{lost}")
    jobs.done(jobs.take_one("the pool", taken))
    execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE queueing_lock = %s", f"job-{held}")
    jobs.take_one("w", held)
    assert Tender().tend() == 1
    assert sorted(sent("(args->>'job')::int, status::text")) == [(lost, "todo"), (kept, "todo"), (held, "doing")]
    rounds.pause(made)
    Tender().tend()
    assert sent("(args->>'job')::int") == [(held,)]
    rounds.go_on(made)
    assert Tender().tend() == 2


def test_visits_of_rounds_outside_of_their_collection_have_no_messages():
    made = a_round(("a", 2))
    stages.change(made, {StageKind.COLLECTION: Days(date(2025, 9, 1), date(2025, 11, 30))})
    assert (Tender().tend(), sent("(args->>'job')::int")) == (0, [])
    stages.change(made, {}, drop=["collection"])
    assert Tender().tend() == 2


def test_a_message_in_the_hands_of_a_dead_worker_is_forgotten_after_a_while_and_sent_again():
    a_round(("a", 1))
    clock = [0.0]
    tender = Tender(lambda: clock[0])
    execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM procrastinate_workers)")
    assert tender.tend() == 0
    clock[0] = DEAD_SECONDS
    assert tender.tend() == 0
    clock[0] += 1
    assert tender.tend() == 1
    execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    assert tender.tend() == 1


def test_a_message_put_off_by_a_clock_that_was_set_back_is_replaced():
    a_round(("a", 1))
    job = jobs.take_one("w", ids()[0])
    execute("DELETE FROM procrastinate_jobs")
    jobs.failed(job, "x", now=timezone.now() + timedelta(days=300))
    assert sent("scheduled_at") == [(None,)]
    execute("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '300 days'")
    assert Tender().tend() == 1
    assert sent("scheduled_at") == [(None,)]
    jobs.take_one("w", job.id)


def test_an_appointment_is_kept_however_far_it_is():
    a_round(("a", 1))
    later = timezone.now() + timedelta(days=30)
    Job.objects.update(not_before=later)
    execute("DELETE FROM procrastinate_jobs")
    assert Tender().tend() == 1
    assert Tender().tend() == 0
    assert sent("scheduled_at") == [(later,)]
    assert took("w", "visit") is None


def test_rounds_of_another_program_leave_their_jobs_to_it():
    made = a_round(("a", 1))
    Round.objects.filter(id=made.id).update(program="0.0.1-0badcafe")
    assert took("w", "visit") is None
    with pytest.raises(jobs.NotNow, match="0badcafe"):
        jobs.take_one("w", ids()[0])
    Tender().tend()
    assert sent("queue_name") == [("visit@0.0.1-0badcafe",)]
