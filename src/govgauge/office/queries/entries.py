"""The entries of a round as a list: sieved, sorted, each with the job of its visit and its result."""

from collections.abc import Sequence
from enum import StrEnum

from django.db.models import Case, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import OrderBy
from msgspec import Struct

from govgauge.office.domain.rounds import ASSESS
from govgauge.office.models import Entry, Job, JobState, Result, Round


class EntryState(StrEnum):
    """Where an entry is, as its reader asks."""

    NO_SITE = "no-site"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    UNREACHABLE = "unreachable"
    CLOSED = "closed"
    DISTORTED = "distorted"
    FAILED = "failed"


class EntrySieve(Struct, frozen=True):
    """What is asked for; an empty field asks for everything."""

    group: str = ""
    region: str = ""
    state: EntryState | None = None
    text: str = ""


_LAST = Job.objects.filter(entry=OuterRef("pk"), task__startswith=ASSESS).order_by("-id")
"""The visit that counts where there is no result yet, or none any more: a site that moved is visited anew."""
_NO_RESULT = ~Q(url="") & Q(result=None)
_WHERE = {
    EntryState.NO_SITE: Q(url=""),
    EntryState.WAITING: _NO_RESULT & (Q(at=None) | Q(at__in=[JobState.READY, JobState.DONE])),
    EntryState.RUNNING: ~Q(url="") & Q(at=JobState.RUNNING),
    EntryState.DONE: Q(result__home_ok=True, result__distorted=False),
    EntryState.UNREACHABLE: Q(result__home_ok=False, result__closed=False, result__distorted=False),
    EntryState.CLOSED: Q(result__closed=True),
    EntryState.DISTORTED: Q(result__distorted=True),
    EntryState.FAILED: _NO_RESULT & Q(at=JobState.FAILED),
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
    if sieve.state in {EntryState.WAITING, EntryState.RUNNING, EntryState.FAILED}:
        found = found.annotate(at=_of_visit("state"))
    found = found.filter(_condition(sieve)) if _condition(sieve) else found
    return found.order_by(*_order(sort))


def count(round_: Round, sieve: EntrySieve) -> int:
    """How many pass."""
    return entries(round_, sieve).order_by().count()


def with_results(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same with what a row of the list shows, in one query."""
    return found.select_related("result").annotate(
        job_state=_of_visit("state"),
        job_reason=_of_visit("reason"),
        job_attempts=_of_visit("attempts"),
        job_ended=_of_visit("ended_at"),
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
    """Where an entry is, by its site, the state of the job of the visit that counts, and its result."""
    if not url:
        return EntryState.NO_SITE
    if job_state == JobState.RUNNING:
        return EntryState.RUNNING
    if result is None:
        return EntryState.FAILED if job_state == JobState.FAILED else EntryState.WAITING
    if result.distorted:
        return EntryState.DISTORTED
    if result.closed:
        return EntryState.CLOSED
    return EntryState.DONE if result.home_ok else EntryState.UNREACHABLE


def _of_visit(field: str) -> Case:
    """A field of the job of an entry's first visit; where there is no result, of its last one."""
    return Case(When(result=None, then=Subquery(_LAST.values(field)[:1])), default=F(f"visit_job__{field}"))


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
