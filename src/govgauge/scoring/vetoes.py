"""Vetoes and early warnings: each rule of a rule set held against the results of the audits."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from govgauge.errors import Unusable
from govgauge.outcomes import Finding, Result
from govgauge.scoring.conditions import Held, Hit, hold
from govgauge.systems.rules import Condition, Inspectee, Rule, RuleKind, RuleSet

__all__ = ["Hit", "UnusableDecision", "VetoVerdict", "decide", "judge", "verdict_json"]

JUDGED_KINDS = frozenset({RuleKind.VETO, RuleKind.WARNING})
PAGES_SAID = 2
"""Pages that the sentence of a clue names; all of them stand with its findings."""


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
    if not rule.person or not any(leaf.audit for leaf in rule.when.leaves()):
        return hold(rule.when, results, home)
    parts = [(part, hold(part, results, home)) for part in rule.when.any or (rule.when,)]
    clues = [(part, held) for part, held in parts if held.hit is Hit.YES]
    if clues:
        said = "；".join(_clue(part, held) for part, held in clues)
        found = {_key(finding): finding for _, held in clues for finding in held.findings}
        sentence = f"发现线索，须由人工核定：{said}。"
        return Held(Hit.NOT_OBSERVABLE, sentence, tuple(found.values()))
    unseen = dict.fromkeys(leaf.what for part, held in parts if held.hit is not Hit.NO for leaf in part.leaves())
    if not unseen:
        return Held(Hit.NOT_OBSERVABLE, "程序没有发现线索；是否存在，须由人工核定。")
    if not any(held.hit is Hit.NO for _, held in parts):
        return Held(Hit.NOT_OBSERVABLE, "程序未能检查；是否存在，须由人工核定。")
    return Held(
        Hit.NOT_OBSERVABLE,
        f"程序未能检查的有：{'；'.join(unseen)}。其余各项没有发现线索。是否存在，须由人工核定。",
    )


def _key(finding: Finding) -> tuple[str, str, str, str]:
    """By what one finding of a result is told from another."""
    return finding.audit, finding.page, finding.target, finding.slug


def _clue(condition: Condition, held: Held) -> str:
    """What a person is to look at: how many, and on which pages."""
    gap = "" if condition.what.endswith("）") else " "
    count = f"{gap}{len(held.findings)} {condition.unit}"
    said = f"{condition.what}{count}" if condition.audit else held.sentence.rstrip("。")
    pages = list(dict.fromkeys(finding.page for finding in held.findings))
    if not pages:
        return said
    folded = [pages_of for finding in held.findings if isinstance(pages_of := finding.data.get("pages"), int)]
    on = max(len(pages), *folded) if folded else len(pages)
    more = f" 等 {on} 个网页" if on > PAGES_SAID else ""
    return f"{said}（见 {'、'.join(pages[:PAGES_SAID])}{more}）"
