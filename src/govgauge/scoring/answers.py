"""Answers: one value for each check, and how an audit's result becomes one."""

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.outcomes import Outcome, Result
from govgauge.systems.model import Method, System

JUDGED = frozenset({Outcome.PASS, Outcome.FAIL, Outcome.PARTIAL})
"""Outcomes that carry a value."""

PROPOSAL_CONFIDENCE = 0.5
"""Confidence of a program's answer to an assisted check before a person has looked."""


class Answer(Struct, frozen=True, kw_only=True):
    """What is known of one check. `value` is 0…1, None where nothing was judged.

    `source` says who answered (`audit:broken-link@1`, a person's mark …), `findings` how many faults were counted,
    `confirmed` is false for a program's proposal that a person has not seen yet.
    """

    outcome: Outcome
    value: Decimal | None = None
    source: str = ""
    findings: int = 0
    confidence: float = 1.0
    confirmed: bool = True
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing can be said yet."""
        return self.outcome is Outcome.NOT_OBSERVABLE


class UnusableAnswer(Unusable):
    """An answer that cannot be scored; the message names the check and the remedy."""


def answers_from_results(system: System, results_by_check: Mapping[str, Result]) -> dict[str, Answer]:
    """An answer for each check that a program judged. `results_by_check` holds each check's result by check id.

    A result that cannot be true (a value outside 0…1, a judgement without a value) is a fault of ours: the check
    stays open. Results of checks that the system does not have are left out.
    """
    return {
        check.id: _answer(results_by_check[check.id], assisted=check.method is Method.ASSISTED)
        for check in system.checks()
        if check.id in results_by_check
    }


def _answer(result: Result, *, assisted: bool) -> Answer:
    source = f"audit:{result.audit}@{result.version}"
    findings = len(result.findings)
    if result.outcome not in JUDGED:
        return Answer(outcome=result.outcome, source=source, findings=findings, reason=result.reason)
    value = _value(result)
    if value is None:
        return Answer(
            outcome=Outcome.NOT_OBSERVABLE,
            source=source,
            findings=findings,
            reason=f"自动检查 {result.audit} 给出的取值 {result.value} 不可用，本要点留待人工。",
        )
    return Answer(
        outcome=result.outcome,
        value=value,
        source=source,
        findings=findings,
        confidence=PROPOSAL_CONFIDENCE if assisted else 1.0,
        confirmed=not assisted,
        reason=result.reason,
    )


def _value(result: Result) -> Decimal | None:
    if result.value is None:
        return {Outcome.PASS: Decimal(1), Outcome.FAIL: Decimal(0)}.get(result.outcome)
    if not isfinite(result.value) or not 0 <= result.value <= 1:
        return None
    return Decimal(str(result.value))
