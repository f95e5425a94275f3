"""Whether a rule's condition holds for a site, in three values: yes, no, not observable."""

import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from govgauge.outcomes import Fact, Finding, Outcome, Result
from govgauge.systems.rules import Condition, Filter, Measure, Operator
from govgauge.word_enum import WordEnum

COMPARE: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.ABOVE: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.BELOW: operator.lt,
    Operator.EQUAL: operator.eq,
}

BOUND_SAID = {
    Operator.AT_LEAST: "达到 {0}即算",
    Operator.ABOVE: "超过 {0}即算",
    Operator.AT_MOST: "不超过 {0}即算",
    Operator.BELOW: "不足 {0}即算",
    Operator.EQUAL: "等于 {0}即算",
}


class Hit(WordEnum):
    """Whether a rule's condition holds."""

    YES = "yes"
    NO = "no"
    NOT_OBSERVABLE = "not-observable"


class Held(Struct, frozen=True):
    """A condition held against the results: what came of it, in a Chinese sentence, and the findings behind it."""

    hit: Hit
    sentence: str
    findings: tuple[Finding, ...] = ()


def hold(condition: Condition, results: Mapping[str, Result], home: str = "") -> Held:
    """Hold a condition against results by audit id. `home` is the home page's URL, for filters on `on_home`."""
    if condition.any:
        return _any([hold(inner, results, home) for inner in condition.any])
    if condition.all:
        return _all([hold(inner, results, home) for inner in condition.all])
    if not condition.audit:
        return Held(Hit.NOT_OBSERVABLE, f"{condition.what}：没有相应的自动检查，须由人工核定。")
    result = results.get(condition.audit)
    if result is None:
        return Held(Hit.NOT_OBSERVABLE, f"{condition.what}：没有运行自动检查 {condition.audit}。")
    if why := unseen(condition, result):
        return Held(Hit.NOT_OBSERVABLE, why)
    if condition.measure is Measure.OUTCOME:
        return _outcome(condition, result)
    if condition.measure is Measure.FACT:
        return _fact(condition, result)
    return _count(condition, result, home)


def unseen(condition: Condition, result: Result) -> str:
    """Why a result does not let the condition be held; empty when it does."""
    if result.outcome is Outcome.NOT_OBSERVABLE:
        return f"{condition.what}：{result.reason.rstrip('。') or '未能观测'}。"
    if result.outcome is Outcome.NOT_APPLICABLE and condition.absent_said:
        return condition.absent_said
    return "" if all(_fact_holds(need, result.data) for need in condition.needs) else _too_little(condition, result)


def _too_little(condition: Condition, result: Result) -> str:
    """Why nothing can be said, filled from the result's data where it holds what the sentence names."""
    try:
        return condition.needs_said.format(**result.data) or f"{condition.what}：观测不足，不能判定。"
    except (KeyError, IndexError, ValueError):
        return f"{condition.what}：观测不足，不能判定。"


def _any(parts: Sequence[Held]) -> Held:
    """Yes when one part is; no only when every part is."""
    for hit in (Hit.YES, Hit.NOT_OBSERVABLE):
        if some := [part for part in parts if part.hit is hit]:
            return _joined(hit, some)
    return _joined(Hit.NO, parts)


def _all(parts: Sequence[Held]) -> Held:
    """No when one part is; yes only when every part is."""
    for hit in (Hit.NO, Hit.NOT_OBSERVABLE):
        if some := [part for part in parts if part.hit is hit]:
            return _joined(hit, some)
    return _joined(Hit.YES, parts)


def _joined(hit: Hit, parts: Sequence[Held]) -> Held:
    findings = dict.fromkeys((finding.audit, finding.page, finding.target, finding.slug) for finding in _all_of(parts))
    by_key = {(finding.audit, finding.page, finding.target, finding.slug): finding for finding in _all_of(parts)}
    sentences = dict.fromkeys(part.sentence for part in parts)
    return Held(hit, "".join(sentences), tuple(by_key[key] for key in findings))


def _all_of(parts: Sequence[Held]) -> list[Finding]:
    return [finding for part in parts for finding in part.findings]


