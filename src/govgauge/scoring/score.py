"""From answers to points: the arithmetic of a weighted tree, exact, with ranges for what is not known.

Two passes: the first goes down to the checks and finds out which parts apply; the second hands the points down,
re-weighted, and brings them back up as sums.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from govgauge.errors import Unusable
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import JUDGED, Answer, UnusableAnswer
from govgauge.scoring.scored import Coverage, Node, Points, Scored, ScoredCheck
from govgauge.systems.model import Check, Indicator, Status, System

__all__ = ["NotScorable", "Scored", "UnknownProfile", "score"]

OPEN = Answer(outcome=Outcome.NOT_OBSERVABLE)
ELSEWHERE = Answer(outcome=Outcome.NOT_APPLICABLE, reason="本要点不看这一档。")
"""For a check that the profile leaves out, whatever was answered."""
NOTHING, WHOLE = Fraction(0), Fraction(1)
EXACT_KEPT = 4096
"""Weights, shares and values whose fractions are kept at hand: tables have the same few again and again."""


class UnknownProfile(Unusable):
    """The system has no such profile. The message lists those it has."""


class NotScorable(Unusable):
    """The system is only an outline: there are no weights to score with."""


def score(system: System, profile: str, answers: Mapping[str, Answer]) -> Scored:
    """Score `answers` (by check id) against a profile of a system. Checks without an answer stay open.

    Raises UnknownProfile, NotScorable, and UnusableAnswer for a value outside 0…1, a judgement without a value,
    or an answer to a check that the system does not have.
    """
    _guard(system, profile, answers)
    base = [node for node in system.indicators if not node.bonus]
    extra = [node for node in system.indicators if node.bonus]
    scorer = _Scorer(profile, answers)
    base_nodes = list(scorer.siblings(base, scorer.full(base), (), bonus=False))
    extra_nodes = [
        node for indicator in extra for node in scorer.siblings([indicator], scorer.full([indicator]), (), bonus=True)
    ]
    by_code = {node.code: node for node in (*base_nodes, *extra_nodes)}
    return Scored(
        system=system.id,
        profile=profile,
        total=_points((*base_nodes, *extra_nodes)),
        base=_points(base_nodes),
        bonus=_points(extra_nodes),
        coverage=_coverage((*base_nodes, *extra_nodes)),
        base_coverage=_coverage(base_nodes),
        nodes={node.code: by_code[node.code] for _, node in system.nodes() if node.code in by_code},
    )


class _Scorer:
    """One profile and its answers, walked down the tree."""

    def __init__(self, profile: str, answers: Mapping[str, Answer]) -> None:
        self._profile = profile
        self._answers = answers
        self._taking: dict[tuple[str, bool], bool] = {}

    def full(self, indicators: Iterable[Indicator]) -> Fraction:
        """Points of some nodes as the table gives them."""
        return _sum(self._weight(indicator) for indicator in indicators)

    def siblings(
        self,
        indicators: Iterable[Indicator],
        available: Fraction,
        names: tuple[str, ...],
        *,
        bonus: bool,
        deduct: bool = False,
    ) -> Iterator[Node]:
        """Hand `available` points to the nodes that apply, in proportion to their weights; parents come first."""
        assessed = [node for node in indicators if node.weight(self._profile) is not None]
        taking = {node.code: self._weight(node) for node in assessed if self._takes_weight(node, deduct=deduct)}
        total = _sum(taking.values())
        for indicator in assessed:
            share = available * taking.get(indicator.code, NOTHING) / total if total else NOTHING
            yield from self._node(
                indicator, share, (*names, indicator.name), bonus=bonus, deduct=deduct or indicator.deduct
            )

    def _node(
        self, indicator: Indicator, points: Fraction, names: tuple[str, ...], *, bonus: bool, deduct: bool
    ) -> Iterator[Node]:
        below = list(self.siblings(indicator.children, points, names, bonus=bonus, deduct=deduct))
        own = tuple(self._checks(indicator, points, deduct=deduct))
        parts = [node for node in below if node.level == len(names) + 1]
        answered = [check.weight for check in own if check.answered]
        yield Node(
            code=indicator.code,
            name=indicator.name,
            level=len(names),
            path=(names[0], names[1] if len(names) > 1 else None, names[2] if len(names) > 2 else None),
            weight=self._weight(indicator),
            effective_weight=points,
            low=_sum([part.low for part in parts] + [check.low for check in own]),
            high=_sum([part.high for part in parts] + [check.high for check in own]),
            answered=_sum([part.answered for part in parts] + answered),
            bonus=bonus,
            deduct=deduct,
            children=tuple(part.code for part in parts),
            checks=own,
        )
        yield from below

    def _checks(self, indicator: Indicator, points: Fraction, *, deduct: bool) -> Iterator[ScoredCheck]:
        asked = {check.id for check in indicator.checks if deduct or self._asked(check)}
        applying = _sum(_exact(check.share) for check in indicator.checks if check.id in asked)
        each = points / applying if applying else NOTHING
        for check in indicator.checks:
            weight = each * _exact(check.share) if each and check.id in asked else NOTHING
            yield _scored_check(check, self._answer(check), weight)

    def _takes_weight(self, indicator: Indicator, *, deduct: bool) -> bool:
        """Whether points handed to this node find a check: one that applies, in a leaf that has weight at all."""
        known = self._taking.get((indicator.code, deduct))
        if known is None:
            known = self._taking[indicator.code, deduct] = self._finds_a_check(indicator, deduct=deduct)
        return known

    def _finds_a_check(self, indicator: Indicator, *, deduct: bool) -> bool:
        inner = deduct or indicator.deduct
        if indicator.children:
            return any(self._takes_weight(child, deduct=inner) for child in indicator.children)
        return bool(self._weight(indicator)) and (inner or any(self._asked(check) for check in indicator.checks))

    def _asked(self, check: Check) -> bool:
        return self._answer(check).outcome is not Outcome.NOT_APPLICABLE

    def _answer(self, check: Check) -> Answer:
        if not check.asked_in(self._profile):
            return ELSEWHERE
        return self._answers.get(check.id, OPEN)

    def _weight(self, indicator: Indicator) -> Fraction:
        return _exact(indicator.weight(self._profile) or Decimal(0))


def _scored_check(check: Check, answer: Answer, weight: Fraction) -> ScoredCheck:
    low, high = _bounds(answer)
    return ScoredCheck(
        id=check.id,
        text=check.text,
        share=_exact(check.share),
        method=check.method,
        audit=check.audit,
        outcome=answer.outcome,
        value=None if answer.value is None else _exact(answer.value),
        weight=weight,
        low=_times(weight, low),
        high=_times(weight, high),
        findings=answer.findings,
        answered=not answer.is_open,
        confirmed=answer.confirmed,
        confidence=answer.confidence,
        source=answer.source,
        reason=answer.reason,
    )


def _bounds(answer: Answer) -> tuple[Fraction, Fraction]:
    if answer.is_open:
        return NOTHING, WHOLE
    if answer.value is None:  # does not apply: it has weight in a deducting indicator only, and deducts nothing there
        return WHOLE, WHOLE
    return _exact(answer.value), _exact(answer.value)


@lru_cache(maxsize=EXACT_KEPT)
def _exact(number: Decimal) -> Fraction:
    return Fraction(number)


def _times(weight: Fraction, share: Fraction) -> Fraction:
    """A product of which one side is often nothing or the whole: fractions are slow to multiply."""
    return weight * share if share and share is not WHOLE else weight if share else NOTHING


def _sum(parts: Iterable[Fraction]) -> Fraction:
    """A sum over one common denominator, brought into lowest terms once, not after each part."""
    counted = [part for part in parts if part]
    if len(counted) < 2:
        return counted[0] if counted else NOTHING
    below = lcm(*(part.denominator for part in counted))
    return Fraction(sum(part.numerator * (below // part.denominator) for part in counted), below)


def _points(nodes: Iterable[Node]) -> Points:
    tops = [node for node in nodes if node.level == 1]
    return Points(low=_sum(node.low for node in tops), high=_sum(node.high for node in tops))


def _coverage(nodes: Iterable[Node]) -> Coverage:
    listed = list(nodes)
    tops = [node for node in listed if node.level == 1]
    return Coverage(
        weight_total=_sum(node.effective_weight for node in tops),
        weight_answered=_sum(node.answered for node in tops),
        weight_proposed=_sum(
            check.weight for node in listed for check in node.checks if check.answered and not check.confirmed
        ),
    )


def _guard(system: System, profile: str, answers: Mapping[str, Answer]) -> None:
    if system.status is Status.OUTLINE:
        raise NotScorable(
            f"指标体系 {system.id} 只有名称和数目，没有权重，不能计分 (an outline has no weights to score with)."
        )
    if profile not in system.profile_ids():
        known = "、".join(system.profile_ids())
        raise UnknownProfile(
            f"指标体系 {system.id} 没有权重档“{profile}”。可用：{known} (no such profile; choose one of these)."
        )
    known_checks = {check.id for check in system.checks()}
    for check_id, answer in answers.items():
        if check_id not in known_checks:
            raise UnusableAnswer(f"指标体系 {system.id} 没有要点“{check_id}”，请核对采集值所属的体系和版本。")
        _guard_value(check_id, answer)


def _guard_value(check_id: str, answer: Answer) -> None:
    if answer.outcome in JUDGED and answer.value is None:
        raise UnusableAnswer(f"要点 {check_id} 已作判断却没有取值，请填 0 至 1 之间的数。")
    if answer.outcome not in JUDGED and answer.value is not None:
        raise UnusableAnswer(f"要点 {check_id} 的结果是 {answer.outcome}，不应有取值 {answer.value}，请删去取值。")
    if answer.value is not None and not 0 <= answer.value <= 1:
        raise UnusableAnswer(f"要点 {check_id} 的取值 {answer.value} 不在 0 至 1 之间，请核对。")
