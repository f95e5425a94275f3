"""One's own work as grids: one check over many entries, or one entry over many checks."""

from collections.abc import Sequence

from django.db.models import Count, Min, QuerySet
from msgspec import Struct

from govgauge.office.check_work import work_of
from govgauge.office.models import Assignment, Entry, Person, Round
from govgauge.office.queries.assignments import TO_DO

MOST = 100
"""Rows of a grid on one page."""


class Cut(Struct, frozen=True):
    """A grid: what it is about (`check` with its system and profile, or `entry`), its words, and how many rows wait."""

    title: str
    detail: str
    count: int
    system: str = ""
    profile: str = ""
    check: str = ""
    entry: int = 0


def by_check(person: Person, round_: Round) -> list[Cut]:
    """The checks that somebody has to answer for more than one entry, in the order of the table."""
    waiting = _waiting(person, round_).order_by().values("entry__system", "entry__profile", "check_id")
    found = []
    for row in waiting.annotate(n=Count("id")):
        work = work_of(row["entry__system"], row["entry__profile"], row["check_id"])
        if work is not None:
            cut = Cut(work.text, work.check, row["n"], work.system, row["entry__profile"], work.check)
            found.append(((work.system, work.place), cut))
    return [cut for _place, cut in sorted(found, key=lambda one: one[0])]


def by_entry(person: Person, round_: Round) -> list[Cut]:
    """The entries of which somebody has checks to answer."""
    waiting = _waiting(person, round_).order_by().values("entry", "entry__name", "entry__parent")
    rows = waiting.annotate(n=Count("id"), due=Min("due")).order_by("due", "entry__parent", "entry__name")
    return [Cut(row["entry__name"], row["entry__parent"], row["n"], entry=row["entry"]) for row in rows]


def of_check(person: Person, round_: Round, system: str, check: str) -> QuerySet[Assignment]:
    """What somebody has to answer of one check."""
    found = _waiting(person, round_).filter(check_id=check, entry__system=system)
    return found.select_related("entry", "batch", "coding").order_by("entry__group", "entry__key", "id")


def of_entry(person: Person, entry: Entry) -> QuerySet[Assignment]:
    """What somebody has to answer of one entry."""
    found = _waiting(person, entry.round).filter(entry=entry)
    return found.select_related("entry", "batch", "coding").order_by("batch", "id")


def some(person: Person, round_: Round, numbers: Sequence[int]) -> list[Assignment]:
    """Some of somebody's assignments, in the order of their numbers."""
    found = Assignment.objects.filter(person=person, round=round_).select_related("entry", "batch", "coding", "round")
    known = found.in_bulk(numbers)
    return [known[number] for number in numbers if number in known]


def _waiting(person: Person, round_: Round) -> QuerySet[Assignment]:
    return Assignment.objects.filter(person=person, round=round_, state__in=TO_DO)
