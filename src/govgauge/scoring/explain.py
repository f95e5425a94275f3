"""How a score came about, line by line, in words that can be checked with a pencil."""

from collections.abc import Iterator
from fractions import Fraction

from govgauge.errors import Unusable
from govgauge.outcomes import Outcome
from govgauge.scoring.scored import Node, Scored, ScoredCheck

SHOWN_DECIMALS = 4
"""Decimals of a number in an explanation; more are cut and marked as rounded."""


class UnknownCode(Unusable):
    """The scored tree has no such node. The message names the code."""


def explain(scored: Scored, code: str = "") -> list[str]:
    """The steps from answers to the points of a node, or of the total when `code` is empty, one sentence a line."""
    if not code:
        return list(_total(scored))
    if code not in scored.nodes:
        raise UnknownCode(f"指标体系 {scored.system} 没有代码为“{code}”的指标 (no indicator of that code).")
    node = scored.nodes[code]
    return [*_head(node), *(_leaf(node) if node.checks else _inner(scored, node)), _outcome(node)]


def shown(value: Fraction) -> str:
    """A number in decimals, without trailing zeros; `≈` before a rounded one."""
    rounded = round(value, SHOWN_DECIMALS)
    text = f"{float(rounded):.{SHOWN_DECIMALS}f}".rstrip("0").rstrip(".")
    return text if rounded == value else f"≈{text}"


def span(low: Fraction, high: Fraction) -> str:
    """Points as one number, or as a range."""
    return f"{shown(low)} 分" if low == high else f"{shown(low)} 至 {shown(high)} 分"


def _total(scored: Scored) -> Iterator[str]:
    for node in scored.level(1):
        mark = "（加分）" if node.bonus else ""
        yield f"{node.code} {node.name}{mark}：{shown(node.effective_weight)} 分中得 {span(node.low, node.high)}。"
    yield f"基础分合计 {span(scored.base.low, scored.base.high)}，满分 {shown(scored.base_coverage.weight_total)} 分。"
    if scored.bonus.high:
        yield f"加分 {span(scored.bonus.low, scored.bonus.high)}。"
    yield f"总分 {span(scored.total.low, scored.total.high)}。"
    if scored.coverage.weight_open:
        yield f"其中 {shown(scored.coverage.weight_open)} 分的要点还没有采集值，在下限中按 0、在上限中按满分计。"


def _head(node: Node) -> Iterator[str]:
    yield f"{node.code} {node.name}：权重 {shown(node.weight)} 分。"
    if node.weight and not node.applies:
        yield "全部要点不适用，权重按比例转给同级指标。"
    elif node.effective_weight != node.weight:
        yield f"同级有指标不适用，其权重按比例转来，本指标实际为 {shown(node.effective_weight)} 分。"
    if node.deduct and node.checks:
        yield "本指标从满分起扣；不适用的情形不扣分。"


def _inner(scored: Scored, node: Node) -> Iterator[str]:
    for code in node.children:
        child = scored.nodes[code]
        yield f"{code} {child.name}：{shown(child.effective_weight)} 分中得 {span(child.low, child.high)}。"


def _leaf(node: Node) -> Iterator[str]:
    if node.applies and not node.deduct and any(not check.applies for check in node.checks):
        yield "不适用的要点把份额按比例让给其余要点。"
    for check in node.checks:
        yield f"{check.id}“{check.text}”，份额 {shown(check.share)}：{_check(check)}"


def _check(check: ScoredCheck) -> str:
    if check.outcome is Outcome.NOT_APPLICABLE:
        return f"不适用，不扣分，计 {shown(check.weight)} 分。" if check.weight else "不适用，不计。"
    if not check.answered:
        reason = f"（{check.reason.rstrip('。')}）" if check.reason else ""
        return f"没有采集值{reason}，计 0 至 {shown(check.weight)} 分。"
    proposal = "" if check.confirmed else "，程序判断，待人工确认"
    found = f"，发现问题 {check.findings} 个" if check.findings else ""
    value = shown(check.value) if check.value is not None else ""
    return f"{shown(check.weight)} 分 × {value} = {shown(check.low)} 分{found}{proposal}。"


def _outcome(node: Node) -> str:
    if not node.applies:
        return "本指标不计分。"
    if node.index is None:
        return f"合计 {span(node.low, node.high)}；尚有要点未定，指数暂缺。"
    return f"合计 {span(node.low, node.high)}，指数 {shown(node.index)}。"
