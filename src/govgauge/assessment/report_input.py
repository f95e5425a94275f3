"""From a conclusion to what the report says."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from govgauge import __version__
from govgauge.assessment.conclusion import Conclusion, shown
from govgauge.assessment.finding_lines import FindingLine
from govgauge.audits.catalogue import Texts, texts
from govgauge.gather.artifacts import Purpose
from govgauge.outcomes import Finding, Outcome
from govgauge.reports import words
from govgauge.reports.site_report import (
    FINDINGS_SHOWN,
    Card,
    CheckRow,
    ColumnRow,
    FindingRow,
    IndicatorRow,
    Note,
    Points,
    SiteReport,
    Todo,
)
from govgauge.scoring.scored import Node
from govgauge.scoring.stake import stake_of_audit
from govgauge.scoring.vetoes import Hit, VetoVerdict
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.systems import library

PURPOSES = {
    Purpose.HOME: "首页",
    Purpose.PAGE: "网页",
    Purpose.ATTACHMENT: "附件",
    Purpose.IMAGE: "图片",
    Purpose.PART: "脚本和样式",
    Purpose.EXTERNAL: "站外链接",
}
AT_FAULT = ("超期未更新", "空白栏目")
"""Notes on columns that an audit found at fault."""
SKIP_REASONS = {
    "budget": "超出采集预算，按模板均匀抽样",
    "budget-image": "图片较多，按比例抽查",
    "budget-attachment": "附件较多，按比例抽查",
    "budget-part": "脚本和样式较多，按比例抽查",
    "budget-external": "站外链接较多，每个站点只核对几个",
    "robots": "robots.txt 不允许采集",
    "robots-unreachable": "robots.txt 未能取得，按规则不采集",
    "no-tls": "该地址的 HTTPS 无法建立",
    "no-network": "本机连不到该网站",
    "mapping": "不在指定的地址映射之内",
    "unanswered": "同一类地址一直没有应答，不再尝试",
    "shut-out": "采集中途网站不再应答",
    "trap": "自动生成、没有止境的地址（如日历）",
    "seconds": "到达时间上限",
}


def site_report(conclusion: Conclusion, lines: list[FindingLine]) -> SiteReport:
    """The report of one site. `lines` are the findings as written to findings.jsonl."""
    facts, scored, frame = conclusion.site.facts, conclusion.scored, conclusion.frame
    all_texts = {audit_id: texts(audit_id) for audit_id in conclusion.results}
    rows = _findings(conclusion, lines, all_texts)
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
        vetoes=tuple(_card(verdict) for verdict in conclusion.vetoes),
        warnings=tuple(_card(verdict) for verdict in conclusion.early_warnings),
        todo=_todo(conclusion, all_texts),
        tree=tuple(_indicator(node) for node in scored.nodes.values()),
        findings=tuple(rows[:FINDINGS_SHOWN]),
        findings_total=len(rows),
        columns=_columns(conclusion),
        passed=tuple(all_texts[audit].title for audit, result in _with(conclusion, Outcome.PASS)),
        unobservable=tuple(
            Note(all_texts[audit].title, result.reason) for audit, result in _with(conclusion, Outcome.NOT_OBSERVABLE)
        ),
        not_applicable=tuple(
            Note(all_texts[audit].title, result.reason) for audit, result in _with(conclusion, Outcome.NOT_APPLICABLE)
        ),
        gathered=_gathered(conclusion),
        skipped=tuple(
            Note(entry.template, SKIP_REASONS.get(entry.reason, entry.reason) + f"；例如 {entry.example}", entry.count)
            for entry in facts.skipped
        ),
    )


def _with(conclusion: Conclusion, outcome: Outcome):  # type: ignore[no-untyped-def]  # pairs of audit and result
    return [(audit, result) for audit, result in conclusion.results.items() if result.outcome is outcome]


def _headline(conclusion: Conclusion) -> str:
    facts, scored = conclusion.site.facts, conclusion.scored
    if not facts.home_ok:
        return "首页没有打开，各项检查无法进行；下面的得分区间只反映“尚未判定”。"
    hits = [verdict.title for verdict in conclusion.vetoes if verdict.hit is Hit.YES]
    veto = f"命中单项否决：{'、'.join(hits)}。" if hits else "没有命中可以由程序判定的单项否决。"
    found = sum(len(result.findings) for result in conclusion.results.values())
    return (
        f"共检查 {facts.pages_visited} 个网页、{len(conclusion.site.columns)} 个栏目，发现 {found} 处问题。{veto}"
        f"按已能判定的 {shown(scored.base_coverage.weight_answered)} 分计算，"
        f"已确认得 {shown(scored.base.low)} 分，最终得分不会超过 {shown(scored.base.high)} 分。"
    )


def _card(verdict: VetoVerdict) -> Card:
    return Card(verdict.id, verdict.title, verdict.hit.value, verdict.sentence)


def _points(low: Fraction, high: Fraction, full: Fraction) -> Points:
    return Points(float(low), float(high), float(full))


def _todo(conclusion: Conclusion, all_texts: dict[str, Texts]) -> tuple[Todo, ...]:
    stakes = stake_of_audit(conclusion.scored)
    where: dict[str, list[str]] = {}
    for leaf, check in conclusion.scored.checks():
        if check.audit and leaf.name not in where.setdefault(check.audit, []):
            where[check.audit].append(leaf.name)
    todo = [
        Todo(
            audit=audit,
            title=all_texts[audit].title,
            count=len(result.findings),
            points=float(stakes.get(audit, 0)),
            failure=all_texts[audit].failure,
            why=all_texts[audit].why,
            fix=all_texts[audit].fix,
            indicators=tuple(where.get(audit, ())),
        )
        for audit, result in conclusion.results.items()
        if result.findings
    ]
    return tuple(sorted(todo, key=lambda entry: (-entry.points, -entry.count, entry.audit)))


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
    rows = [
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
    return sorted(rows, key=lambda row: (-row.points, row.audit, row.page, row.target))


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
            parent=columns[column.parent_url].name if column.parent_url in columns else "",
        )
        for column in columns.values()
        if column.kind is not ColumnKind.HOME
    ]
    return tuple(sorted(rows, key=lambda row: (not row.note.startswith(AT_FAULT), -row.days, row.name)))


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


def _gathered(conclusion: Conclusion) -> tuple[Note, ...]:
    asked: Counter[Purpose] = Counter()
    bad: dict[Purpose, Counter[str]] = {purpose: Counter() for purpose in Purpose}
    for target in conclusion.site.targets.values():
        made = target.exchange
        asked[made.purpose] += 1
        if made.failure is not None:
            bad[made.purpose][words.outcome(made.failure.value)] += 1
        elif not made.ok:
            bad[made.purpose][f"状态码 {made.status}"] += 1
    return tuple(
        Note(name, "；".join(f"{why} {count}" for why, count in bad[purpose].most_common(6)), asked[purpose])
        for purpose, name in PURPOSES.items()
        if asked[purpose]
    )
