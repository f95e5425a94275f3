"""From a conclusion to what the report says."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from govgauge import __version__
from govgauge.assessment.conclusion import Conclusion, shown
from govgauge.assessment.finding_lines import FindingLine
from govgauge.assessment.fitting import doubt
from govgauge.assessment.gathered_notes import gathered, left_out
from govgauge.assessment.todo_list import todo_list
from govgauge.audits.catalogue import Texts, texts
from govgauge.outcomes import Finding, Outcome
from govgauge.reports.site_report import (
    FINDINGS_SHOWN,
    Card,
    CheckRow,
    Clue,
    ColumnRow,
    FindingRow,
    IndicatorRow,
    Note,
    Points,
    SiteReport,
)
from govgauge.scoring.scored import Node
from govgauge.scoring.vetoes import Hit, VetoVerdict
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.systems import library

AT_FAULT = ("超期未更新", "空白栏目")
"""Notes on columns that an audit found at fault."""
CLUES_SHOWN = 20
"""Findings laid out under one veto or warning; all of them stand among the report's findings."""
CLUES_OF_ONE_KIND = 3
"""Where several kinds of findings stand under one veto, so many of each are laid out."""


def site_report(conclusion: Conclusion, lines: list[FindingLine]) -> SiteReport:
    """The report of one site. `lines` are the findings as written to findings.jsonl."""
    facts, scored, frame = conclusion.site.facts, conclusion.scored, conclusion.frame
    all_texts = {audit_id: texts(audit_id) for audit_id in conclusion.results}
    todo = todo_list(conclusion)
    places = {entry.audit: place for place, entry in enumerate(todo)}
    rows = sorted(
        _findings(conclusion, lines, all_texts), key=lambda row: (places[row.audit], -row.points, row.page, row.target)
    )
    return SiteReport(
        version=__version__,
        name=facts.name or facts.host,
        url=facts.home,
        host=facts.host,
        as_of=facts.as_of.isoformat(),
        started_at=conclusion.visit.started_at,
        finished_at=conclusion.visit.finished_at,
        system=conclusion.system.title,
        rules=library.rule_set(frame.rules).title,
        pages=facts.pages_visited,
        total=_points(scored.total.low, scored.total.high, scored.coverage.weight_total),
        base=_points(scored.base.low, scored.base.high, scored.base_coverage.weight_total),
        answered=float(scored.base_coverage.weight_answered),
        weight=float(scored.base_coverage.weight_total),
        headline=_headline(conclusion),
        unreachable=conclusion.incomplete() if facts.home_ok else conclusion.unreachable(),
        doubt=doubt(facts.name, conclusion.system, frame.profile),
        vetoes=tuple(_card(verdict, all_texts) for verdict in conclusion.vetoes),
        warnings=tuple(_card(verdict, all_texts) for verdict in conclusion.early_warnings),
        todo=todo,
        tree=tuple(_indicator(node) for node in scored.nodes.values()),
        findings=tuple(rows[:FINDINGS_SHOWN]),
        findings_total=len(rows),
        columns=_columns(conclusion),
        passed=tuple(all_texts[audit].passed or all_texts[audit].title for audit, _ in _with(conclusion, Outcome.PASS)),
        unobservable=tuple(
            Note(all_texts[audit].title, result.reason) for audit, result in _with(conclusion, Outcome.NOT_OBSERVABLE)
        ),
        not_applicable=tuple(
            Note(all_texts[audit].title, result.reason) for audit, result in _with(conclusion, Outcome.NOT_APPLICABLE)
        ),
        gathered=gathered(conclusion.site),
        skipped=left_out(facts.skipped),
    )


def _with(conclusion: Conclusion, outcome: Outcome):  # type: ignore[no-untyped-def]  # pairs of audit and result
    return [(audit, result) for audit, result in conclusion.results.items() if result.outcome is outcome]


def _headline(conclusion: Conclusion) -> str:
    facts, scored = conclusion.site.facts, conclusion.scored
    if not facts.home_ok:
        return "首页没有打开，各项检查无法进行；下面的得分区间只反映“尚未判定”。"
    hits = [verdict.title for verdict in conclusion.vetoes if verdict.hit is Hit.YES]
    veto = f"命中单项否决：{'、'.join(hits)}。" if hits else "没有命中可以由程序判定的单项否决。"
    clues = [verdict for verdict in conclusion.vetoes if verdict.person and verdict.findings]
    if clues:
        said = "、".join(f"{verdict.title}（{len(verdict.findings)} 处）" for verdict in clues)
        veto += f"另有线索可能触及单项否决，请先由人工核定：{said}。"
    found = sum(len(result.findings) for result in conclusion.results.values())
    return (
        f"共检查 {facts.pages_visited} 个网页、{len(conclusion.site.columns)} 个栏目，发现 {found} 处问题。{veto}"
        f"按已能判定的 {shown(scored.base_coverage.weight_answered)} 分计算，"
        f"已确认得 {shown(scored.base.low)} 分，最终得分不会超过 {shown(scored.base.high)} 分。"
    )


