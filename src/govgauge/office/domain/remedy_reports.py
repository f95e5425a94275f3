"""The body's part in putting findings right: claim, report, ask for a re-check."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain import jobs, remedies
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.acting import PROGRAM, Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.remedies import Versions, bounded, by_entry, reasoned
from govgauge.office.domain.remedy_steps import Done, fit, locked, step
from govgauge.office.lanes import ASIDE
from govgauge.office.models import Entry, Job, JobState, Remedy, RemedyStepKind, Round
from govgauge.office.remedy_rules import MAY

RECHECK = "recheck"
"""The task of looking again at what remedies are about: `recheck-1`, `recheck-2` …"""


@transaction.atomic
def claim(acting: Acting, round_: Round, numbers: Sequence[int], note: str = "", seen: Versions | None = None) -> Done:
    """Take findings up: somebody works on them. Raises NotAllowed, Unusable."""
    return _each(acting, round_, _Act(numbers, RemedyStepKind.CLAIMED, "认领", seen), note)


@transaction.atomic
def report_fixed(
    acting: Acting, round_: Round, numbers: Sequence[int], note: str = "", seen: Versions | None = None
) -> Done:
    """Report findings as put right; the program is asked to look again at once. Raises NotAllowed, Unusable."""
    done = _each(acting, round_, _Act(numbers, RemedyStepKind.REPORTED_FIXED, "报告已整改", seen), note)
    asked = _ask(acting, done.remedies)
    return Done(done.remedies, (*done.left_out, *asked.left_out))


@transaction.atomic
def report_no_fix(
    acting: Acting, round_: Round, numbers: Sequence[int], reason: str, seen: Versions | None = None
) -> Done:
    """Report that nothing is to be fixed, with the reason; the office decides. Raises NotAllowed, Unusable."""
    reasoned(False, reason)
    done = _each(acting, round_, _Act(numbers, RemedyStepKind.REPORTED_NO_FIX, "报告无需整改", seen), reason)
    remedies.want_review(
        done.remedies, "单位报告无需整改，须决定说明是否成立", "The body says that nothing is to be fixed"
    )
    return done


@transaction.atomic
def ask_recheck(acting: Acting, round_: Round, numbers: Sequence[int], seen: Versions | None = None) -> Done:
    """Ask the program to look again at findings of a body. Raises NotAllowed, Unusable."""
    good, left_out = _fit(acting, round_, _Act(numbers, RemedyStepKind.RECHECK_ASKED, "申请复查", seen))
    done = _ask(acting, good)
    return Done(done.remedies, (*left_out, *done.left_out))


def ask_by_program(those: Sequence[Remedy]) -> Done:
    """The program itself looks again: nobody has to ask for what a visit did not see any more. In a transaction."""
    return _ask(PROGRAM, those)


def recheck_of(entry: Entry, now: datetime) -> tuple[Job | None, str]:
    """The re-check of a body that has not begun, or a new one; else why there is none."""
    if not entry.url:
        return None, "没有网站，不能复查；请联系评估办公室 (there is no site)."
    known = Job.objects.select_for_update(of=("self",)).filter(entry=entry, task__startswith=f"{RECHECK}-")
    tasks = list(known.order_by("id"))
    waiting = next((job for job in tasks if job.state == JobState.READY and job.attempts == 0), None)
    if waiting is not None:
        return waiting, ""
    most = round_settings.of(entry.round).remedies.rechecks_a_day
    lately = [job for job in tasks if job.ended_at is None or job.ended_at > now - timedelta(days=1)]
    if len(lately) >= most:
        return None, f"24 小时内已复查 {most} 次，已是上限；明天程序会自动复查 (re-checked often enough for a day)."
    job = Job(
        round=entry.round,
        entry=entry,
        task=f"{RECHECK}-{len(tasks) + 1}",
        lane=ASIDE,
        host=urlsplit(entry.url).netloc,
    )
    jobs.open_all([job])
    return job, ""


class _Act(Struct, frozen=True):
    """What is to be done to which remedies: `what` says it in a sentence, `seen` are the versions that were seen."""

    numbers: Sequence[int]
    kind: RemedyStepKind
    what: str
    seen: Versions | None


def _each(acting: Acting, round_: Round, act: _Act, note: str) -> Done:
    good, left_out = _fit(acting, round_, act)
    for remedy in good:
        step(acting, remedy, act.kind, note)
    return Done(tuple(good), tuple(left_out))


def _fit(acting: Acting, round_: Round, act: _Act) -> tuple[list[Remedy], list[str]]:
    """The chosen remedies that are the body's own. Those of others are not there at all."""
    acting.need(Verb.REPORT_REMEDY, round_=round_)
    bounded(act.numbers)
    own = [
        remedy
        for remedy in locked(act.numbers)
        if remedy.round_id == round_.id and acting.may(Verb.REPORT_REMEDY, round_=round_, key=remedy.entry.key)
    ]
    return fit(own, MAY[act.kind], act.seen, act.what)


def _ask(acting: Acting, those: Sequence[Remedy]) -> Done:
    """One job for all findings of a body that are asked for before it begins."""
    asked, left_out = [], []
    for entry, own in by_entry(those).items():
        job, why = recheck_of(entry, timezone.now())
        if job is None:
            left_out += [f"“{entry.name}”第 {one.id} 号：{why}" for one in own]
            continue
        for remedy in own:
            if not remedy.steps.filter(kind=RemedyStepKind.RECHECK_ASKED, job=job).exists():
                step(acting, remedy, RemedyStepKind.RECHECK_ASKED, job=job)
            asked.append(remedy)
    return Done(tuple(asked), tuple(left_out))
