"""Checks that owners ask for of their own sites, outside of the round's results."""

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import jobs, notices
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.lanes import ASIDE
from govgauge.office.models import Entry, Job, JobState, SelfCheck
from govgauge.office.visit_files import Seen

SELF_CHECK = "selfcheck"
"""The task of a self-check: `selfcheck-1`, `selfcheck-2` …"""


@transaction.atomic
def start(acting: Acting, entry: Entry) -> SelfCheck:
    """Start a check of a site for its owner.

    Raises NotAllowed; Unusable when there is no site, one is under way, or the last one was too short a time ago.
    """
    acting.need(Verb.CHECK_OWN_SITE, round_=entry.round, key=entry.key)
    held = Entry.objects.select_for_update(of=("self",)).select_related("round").get(id=entry.id)
    if not held.url:
        raise Unusable("没有登记网站，不能自查；请联系评估办公室登记网址 (there is no site).")
    now = timezone.now()
    if (why := refusal(held, now)) is not None:
        raise Unusable(why)
    number = held.jobs.filter(task__startswith=f"{SELF_CHECK}-").count() + 1
    task = f"{SELF_CHECK}-{number}"
    job = Job(round=held.round, entry=held, task=task, lane=ASIDE, host=urlsplit(held.url).netloc)
    jobs.open_all([job])
    check = SelfCheck(entry=held, by=acting.person, job=job)
    with noted(acting, "self-check.start", check, entry=held):
        check.save()
    return check


def refusal(entry: Entry, now: datetime) -> str | None:
    """Why no check may be started now; None when one may. A check that could not be done does not count."""
    last = entry.self_checks.exclude(job__state=JobState.FAILED).select_related("job").order_by("-id").first()
    if last is None:
        return None
    if last.ended_at is None:
        return "上一次自查还没有结束；请等它完成 (the last one has not ended)."
    free = last.asked_at + timedelta(hours=round_settings.of(entry.round).remedies.self_check_hours)
    if free <= now:
        return None
    at = timezone.localtime(free)
    return f"两次自查之间要隔开一段时间；{at:%Y-%m-%d %H:%M} 之后可以再查 (too soon after the last one)."


def record(job: Job, seen: Seen, place: Path) -> None:
    """Record what came of a check, and tell who asked for it. Call it in the transaction that ends the job."""
    check = SelfCheck.objects.select_for_update(of=("self",)).select_related("entry__round", "by").get(job=job)
    told = seen.judged
    check.as_of = max(timezone.localdate(), job.round.as_of)
    check.started_at, check.ended_at = told.started_at, told.ended_at
    check.evidence = place.as_posix()
    check.home_ok, check.distorted_why = told.home_ok, seen.distorted_why
    check.pages, check.findings = told.pages, len(told.findings)
    check.low, check.high = told.low, told.high
    check.vetoes = [] if seen.distorted_why else told.vetoes
    check.save()
    entry = check.entry
    what, what_en = _words(check)
    facts: notices.Facts = {"entry": entry.key, "count": check.findings, "what": what, "what_en": what_en}
    people = [*notices.of_body(entry), *([check.by] if check.by else [])]
    address = f"/rounds/{entry.round.slug}/entries/{entry.id}/checks/"
    notices.tell(people, "self-check-done", facts, address=address, round_=entry.round, entry=entry)


def _words(check: SelfCheck) -> tuple[str, str]:
    if check.distorted_why:
        return "网站拦截了我们，多数检查无法判定。", "The site kept us out; most checks could not judge."
    if not check.home_ok:
        return "首页没有打开，多数检查无法判定。", "The home page did not open; most checks could not judge."
    return f"查了 {check.pages} 个网页。", f"{check.pages} pages were looked at."
