"""Remedies as lists: those that somebody may see, sieved and sorted, in words."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    Finding,
    FindingLook,
    Remedy,
    RemedyState,
    RemedyStep,
    RemedyStepKind,
    Round,
    Standing,
)
from govgauge.office.queries.findings import ShownFinding, last_looks, shown
from govgauge.office.remedy_rules import OPEN, RUNNING, UNSENT

SORTS: dict[str, tuple[str, ...]] = {
    "entry": ("entry__key", "id"),
    "audit": ("audit", "entry__key", "id"),
    "state": ("state", "due", "id"),
    "due": ("due", "id"),
    "notified": ("notified_at", "id"),
}
"""What a list may be sorted by."""
OPEN_ONES = "open"
"""In the place of a state: everything that is not settled."""


class RemedySieve(Struct, frozen=True):
    """What is asked for; an empty field asks for everything. `state` is one of RemedyState, or OPEN_ONES."""

    state: str = ""
    audit: str = ""
    group: str = ""
    entry: int = 0
    text: str = ""
    overdue: bool = False


class RemedyRow(Struct, frozen=True):
    """A remedy with its finding in words; `late` are days past its deadline while that runs, `why` it cannot be
    re-checked, where that is so."""

    remedy: Remedy
    finding: ShownFinding
    late: int
    why: str = ""


class FindingSieve(Struct, frozen=True):
    """Which findings that were not sent yet are asked for; `confirmed`: only those seen at two different times."""

    audit: str = ""
    group: str = ""
    text: str = ""
    confirmed: bool = True


class FreshRow(Struct, frozen=True):
    """A finding that nobody was told of yet, in words; `look`: the last one that its body asked for."""

    row: Finding
    finding: ShownFinding
    look: FindingLook | None


def visible(acting: Acting, round_: Round, verb: Verb = Verb.SEE_ENTRY) -> QuerySet[Remedy]:
    """The remedies that somebody may see: bodies and supervisors see what was sent."""
    found = Remedy.objects.filter(round=round_)
    if not acting.may(Verb.SEE_ROUND, round_=round_):
        found = found.filter(entry__in=acting.entries(verb, round_)).exclude(state__in=UNSENT)
    return found


def remedies(found: QuerySet[Remedy], sieve: RemedySieve, today: date, sort: str = "due") -> QuerySet[Remedy]:
    """Those that pass, in order; `sort` is a key of SORTS, with `-` before it for the other way round."""
    asked = Q()
    if sieve.state == OPEN_ONES:
        asked &= Q(state__in=OPEN)
    elif sieve.state:
        asked &= Q(state=sieve.state)
    if sieve.audit:
        asked &= Q(audit=sieve.audit)
    if sieve.group:
        asked &= Q(entry__group=sieve.group)
    if sieve.entry:
        asked &= Q(entry_id=sieve.entry)
    if sieve.overdue:
        asked &= Q(state__in=RUNNING, due__lt=today)
    for word in sieve.text.split():
        asked &= Q(entry__key__icontains=word) | Q(finding__page__icontains=word)
    names = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    backwards = sort.startswith("-")
    order = [F(name).desc(nulls_last=True) if backwards else F(name).asc(nulls_last=True) for name in names]
    return found.filter(asked).order_by(*order)


def rows(ids: Sequence[int], today: date, language: str) -> list[RemedyRow]:
    """Some remedies with all that a list shows, in their order; one query."""
    why = RemedyStep.objects.filter(remedy=OuterRef("pk"), kind=RemedyStepKind.STUCK).order_by("-id").values("note")[:1]
    asked = Remedy.objects.filter(id__in=ids).select_related("finding", "entry").annotate(stuck_why=Subquery(why))
    found = {one.id: one for one in asked}
    ordered = [found[number] for number in ids if number in found]
    return [row(one, today, language) for one in ordered]


def row(one: Remedy, today: date, language: str) -> RemedyRow:
    """A remedy in words."""
    running = one.due is not None and RemedyState(one.state) in RUNNING
    late = (today - one.due).days if running and one.due else 0
    why = getattr(one, "stuck_why", None) if one.state == RemedyState.UNJUDGED else None
    return RemedyRow(one, shown([one.finding], language)[0], max(0, late), why or "")


def states(found: QuerySet[Remedy], today: date) -> dict[str, int]:
    """How many there are in each state, and how many of them are overdue (`overdue`), in one query."""
    late = Count("id", filter=Q(state__in=RUNNING, due__lt=today))
    counts: dict[str, int] = {"overdue": 0}
    for state, number, overdue in found.order_by().values_list("state").annotate(n=Count("id"), late=late):
        counts[state] = number
        counts["overdue"] += overdue
    return counts


def audits(found: QuerySet[Remedy]) -> list[str]:
    """The audits that remedies are about."""
    return list(found.order_by("audit").values_list("audit", flat=True).distinct())


def unsent(round_: Round, sieve: FindingSieve) -> QuerySet[Finding]:
    """Findings that are there now and that nobody was told of."""
    found = fresh_findings().filter(entry__round=round_)
    if sieve.confirmed:
        found = found.filter(confirmed=True)
    if sieve.audit:
        found = found.filter(audit=sieve.audit)
    if sieve.group:
        found = found.filter(entry__group=sieve.group)
    for word in sieve.text.split():
        found = found.filter(Q(entry__key__icontains=word) | Q(page__icontains=word))
    return found.order_by("entry_id", "audit", "id")


def fresh_findings() -> QuerySet[Finding]:
    """Findings of those who take part that are there now and that nobody was told of, of all rounds."""
    return Finding.objects.filter(entry__standing=Standing.IN, gone_since=None, superseded=False, remedy=None)


def unsent_rows(ids: Sequence[int], language: str) -> list[FreshRow]:
    """Some findings with all that a list shows, in their order; two queries."""
    found = {one.id: one for one in Finding.objects.filter(id__in=ids).select_related("entry")}
    ordered = [found[number] for number in ids if number in found]
    looks = last_looks(ids)
    return [
        FreshRow(one, words, looks.get(one.id)) for one, words in zip(ordered, shown(ordered, language), strict=True)
    ]


def unsent_audits(round_: Round) -> list[str]:
    """The audits of findings that nobody was told of."""
    found = fresh_findings().filter(entry__round=round_)
    return list(found.order_by("audit").values_list("audit", flat=True).distinct())
