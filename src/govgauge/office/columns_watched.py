"""What the daily looks at columns say in the place of the visit before them: which columns are stale, and the vetoes
that rest on that. Pure functions.

A column counts as stale when two looks on different days after the visit agree; one look is enough to see it updated.
Columns at which nobody looked since stay as the visit saw them.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from govgauge.audits.column_empty.audit import META as EMPTY
from govgauge.audits.column_stale.audit import META as STALE
from govgauge.audits.verdict import judged
from govgauge.audits.windows import SPAN_OF
from govgauge.audits.worth import by_share
from govgauge.office.sheets import Sheet, VetoLine
from govgauge.outcomes import Finding, Outcome, Result
from govgauge.scoring.vetoes import VetoVerdict, judge
from govgauge.structure.kinds import ColumnKind
from govgauge.systems.rules import Condition, RuleSet

AUDITS = frozenset({STALE.id, EMPTY.id})


class ColumnFacts(Struct, frozen=True, kw_only=True):
    """A column as looks after the last visit saw it. `is_stale`: two of them, the first on `first`, the last on `last`;
    else it was updated, or has content.
    """

    url: str
    name: str
    kind: str
    is_stale: bool
    newest: date | None
    first: date
    last: date


class Visited(Struct, frozen=True, kw_only=True):
    """What a visit said of columns: its findings by the audits of AUDITS, and those that could not judge."""

    findings: tuple[Finding, ...]
    unjudged: frozenset[str] = frozenset()


def with_vetoes(sheet: Sheet, rules: RuleSet, facts: Sequence[ColumnFacts], home: str) -> Sheet:
    """A sheet whose vetoes that rest on columns alone follow from the visit and the looks after it."""
    if not facts:
        return sheet
    hits = {one.id: one.hit.value for one in verdicts(rules, visited(sheet), facts, home)}
    told = {**{one.id: one.hit for one in sheet.vetoes}, **hits}
    return msgspec.structs.replace(sheet, vetoes=tuple(VetoLine(name, hit) for name, hit in sorted(told.items())))


def visited(sheet: Sheet) -> Visited:
    """What the visit of a sheet said of columns."""
    return Visited(
        findings=tuple(
            Finding(audit=one.audit, page=one.page, target=one.target, slug=one.slug, data=one.data)
            for one in sheet.findings
            if one.audit in AUDITS
        ),
        unjudged=frozenset(
            line.audit
            for line in sheet.results
            if line.audit in AUDITS and line.outcome in (Outcome.NOT_OBSERVABLE, Outcome.NOT_APPLICABLE)
        ),
    )


def verdicts(rules: RuleSet, before: Visited, facts: Sequence[ColumnFacts], home: str) -> list[VetoVerdict]:
    """The vetoes and warnings that rest on columns alone, as they are after the looks."""
    resting = {rule.id for rule in rules.rules if rule.when and rests_on_columns(rule.when)}
    results = _results(before, facts)
    return [one for one in judge(rules, results, home) if one.id in resting]


def rests_on_columns(condition: Condition) -> bool:
    """Whether a condition asks for nothing but the freshness and the content of columns."""
    return all(leaf.audit in AUDITS for leaf in condition.leaves())


def _results(before: Visited, facts: Sequence[ColumnFacts]) -> dict[str, Result]:
    seen = {fact.url: fact for fact in facts}
    empty = [one for one in before.findings if one.audit == EMPTY.id and one.page not in seen]
    stale = [one for one in before.findings if one.audit == STALE.id and one.page not in seen]
    stale += [_finding(fact) for fact in facts if fact.is_stale and ColumnKind(fact.kind) in SPAN_OF]
    found = {}
    for meta, findings in ((STALE, stale), (EMPTY, empty)):
        if findings or meta.id not in before.unjudged:  # looks at some columns tell of no site that all are in order
            value = by_share(len(findings), max(len(findings), len(facts)))
            found[meta.id] = judged(meta, sorted(findings, key=lambda one: one.page), value=value)
        else:
            found[meta.id] = Result(audit=meta.id, version=meta.version, outcome=Outcome.NOT_OBSERVABLE)
    return found


def _finding(fact: ColumnFacts) -> Finding:
    newest = fact.newest.isoformat() if fact.newest else ""
    return Finding(
        audit=STALE.id,
        page=fact.url,
        target=newest,
        slug="stale",
        data={"column": fact.name or fact.url, "kind": SPAN_OF[ColumnKind(fact.kind)].value, "newest": newest},
    )


def facts_from(looks: Iterable[tuple[str, str, str, date, str, date | None]]) -> list[ColumnFacts]:
    """What the looks at one site say: (url, name, kind, day, state, newest) each, unseen ones left out, by day."""
    by_url: dict[str, list[tuple[str, str, str, date, str, date | None]]] = {}
    for one in looks:
        by_url.setdefault(one[0], []).append(one)
    found = []
    for url, seen in sorted(by_url.items()):
        *earlier, (_, name, kind, day, state, newest) = seen
        if state == "fresh":
            found.append(ColumnFacts(url=url, name=name, kind=kind, is_stale=False, newest=newest, first=day, last=day))
        elif state == "stale" and earlier and earlier[-1][4] == "stale":
            first = earlier[-1][3]
            found.append(
                ColumnFacts(url=url, name=name, kind=kind, is_stale=True, newest=newest, first=first, last=day)
            )
    return found
