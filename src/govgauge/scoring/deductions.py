"""Deductions: what each rule of a rule set takes off, as a range, never more than its cap and its group's points."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.outcomes import Fact, Finding, Result
from govgauge.scoring.conditions import Hit, counted, hold, number_in, selected, unseen
from govgauge.systems.rules import Condition, Inspectee, Measure, Rule, RuleKind, RuleSet

NOTHING = Fraction(0)


class UnusableDeduction(Unusable):
    """Points given by a person that cannot be taken off; the message names the rule and the remedy."""


class Deduction(Struct, frozen=True, kw_only=True):
    """What one rule takes off, in points: `low` for sure, `high` at most (None: nothing bounds it).

    They differ where a person has yet to look, or where something could not be observed.
    """

    id: str
    title: str
    group: str
    low: Fraction
    high: Fraction | None
    sentence: str
    findings: tuple[Finding, ...] = ()


class GroupDeduction(Struct, frozen=True, kw_only=True):
    """What the rules of a group take off together, never more than the group's points."""

    id: str
    title: str
    points: Fraction
    low: Fraction
    high: Fraction


def deductions(
    rules: RuleSet, results: Mapping[str, Result], home: str = "", given: Mapping[str, Fraction] | None = None
) -> list[Deduction]:
    """A deduction for every rule that takes points off a site, in the order of the rule set.

    `results` by audit id, judged with `rules.audit_params`; `home` is the home page's URL. `given` are points by rule
    id that a person takes off; they stand in place of the program's. Raises UnusableDeduction for points below 0 or
    for a rule that takes none off.
    """
    taking = [rule for rule in rules.rules if rule.kind is RuleKind.DEDUCTION and rule.of is Inspectee.SITE]
    by_hand = given or {}
    _guard({rule.id for rule in taking}, by_hand)
    return [_deduction(rules, rule, results, home, by_hand.get(rule.id)) for rule in taking]


def by_group(rules: RuleSet, taken: Iterable[Deduction]) -> list[GroupDeduction]:
    """The deductions of each group together, held to its points, in the order of the groups."""
    listed = list(taken)
    return [
        _group(group.id, group.title, Fraction(group.points), [one for one in listed if one.group == group.id])
        for group in rules.groups
    ]


def _group(name: str, title: str, points: Fraction, taken: list[Deduction]) -> GroupDeduction:
    low = sum((one.low for one in taken), NOTHING)
    high = sum((points if one.high is None else one.high for one in taken), NOTHING)
    return GroupDeduction(id=name, title=title, points=points, low=min(low, points), high=min(high, points))


def _guard(known: set[str], given: Mapping[str, Fraction]) -> None:
    for name, points in given.items():
        if name not in known:
            raise UnusableDeduction(f"没有扣分规则“{name}”。可用：{'、'.join(sorted(known))} (no such deduction).")
        if points < 0:
            raise UnusableDeduction(f"规则 {name} 的扣分 {points} 小于 0，请填写应扣的分数 (must not be below 0).")


def _deduction(
    rules: RuleSet, rule: Rule, results: Mapping[str, Result], home: str, given: Fraction | None
) -> Deduction:
    most = _most(rules, rule)
    if given is not None:
        return _made(rule, _held_to(given, most), _held_to(given, most), "由人工核定。")
    if rule.when is None or rule.points is None:
        return _made(rule, NOTHING, most, "须由人工核定。")
    low, high, sentence, findings = _amount(rule.when, results, home)
    if rule.person:
        return _made(rule, NOTHING, most, f"须由人工核定：{sentence}", findings)
    points = Fraction(rule.points)
    sure = _held_to(low * points, most)
    possible = most if high is None else _held_to(high * points, most)
    return _made(rule, sure, possible, sentence, findings)


def _made(
    rule: Rule, low: Fraction, high: Fraction | None, sentence: str, findings: tuple[Finding, ...] = ()
) -> Deduction:
    return Deduction(
        id=rule.id, title=rule.title, group=rule.group, low=low, high=high, sentence=sentence, findings=findings
    )


def _most(rules: RuleSet, rule: Rule) -> Fraction | None:
    """The most a rule can take off: its cap, its group's points, the full marks, whichever is least."""
    bounds = [rule.cap, *(group.points for group in rules.groups if group.id == rule.group)]
    if rules.flow is not None:
        bounds.append(rules.flow.full_marks)
    return min((Fraction(bound) for bound in bounds if bound is not None), default=None)


def _held_to(points: Fraction, most: Fraction | None) -> Fraction:
    return points if most is None else min(points, most)


def _amount(
    condition: Condition, results: Mapping[str, Result], home: str
) -> tuple[Fraction, Fraction | None, str, tuple[Finding, ...]]:
    """How many things are counted, at least and at most (None: cannot be told), in a sentence, with the findings."""
    held = hold(condition, results, home)
    if held.hit is Hit.NO:
        return NOTHING, NOTHING, held.sentence, ()
    result = results.get(condition.audit)
    if result is None or unseen(condition, result):
        once = Fraction(1) if held.hit is Hit.YES else None
        return (once or NOTHING), once, held.sentence, held.findings
    low, high = _counts(condition, result, home)
    sure = low if held.hit is Hit.YES else NOTHING
    return sure, high, held.sentence, held.findings


def _counts(condition: Condition, result: Result, home: str) -> tuple[Fraction, Fraction | None]:
    if condition.measure is Measure.OUTCOME:
        return Fraction(1), Fraction(1)
    if condition.measure is Measure.FACT:
        return _whole_units(result.data.get(condition.field), condition)
    sure = [finding for finding in result.findings if selected(condition, finding, home) is True]
    possible = [finding for finding in result.findings if selected(condition, finding, home) is not False]
    return Fraction(counted(condition, sure)), Fraction(counted(condition, possible))


def _whole_units(fact: Fact | None, condition: Condition) -> tuple[Fraction, Fraction | None]:
    """Only whole units count ("so many points for each 1 %"): a part of one takes nothing off."""
    number = number_in(fact)
    if number is None:
        return NOTHING, None
    whole = Fraction(int(number * condition.scale))
    return whole, whole
