"""Owners have single findings of their sites looked at again before they are sent; the findings stay as they are."""

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import notices
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.remedy_reports import recheck_of
from govgauge.office.models import Finding, FindingLook, Job, LookedAs, Standing
from govgauge.office.remedy_rules import UNSENT


@transaction.atomic
def ask(acting: Acting, finding: Finding) -> FindingLook:
    """Have a finding looked at again that was not sent to its body. The caller has asked whether it may be seen.

    Raises NotAllowed; Unusable when it was sent, is there no more, or the site was re-checked often enough for a day.
    """
    entry = finding.entry
    acting.need(Verb.CHECK_OWN_SITE, round_=entry.round, key=entry.key)
    held = Finding.objects.select_for_update(of=("self",)).select_related("entry__round").get(id=finding.id)
    remedy = getattr(held, "remedy", None)
    if remedy is not None and remedy.state not in UNSENT:
        raise Unusable("这个问题已经通知整改；请在“问题整改”中报告或申请复查 (it was sent; ask there).")
    if held.gone_since is not None or held.superseded or entry.standing != Standing.IN:
        raise Unusable("这个问题已经不在；请刷新 (the finding is there no more).")
    job, why = recheck_of(held.entry, timezone.now())
    if job is None:
        raise Unusable(why)
    known = held.looks.filter(job=job).first()
    if known is not None:
        return known
    look = FindingLook(finding=held, by=acting.person, job=job)
    with noted(acting, "finding.look", look, entry=held.entry):
        look.save()
    return look


def record(job: Job, found: Mapping[int, LookedAs], place: Path, why: str) -> None:
    """Record what was seen, by the number of the look, and tell who asked.

    Call it in the transaction that ends the job. `why`: why nothing could be told, where that is so.
    """
    looks = list(FindingLook.objects.select_for_update(of=("self",)).filter(id__in=found).select_related("by"))
    for look in looks:
        look.seen, look.ended_at, look.evidence = found[look.id], timezone.now(), place.as_posix()
        look.why = why[:300] if look.seen == LookedAs.UNKNOWN else ""
        look.save()
    if not looks:
        return
    counts = {seen: sum(look.seen == seen for look in looks) for seen in LookedAs}
    facts: notices.Facts = {
        "entry": job.entry.key,
        "count": len(looks),
        "gone": counts[LookedAs.GONE],
        "seen": counts[LookedAs.THERE],
        "unseen": counts[LookedAs.UNKNOWN],
    }
    address = f"/rounds/{job.round.slug}/entries/{job.entry_id}/answers/"
    people = [*notices.of_body(job.entry), *(look.by for look in looks if look.by)]
    notices.tell(people, "remedy-rechecked", facts, address=address, round_=job.round, entry=job.entry)