def _card(verdict: VetoVerdict, all_texts: dict[str, Texts]) -> Card:
    found = verdict.findings
    return Card(
        id=verdict.id,
        title=verdict.title,
        hit="clues" if verdict.person and found else verdict.hit.value,
        sentence=verdict.sentence,
        clues=tuple(
            Clue(finding.audit, all_texts[finding.audit].sentence(finding), finding.page)
            for finding in _some_of_each_kind(found)
        ),
        found=len(found),
    )


def _some_of_each_kind(found: tuple[Finding, ...]) -> list[Finding]:
    kinds: Counter[tuple[str, str]] = Counter()
    kept = []
    for finding in found:
        kinds[finding.audit, finding.slug] += 1
        if kinds[finding.audit, finding.slug] <= CLUES_OF_ONE_KIND:
            kept.append(finding)
    return (kept if len(kinds) > 1 else list(found))[:CLUES_SHOWN]


def _points(low: Fraction, high: Fraction, full: Fraction) -> Points:
    return Points(float(low), float(high), float(full))


def _points_of_findings(conclusion: Conclusion) -> dict[tuple[str, str, str], Fraction]:
    """Points that each finding costs, by audit, page and target: every check splits its loss among its own findings."""
    each: dict[tuple[str, str, str], Fraction] = {}
    for _, check in conclusion.scored.checks():
        result = conclusion.by_check.get(check.id)
        if result is None or not check.lost:
            continue
        for found in result.findings:
            key = (found.audit, found.page, found.target)
            each[key] = each.get(key, Fraction(0)) + check.lost / len(result.findings)
    return each


def _findings(conclusion: Conclusion, lines: list[FindingLine], all_texts: dict[str, Texts]) -> list[FindingRow]:
    each = _points_of_findings(conclusion)
    return [
        FindingRow(
            id=line.id,
            audit=line.audit,
            page=line.page,
            target=line.target,
            sentence=all_texts[line.audit].sentence(
                Finding(audit=line.audit, page=line.page, target=line.target, slug=line.slug, data=line.data)
            ),
            excerpt=line.excerpt,
            points=float(each.get((line.audit, line.page, line.target), 0)),
            seen_at=line.seen_at,
            offset=line.warc.offset if line.warc else -1,
            sha256=line.sha256,
        )
        for line in lines
    ]


def _indicator(node: Node) -> IndicatorRow:
    return IndicatorRow(
        code=node.code,
        name=node.name,
        level=node.level,
        points=_points(node.low, node.high, node.effective_weight),
        index=None if node.index is None else float(node.index),
        bonus=node.bonus,
        deduct=node.deduct,
        checks=tuple(
            CheckRow(
                text=check.text,
                method=check.method.value,
                audit=check.audit or "",
                outcome=check.outcome.value if check.answered or check.reason else "open",
                full=float(check.weight),
                low=float(check.low),
                high=float(check.high),
                findings=check.findings,
                reason=check.reason,
            )
            for check in node.checks
        ),
    )


def _columns(conclusion: Conclusion) -> tuple[ColumnRow, ...]:
    today, columns = conclusion.site.facts.as_of, conclusion.site.columns
    stale, empty = (_pages_of(conclusion, audit) for audit in ("column-stale", "column-empty"))
    rows = [
        ColumnRow(
            name=column.name,
            url=column.url,
            kind=column.kind.value,
            items=column.item_count,
            newest="" if column.newest is None else column.newest.isoformat(),
            days=-1 if column.newest is None else max(0, (today - column.newest).days),
            note="；".join(_notes(column, stale, empty)),
            fault=column.url in stale or column.url in empty,
            parent=columns[column.parent_url].name if column.parent_url in columns else "",
        )
        for column in columns.values()
        if column.kind is not ColumnKind.HOME
    ]
    return tuple(sorted(rows, key=lambda row: (not row.fault, -row.days, row.name)))


def _pages_of(conclusion: Conclusion, audit: str) -> set[str]:
    result = conclusion.results.get(audit)
    return {finding.page for finding in result.findings} if result else set()


def _notes(column: Column, stale: set[str], empty: set[str]) -> Iterator[str]:
    if column.url in stale:
        yield AT_FAULT[0]
    if column.url in empty:
        yield AT_FAULT[1]
    if column.script_only:
        yield "列表由脚本生成，未判定"
    elif not column.complete:
        yield "未读完全部列表页"
