"""The steps of a case: where it stands by them, and one more of them."""

from govgauge.errors import Unusable
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.case_forms import form_of
from govgauge.office.models import Case, CaseStep, CaseStepKind

OPEN = frozenset({CaseStepKind.DRAFTED, CaseStepKind.RETURNED, CaseStepKind.WITHDRAWN})
"""Where the form may be changed."""
UNDER_REVIEW = frozenset({CaseStepKind.SUBMITTED, CaseStepKind.REOPENED})
"""Where the office screens it."""
COUNTS = frozenset(CaseStepKind) - {CaseStepKind.DRAFTED, CaseStepKind.WITHDRAWN, CaseStepKind.JOINED}
"""Where a case takes one of its subject's places: drafts do not, nor withdrawn ones and those joined into others."""


def state_of(case: Case) -> CaseStepKind:
    """The last thing that happened to it; a change of its category tells nothing of where it stands."""
    told = case.steps.exclude(kind=CaseStepKind.RECATEGORISED).order_by("-id").values_list("kind", flat=True).first()
    return CaseStepKind(told or CaseStepKind.DRAFTED)


def last_step(case: Case) -> int:
    """The number of its last step; 0 without any. Who decides says by it what they saw."""
    return case.steps.order_by("-id").values_list("pk", flat=True).first() or 0


def step(acting: Acting, case: Case, kind: CaseStepKind, reason: str = "", into: Case | None = None) -> CaseStep:
    """Write down what happened, with the form as it is, in the transaction in which it does."""
    made = CaseStep(case=case, kind=kind, by=acting.person, reason=reason.strip()[:1000], into=into)
    made.form = form_of(case)
    with noted(acting, f"case.{kind.value}", made, entry=case.entry, reason=made.reason):
        made.save()
    return made


def need_under_review(case: Case) -> None:
    """Raises Unusable when the office has nothing to do with a case now."""
    state = state_of(case)
    if state not in UNDER_REVIEW:
        raise Unusable(f"这件案例{state.label}，现在不能审核；请刷新网页查看 (it is {state.value}).")
