"""In which figures two judgements of an entry differ, in sentences; what only words tell makes no difference."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from govgauge.office.sheets import CheckLine, Sheet

MOST_TOLD = 3
"""Checks that are told one by one."""
NEAR = 1e-9
"""Points behind which only the error of binary fractions lies."""


class Differing(Struct, frozen=True, kw_only=True):
    """What differs: audits that say or found something else, checks, vetoes with what they were and are."""

    audits: tuple[str, ...]
    checks: tuple[str, ...]
    vetoes: tuple[str, ...]
    points: bool

    def __bool__(self) -> bool:
        return bool(self.audits or self.checks or self.vetoes or self.points)

    def said(self) -> list[str]:
        """Why the entry moves, in a few parts, with counts where there is more."""
        told = [f"自动检查 {'、'.join(self.audits)}"] if self.audits else []
        if self.checks:
            rest = len(self.checks) - MOST_TOLD
            more = f" 等 {len(self.checks)} 个要点" if rest > 0 else ""
            told.append(f"要点 {'；'.join(self.checks[:MOST_TOLD])}{more}")
        if self.vetoes:
            told.append(f"否决 {'、'.join(self.vetoes)}")
        return told or ["各级指标的权重或计分办法不同"]


def differing(one: Sheet, other: Sheet) -> Differing:
    """In what figures a judgement differs from another one."""
    before, after = _by_audit(one), _by_audit(other)
    return Differing(
        audits=tuple(name for name in sorted({**before, **after}) if before.get(name) != after.get(name)),
        checks=tuple(_checks(_by_check(one), _by_check(other))),
        vetoes=tuple(_vetoes(one, other)),
        points=any(abs(a - b) > NEAR for a, b in zip(_points(one), _points(other), strict=True)),
    )


def _points(sheet: Sheet) -> tuple[float, ...]:
    spans, shares = (sheet.base, sheet.total), (sheet.base_coverage, sheet.coverage)
    return (
        *(points for span in spans for points in (span.low, span.high)),
        *(points for share in shares for points in (share.weight_total, share.weight_answered)),
    )


def _by_audit(sheet: Sheet) -> dict[str, tuple[object, ...]]:
    found: dict[str, list[object]] = {}
    for line in sheet.findings:
        found.setdefault(line.audit, []).append(line)
    return {line.audit: (line, *found.get(line.audit, ())) for line in sheet.results}


def _by_check(sheet: Sheet) -> dict[str, CheckLine]:
    return {check.id: check for indicator in sheet.indicators for check in indicator.checks}


def _checks(before: Mapping[str, CheckLine], after: Mapping[str, CheckLine]) -> Iterator[str]:
    for name in {**before, **after}:
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            yield f"{name} {'新增' if one is None else '不再有'}"
            continue
        told = []
        if abs(one.weight - other.weight) > NEAR:
            told.append(f"权重 {one.weight:g}→{other.weight:g}")
        if (one.outcome, one.value) != (other.outcome, other.value):
            told.append(f"取值 {_value(one)}→{_value(other)}")
        if told:
            yield f"{name} {'，'.join(told)}"


def _value(check: CheckLine) -> str:
    return "（未判定）" if check.value is None else f"{check.value:.4g}"


def _vetoes(one: Sheet, other: Sheet) -> Iterator[str]:
    before, after = ({veto.id: veto.hit for veto in sheet.vetoes} for sheet in (one, other))
    for name in sorted({**before, **after}):
        if before.get(name) != after.get(name):
            yield f"{name} {HITS.get(before.get(name, ''), '无')}→{HITS.get(after.get(name, ''), '无')}"


HITS = {"yes": "成立", "no": "不成立", "not-observable": "未能判定"}
