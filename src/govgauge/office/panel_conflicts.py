"""Ties of experts to cases that records tell: own nominations, and what `choosing.conflicts` reads from employer,
region and e-mail. What rests on a likeness only is a possible tie: a person decides about it.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from govgauge.choosing.conflicts import Expert, Ground, OwnedCase, Region, Strength, conflicts
from govgauge.choosing.mail_domains import site_domain
from govgauge.office.case_rules import Nearness
from govgauge.office.domain.screening_rights import BY_NOMINATOR
from govgauge.office.models import Case, CaseStep, PanelExpert, TieKind

KINDS = {Ground.EMPLOYER: TieKind.EMPLOYER, Ground.REGION: TieKind.REGION, Ground.EMAIL: TieKind.DOMAIN}


class FoundTie(Struct, frozen=True):
    """A tie by ids of expert and case."""

    expert: int
    case: int
    kind: TieKind
    is_certain: bool
    why: str


def found_ties(experts: Sequence[PanelExpert], cases: Sequence[Case], nearness: Nearness) -> list[FoundTie]:
    """Every tie, at most one of a kind for an expert and a case; a certain one goes before a possible one."""
    nominated = _nominated(cases)
    found = {
        (expert.pk, case.pk, TieKind.NOMINATED): FoundTie(
            expert.pk, case.pk, TieKind.NOMINATED, True, "本人推荐了这个案例。"
        )
        for expert in experts
        for case in cases
        if (expert.person_id, case.pk) in nominated
    }
    people = [Expert(str(one.pk), one.employer, one.region.replace("/", ""), one.person.email) for one in experts]
    for told in conflicts(people, _owned(cases), Region(nearness.value)):
        kind = KINDS.get(told.ground)
        if kind is None:
            continue
        key = (int(told.judge), int(told.case), kind)
        is_certain = told.strength is Strength.CERTAIN
        if key not in found or (is_certain and not found[key].is_certain):
            found[key] = FoundTie(*key, is_certain, told.reason)
    return list(found.values())


def _owned(cases: Sequence[Case]) -> Iterator[OwnedCase]:
    """Each case with the body that made it, and with the subject that it counts for, each with its own site."""
    for case in cases:
        if case.entry_id is None:  # made up for calibration
            yield OwnedCase(str(case.pk), case.owner, subject="", place="", site=case.url)
            continue
        name, subject, place = str(case.pk), case.entry.key, case.entry.key.replace("/", "")
        yield OwnedCase(name, case.owner, subject=subject, place=place, site=case.url)
        same = site_domain(case.url) == site_domain(case.entry.url)
        if case.owner != case.entry.name or not same:
            yield OwnedCase(name, case.entry.name, subject=subject, place=place, site="" if same else case.entry.url)


def _nominated(cases: Sequence[Case]) -> set[tuple[int, int]]:
    steps = CaseStep.objects.filter(case__in=cases, kind__in=BY_NOMINATOR, by__isnull=False)
    found = set(steps.values_list("by_id", "case_id"))
    return found | {(case.nominated_by_id, case.pk) for case in cases if case.nominated_by_id}
