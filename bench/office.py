"""The office's lists over 15,000 subjects and 2 million answers, asked for from a real server: p95 of each page.

`--subjects` for another number; each has an answer and an assignment for 134 checks. Rows are written by SQL in bulk.
"""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import synthetic_round, web

SUBJECTS = 15_000
CHECKS = 134
"""Checks of which each subject has an answer: 2 million in all."""
PEOPLE = 60
WANTED_MS = 200
FILLED = "（合成）网页已核对"
STATES = "CASE WHEN h < 60 THEN 'accepted' WHEN h < 70 THEN 'submitted' WHEN h < 73 THEN 'returned' ELSE 'open' END"
MIX = "(e.id * 7919 + c.place * 104729) % 100"
ASSIGNED = """
INSERT INTO office_assignment
  (round_id, batch_id, entry_id, check_id, indicator, method, person_id, part, minutes, due, state)
SELECT e.round_id, c.batch_id, e.id, c.check_id, c.indicator, 'manual',
  %(first)s + (e.id + c.place) % {people}, 'first', 5, '2025-11-01', {states}
FROM (SELECT id, round_id FROM office_entry) e, bench_check c
"""
SECOND = """
INSERT INTO office_assignment
  (round_id, batch_id, entry_id, check_id, indicator, method, person_id, part, minutes, due, state)
SELECT round_id, batch_id, entry_id, check_id, indicator, method,
  %(first)s + (person_id - %(first)s + 1) % {people}, 'second', minutes, due, state
FROM office_assignment WHERE part = 'first' AND state IN ('accepted', 'submitted') AND id % 15 = 0
"""
CODED = """
INSERT INTO office_coding
  (assignment_id, value, not_applicable, justification, confidence, private_note, version, saved_at)
SELECT id, CASE WHEN (entry_id + id % 23) % 5 = 0 THEN 0 ELSE 1 END, {no}, '{filled}', 'sure', '', 1,
  '2025-11-10 08:00:00+00:00'
FROM office_assignment WHERE state IN ('submitted') OR part = 'second' OR (id % 15 = 0 AND state = 'accepted')
"""
ANSWERED = """
INSERT INTO office_answer
  (round_id, entry_id, check_id, indicator, source, value, not_applicable, confidence, reason, version, holds, at)
SELECT e.round_id, e.id, c.check_id, c.indicator, 'coding', 1, {no}, 1, '{filled}', 1, NOT {no},
  '2025-11-10 08:00:00+00:00'
FROM office_entry e, bench_check c
"""
DISPUTED = """
INSERT INTO office_dispute
  (round_id, batch_id, entry_id, check_id, indicator, first_id, second_id, opened_at)
SELECT a.round_id, a.batch_id, a.entry_id, a.check_id, a.indicator, f.id, s.id, '2025-11-10 08:00:00+00:00'
FROM office_assignment b
JOIN office_assignment a ON a.entry_id = b.entry_id AND a.check_id = b.check_id AND a.part = 'first'
JOIN office_coding f ON f.assignment_id = a.id JOIN office_coding s ON s.assignment_id = b.id
WHERE b.part = 'second' AND f.value <> s.value
"""
REVIEWED = """
INSERT INTO office_review (coding_id, batch_id, version, verdict, comment, by_id, at)
SELECT k.id, a.batch_id, 1, CASE WHEN k.id % 9 = 0 THEN 'rejected' ELSE 'accepted' END, '{filled}', %(first)s,
  '2025-11-10 08:00:00+00:00'
FROM office_coding k JOIN office_assignment a ON a.id = k.assignment_id WHERE k.id % 2 = 0
"""


