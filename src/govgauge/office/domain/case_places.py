"""How many cases may be nominated for a subject, and how many are.

A body and those above it share the places of the subject. Experts and citizens have as many each, of their own: nobody
outside can use up the places of a body.
"""

from collections import Counter

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain.case_steps import COUNTS
from govgauge.office.models import Case, CaseCall, CaseStep, CaseStepKind, Entry, NominationKind, Person

OFFICIAL = (NominationKind.SELF, NominationKind.SUPERVISOR)


class Places(Struct, frozen=True):
    """Places that are taken of those that there are; `by_supervisor` of them by those above the body."""

    taken: int
    most: int
    by_supervisor: int = 0

    @property
    def free(self) -> int:
        """Places that are left."""
        return max(0, self.most - self.taken)


def places(
    call: CaseCall,
    rules: CaseSettings,
    entry: Entry,
    kind: NominationKind,
    *,
    person: Person | None = None,
    email: str = "",
    but: int | None = None,
) -> Places:
    """The places for nominations of a kind: of a subject, or for a subject by one expert or citizen.

    `but` is a case that is not counted. Two queries.
    """
    found = call.cases.filter(entry__key=entry.key, is_calibration=False).exclude(pk=but or 0)
    if kind in OFFICIAL:
        found = found.filter(kind__in=OFFICIAL)
    elif kind == NominationKind.EXPERT:
        found = found.filter(kind=kind, nominated_by=person)
    else:
        found = found.filter(kind=kind, proposer_email__iexact=email)
    by_kind = dict(found.values_list("id", "kind"))
    told = CaseStep.objects.filter(case__in=list(by_kind)).exclude(kind=CaseStepKind.RECATEGORISED).order_by("id")
    last = dict(told.values_list("case_id", "kind"))
    taken = Counter(by_kind[case] for case, state in last.items() if state in COUNTS)
    return Places(sum(taken.values()), rules.per_subject, taken[NominationKind.SUPERVISOR])


def of_case(case: Case, rules: CaseSettings) -> Places:
    """The places that a case would take one of, without itself."""
    kind = NominationKind(case.kind)
    return places(case.call, rules, case.entry, kind, person=case.nominated_by, email=case.proposer_email, but=case.pk)


def need_one(case: Case, rules: CaseSettings) -> None:
    """Raises Unusable when no place is left for a case. Call it while the subject is held."""
    found = of_case(case, rules)
    if found.free:
        return
    if case.kind in OFFICIAL:
        above = f"（其中主管部门推荐 {found.by_supervisor} 件）" if found.by_supervisor else ""
        raise Unusable(
            f"“{case.entry.name}”已提交 {found.taken} 件{above}，每个单位最多 {found.most} 件；"
            "可以先撤回一件，再提交这一件 (the subject has no place left)."
        )
    raise Unusable(
        f"您已为“{case.entry.name}”推荐 {found.taken} 件，每人为一个单位最多推荐 {found.most} 件 (no place left)."
    )
