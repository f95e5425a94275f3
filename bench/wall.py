"""The board on a wall over 15,000 subjects, asked for from a real server as by several screens: p95, processor time.

`--subjects` for another number; `python bench/wall.py --into HOME` writes the round into an office to be looked at.
"""

import argparse
import os
import random
import secrets
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import synthetic_round, web

SUBJECTS = 15_000
BATCH = 5000
AUDITS = (
    *(("broken-link", 0.31), ("column-stale", 0.17), ("broken-image", 0.12), ("mixed-content", 0.1)),
    *(("column-empty", 0.08), ("message-overdue", 0.06), ("ipv6", 0.05), ("gov-mark", 0.04)),
    *(("privacy-policy", 0.03), ("wrong-word", 0.02), ("https", 0.01), ("site-code", 0.01)),
)
DOWN = ("timed-out", "dns-missing", "server-error", "refused", "connect-timeout", "wrong-content")
EACH = 8
"""Findings of a subject."""


def main() -> int:
    """Write and, unless it is only to be looked at, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=SUBJECTS)
    parser.add_argument("--into", type=Path)
    given = parser.parse_args()
    from govgauge.office.start import start

    if given.into:
        start(given.into)
        fill("wall", given.subjects)
        return 0
    with tempfile.TemporaryDirectory(prefix="govgauge-bench-wall-") as folder:
        os.environ |= {"GOVGAUGE_HOME": folder, "GOVGAUGE_SECRET_KEY": secrets.token_hex()}
        start(Path(folder))
        synthetic_round.fill("bench", given.subjects)
        add("bench")
        from govgauge.office.domain import walls
        from govgauge.office.models import Round

        began = time.perf_counter()
        walls.refresh(Round.objects.get(slug="bench"))
        print(f"a count takes {time.perf_counter() - began:.2f} s", flush=True)
        cookie = web.signed_in()
        from django.db import connections

        connections.close_all()
        web.PAGES.clear()
        web.PAGES.update({"the whole board": "board/wall/", "its numbers": "board/wall/live"})
        return web.measured(given.subjects, cookie)


def fill(slug: str, count: int, seed: int = 4) -> None:
    """A round under way, with the provinces that there are."""
    from govgauge.office.models import Entry
    from govgauge.subjects.tiles import tiles

    synthetic_round.fill(slug, count, seed)
    names, draw = [one.name for one in tiles() if one.code], random.Random(seed)
    entries = list(Entry.objects.filter(round__slug=slug).order_by("id"))
    for one in entries:
        one.region = one.parent = draw.choice(names)
        one.key = f"{one.parent}/{one.name}"
    Entry.objects.bulk_update(entries, ["region", "parent", "key"], batch_size=500)
    add(slug, seed)


def add(slug: str, seed: int = 4) -> None:
    """Stages, watched sites with their last hour, findings, remedies and a trail for a round that is there."""
    from django.db import transaction
    from django.utils import timezone

    from govgauge.office.models import Round

    now, draw = timezone.now(), random.Random(seed)
    round_ = Round.objects.get(slug=slug)
    entries = list(round_.entries.exclude(url="").order_by("id"))
    with transaction.atomic():
        _stages(round_, timezone.localdate(now))
        _watches(round_, entries, now, draw)
        _findings(round_, now, draw)
        _answers(round_, entries, draw)


def _stages(round_: Any, today: Any) -> None:
    from govgauge.office.models import RoundStage, StageKind

    begins = (-80, -55, -30, 20, 40, 60)
    for kind, starts in zip(StageKind, begins, strict=True):
        ends = today + timedelta(days=starts + (40 if starts == -30 else 24))
        RoundStage.objects.create(round=round_, kind=kind, starts=today + timedelta(days=starts), ends=ends)


def _watches(round_: Any, entries: list[Any], now: datetime, draw: random.Random) -> None:
    from govgauge.gather.availability.status import counts
    from govgauge.office.models import Probe, Watch

    watches, at = [], {}
    for one in entries:
        status = draw.choices(("ok", "slow", "blocked", draw.choice(DOWN)), (0.93, 0.04, 0.015, 0.012))[0]
        when = now - timedelta(seconds=draw.randrange(20, 3500))
        failing = now - timedelta(minutes=draw.randrange(8, 900)) if counts(status) == "failed" else None
        slot = int(when.timestamp() // 60)
        row = Watch(round=round_, url=one.url, last_slot=slot, last_at=when, failing_since=failing)
        row.last_counts, row.last_status = counts(status), status
        watches.append(row)
        at[one.url] = when
    made = Watch.objects.bulk_create(watches, batch_size=BATCH)
    probes = [
        Probe(watch=one, slot=one.last_slot, attempt=1, at=one.last_at, status=one.last_status, total=900)
        for one in made
    ]
    older = [
        Probe(watch=one.watch, slot=one.slot - 60, attempt=1, at=one.at - timedelta(hours=1), status="ok", total=700)
        for one in probes
    ]
    Probe.objects.bulk_create([*probes, *older], batch_size=BATCH)


def _findings(round_: Any, now: datetime, draw: random.Random) -> None:
    from govgauge.office.models import Finding, Remedy, RemedyState

    names, weights = zip(*AUDITS, strict=True)
    visited = list(round_.entries.filter(result__home_ok=True).order_by("id"))
    heavy = {region: draw.uniform(0.3, 1.8) for region in sorted({one.region for one in visited})}
    rows = [
        Finding(
            entry=one,
            identity=f"{number:016x}",
            audit=draw.choices(names, weights)[0],
            page=one.url,
            slug="failure",
            first_seen=now - timedelta(days=20),
            last_seen=now,
            first_visit=1,
            last_visit=1,
            confirmed=True,
        )
        for one in visited
        for number in range(max(0, round(draw.gauss(EACH * heavy[one.region], 2))))
    ]
    made = Finding.objects.bulk_create(rows, batch_size=BATCH)
    kinds = (RemedyState.NOTIFIED, RemedyState.CLAIMED, RemedyState.REPORTED, RemedyState.CLOSED)
    remedies = []
    for finding in made[:: max(1, len(made) // 4000)]:
        state, sent = draw.choices(kinds, (1, 4, 1, 5))[0], now - timedelta(days=draw.randrange(2, 25))
        closed = min(now, sent + timedelta(days=draw.randrange(1, 14))) if state == RemedyState.CLOSED else None
        due = (sent + timedelta(days=21)).date()
        row = Remedy(finding=finding, round=round_, entry=finding.entry, audit=finding.audit, state=state, due=due)
        row.notified_at, row.closed_at = sent, closed
        remedies.append(row)
    Remedy.objects.bulk_create(remedies, batch_size=BATCH)
    _trail(round_, remedies, now, draw)


def _trail(round_: Any, remedies: list[Any], now: datetime, draw: random.Random) -> None:
    """What was done of late, some of it in bulk."""
    from govgauge.office.models import Change

    told = ("remedy.closed", "remedy.claimed", "remedy.gone", "remedy.reported-fixed", "remedy.notified")
    at = now - timedelta(hours=3)
    for place in range(0, min(200, len(remedies) - 8), 8):
        at += timedelta(minutes=draw.randrange(3, 9))
        verb = draw.choice(told)
        for remedy in remedies[place : place + draw.choice((1, 1, 1, 8))]:
            facts = {"topic": "Remedy", "record": str(place), "actor_name": "王小明"}
            made = Change.objects.create(round=round_, entry=remedy.entry, verb=verb, **facts)
            Change.objects.filter(pk=made.pk).update(at=min(at, now))


def _answers(round_: Any, entries: list[Any], draw: random.Random) -> None:
    """Work of people, two answers for each subject."""
    from govgauge.office.models import Assignment, AssignmentState, Batch, Part, Person

    facts = {"round": round_, "cut": "indicator", "about": "1.1", "double_share": "0.1", "seed": "s"}
    batch = Batch.objects.create(name="1.1 机构信息", **facts)
    people = [Person.objects.create_user(f"wall{n}@example.test", name=f"采集员{n}") for n in range(6)]
    states = (AssignmentState.ACCEPTED, AssignmentState.SUBMITTED, AssignmentState.DRAFT, AssignmentState.OPEN)
    rows = [
        Assignment(
            round=round_,
            batch=batch,
            entry=entry,
            check_id=f"1.1-{number}",
            indicator="1.1",
            method="manual",
            person=draw.choice(people),
            part=Part.FIRST,
            minutes=5,
            due=round_.as_of.replace(year=2099),
            state=draw.choices(states, (5, 2, 1, 3))[0],
        )
        for entry in entries
        for number in (1, 2)
    ]
    Assignment.objects.bulk_create(rows, batch_size=BATCH)


if __name__ == "__main__":
    sys.exit(main())
