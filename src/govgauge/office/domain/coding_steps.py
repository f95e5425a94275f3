"""The steps of a coding: each is a row, and the state of its assignment follows."""

from govgauge.office.domain.acting import Acting, noted
from govgauge.office.models import AssignmentState, Coding, CodingStep, CodingStepKind

AFTER = {
    CodingStepKind.DRAFTED: AssignmentState.DRAFT,
    CodingStepKind.SUBMITTED: AssignmentState.SUBMITTED,
    CodingStepKind.TAKEN_BACK: AssignmentState.DRAFT,
    CodingStepKind.RETURNED: AssignmentState.RETURNED,
    CodingStepKind.RESUBMITTED: AssignmentState.SUBMITTED,
    CodingStepKind.ACCEPTED: AssignmentState.ACCEPTED,
    CodingStepKind.DECIDED: AssignmentState.DECIDED,
    CodingStepKind.REOPENED: AssignmentState.RETURNED,
}


def step(acting: Acting, coding: Coding, kind: CodingStepKind, comment: str = "") -> CodingStep:
    """Add a step with what stands in the coding now; the assignment's state follows. Call it in a transaction."""
    made = CodingStep(
        coding=coding,
        kind=kind,
        by=acting.person,
        comment=comment[:1000],
        version=coding.version,
        value=coding.value,
        not_applicable=coding.not_applicable,
        confidence=coding.confidence,
        justification=coding.justification,
    )
    assignment = coding.assignment
    with noted(acting, f"coding.{kind.value}", assignment, entry=assignment.entry, reason=comment):
        made.save()
        assignment.state = AFTER[kind]
        assignment.save(update_fields=["state"])
    return made
