"""All that a publication tells of a round beside its tables, read from the records."""

from django.db.models import Count, Q, Sum
from django.utils import timezone

from govgauge.office.domain import case_counts, stages
from govgauge.office.models import (
    Assignment,
    CaseCall,
    CaseStepKind,
    Dispute,
    FieldTest,
    Objection,
    ObjectionState,
    Part,
    Probe,
    Remedy,
    Round,
    Visit,
)
from govgauge.office.program import program
from govgauge.office.queries import case_results
from govgauge.office.queries.batch_quality import doubles, measured
from govgauge.office.queries.remedy_statistics import statistics
from govgauge.office.tables.writing import Judged
from govgauge.reports.about import (
    About,
    ChosenCase,
    Collected,
    GroupFacts,
    IndicatorAgreement,
    Remedied,
    Shows,
    StageDays,
)
from govgauge.subjects.library import roster, roster_ids


def facts_of(
    round_: Round,
    found: Judged,
    *,
    number: int,
    shows: Shows,
    withheld: tuple[str, ...],
    previous: str,
    issuer: str,
) -> About:
    """The facts of a round; counts are those of now."""
    return About(
        round=round_.slug,
        title=round_.title,
        number=number,
        as_of=round_.as_of,
        prepared_on=timezone.localdate(),
        tables_hash=round_.tables_hash,
        inputs_hash=round_.inputs_hash,
        program=program(),
        rules=round_.rules,
        systems=found.systems,
        rankings={name: found.policy.ranking(system.ranking) for name, system in found.systems.items()},
        groups=groups_of(found),
        shows=shows,
        stages=tuple(
            StageDays(kind.value, str(kind.label), days.starts, days.ends) for kind, days in stages.of(round_).items()
        ),
        collected=_collected(round_),
        remedied=_remedied(round_),
        cases=_chosen(round_),
        cases_nominated=_nominated(round_),
        withheld=withheld,
        previous=previous,
        issuer=issuer,
    )


def groups_of(found: Judged) -> tuple[GroupFacts, ...]:
    """The groups of a round, in the order of the lists that know them, then by name."""
    titles = _titles()
    keys = {(one.group, one.system, one.profile) for one in found.subjects}
    order = {name: place for place, name in enumerate(titles)}
    made = []
    for group, system, profile in sorted(keys, key=lambda key: (order.get(key[0], len(order)), *key)):
        title, within = titles.get(group, (group or found.systems[system].title, ""))
        several = sum(other[0] == group for other in keys) > 1
        if several:
            of_profile = next((one.title for one in found.systems[system].profiles if one.id == profile), profile)
            title = f"{title}（{of_profile}）"
        made.append(GroupFacts(group, title, system, profile, within))
    return tuple(made)


def _titles() -> dict[str, tuple[str, str]]:
    """The title of each group of the lists that come with the program, and that of the group around it."""
    found: dict[str, tuple[str, str]] = {}
    for name in sorted(roster_ids(), reverse=True):  # the newest list has the word
        known = {one.id: one.title for one in roster(name).groups}
        for one in roster(name).groups:
            found.setdefault(one.id, (one.title, known.get(one.within, "")))
    return found


def _collected(round_: Round) -> Collected:
    visits = Visit.objects.filter(entry__round=round_).aggregate(count=Count("id"), pages=Sum("pages"))
    work = Assignment.objects.filter(round=round_)
    counts = work.aggregate(
        all=Count("id"), people=Count("person", distinct=True), second=Count("id", filter=Q(part=Part.SECOND))
    )
    upheld = Q(state__in=(ObjectionState.UPHELD, ObjectionState.EXPLAINED))
    objections = Objection.objects.filter(round=round_).aggregate(all=Count("id"), upheld=Count("id", filter=upheld))
    twice = doubles(work)
    named: dict[str, list[int]] = {}
    for place, one in enumerate(twice):
        named.setdefault(one.indicator, []).append(place)
    return Collected(
        visits=visits["count"],
        pages=visits["pages"] or 0,
        people=counts["people"],
        assignments=counts["all"] - counts["second"],
        doubled=counts["second"],
        disputes=Dispute.objects.filter(round=round_).count(),
        field_tests=FieldTest.objects.filter(round=round_).count(),
        objections=objections["all"],
        upheld=objections["upheld"],
        probes=Probe.objects.filter(watch__round=round_).count(),
        agreement=measured([one.pair for one in twice], seed=round_.slug) if twice else None,
        by_indicator=tuple(
            IndicatorAgreement(name, measured([twice[place].pair for place in those], runs=0))
            for name, those in sorted(named.items())
        ),
    )


def _remedied(round_: Round) -> Remedied:
    total = statistics(Remedy.objects.filter(round=round_), timezone.localdate()).total
    return Remedied(
        sent=total.sent,
        open=total.open,
        closed=total.closed,
        in_time=total.in_time,
        median_days=total.median_days,
    )


def _chosen(round_: Round) -> tuple[ChosenCase, ...]:
    """The chosen cases of the count that is public; none before."""
    call = CaseCall.objects.filter(round=round_).first()
    made = case_counts.published(call) if call else None
    if made is None:
        return ()
    return tuple(
        ChosenCase(
            number=str(one.case.number),
            name=one.case.name,
            owner=one.case.owner,
            family=group.family,
            category=group.category,
            region=one.case.entry.region,
            reason=one.case.reason,
            place=one.place,
            subject=one.case.entry.key,
        )
        for group in case_results.by_category(made, chosen_only=True)
        for one in group.results
    )


def _nominated(round_: Round) -> int:
    """Cases that were handed in, whatever became of them."""
    call = CaseCall.objects.filter(round=round_).first()
    if call is None:
        return 0
    handed_in = Q(steps__kind=CaseStepKind.SUBMITTED)
    return call.cases.filter(handed_in, is_calibration=False).distinct().count()
