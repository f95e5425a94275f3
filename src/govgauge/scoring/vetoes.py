"""Vetoes and early warnings: each rule of a rule set held against the results of the audits."""

from collections.abc import Mapping

from msgspec import Struct

from govgauge.outcomes import Finding, Result
from govgauge.scoring.conditions import Held, Hit, hold
from govgauge.systems.rules import Inspectee, Rule, RuleKind, RuleSet

__all__ = ["Hit", "VetoVerdict", "judge", "verdict_json"]

JUDGED_KINDS = frozenset({RuleKind.VETO, RuleKind.WARNING})


class VetoVerdict(Struct, frozen=True, kw_only=True):
    """What came of one rule. `sentence` is Chinese, with the figures; `findings` are those that led to it."""

    id: str
    title: str
    kind: RuleKind
    hit: Hit
    sentence: str
    clause: str = ""
    person: bool = False
    """Only a person can say yes: what was found is laid before one."""
    findings: tuple[Finding, ...] = ()


def judge(
    rules: RuleSet, results: Mapping[str, Result], home: str = "", *, of: Inspectee = Inspectee.SITE
) -> list[VetoVerdict]:
    """A verdict for every veto and warning of a rule set that looks at sites (or at accounts), in its order.

    `results` are keyed by audit id and judged with `rules.audit_params`; `home` is the home page's URL.
    """
    return [_verdict(rule, results, home) for rule in rules.rules if rule.kind in JUDGED_KINDS and rule.of is of]


def verdict_json(verdict: VetoVerdict, subject: str) -> dict[str, object]:
    """A verdict as one entry of `assessment.json`; findings by their ids for the subject's host."""
    return {
        "id": verdict.id,
        "title": verdict.title,
        "kind": verdict.kind.value,
        "hit": verdict.hit.value,
        "sentence": verdict.sentence,
        "clause": verdict.clause,
        "person": verdict.person,
        "findings": [finding.identity(subject) for finding in verdict.findings],
    }


def _verdict(rule: Rule, results: Mapping[str, Result], home: str) -> VetoVerdict:
    held = _held(rule, results, home)
    return VetoVerdict(
        id=rule.id,
        title=rule.title,
        kind=rule.kind,
        hit=held.hit,
        sentence=held.sentence,
        clause=rule.clause,
        person=rule.person,
        findings=held.findings,
    )


def _held(rule: Rule, results: Mapping[str, Result], home: str) -> Held:
    if rule.when is None:
        return Held(Hit.NOT_OBSERVABLE, "程序无法观测，须由人工核定。")
    held = hold(rule.when, results, home)
    if not rule.person or not any(leaf.audit for leaf in rule.when.leaves()):
        return held
    if held.hit is Hit.YES:
        return Held(Hit.NOT_OBSERVABLE, f"发现线索，须由人工核定：{held.sentence}", held.findings)
    return Held(Hit.NOT_OBSERVABLE, "程序没有发现线索；是否存在，须由人工核定。")
