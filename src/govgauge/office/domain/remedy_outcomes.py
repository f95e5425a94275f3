"""What a re-check saw of the findings that it was asked for."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from django.utils import timezone

from govgauge.office.domain import remedies
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.remedy_steps import locked, step
from govgauge.office.models import Entry, Finding, Job, Remedy, RemedyState, RemedyStepKind
from govgauge.office.remedy_rules import OPEN


class Seen(StrEnum):
    """What a re-check says of a finding."""

    THERE = "seen-again"
    GONE = "gone"
    UNKNOWN = "unseen"


STEPS = {
    Seen.THERE: RemedyStepKind.SEEN_AGAIN,
    Seen.GONE: RemedyStepKind.GONE,
    Seen.UNKNOWN: RemedyStepKind.UNSEEN,
}
TWICE_SEEN = (RemedyState.EXCUSED,)


def asked(job: Job) -> list[Remedy]:
    """The remedies that a re-check was asked for."""
    ids = job.remedy_steps.filter(kind=RemedyStepKind.RECHECK_ASKED).values_list("remedy_id", flat=True)
    return list(Remedy.objects.filter(id__in=list(ids)).select_related("finding", "entry__round"))


def record(job: Job, found: Mapping[int, Seen], place: Path, why: str = "") -> None:
    """Record what was seen, by the remedy's number; what is gone is closed, or waits for the office's word.

    Call it in the transaction that ends the job. `why`: why nothing could be told, where that is so.
    """
    done: dict[Seen, list[Remedy]] = {seen: [] for seen in Seen}
    for remedy in locked(found):
        seen = found[remedy.id]
        if remedy.state not in (*OPEN, *TWICE_SEEN):
            continue  # it has been settled meanwhile
        step(PROGRAM, remedy, STEPS[seen], why if seen is Seen.UNKNOWN else "", job=job, evidence=place.as_posix())
        _bring_up_to_date(remedy.finding, seen)
        if seen is Seen.GONE and remedy.state != RemedyState.CONFIRMING:
            step(PROGRAM, remedy, RemedyStepKind.CLOSED, job=job)
        done[seen].append(remedy)
    waiting = [remedy for remedy in done[Seen.GONE] if remedy.state == RemedyState.CONFIRMING]
    remedies.want_review(waiting, "复查已不见，须确认后销号", "The re-check did not see them any more")
    _tell(job.entry, done)


def _bring_up_to_date(finding: Finding, seen: Seen) -> None:
    now = timezone.now()
    if seen is Seen.GONE and finding.gone_since is None:
        finding.gone_since = now
        finding.save(update_fields=["gone_since"])
    elif seen is Seen.THERE:
        finding.gone_since, finding.last_seen = None, now
        finding.save(update_fields=["gone_since", "last_seen"])


def _tell(entry: Entry, done: Mapping[Seen, Iterable[Remedy]]) -> None:
    counts = {seen: len(list(those)) for seen, those in done.items()}
    if sum(counts.values()):
        facts = {
            "count": sum(counts.values()),
            "gone": counts[Seen.GONE],
            "seen": counts[Seen.THERE],
            "unseen": counts[Seen.UNKNOWN],
        }
        remedies.tell_body(entry, "remedy-rechecked", facts)
