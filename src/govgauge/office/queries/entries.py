"""The entries of a round as a list: sieved, sorted, each with the job of its visit and its result."""

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.expressions import OrderBy
from msgspec import Struct

from govgauge.office.domain.rounds import ASSESS
from govgauge.office.models import Entry, JobState, Result, Round


class EntryState(StrEnum):
    """Where an entry is, as its reader asks."""

    NO_SITE = "no-site"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    UNREACHABLE = "unreachable"
    DISTORTED = "distorted"
    FAILED = "failed"


class EntrySieve(Struct, frozen=True):
    """What is asked for; an empty field asks for everything."""

    group: str = ""
    region: str = ""
    state: EntryState | None = None
    text: str = ""


_WHERE = {
    EntryState.NO_SITE: Q(url=""),
    EntryState.WAITING: Q(visit_job__state=JobState.READY),
    EntryState.RUNNING: Q(visit_job__state=JobState.RUNNING),
    EntryState.DONE: Q(result__home_ok=True, result__distorted=False),
    EntryState.UNREACHABLE: Q(result__home_ok=False, result__distorted=False),
    EntryState.DISTORTED: Q(result__distorted=True),
    EntryState.FAILED: Q(visit_job__state=JobState.FAILED),
}
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("key",),
    "group": ("group", "key"),
    "parent": ("parent", "name"),
    "region": ("region", "key"),
    "state": ("visit_job__state",),
    "low": ("result__low",),
    "high": ("result__high",),
    "pages": ("result__pages",),
    "findings": ("result__findings",),
    "ended": ("visit_job__ended_at",),
}
"""What a list may be sorted by; empty values stand last, the key decides between equals."""


def entries(round_: Round, sieve: EntrySieve, sort: str = "group") -> QuerySet[Entry]:
    """The entries that pass; `sort` is a key of SORTS, with `-` before it for the other way round."""
    found = round_.entries.annotate(visit_job=FilteredRelation("jobs", condition=Q(jobs__task=ASSESS)))
    found = found.filter(_condition(sieve)) if _condition(sieve) else found
    return found.order_by(*_order(sort))


def count(round_: Round, sieve: EntrySieve) -> int:
    """How many pass."""
    return entries(round_, sieve).order_by().count()


def with_results(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same with what a row of the list shows, in one query."""
    return found.select_related("result").annotate(
        job_state=F("visit_job__state"),
        job_reason=F("visit_job__reason"),
        job_attempts=F("visit_job__attempts"),
        job_ended=F("visit_job__ended_at"),
    )


def rows(round_: Round, numbers: Sequence[int]) -> list[Entry]:
    """Some entries with what a row shows, in the order given: a page is found first, without what only rows show."""
    found = with_results(entries(round_, EntrySieve()).filter(id__in=numbers).order_by())
    return sorted(found, key=lambda entry: numbers.index(entry.id))


def groups_of(round_: Round) -> Sequence[str]:
    """The names of the round's groups."""
    return list(round_.entries.exclude(group="").order_by("group").values_list("group", flat=True).distinct())


def regions_of(round_: Round) -> Sequence[str]:
    """The provinces that the round's entries lie in."""
    return list(round_.entries.exclude(region="").order_by("region").values_list("region", flat=True).distinct())


def state_of(url: str, job_state: str | None, result: Result | None) -> EntryState:
    """Where an entry is, by its site, the state of the job of its first visit, and its result."""
    if not url:
        return EntryState.NO_SITE
    if job_state == JobState.RUNNING:
        return EntryState.RUNNING
    if result is None:
        return EntryState.FAILED if job_state == JobState.FAILED else EntryState.WAITING
    if result.distorted:
        return EntryState.DISTORTED
    return EntryState.DONE if result.home_ok else EntryState.UNREACHABLE


def _condition(sieve: EntrySieve) -> Q:
    asked = Q()
    if sieve.group:
        asked &= Q(group=sieve.group)
    if sieve.region:
        asked &= Q(region=sieve.region)
    if sieve.state:
        asked &= _WHERE[sieve.state]
    for word in sieve.text.split():
        asked &= Q(key__icontains=word) | Q(url__icontains=word)
    return asked


def _order(sort: str) -> list[OrderBy | str]:
    """An order that an index can serve where no value may be missing."""
    backwards, sign = sort.startswith("-"), "-" if sort.startswith("-") else ""
    names = SORTS.get(sort.removeprefix("-"), SORTS["group"])
    order: list[OrderBy | str] = [
        f"{sign}{name}" if "__" not in name else _nulls_last(name, backwards) for name in names
    ]
    return [*order, "key"] if "key" not in names else order


def _nulls_last(name: str, backwards: bool) -> OrderBy:
    return F(name).desc(nulls_last=True) if backwards else F(name).asc(nulls_last=True)
