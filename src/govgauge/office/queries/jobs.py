"""The jobs of a round as a list: sieved and sorted."""

from collections.abc import Sequence

from django.db.models import Count, F, Q, QuerySet
from msgspec import Struct

from govgauge.office.models import Job, JobState, Round


class JobSieve(Struct, frozen=True):
    """What is asked for; an empty field asks for everything. `reason` is how a reason begins."""

    state: JobState | None = None
    lane: str = ""
    group: str = ""
    reason: str = ""
    text: str = ""


SORTS: dict[str, tuple[str, ...]] = {
    "name": ("entry__key",),
    "task": ("task",),
    "state": ("state",),
    "attempts": ("attempts",),
    "worker": ("worker",),
    "started": ("started_at",),
    "ended": ("ended_at",),
}


def jobs(round_: Round, sieve: JobSieve, sort: str = "-ended") -> QuerySet[Job]:
    """The jobs that pass, with their entries; `sort` is a key of SORTS, with `-` before it for the other way round."""
    backwards = sort.startswith("-")
    names = SORTS.get(sort.removeprefix("-"), SORTS["ended"])
    order = [F(name).desc(nulls_last=True) if backwards else F(name).asc(nulls_last=True) for name in names]
    return round_.jobs.filter(_condition(sieve)).select_related("entry").order_by(*order, "id")


def rows(numbers: Sequence[int]) -> list[Job]:
    """Some jobs with their entries, in the order given."""
    return sorted(Job.objects.filter(id__in=numbers).select_related("entry"), key=lambda job: numbers.index(job.id))


def count(round_: Round, sieve: JobSieve) -> int:
    """How many pass."""
    return round_.jobs.filter(_condition(sieve)).count()


def _condition(sieve: JobSieve) -> Q:
    asked = Q()
    if sieve.state:
        asked &= Q(state=sieve.state)
    if sieve.lane:
        asked &= Q(lane=sieve.lane)
    if sieve.group:
        asked &= Q(entry__group=sieve.group)
    if sieve.reason:
        asked &= Q(reason__startswith=sieve.reason)
    for word in sieve.text.split():
        asked &= Q(entry__key__icontains=word) | Q(reason__icontains=word) | Q(host__icontains=word)
    return asked


def lanes_of(round_: Round) -> list[str]:
    """The lanes that the round's jobs go in."""
    return list(round_.jobs.order_by("lane").values_list("lane", flat=True).distinct())


def failures(round_: Round) -> list[tuple[str, int]]:
    """Reasons of the jobs that failed for good, with how many there are of each, most first."""
    return _reasons(round_, JobState.FAILED)


def setbacks(round_: Round) -> list[tuple[str, int]]:
    """Reasons for which waiting jobs were put back, most first."""
    return _reasons(round_, JobState.READY)


def _reasons(round_: Round, state: JobState) -> list[tuple[str, int]]:
    rows = round_.jobs.filter(state=state).exclude(reason="").order_by().values_list("reason").annotate(n=Count("id"))
    return [(reason, count) for reason, count in rows.order_by("-n", "reason")]
