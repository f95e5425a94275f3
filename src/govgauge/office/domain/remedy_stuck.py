"""What cannot be re-checked: after some days of trying the office is asked, which sends it back or looks by hand."""

from collections.abc import Sequence
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import remedies, uploads
from govgauge.office.domain.acting import PROGRAM, Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.remedies import Versions
from govgauge.office.domain.remedy_steps import Done, fit, locked, of_others, step
from govgauge.office.models import JobState, Remedy, RemedyState, RemedyStepKind, Round
from govgauge.office.remedy_rules import MAY, Remedying

NO_SITE = "没有登记网站，程序无处可查 (there is no site)"
REPORTED = (RemedyStepKind.REPORTED_FIXED, RemedyStepKind.RETURNED, RemedyStepKind.SEEN_AGAIN)
"""Tries are counted anew from the last of these."""


def waiting(round_: Round) -> QuerySet[Remedy]:
    """What was reported and has not been judged yet."""
    return Remedy.objects.filter(round=round_, state=RemedyState.REPORTED)


def give_up(those: Sequence[Remedy], rules: Remedying) -> int:
    """Ask the office about locked remedies of one body that could not be re-checked on enough days; how many.

    Call it in a transaction.
    """
    stuck = []
    for remedy in those:
        if (why := _why(remedy, rules)) is not None:
            step(PROGRAM, remedy, RemedyStepKind.STUCK, why)
            stuck.append(remedy)
    remedies.want_review(
        stuck,
        "多次复查都未能判断，须决定退回单位或人工核查",
        "They could not be re-checked; send them back or look by hand",
    )
    return len(stuck)


@transaction.atomic
def send_back(
    acting: Acting, round_: Round, numbers: Sequence[int], note: str, *, seen: Versions | None = None
) -> Done:
    """Hand what could not be re-checked back to its body, with a sentence. Raises NotAllowed, Unusable."""
    acting.need(Verb.DECIDE_REMEDY, round_=round_)
    remedies.reasoned(False, note)
    good, left_out = of_others(acting, _fit(round_, numbers, seen, "退回"))
    for remedy in good:
        step(acting, remedy, RemedyStepKind.RETURNED, note)
    remedies.tell_decided(good, "无法复查，退回整改", "could not be re-checked, sent back", note)
    return Done(tuple(good), tuple(left_out))


@transaction.atomic
def close_by_hand(
    acting: Acting,
    round_: Round,
    number: int,
    note: str,
    file: tuple[BinaryIO, str] | None,
    *,
    seen: Versions | None = None,
) -> Done:
    """Close what the program cannot re-check and what somebody of the office saw to be put right: with the reason and
    a file, with its name, that proves it. What two people look at waits for another one.

    Raises NotAllowed; Unusable without reason or file, or for a file that cannot be taken.
    """
    acting.need(Verb.DECIDE_REMEDY, round_=round_)
    remedies.reasoned(False, note)
    if file is None:
        raise Unusable("人工核查后销号须附证据文件，如当天网页的截图 (attach a file that proves it).")
    good, left_out = of_others(acting, _fit(round_, [number], seen, "人工核查"))
    for remedy in good:
        kept = uploads.keep(acting, *file, purpose=uploads.REMEDY, round_=round_, entry=remedy.entry)
        step(acting, remedy, RemedyStepKind.BY_HAND, note, upload=kept)
        if remedy.finding.gone_since is None:
            remedy.finding.gone_since = timezone.now()
            remedy.finding.save(update_fields=["gone_since"])
        if remedy.state != RemedyState.CONFIRMING:
            step(acting, remedy, RemedyStepKind.CLOSED, note)
    closed = [one for one in good if one.state == RemedyState.CLOSED]
    remedies.tell_decided(closed, "人工核查已消除，销号", "looked at by hand and closed", note)
    remedies.want_review(
        (one for one in good if one not in closed),
        "人工核查已不见，须另一人确认后销号",
        "Looked at by hand; confirm it",
    )
    return Done(tuple(good), tuple(left_out))


def _fit(round_: Round, numbers: Sequence[int], seen: Versions | None, what: str) -> tuple[list[Remedy], list[str]]:
    remedies.bounded(numbers)
    own = [one for one in locked(numbers) if one.round_id == round_.id]
    return fit(own, MAY[RemedyStepKind.BY_HAND], seen, what)


def _why(remedy: Remedy, rules: Remedying) -> str | None:
    """Why the program gives up: what the last try said. None while it goes on trying."""
    if not remedy.entry.url:
        return NO_SITE
    begun = remedy.steps.filter(kind__in=REPORTED).order_by("-id").values_list("id", flat=True).first()
    tried = Q(kind=RemedyStepKind.UNSEEN) | Q(kind=RemedyStepKind.RECHECK_ASKED, job__state=JobState.FAILED)
    tries = list(remedy.steps.filter(tried, id__gt=begun or 0).select_related("job").order_by("id"))
    days = {timezone.localdate(one.at) for one in tries}
    if len(days) < rules.recheck_tries:
        return None
    last = tries[-1]
    reason = last.note or (last.job.reason if last.job else "")
    return f"{len(days)} 天里复查了 {len(tries)} 次，都未能判断：{reason}"
