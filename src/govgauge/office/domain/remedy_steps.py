"""The one way in which a remedy goes on: a step is added, and what lists show follows from it, with its trail."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.remedy_deadlines import WAITED, resumed
from govgauge.office.models import Job, Remedy, RemedyDeadline, RemedyState, RemedyStep, RemedyStepKind, Upload
from govgauge.office.remedy_rules import REVIEWED_TWICE, RUNNING, WAITING, after

LONGEST_NOTE = 1000
MOST_AT_ONCE = 500
"""Remedies that one act concerns: more would keep others waiting."""


class Done(Struct, frozen=True):
    """What came of an act on several remedies: those it was done to, a sentence for each other one, and what else is
    to be known of those that it was done to."""

    remedies: tuple[Remedy, ...]
    left_out: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.remedies)


def step(
    acting: Acting,
    remedy: Remedy,
    kind: RemedyStepKind,
    note: str = "",
    *,
    job: Job | None = None,
    evidence: str = "",
    upload: Upload | None = None,
) -> RemedyStep:
    """Add a step to a locked remedy. Call it in a transaction."""
    note = note.strip()[:LONGEST_NOTE]
    with noted(acting, f"remedy.{kind.value}", remedy, entry=remedy.entry, reason=note):
        before = RemedyState(remedy.state) if remedy.state else None
        state = after(kind, before, twice=remedy.audit in REVIEWED_TWICE)
        remedy.state = state or remedy.state
        remedy.version += 1
        if kind is RemedyStepKind.NOTIFIED:
            remedy.notified_at = timezone.now()
        if kind is RemedyStepKind.CLOSED:
            remedy.closed_at = timezone.now()
        elif kind is RemedyStepKind.REOPENED:
            remedy.closed_at = None
        remedy.save()
        due = resumed(remedy, timezone.localdate()) if before in WAITING and state in RUNNING else None
        made = RemedyStep.objects.create(
            remedy=remedy, kind=kind, by=acting.person, note=note, job=job, evidence=evidence, upload=upload
        )
    if due is not None:
        set_deadline(acting, remedy, due, WAITED)
    return made


def set_deadline(acting: Acting, remedy: Remedy, day: date, why: str) -> None:
    """Set by when a finding is to be put right; earlier deadlines stay as rows."""
    with noted(acting, "remedy.deadline", remedy, entry=remedy.entry, reason=why):
        RemedyDeadline.objects.create(remedy=remedy, day=day, by=acting.person, why=why[:200])
        remedy.due = day
        remedy.save(update_fields=["due"])


def locked(ids: Iterable[int]) -> list[Remedy]:
    """Remedies that nobody else changes meanwhile, in the order of their numbers. Call it in a transaction."""
    found = Remedy.objects.select_for_update(of=("self",)).filter(id__in=list(ids))
    return list(found.select_related("finding", "entry", "round").order_by("id"))


def fit(
    remedies: Iterable[Remedy], states: frozenset[RemedyState], versions: Mapping[int, int] | None, what: str
) -> tuple[list[Remedy], list[str]]:
    """Those to which something may be done, and a sentence for each other one.

    `versions` are those that the person saw; what has gone on since is left out, so that nobody decides unseen.
    """
    good, left_out = [], []
    for remedy in remedies:
        if versions is not None and versions.get(remedy.id, remedy.version) != remedy.version:
            left_out.append(
                f"“{told(remedy)}”刚有人处理过，现在是“{remedy.get_state_display()}”；请看过再定 (it has changed)."
            )
        elif RemedyState(remedy.state) not in states:
            left_out.append(f"“{told(remedy)}”现在是“{remedy.get_state_display()}”，不能{what} (not in this state).")
        else:
            good.append(remedy)
    return good, left_out


def of_others(acting: Acting, fitting: tuple[list[Remedy], list[str]]) -> tuple[list[Remedy], list[str]]:
    """What `fit` found, without the findings of bodies for which somebody stands themselves, which others judge."""
    good, left_out = fitting
    own = [one for one in good if acting.stands_for(one.entry)]
    left_out += [f"“{told(one)}”是您代表的单位的，请由别人处理 (nobody judges their own body)." for one in own]
    return [one for one in good if one not in own], left_out


def told(remedy: Remedy) -> str:
    """A remedy in a few words for sentences about it."""
    return f"{remedy.entry.name} 第 {remedy.id} 号"
