"""A scored assessment as the numbers of `assessment.json`: plain floats, unrounded."""

from fractions import Fraction

from govgauge.scoring.scored import Coverage, Node, Points, Scored, ScoredCheck

Json = dict[str, object]


def scored_json(scored: Scored) -> Json:
    """The parts of `assessment.json` that tell points: coverage, total, base, bonus, upper levels, indicators."""
    leaves = list(scored.leaves())
    return {
        "coverage": _coverage(scored.coverage),
        "base_coverage": _coverage(scored.base_coverage),
        "total": _points(scored.total),
        "base": _points(scored.base),
        "bonus": _points(scored.bonus),
        "levels": [_node(node) for node in scored.nodes.values() if node.children],
        "indicators": [{**_node(leaf), "checks": [_check(check) for check in leaf.checks]} for leaf in leaves],
    }


def _coverage(coverage: Coverage) -> Json:
    return {
        "weight_total": float(coverage.weight_total),
        "weight_answered": float(coverage.weight_answered),
        "weight_open": float(coverage.weight_open),
        "weight_proposed": float(coverage.weight_proposed),
    }


def _points(points: Points) -> Json:
    return {"low": float(points.low), "high": float(points.high), "points": float(points.points)}


def _node(node: Node) -> Json:
    return {
        "code": node.code,
        "path": list(node.path),
        "level": node.level,
        "weight": float(node.weight),
        "effective_weight": float(node.effective_weight),
        "index": _known(node.index),
        "score": _known(node.score),
        "low": float(node.low),
        "high": float(node.high),
        "answered": float(node.answered),
        "applies": node.applies,
        "bonus": node.bonus,
        "deduct": node.deduct,
    }


def _check(check: ScoredCheck) -> Json:
    return {
        "id": check.id,
        "text": check.text,
        "share": float(check.share),
        "method": check.method.value,
        "audit": check.audit,
        "outcome": check.outcome.value,
        "value": _known(check.value),
        "findings": check.findings,
        "weight": float(check.weight),
        "low": float(check.low),
        "high": float(check.high),
        "answered": check.answered,
        "confirmed": check.confirmed,
        "source": check.source,
        "reason": check.reason,
    }


def _known(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
