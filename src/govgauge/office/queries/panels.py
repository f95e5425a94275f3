"""The panel as lists show it: how far each expert and each case is."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from msgspec import Struct

from govgauge.office.case_rules import PanelMode
from govgauge.office.domain import case_calls, ties
from govgauge.office.models import Case, CaseCall, PanelBallot, PanelExpert, PanelTie, Seat

HELD = Q(seats__taken_back_at=None, seats__isnull=False)
DONE = HELD & Q(seats__submitted_at__isnull=False)


class Progress(Struct, frozen=True):
    """A panel in numbers."""

    experts: int
    undeclared: int
    seats: int
    submitted: int
    abstained: int
    open_ties: int
    ballots: int

    @property
    def left(self) -> int:
        """Seats that wait for a verdict."""
        return self.seats - self.submitted


def experts(call: CaseCall) -> QuerySet[PanelExpert]:
    """Everybody who sits or sat on the panel, with `given`, `done` and `abstained` seats, `tied` cases, `voted`."""
    return (
        call.experts.select_related("person")
        .annotate(
            given=Count("seats", filter=HELD, distinct=True),
            done=Count("seats", filter=DONE, distinct=True),
            abstained=Count("seats", filter=DONE & Q(seats__abstained=True), distinct=True),
            tied=Count("ties__case", filter=~Q(ties__stands=False) & Q(ties__isnull=False), distinct=True),
            voted=Exists(PanelBallot.objects.filter(expert=OuterRef("pk"))),
        )
        .order_by("left_at", "alias")
    )


def cases(call: CaseCall) -> QuerySet[Case]:
    """The cases that the panel judges, with `given`, `done` and `abstained` seats."""
    judged = [case.pk for case in ties.judged_cases(call)]
    return (
        Case.objects.filter(pk__in=judged)
        .select_related("entry")
        .annotate(
            given=Count("seats", filter=HELD, distinct=True),
            done=Count("seats", filter=DONE, distinct=True),
            abstained=Count("seats", filter=DONE & Q(seats__abstained=True), distinct=True),
        )
        .order_by("-is_calibration", "number")
    )


def progress(call: CaseCall) -> Progress:
    """The panel in numbers; a few queries whatever its size."""
    people = call.experts.filter(left_at=None)
    held = Seat.objects.filter(expert__call=call, taken_back_at=None)
    told = held.aggregate(
        seats=Count("id"),
        submitted=Count("id", filter=Q(submitted_at__isnull=False)),
        abstained=Count("id", filter=Q(submitted_at__isnull=False, abstained=True)),
    )
    return Progress(
        experts=people.count(),
        undeclared=people.filter(declared_at=None).count(),
        seats=told["seats"],
        submitted=told["submitted"],
        abstained=told["abstained"],
        open_ties=PanelTie.objects.filter(expert__call=call, stands=None).count(),
        ballots=PanelBallot.objects.filter(expert__call=call).values("expert").distinct().count(),
    )


def ties_of(call: CaseCall, state: str) -> QuerySet[PanelTie]:
    """Ties of a panel: all, or those that are open, stand, or were found to be none."""
    found = PanelTie.objects.filter(expert__call=call).select_related("expert__person", "case__entry", "decided_by")
    stands: dict[str, bool | None] = {"open": None, "stands": True, "none": False}
    if state in stands:
        found = found.filter(stands=stands[state])
    return found.order_by("stands", "case__number", "expert__alias", "id")


def own_seats(expert: PanelExpert) -> Sequence[Seat]:
    """An expert's own cases, those for calibration first."""
    found = expert.seats.filter(taken_back_at=None).select_related("case__entry")
    return list(found.order_by("-case__is_calibration", "case__number"))


def may_read(expert: PanelExpert, case: Case) -> bool:
    """Whether an expert may see a case's files: it was given to them, or they may vote for it."""
    if Seat.objects.filter(expert=expert, case=case, taken_back_at=None).exists():
        return True
    if case_calls.rules_of(expert.call).panel_mode is not PanelMode.BALLOTS:
        return False
    return any(one.pk == case.pk for one in ties.judged_cases(expert.call))
