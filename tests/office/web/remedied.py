"""A round in which findings are being put right: a remedy in each state, with people of each part."""

from datetime import timedelta
from pathlib import Path

import seeded
from django.db import transaction
from django.utils import timezone
from people_at_work import somebody

from govgauge.office.domain import remedies, remedy_outcomes, remedy_reports
from govgauge.office.domain.acting import PROGRAM, acting_as
from govgauge.office.domain.remedy_outcomes import Seen
from govgauge.office.models import Entry, Finding, Job, JobState, Person, Remedy, RoleKind, Round


def a_round(bodies: int = 2, each: int = 12) -> Round:
    """A round whose bodies have findings that nobody was told of."""
    round_ = seeded.a_round()
    for number in range(bodies):
        entry = seeded.an_entry(round_, f"青禾县{number}" if number else "青禾县")
        seeded.a_job(entry, JobState.DONE, ended_at=seeded.NOW)
        seeded.a_result(entry)
        for one in range(each):
            audit = ("broken-link", "column-stale", "wrong-word")[one % 3]
            seeded.a_finding(entry, one + 1, audit=audit, confirmed=True)
    return round_


def entry_of(round_: Round) -> Entry:
    return round_.entries.order_by("id").first() or Entry()


def sent(entry: Entry, count: int | None = None) -> list[int]:
    """Findings of a body, sent to it; those that two people look at are confirmed."""
    reviewer = acting_as(somebody(RoleKind.REVIEWER))
    found = list(entry.findings.filter(remedy=None).order_by("id").values_list("id", flat=True))
    done = remedies.notify(PROGRAM, entry.round, found[:count])
    waiting = [one.id for one in done.remedies if one.state == "proposed"]
    if waiting:
        remedies.review(reviewer, entry.round, waiting, agree=True)
    return [one.id for one in done.remedies]


def looked(numbers: list[int], seen: Seen) -> None:
    """A re-check of these has ended."""
    job = Job.objects.filter(task__startswith="recheck").latest("id")
    Job.objects.filter(id=job.id).update(state=JobState.DONE, ended_at=timezone.now())
    with transaction.atomic():
        remedy_outcomes.record(job, dict.fromkeys(numbers, seen), Path("evidence/r/1/1-x"))


def every_state(round_: Round) -> dict[str, int]:
    """A remedy of the first body in each state, by its state."""
    entry = entry_of(round_)
    numbers = sent(entry, 9)
    links = [one for one in numbers if Remedy.objects.get(id=one).audit == "broken-link"]
    columns = [one for one in numbers if Remedy.objects.get(id=one).audit == "column-stale"]
    words = [one for one in numbers if Remedy.objects.get(id=one).audit == "wrong-word"]
    body = acting_as(a_body(entry))
    remedy_reports.claim(body, round_, [links[1]], "由网站科办理")
    remedy_reports.report_fixed(body, round_, [links[2], words[0]], "已更换链接")
    looked([links[2], words[0]], Seen.GONE)
    remedy_reports.report_no_fix(body, round_, [columns[0], columns[1]], "该栏目每年更新一次")
    remedies.decide_explanation(PROGRAM, round_, [columns[1]], agree=True, note="按制度每年更新一次")
    remedy_reports.report_fixed(body, round_, [columns[2]])
    Remedy.objects.filter(id=links[1]).update(due=timezone.localdate() - timedelta(days=9))
    proposed = remedies.notify(
        acting_as(somebody(RoleKind.REVIEWER)),
        round_,
        [entry.findings.filter(remedy=None, audit="wrong-word").values_list("id", flat=True)[0]],
    )
    made = dict(Remedy.objects.filter(entry=entry).order_by("-id").values_list("state", "id"))
    assert proposed.remedies[0].id in made.values()
    return made


def a_body(entry: Entry) -> Person:
    return somebody(RoleKind.ASSESSED, scope=entry.key, name="县政府办公室")


def finding_of(number: int) -> Finding:
    return Finding.objects.get(remedy=number)
