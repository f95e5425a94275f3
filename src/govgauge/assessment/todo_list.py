"""What to put right, in which order: vetoes first, then warnings and safety, then by the points to regain."""

from govgauge.assessment.conclusion import Conclusion
from govgauge.audits.catalogue import texts
from govgauge.reports.site_report import Todo
from govgauge.scoring.stake import stake_of_audit
from govgauge.scoring.vetoes import Hit, VetoVerdict

SAFETY = ("foreign-link", "exposed-file", "personal-data-leak", "error-disclosure")
"""Audits whose findings cannot wait: alien links and scripts, files and data that lie open."""
VETOED, CLUE, WARNED, UNSAFE, BY_POINTS = range(5)
"""Places in the list, first to last."""


def todo_list(conclusion: Conclusion) -> tuple[Todo, ...]:
    """An entry for each audit with findings, what is most urgent first."""
    stakes = stake_of_audit(conclusion.scored)
    where: dict[str, list[str]] = {}
    for leaf, check in conclusion.scored.checks():
        if check.audit and leaf.name not in where.setdefault(check.audit, []):
            where[check.audit].append(leaf.name)
    marks = _marks(conclusion)
    entries = []
    for audit, result in conclusion.results.items():
        if not result.findings:
            continue
        words, reasons = texts(audit), marks.get(audit, [])
        entry = Todo(
            audit=audit,
            title=words.title,
            count=len(result.findings),
            points=float(stakes.get(audit, 0)),
            failure=words.failure,
            why=words.why,
            fix=words.fix,
            indicators=tuple(where.get(audit, ())),
            marks=tuple(said for _, said in reasons),
        )
        entries.append((min((place for place, _ in reasons), default=BY_POINTS), entry))
    entries.sort(key=lambda pair: (pair[0], -pair[1].points, -pair[1].count, pair[1].audit))
    return tuple(entry for _, entry in entries)


def _marks(conclusion: Conclusion) -> dict[str, list[tuple[int, str]]]:
    """Why an audit's findings come before others: places and what is said of them, by audit."""
    marks: dict[str, list[tuple[int, str]]] = {}
    for verdict in (*conclusion.vetoes, *conclusion.early_warnings):
        for audit in dict.fromkeys(finding.audit for finding in verdict.findings):
            if mark := _mark(verdict, audit, conclusion.early_warnings):
                marks.setdefault(audit, []).append(mark)
    for audit in SAFETY:
        marks.setdefault(audit, []).append((UNSAFE, "涉及安全，应当立即处理"))
    return {audit: _without_echoes(said) for audit, said in marks.items()}


def _mark(verdict: VetoVerdict, audit: str, warnings: list[VetoVerdict]) -> tuple[int, str] | None:
    count = sum(finding.audit == audit for finding in verdict.findings)
    if verdict.person:
        return CLUE, f"{count} 处可能触及单项否决“{verdict.title}”，须由人工核定"
    if verdict.hit is not Hit.YES:
        return None
    return (WARNED, f"已达预警：{verdict.title}") if verdict in warnings else (VETOED, f"命中单项否决：{verdict.title}")


def _without_echoes(said: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A warning of what has already come to pass says nothing new."""
    vetoed = any(place == VETOED for place, _ in said)
    return [(place, words) for place, words in said if not (vetoed and place == WARNED)]
