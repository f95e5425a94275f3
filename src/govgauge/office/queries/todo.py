"""What waits for somebody in a role, counted: a handful of queries for each role, however much there is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from govgauge.office.domain import stages, work_counts
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.registrations import UNDER_REVIEW
from govgauge.office.models import (
    Assignment,
    AssignmentState,
    CaseCall,
    CaseStepKind,
    Delivery,
    DeliveryState,
    Dispute,
    Entry,
    Invitation,
    Job,
    JobState,
    Objection,
    ObjectionPeriod,
    ObjectionState,
    PanelExpert,
    PanelTie,
    RegistrationStepKind,
    Remedy,
    RemedyState,
    Result,
    Role,
    RoleKind,
    Round,
    RoundState,
    Seat,
    StageKind,
)
from govgauge.office.queries import cases, field_tests, registrations
from govgauge.office.queries.work_counts import Counted

EXPIRING = timedelta(days=3)
"""An invitation that ends sooner is worth a look."""
OF_BODY = (RemedyState.NOTIFIED, RemedyState.CLAIMED)
OF_OFFICE = (RemedyState.PROPOSED, RemedyState.EXPLAINED, RemedyState.UNJUDGED, RemedyState.CONFIRMING)
OWN_SHOWN = 12
"""Bodies of one person that are named."""
TO_ANSWER = (AssignmentState.OPEN, AssignmentState.DRAFT, AssignmentState.RETURNED)


class Todo(Struct, frozen=True):
    """So many of something wait, in a round or in all; `urgent` when somebody is late, `until`: the last day for it."""

    what: str
    count: int
    round: Round | None = None
    urgent: bool = False
    until: date | None = None


class Asked(Struct, frozen=True):
    """For whom and when it is asked: the roles of one kind that somebody has, and the rounds in which they hold."""

    acting: Acting
    roles: tuple[Role, ...]
    rounds: Mapping[int, Round]
    today: date
    now: datetime


def open_rounds(acting: Acting) -> list[Round]:
    """The rounds under way in which somebody has a role, with their stages, the newest first; two queries."""
    found = Round.objects.exclude(state=RoundState.FROZEN).prefetch_related("stages").order_by("-created_at", "-id")
    if any(role.round_id is None for role in acting.roles):
        return list(found)
    return list(found.filter(id__in={role.round_id for role in acting.roles}))


def kinds(acting: Acting) -> list[RoleKind]:
    """The kinds of roles that somebody has, in the order of their list."""
    held = {role.kind for role in acting.roles}
    return [kind for kind in RoleKind if kind in held]


def todos(acting: Acting, kind: RoleKind, rounds: Sequence[Round], today: date) -> list[Todo]:
    """What waits for somebody in a kind of role, that in which somebody is late first; nothing that counts none."""
    roles = tuple(role for role in acting.roles if role.kind == kind)
    everywhere = any(role.round_id is None for role in roles)
    mine = {one.pk: one for one in rounds if everywhere or one.pk in {role.round_id for role in roles}}
    asked = Asked(acting, roles, mine, today, timezone.now())
    found = [todo for todo in BY_KIND.get(kind, _nothing)(asked) if todo.count]
    return sorted(found, key=lambda todo: not todo.urgent)


def _collector(asked: Asked) -> Iterable[Todo]:
    waiting = Q(state__in=TO_ANSWER)
    mine = Assignment.objects.filter(person=asked.acting.person, round__in=asked.rounds)
    told = mine.aggregate(
        late=Count("id", waiting & Q(due__lt=asked.today)),
        today=Count("id", waiting & Q(due=asked.today)),
        returned=Count("id", Q(state=AssignmentState.RETURNED)),
        all=Count("id", waiting),
    )
    yield Todo("codings-late", told["late"], urgent=True)
    yield Todo("codings-today", told["today"])
    yield Todo("codings-returned", told["returned"])
    yield Todo("codings", told["all"])
    tests = field_tests.counts(field_tests.mine(asked.acting).filter(round__in=asked.rounds), asked.today)
    yield Todo("tests-late", tests.late, urgent=True)
    yield Todo("tests-to-send", tests.to_send)
    yield Todo("tests-to-grade", tests.to_grade)
    yield Todo("tests-to-close", tests.to_close)


def _reviewer(asked: Asked) -> Iterable[Todo]:
    counts = work_counts.current(asked.rounds)
    yield from (Todo("batches-to-review", counts[pk].batches, one) for pk, one in asked.rounds.items())
    submitted = Assignment.objects.filter(state=AssignmentState.SUBMITTED)
    disagreements = list(_by_round(asked, Dispute.objects.filter(decided_at=None), "disagreements"))
    disputed = {one.round: 2 * one.count for one in disagreements}
    for one in _by_round(asked, submitted, "codings-to-review"):
        # Disputed answers are for the adjudicator, both; what the other coder still answers is for nobody yet.
        half = counts[one.round.pk].half if one.round else 0
        yield replace(one, count=max(0, one.count - disputed.get(one.round, 0) - half))
    yield from disagreements
    yield from _by_round(asked, Remedy.objects.filter(state__in=OF_OFFICE), "remedies-to-decide")
    yield from _unsent(asked, counts)
    yield from _screener(asked)


def _unsent(asked: Asked, counts: Mapping[int, Counted]) -> Iterable[Todo]:
    return [Todo("findings-unsent", counts[pk].unsent, one) for pk, one in asked.rounds.items()]


def _screener(asked: Asked, *works: str) -> Iterable[Todo]:
    """A query for each kind of work in each round that has a call."""
    for call in CaseCall.objects.filter(round__in=asked.rounds):
        round_ = asked.rounds[call.round_id]
        counted = cases.to_screen(round_, asked.acting.person, works or cases.WORK)
        yield from (Todo(f"cases-to-{work}", count, round_) for work, count in counted.items())


def _adjudicator(asked: Asked) -> Iterable[Todo]:
    yield from _by_round(asked, Dispute.objects.filter(decided_at=None), "disputes")
    yield from _by_round(asked, Objection.objects.filter(state=ObjectionState.FILED), "objections")


def _administrator(asked: Asked) -> Iterable[Todo]:
    waiting = registrations.registrations().filter(state__in=UNDER_REVIEW)
    yield from _by_round(asked, waiting, "registrations-to-decide")
    yield from _by_round(asked, Job.objects.filter(state=JobState.FAILED), "jobs-failed", urgent=True)
    results = Result.objects.all()
    yield from _by_round(asked, results.exclude(vetoes=[]), "sites-vetoed", within="entry__round", urgent=True)
    yield from _by_round(asked, results.filter(distorted=True), "sites-distorted", within="entry__round")
    unreachable = results.filter(home_ok=False, closed=False, distorted=False)
    yield from _by_round(asked, unreachable, "sites-unreachable", within="entry__round")
    yield from _by_round(asked, results.filter(closed=True), "sites-closed", within="entry__round")
    yield from _by_round(asked, Objection.objects.filter(state=ObjectionState.FILED), "objections")
    yield from _by_round(asked, Remedy.objects.filter(state__in=OF_OFFICE), "remedies-to-decide")
    yield from _unsent(asked, work_counts.current(asked.rounds))
    yield from _screener(asked, "decide")
    late = field_tests.of_rounds(asked.rounds).filter(field_tests.late(asked.today))
    yield from _by_round(asked, late, "round-tests-late")
    invited = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=asked.now)
    failed = Delivery.objects.filter(state=DeliveryState.FAILED)
    mine = {role.round_id for role in asked.roles}
    if None not in mine:  # who looks after some rounds is told of these alone
        invited, failed = invited.filter(round__in=mine), failed.filter(notice__round__in=mine)
    yield Todo("invitations-expiring", invited.filter(expires_at__lte=asked.now + EXPIRING).count())
    yield Todo("deliveries-failed", failed.count(), urgent=True)
    ties = PanelTie.objects.filter(stands=None, expert__left_at=None)
    yield from _by_round(asked, ties, "ties-to-decide", within="expert__call__round")


def _assessed(asked: Asked) -> Iterable[Todo]:
    own = Q(pk__in=[])
    for role in asked.roles:
        own |= Q(entry__key=role.scope, round__in=[role.round_id] if role.round_id else asked.rounds)
    mine = Remedy.objects.filter(own, state__in=OF_BODY)
    yield from _by_round(asked, mine.filter(due__lt=asked.today), "findings-late", urgent=True)
    yield from _by_round(asked, mine, "findings-open")
    bodies = Q(pk__in=[])
    for role in asked.roles:
        bodies |= Q(key=role.scope, round__in=[role.round_id] if role.round_id else asked.rounds)
    listed = set(Entry.objects.filter(bodies).values_list("round_id", "key"))
    for round_, period in _periods(asked).items():
        if period.starts <= asked.today <= period.ends and any(number == round_ for number, _key in listed):
            yield Todo("objection-period", 1, asked.rounds[round_], until=period.ends)
    yield from _registering(asked, listed)
    yield from _nominator(asked)


def _registering(asked: Asked, listed: set[tuple[int, str]]) -> Iterable[Todo]:
    """Rounds for which a body that is not listed may register now, and forms that were begun."""
    rows = list(registrations.mine(Acting(asked.acting.person, asked.roles)).values_list("round_id", "key", "state"))
    known = listed | {(round_, key) for round_, key, _state in rows}
    for number, round_ in asked.rounds.items():
        days = stages.of(round_).get(StageKind.REGISTRATION)
        mine = {role.scope for role in asked.roles if role.round_id in {None, number}}
        new = [scope for scope in mine if (number, scope) not in known]
        if new and days is not None and days.starts <= asked.today <= days.ends:
            yield Todo("registration-open", len(new), round_, until=days.ends)
    unfinished = {RegistrationStepKind.DRAFTED, RegistrationStepKind.RETURNED}
    yield Todo("registrations-unfinished", sum(state in unfinished for *_which, state in rows))


def _supervisor(asked: Asked) -> Iterable[Todo]:
    region = Q(pk__in=[])
    for role in asked.roles:
        within = Q(entry__key=role.scope) | Q(entry__key__startswith=f"{role.scope}/")
        region |= within & Q(round__in=[role.round_id] if role.round_id else asked.rounds)
    theirs = Remedy.objects.filter(region, state__in=OF_BODY)
    yield from _by_round(asked, theirs.filter(due__lt=asked.today), "region-late", urgent=True)
    yield from _by_round(asked, theirs, "region-open")
    yield from _nominator(asked)


def _nominator(asked: Asked) -> Iterable[Todo]:
    mine = cases.mine(Acting(asked.acting.person, asked.roles)).filter(call__round__in=asked.rounds)
    told = mine.order_by().values_list("state").annotate(n=Count("id"))
    counts: dict[str, int] = dict(told)
    yield Todo("nominations-returned", counts.get(CaseStepKind.RETURNED, 0), urgent=True)
    yield Todo("nominations-unfinished", counts.get(CaseStepKind.DRAFTED, 0))


def own_entries(acting: Acting, rounds: Sequence[Round]) -> list[Entry]:
    """The bodies for which somebody stands in rounds under way, with their rounds, the newest first; one query."""
    own, numbers = Q(pk__in=[]), [one.pk for one in rounds]
    for role in acting.roles:
        if role.kind == RoleKind.ASSESSED:
            own |= Q(key=role.scope, round__in=[role.round_id] if role.round_id else numbers)
    found = Entry.objects.filter(own, round__in=numbers).select_related("round")
    return list(found.order_by("-round_id", "key", "id")[:OWN_SHOWN])


def _expert(asked: Asked) -> Iterable[Todo]:
    person, panel = asked.acting.person, "expert__call__round"
    mine = PanelExpert.objects.filter(person=person, left_at=None)
    yield from _by_round(asked, mine.filter(declared_at=None), "panels-to-declare", within="call__round")
    waiting = Seat.objects.filter(expert__in=mine, submitted_at=None, taken_back_at=None)
    yield from _by_round(asked, waiting, "seats-to-judge", within=panel)
    yield from _nominator(asked)


def _nothing(_asked: Asked) -> Iterable[Todo]:
    return ()


BY_KIND: dict[RoleKind, Callable[[Asked], Iterable[Todo]]] = {
    RoleKind.COLLECTOR: _collector,
    RoleKind.REVIEWER: _reviewer,
    RoleKind.ADJUDICATOR: _adjudicator,
    RoleKind.ADMINISTRATOR: _administrator,
    RoleKind.ASSESSED: _assessed,
    RoleKind.SUPERVISOR: _supervisor,
    RoleKind.EXPERT: _expert,
}


def _by_round(
    asked: Asked,
    found: QuerySet[Any],
    what: str,
    *,
    within: str = "round",
    urgent: bool = False,
) -> Iterable[Todo]:
    """One for each round that has some, in one query."""
    rows = found.filter(**{f"{within}__in": list(asked.rounds)}).order_by().values_list(within).annotate(n=Count("id"))
    counts: dict[int, int] = dict(rows)
    return [Todo(what, counts[pk], one, urgent) for pk, one in asked.rounds.items() if pk in counts]


def _periods(asked: Asked) -> dict[int, ObjectionPeriod]:
    """The period that holds in each round: its last row."""
    rows = ObjectionPeriod.objects.filter(round__in=list(asked.rounds)).order_by("id")
    return {row.round_id: row for row in rows}