def main() -> int:
    """Measure; the exit status says whether every page kept its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=SUBJECTS)
    subjects = parser.parse_args().subjects
    with tempfile.TemporaryDirectory(prefix="govgauge-bench-office-") as folder:
        os.environ |= {"GOVGAUGE_HOME": folder, "GOVGAUGE_SECRET_KEY": secrets.token_hex()}
        from govgauge.office.start import start

        start(Path(folder))
        began = time.perf_counter()
        synthetic_round.fill("bench", subjects)
        pages = fill(subjects)
        print(f"written in {time.perf_counter() - began:.0f} s", flush=True)
        cookie = signed_in()
        from django.db import connections

        connections.close_all()
        return measured(pages, cookie)


def fill(subjects: int) -> dict[str, str]:
    """Write the work and the answers; the pages to be asked for, by name."""
    from django.db import connection, transaction

    from govgauge.office.domain import boards
    from govgauge.office.models import Answer, Assignment, Batch, Dispute, Person, Round

    made = Round.objects.get(slug="bench")
    first = Person.objects.bulk_create([Person(email=f"c{n}@example.test", name=f"采集员{n}") for n in range(PEOPLE)])[
        0
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        _checks(cursor, made)
        no = "FALSE" if connection.vendor == "postgresql" else "0"
        states = STATES.replace("h <", f"{MIX} <")
        for statement in (ASSIGNED, SECOND, CODED, ANSWERED, DISPUTED, REVIEWED):
            text = (
                statement.replace("{states}", states)
                .replace("{no}", no)
                .replace("{filled}", FILLED)
                .replace("{people}", str(PEOPLE))
            )
            cursor.execute(text.replace("%(first)s", str(first.pk)))
        cursor.execute("DROP TABLE bench_check")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    began = time.perf_counter()
    boards.refresh(made)
    print(
        f"{Answer.objects.count()} answers, {Assignment.objects.count()} assignments, "
        f"{Dispute.objects.count()} disputes; the board is counted in {time.perf_counter() - began:.1f} s",
        flush=True,
    )
    batch = Batch.objects.filter(round=made).order_by("id")[3].id
    entry = made.entries.order_by("id")[min(77, subjects - 1)].id
    return {
        "who has how much to collect": "collection/",
        "batches under review": "review/",
        "a batch under review": f"review/{batch}/",
        "a batch, all, page 100": f"review/{batch}/?state=all&page=100",
        "disputes": "disputes/",
        "disputes by subject": "disputes/?sort=entry",
        "answers": "answers/",
        "answers of an indicator": "answers/?indicator=1.1.2",
        "answers of a subject": "answers/?q=%E7%AC%AC77%E5%8E%BF",
        "answers, oldest first": "answers/?sort=id&page=30",
        "one answer": f"answers/{Answer.objects.order_by('id')[min(1234, subjects)].id}/",
        "answers of an entry": f"entries/{entry}/answers/?show=all",
        "objections": "objections/",
        "board": "board/?by=indicators",
    }


def _checks(cursor: object, made: object) -> None:
    """A batch for each indicator, and a table of the checks with their batches."""
    from govgauge.office.models import Batch
    from govgauge.systems import library

    execute = cursor.execute  # type: ignore[attr-defined]
    execute("CREATE TABLE bench_check (check_id text, indicator text, place integer, batch_id integer)")
    place = 0
    for leaf in library.system("2025-county").leaves():
        node = leaf.indicator
        checks = [check for check in node.checks if check.asked_in("county")][: CHECKS - place]
        if node.weight("county") is None or not checks:
            continue
        facts = {"round": made, "cut": "indicator", "about": node.code, "double_share": "0.1", "seed": "s"}
        batch = Batch.objects.create(name=f"{node.code} {node.name}", **facts)
        for check in checks:
            place += 1
            execute(f"INSERT INTO bench_check VALUES ('{check.id}', '{node.code}', {place}, {batch.id})")  # noqa: S608


def signed_in() -> str:
    """The cookie of somebody who may see all these pages."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.test import Client

    from govgauge.office.models import Person, Role, RoleKind

    reader = Person.objects.create_user("bench@example.test", name="bench")
    Authenticator.objects.create(user=reader, type=Authenticator.Type.TOTP, data={})
    for kind in (RoleKind.ADMINISTRATOR, RoleKind.REVIEWER, RoleKind.ADJUDICATOR):
        Role.objects.create(person=reader, kind=kind)
    visitor = Client()
    visitor.force_login(reader, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={visitor.cookies[settings.SESSION_COOKIE_NAME].value}"


def measured(pages: dict[str, str], cookie: str) -> int:
    """Start the server, ask, tell."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "govgauge", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            web.wait(port, server)
            told = {
                name: web.show(server.pid, port, name, f"/rounds/bench/{path}", cookie) for name, path in pages.items()
            }
        finally:
            server.terminate()
    slowest = max(told, key=lambda name: told[name])
    print(f"slowest: {slowest}, p95 {told[slowest]:.0f} ms (wanted: {WANTED_MS} ms)", flush=True)
    return 0 if told[slowest] <= WANTED_MS else 1


if __name__ == "__main__":
    sys.exit(main())
