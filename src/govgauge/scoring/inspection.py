"""The flow of an inspection: vetoes first, then deductions from full marks, re-scaling, bonus, passed or failed."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.scoring.deductions import Deduction, GroupDeduction, by_group
from govgauge.scoring.scored import Points
from govgauge.scoring.vetoes import Hit, VetoVerdict
from govgauge.systems.rules import Flow, RuleKind, RuleSet
from govgauge.word_enum import WordEnum

NOTHING = Fraction(0)
NO_BONUS = Points(NOTHING, NOTHING)


class NotInspectable(Unusable):
    """The rule set has no flow, or the bonus cannot be counted; the message says what to do."""


class Verdict(WordEnum):
    """How an inspection ends."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    """Cannot be told yet: a veto is undecided, or the range of the score holds the pass mark."""


class Inspection(Struct, frozen=True, kw_only=True):
    """How a body came out. Points are ranges, out of the flow's full marks; None where nothing is scored.

    `score` is what the deductions leave, re-scaled; `bonus` what of the bonus counts; `final` both.
    """

    verdict: Verdict
    vetoes: tuple[str, ...]
    undecided: tuple[str, ...]
    groups: tuple[GroupDeduction, ...] = ()
    score: Points | None = None
    bonus: Points | None = None
    final: Points | None = None
    sentences: tuple[str, ...] = ()


def by_vetoes(verdicts: Iterable[VetoVerdict]) -> Inspection:
    """Judge a body by vetoes alone: websites that are no portals, and accounts on new media.

    Source: 国办秘函〔2019〕19号, 单项否决.
    """
    judged = [verdict for verdict in verdicts if verdict.kind is RuleKind.VETO]
    hit = tuple(verdict.id for verdict in judged if verdict.hit is Hit.YES)
    undecided = tuple(verdict.id for verdict in judged if verdict.hit is Hit.NOT_OBSERVABLE)
    ended = Verdict.FAILED if hit else Verdict.OPEN if undecided else Verdict.PASSED
    return Inspection(verdict=ended, vetoes=hit, undecided=undecided, sentences=tuple(_of_vetoes(hit, undecided)))


def inspect(
    rules: RuleSet,
    verdicts: Iterable[VetoVerdict],
    taken: Sequence[Deduction],
    bonus: Points = NO_BONUS,
    *,
    services: bool = True,
) -> Inspection:
    """Inspect a portal: one veto and nothing is scored; else deductions from full marks, and the bonus.

    `bonus` are points as given. A body without public `services` skips that group and is scaled up to full marks.
    Raises NotInspectable for a rule set without a flow and for a bonus below 0 or upside down.
    Source: 国办秘函〔2019〕19号: 75 points × 4/3 without services, failed below 60, bonus up to 30 only above 80.
    """
    flow = _flow(rules, bonus)
    first = by_vetoes(verdicts)
    if first.vetoes:
        return first
    skipped = "" if services else flow.services_group
    groups = tuple(group for group in by_group(rules, taken) if group.id != skipped)
    score = rescaled(flow, _left(flow, groups, taken, services=services), services=services)
    counts = counting_bonus(flow, score, bonus)
    final = Points(score.low + counts.low, score.high + counts.high)
    return Inspection(
        verdict=_verdict(flow, final, undecided=bool(first.undecided)),
        vetoes=(),
        undecided=first.undecided,
        groups=groups,
        score=score,
        bonus=counts,
        final=final,
        sentences=(*first.sentences, *_steps(flow, groups, score, counts, final, services=services)),
    )


def rescaled(flow: Flow, left: Points, *, services: bool) -> Points:
    """Points left, scaled up to full marks for a body without public services (75 points × 4/3)."""
    if services or flow.without_services is None:
        return left
    factor = Fraction(flow.full_marks) / Fraction(flow.without_services)
    return Points(left.low * factor, left.high * factor)


def counting_bonus(flow: Flow, score: Points, bonus: Points) -> Points:
    """What of a bonus counts: nothing unless the score is above the flow's bound, and never more than its most."""
    bound = None if flow.bonus_above is None else Fraction(flow.bonus_above)
    most = Fraction(flow.bonus_max)
    low = min(bonus.low, most) if bound is None or score.low > bound else NOTHING
    high = min(bonus.high, most) if bound is None or score.high > bound else NOTHING
    return Points(low, high)


def _flow(rules: RuleSet, bonus: Points) -> Flow:
    if rules.flow is None:
        raise NotInspectable(f"规则 {rules.id} 没有规定计分流程，不能得出结论；请改用 inspection-2019 (has no flow).")
    if not 0 <= bonus.low <= bonus.high:
        raise NotInspectable(f"加分 {bonus.low} 至 {bonus.high} 不是从小到大的非负数，请核对 (unusable bonus).")
    return rules.flow


def _left(flow: Flow, groups: Sequence[GroupDeduction], taken: Sequence[Deduction], *, services: bool) -> Points:
    """Full marks less every group's deductions and those of no group, never below 0."""
    whole = flow.full_marks if services or flow.without_services is None else flow.without_services
    full = Fraction(whole)
    alone = [one for one in taken if not one.group]
    least = sum((group.low for group in groups), NOTHING) + sum((one.low for one in alone), NOTHING)
    most = sum((group.high for group in groups), NOTHING) + sum(
        (full if one.high is None else one.high for one in alone), NOTHING
    )
    return Points(max(NOTHING, full - most), max(NOTHING, full - least))


def _verdict(flow: Flow, final: Points, *, undecided: bool) -> Verdict:
    bound = Fraction(flow.pass_mark)
    if final.high < bound:
        return Verdict.FAILED
    return Verdict.OPEN if undecided or final.low < bound else Verdict.PASSED


def _of_vetoes(hit: Sequence[str], undecided: Sequence[str]) -> Iterable[str]:
    if hit:
        yield f"单项否决 {'、'.join(hit)} 成立，不合格，其余不再计分。"
    elif undecided:
        yield f"单项否决 {'、'.join(undecided)} 尚未判定，须由人工核定。"


def _steps(
    flow: Flow, groups: Sequence[GroupDeduction], score: Points, bonus: Points, final: Points, *, services: bool
) -> Iterable[str]:
    for group in groups:
        yield f"{group.title}：{said(group.points)} 分中扣 {_span(Points(group.low, group.high))} 分。"
    if services or flow.without_services is None:
        yield f"扣分后得 {_span(score)} 分，满分 {said(Fraction(flow.full_marks))} 分。"
    else:
        full, less = Fraction(flow.full_marks), Fraction(flow.without_services)
        yield f"不计办事服务，按 {said(less)} 分计，再乘 {full / less}，得 {_span(score)} 分。"
    if bonus.high:
        yield f"加分 {_span(bonus)} 分。"
    elif flow.bonus_above is not None and score.high <= flow.bonus_above:
        yield f"不高于 {said(Fraction(flow.bonus_above))} 分，不计加分。"
    yield f"最后得分 {_span(final)} 分，合格线 {said(Fraction(flow.pass_mark))} 分。"


def said(points: Fraction) -> str:
    """Points with at most two decimals."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def _span(points: Points) -> str:
    return said(points.low) if points.low == points.high else f"{said(points.low)} 至 {said(points.high)}"
