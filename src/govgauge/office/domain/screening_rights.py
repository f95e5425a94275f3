"""Who may not screen a case: who nominated it, and who belongs to the body that it is of."""

from collections.abc import Iterable

from govgauge.office.case_likeness import plain
from govgauge.office.domain.acting import Acting, NotAllowed
from govgauge.office.domain.permissions import within
from govgauge.office.models import Case, CaseStep, CaseStepKind, RoleKind

BY_NOMINATOR = (CaseStepKind.DRAFTED, CaseStepKind.SUBMITTED, CaseStepKind.WITHDRAWN)


def part_in(acting: Acting, case: Case, nominators: Iterable[int] | None = None) -> str:
    """Why somebody may not screen a case: empty when they may. `nominators` saves a query where they are known.

    A body is theirs by a role, or by the organisation that their account names; names must be the same.
    """
    person = acting.person
    if person is None:
        return ""
    by = set(nominators) if nominators is not None else nominators_of(case)
    if person.pk in by | {case.nominated_by_id}:
        return "这件案例是您推荐的，请由其他人审核 (you nominated it)."
    bodies = [role.scope for role in acting.roles if role.kind in {RoleKind.ASSESSED, RoleKind.SUPERVISOR}]
    if any(within(case.entry.key, scope) for scope in bodies):
        return "这件案例属于您所在的单位或地区，请由其他人审核 (it is of your own body)."
    if person.organisation and plain(person.organisation) in {plain(case.owner), plain(case.entry.name)}:
        return "这件案例属于您所在的单位，请由其他人审核 (it is of your own body)."
    return ""


def need_no_part(acting: Acting, case: Case) -> None:
    """Raises NotAllowed when somebody may not screen a case."""
    if told := part_in(acting, case):
        raise NotAllowed(told)


def part_in_any(acting: Acting, cases: Iterable[Case]) -> str:
    """Why somebody may not lead the judging of cases (with their entries): empty when they may. One query more."""
    person = acting.person
    if person is None:
        return ""
    own = set(CaseStep.objects.filter(kind__in=BY_NOMINATOR, by=person).values_list("case_id", flat=True))
    for case in cases:
        if told := part_in(acting, case, {person.pk} if case.pk in own else ()):
            return f"终评案例 {case.number}“{case.name}”：{told}"
    return ""


def nominators_of(case: Case) -> set[int]:
    """Who drafted it, handed it in or took it back."""
    return set(case.steps.filter(kind__in=BY_NOMINATOR, by__isnull=False).values_list("by_id", flat=True))
