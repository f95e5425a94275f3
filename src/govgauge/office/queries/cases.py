"""Cases as lists show them: those of nominators, those that the office screens."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import (
    Avg,
    Count,
    DecimalField,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models import Case as DbCase
from msgspec import Struct

from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_steps import UNDER_REVIEW
from govgauge.office.domain.nominations import AS, in_role
from govgauge.office.domain.permissions import Reach, Verb
from govgauge.office.models import (
    Case,
    CaseCall,
    CaseCheck,
    CaseScore,
    CaseStep,
    CaseStepKind,
    CaseTwins,
    Person,
    Round,
    TwinState,
)

SORTS = {
    "number": "number",
    "name": "name",
    "entry": "entry__key",
    "category": "category",
    "kind": "kind",
    "state": "state",
    "at": "state_at",
    "mean": "mean",
    "scored": "submitted",
}
WORK = ("check", "score", "twins", "decide")


class CaseSieve(Struct, frozen=True):
    """What a list of cases is to show. `work` is what is still to do: `check`, `score`, `twins` or `decide`."""

    state: str = ""
    category: str = ""
    kind: str = ""
    work: str = ""
    text: str = ""


def cases() -> QuerySet[Any]:
    """All of them, each with `state` and `state_at`, the last step's that tells where it stands."""
    last = CaseStep.objects.filter(case=OuterRef("pk")).exclude(kind=CaseStepKind.RECATEGORISED).order_by("-id")
    return Case.objects.select_related("call__round", "entry").annotate(
        state=Subquery(last.values("kind")[:1]), state_at=Subquery(last.values("at")[:1])
    )


def mine(acting: Acting) -> QuerySet[Any]:
    """Those that somebody may change as a nominator: of their body, of their region, by themselves as an expert."""
    chosen = Q(pk__in=[])
    for kind in AS:
        for role in in_role(acting, kind).roles:
            within = Q(kind=kind) & (Q(call__round=role.round_id) if role.round_id else Q())
            for reach, scope in Acting(acting.person, (role,)).reaches(Verb.NOMINATE):
                match reach:
                    case Reach.OWN:
                        chosen |= within & Q(entry__key=scope)
                    case Reach.REGION:
                        chosen |= within & (Q(entry__key=scope) | Q(entry__key__startswith=f"{scope}/"))
                    case _:
                        chosen |= within & Q(nominated_by=acting.person)
    return cases().filter(chosen).order_by("-id")


def unfinished(acting: Acting) -> QuerySet[Any]:
    """Those of somebody that wait for them: begun, or returned."""
    return mine(acting).filter(state__in=[CaseStepKind.DRAFTED, CaseStepKind.RETURNED])


def handed_in(round_: Round) -> QuerySet[Any]:
    """Those of a round that were ever handed in, for the office: none that its citizen has not confirmed."""
    submitted = CaseStep.objects.filter(case=OuterRef("pk"), kind=CaseStepKind.SUBMITTED)
    return cases().filter(Exists(submitted), call__round=round_)


def of_round(round_: Round, sieve: CaseSieve, sort: str, reader: Person | None) -> QuerySet[Any]:
    """Those of a round that pass, for the office, each with `submitted` (how many have scored it), `needed` (how
    many are to), `has_twins`, and `mean` where the reader may know it.
    """
    rules = _rules(round_)
    bound = rules.apart_from or Decimal(1000)
    found = handed_in(round_).annotate(
        submitted=Count("scores", filter=Q(scores__submitted_at__isnull=False)),
        has_twins=Exists(
            CaseTwins.objects.filter(Q(one=OuterRef("pk")) | Q(other=OuterRef("pk")), state=TwinState.OPEN)
        ),
        spread=Max("scores__points") - Min("scores__points"),
        needed=DbCase(
            When(Q(submitted__gte=rules.screeners, spread__gte=bound), then=rules.screeners + 1),
            default=rules.screeners,
            output_field=IntegerField(),
        ),
        unsure=Exists(CaseScore.objects.filter(case=OuterRef("pk"), by=reader, submitted_at=None)),
        mean=DbCase(
            When(submitted__gte=F("needed"), unsure=False, then=Avg("scores__points")),
            default=None,
            output_field=DecimalField(max_digits=7, decimal_places=4),
        ),
    )
    if sieve.state:
        found = found.filter(state=sieve.state)
    if sieve.category:
        found = found.filter(category=sieve.category)
    if sieve.kind:
        found = found.filter(kind=sieve.kind)
    if sieve.work:
        found = found.filter(to_do(sieve.work, reader))
    for word in sieve.text.split():
        found = found.filter(
            Q(name__icontains=word) | Q(owner__icontains=word) | Q(entry__key__icontains=word) | Q(url__icontains=word)
        )
    order = F(SORTS[sort.removeprefix("-")])
    ordered: QuerySet[Any] = found.order_by(
        order.desc(nulls_last=True) if sort.startswith("-") else order.asc(nulls_last=True), "number"
    )
    return ordered


def to_do(work: str, reader: Person | None) -> Q:
    """What is still to do with a case: `check`, `score` (by the reader), `twins`, `decide`."""
    under_review = Q(state__in=UNDER_REVIEW)
    match work:
        case "check":
            handed_in = CaseStep.objects.filter(case=OuterRef(OuterRef("pk")), kind=CaseStepKind.SUBMITTED).order_by(
                "-id"
            )
            holding = CaseCheck.objects.filter(case=OuterRef("pk"), at__gte=Subquery(handed_in.values("at")[:1]))
            return under_review & ~Q(Exists(holding))
        case "score":
            mine = CaseScore.objects.filter(case=OuterRef("pk"), by=reader, submitted_at__isnull=False)
            return under_review & Q(submitted__lt=F("needed")) & ~Q(Exists(mine)) & ~Q(nominated_by=reader)
        case "twins":
            return Q(has_twins=True)
        case _:
            return under_review & Q(submitted__gte=F("needed"), has_twins=False)


def to_screen(round_: Round, reader: Person | None, works: Sequence[str] = WORK) -> dict[str, int]:
    """How many cases of a round wait for each kind of work; a query each, and those of the rules."""
    return {
        work: of_round(round_, CaseSieve(work=work), "number", reader).order_by().values("pk").count() for work in works
    }


def _rules(round_: Round) -> CaseSettings:
    call = CaseCall.objects.filter(round=round_).first()
    return rules_of(call) if call else CaseSettings()
