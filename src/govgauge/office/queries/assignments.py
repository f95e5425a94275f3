"""What somebody has to answer: the list, the progress, the neighbours of one; a constant number of queries."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from msgspec import Struct

from govgauge.office.models import Assignment, AssignmentState, Person, Round

TO_DO = (AssignmentState.OPEN, AssignmentState.DRAFT, AssignmentState.RETURNED)
SOON = timedelta(days=7)
ORDER = ("due", "batch", "id")
"""The order in which one goes from one to the next: that of the plan."""
SORTS: dict[str, tuple[str, ...]] = {
    "due": ("due", "urgency", "batch", "id"),
    "state": ("urgency", "due", "batch", "id"),
    "entry": ("entry__key", "id"),
    "check": ("indicator", "check_id", "id"),
}
URGENCY = (AssignmentState.RETURNED, AssignmentState.DRAFT, AssignmentState.OPEN, AssignmentState.SUBMITTED)


class Due(StrEnum):
    """By when something is due."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"


class Sieve(Struct, frozen=True):
    """What of one's work is asked for; an empty field asks for everything."""

    round: str = ""
    state: str = ""
    due: str = ""
    text: str = ""


class Tally(Struct, frozen=True):
    """One's own work in numbers. `late` and `today` count only what is still to do; `dropped` is in no sum."""

    open: int = 0
    draft: int = 0
    returned: int = 0
    submitted: int = 0
    accepted: int = 0
    decided: int = 0
    dropped: int = 0
    late: int = 0
    today: int = 0

    @property
    def to_do(self) -> int:
        return self.open + self.draft + self.returned

    @property
    def total(self) -> int:
        return self.to_do + self.submitted + self.accepted + self.decided


def of(person: Person, sieve: Sieve, sort: str, today: date) -> QuerySet[Assignment]:
    """The assignments of somebody that pass, in an order of SORTS (with `-` before it: the other way round)."""
    urgency = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(URGENCY)),
        default=Value(len(URGENCY)),
        output_field=IntegerField(),
    )
    found = Assignment.objects.filter(_condition(person, sieve, today)).annotate(urgency=urgency)
    names = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    turned = "-" if sort.startswith("-") else ""
    order = [f"{turned}{names[0]}", *names[1:]]
    return found.order_by(*order)


def with_answers(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The same with what a row of the list shows, in one query."""
    return found.select_related("entry", "round", "batch", "coding")


def rows(person: Person, numbers: Sequence[int]) -> list[Assignment]:
    """Some assignments of somebody with all that a row shows, in the order of their numbers."""
    found = with_answers(Assignment.objects.filter(person=person)).in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def count(person: Person, sieve: Sieve, today: date) -> int:
    """How many pass."""
    return Assignment.objects.filter(_condition(person, sieve, today)).count()


def tally(person: Person, today: date, round_: str = "") -> Tally:
    """The numbers of somebody's work, in one round or in all."""
    mine = Assignment.objects.filter(person=person)
    mine = mine.filter(round__slug=round_) if round_ else mine
    waiting = Q(state__in=TO_DO)
    numbers = mine.aggregate(
        **{state.value: Count("id", filter=Q(state=state)) for state in AssignmentState},
        late=Count("id", filter=waiting & Q(due__lt=today)),
        today=Count("id", filter=waiting & Q(due=today)),
    )
    return Tally(**numbers)


def rounds_of(person: Person) -> Sequence[Round]:
    """The rounds in which somebody has work."""
    ids = Assignment.objects.filter(person=person).order_by().values("round").distinct()
    return list(Round.objects.filter(id__in=ids).order_by("-id"))


def neighbours(one: Assignment) -> tuple[int | None, int | None]:
    """What stands before and after an assignment in its round among what its collector still has to do, by id."""
    waiting = Assignment.objects.filter(person=one.person_id, round=one.round_id, state__in=TO_DO).exclude(id=one.id)
    found: list[int | None] = []
    for word, turned in (("lt", "-"), ("gt", "")):
        beyond = Q(batch=one.batch_id, **{f"id__{word}": one.id}) | Q(**{f"batch__{word}": one.batch_id})
        beside = waiting.filter(beyond, due=one.due) | waiting.filter(**{f"due__{word}": one.due})
        order = [f"{turned}{name}" for name in ORDER]
        found.append(beside.order_by(*order).values_list("id", flat=True).first())
    before, after = found
    return before, after


def first_to_do(person: Person, round_id: int) -> int | None:
    """Where somebody goes on in a round."""
    waiting = Assignment.objects.filter(person=person, round=round_id, state__in=TO_DO)
    return waiting.order_by(*ORDER).values_list("id", flat=True).first()


def _condition(person: Person, sieve: Sieve, today: date) -> Q:
    asked = Q(person=person)
    if sieve.round:
        asked &= Q(round__slug=sieve.round)
    if sieve.state:
        asked &= Q(state__in=TO_DO) if sieve.state == "to-do" else Q(state=sieve.state)
    else:
        asked &= ~Q(state=AssignmentState.DROPPED)
    match sieve.due:
        case Due.LATE:
            asked &= Q(due__lt=today, state__in=TO_DO)
        case Due.TODAY:
            asked &= Q(due=today, state__in=TO_DO)
        case Due.SOON:
            asked &= Q(due__gte=today, due__lte=today + SOON, state__in=TO_DO)
    for word in sieve.text.split():
        asked &= Q(entry__key__icontains=word) | Q(check_id__startswith=word) | Q(batch__name__icontains=word)
    return asked