def _outcome(condition: Condition, result: Result) -> Held:
    if result.outcome in condition.outcomes:
        return Held(Hit.YES, f"{condition.what}。", result.findings)
    return Held(Hit.NO, f"未发现“{condition.what}”的情况。")


def _fact(condition: Condition, result: Result) -> Held:
    number = number_in(result.data.get(condition.field))
    if result.outcome is Outcome.NOT_APPLICABLE:
        return Held(Hit.NO, f"{condition.what}：不适用。")
    if number is None:
        return Held(Hit.NOT_OBSERVABLE, f"{condition.what}：没有量得数值，不能判定。")
    scaled = number * condition.scale
    yes = COMPARE[condition.operator](scaled, condition.number)
    return Held(Hit.YES if yes else Hit.NO, _said(condition, scaled), result.findings if yes else ())


def _count(condition: Condition, result: Result, home: str) -> Held:
    """Count findings that are surely meant and those that may be meant (a filter's field is missing in them)."""
    bound = number_in(result.data.get(condition.equals)) if condition.equals else condition.number
    if bound is None:
        return Held(Hit.NOT_OBSERVABLE, f"{condition.what}：没有量得总数，不能判定。")
    sure = [finding for finding in result.findings if selected(condition, finding, home) is True]
    possible = [finding for finding in result.findings if selected(condition, finding, home) is not False]
    low, high = counted(condition, sure), counted(condition, possible)
    compare = COMPARE[condition.operator]
    holds = {compare(Decimal(count), bound) for count in range(low, high + 1)}
    if len(holds) > 1:
        return Held(
            Hit.NOT_OBSERVABLE,
            f"{condition.what}：{low} 至 {_amount(Decimal(high), condition.unit)}，类别不明，不能判定。",
        )
    if True in holds:
        return Held(Hit.YES, _said(condition, Decimal(low), bound), tuple(_kept(condition, sure)))
    return Held(Hit.NO, _said(condition, Decimal(low), bound))


def counted(condition: Condition, findings: Sequence[Finding]) -> int:
    """How many things the findings make, by the measure of the condition."""
    if condition.measure is Measure.FINDINGS:
        return len(findings)
    if condition.measure is Measure.TARGETS:
        return len({finding.target for finding in findings})
    return sum(1 for times in Counter(finding.page for finding in findings).values() if times >= condition.at_least)


def _kept(condition: Condition, findings: Sequence[Finding]) -> list[Finding]:
    if condition.measure is not Measure.PAGES:
        return list(findings)
    times = Counter(finding.page for finding in findings)
    return [finding for finding in findings if times[finding.page] >= condition.at_least]


def selected(condition: Condition, finding: Finding, home: str) -> bool | None:
    """Whether the condition counts this finding; None when the finding does not tell."""
    if not condition.select:
        return True
    verdicts = [_fits(filters, finding, home) for filters in condition.select]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _fits(filters: Sequence[Filter], finding: Finding, home: str) -> bool | None:
    verdicts = [_filter_holds(one, finding, home) for one in filters]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _filter_holds(one: Filter, finding: Finding, home: str) -> bool | None:
    own: dict[str, Fact] = {"page": finding.page, "target": finding.target, "slug": finding.slug}
    if home:
        own["on_home"] = finding.page == home
    facts = {**finding.data, **own}
    return _fact_holds(one, facts) if one.field in facts else None


def _fact_holds(one: Filter, facts: Mapping[str, Fact]) -> bool:
    fact = facts.get(one.field)
    if one.one_of:
        return fact in one.one_of
    number = number_in(fact)
    return number is not None and one.number is not None and COMPARE[one.operator or Operator.EQUAL](number, one.number)


def number_in(fact: Fact | None) -> Decimal | None:
    """A fact as a finite number; None where it is none."""
    if fact is None or isinstance(fact, bool):
        return None
    try:
        number = Decimal(str(fact))
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _said(condition: Condition, count: Decimal, bound: Decimal | None = None) -> str:
    limit = condition.number if bound is None else bound
    limit_said = BOUND_SAID[condition.operator].format(_amount(limit, condition.unit))
    return f"{condition.what} {_amount(count, condition.unit)}（{limit_said}）。"


def _amount(number: Decimal, unit: str) -> str:
    gap = "" if unit == "%" else " "
    return f"{number.normalize():f}{gap}{unit}"
