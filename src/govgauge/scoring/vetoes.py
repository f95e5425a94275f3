"""Vetoes and early warnings: each rule of a rule set held against the results of the audits."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from govgauge.errors import Unusable
from govgauge.outcomes import Finding, Result
from govgauge.scoring.conditions import Held, Hit, hold
from govgauge.systems.rules import Inspectee, Rule, RuleKind, RuleSet

__all__ = ["Hit", "UnusableDecision", "VetoVerdict", "decide", "judge", "verdict_json"]

JUDGED_KINDS = frozenset({RuleKind.VETO, RuleKind.WARNING})


class UnusableDecision(Unusable):
    """A person's decision that names no veto, or is neither yes nor no; the message says which."""


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


def decide(verdicts: Sequence[VetoVerdict], decided: Mapping[str, str]) -> list[VetoVerdict]:
    """The verdicts with those that a person decided (`yes` or `no` by rule id) put in place of the program's.

    Raises UnusableDecision for a rule that is none of them, or another word.
    """
    known = {verdict.id for verdict in verdicts}
    for name, word in decided.items():
        if name not in known:
            raise UnusableDecision(f"没有单项否决“{name}”。可用：{'、'.join(sorted(known))} (no such veto).")
        if word not in (Hit.YES.value, Hit.NO.value):
            raise UnusableDecision(f"单项否决 {name} 的核定“{word}”应为 yes 或 no (decide yes or no).")
    return [
        replace(verdict, hit=Hit(decided[verdict.id]), sentence="由人工核定。") if verdict.id in decided else verdict
        for verdict in verdicts
    ]


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
