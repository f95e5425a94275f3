"""What the page of a subject tells, ready to be shown: indicators against the group, checks, findings, years."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from govgauge.analysis.groups import Group, Spread
from govgauge.analysis.node import Node
from govgauge.analysis.shares import shown
from govgauge.audits import catalogue
from govgauge.office.models import PublishedSubject
from govgauge.office.published_rows import CheckFact, FindingFact, IndicatorFact, SubjectFacts
from govgauge.office.queries import publications
from govgauge.office.queries.published_lists import is_open
from govgauge.scoring.bulk import SAME
from govgauge.web.display import is_english
from govgauge.web.portal import charts

SHOWN_FINDINGS = 20
"""Of one audit."""
NEIGHBOURS = 3


class Measured(Struct, frozen=True):
    """An indicator: its index from low to high, the group's mean and best, the index of the round before.

    The places of mean and best on the bar are empty where nobody's index is settled.
    """

    node: Node
    low: float | None
    high: float | None
    is_open: bool
    mean: float | None
    best: float | None
    best_names: tuple[str, ...]
    change: float | None
    from_mean: float | None
    start: str
    rest: str
    mean_at: str
    best_at: str
    checks: tuple[CheckFact, ...] = ()


class Top(Struct, frozen=True):
    """An indicator of the first level with its leaves."""

    measured: Measured
    leaves: tuple[Measured, ...]


class OfAudit(Struct, frozen=True):
    """Findings of one audit: its title, how many are told, the first of them."""

    title: str
    count: int
    first: tuple[FindingFact, ...]


class Told(Struct, frozen=True):
    """All of a page. `withheld` counts findings whose places are not told; `previous` is the round compared with;
    `bonus` are the points of the total that its index leaves out, None where the system has none."""

    whole: Spread | None
    tops: tuple[Top, ...]
    findings: tuple[OfAudit, ...]
    findings_told: int
    withheld: int
    previous: PublishedSubject | None
    change: float | None
    bonus: str | None


class Point(Struct, frozen=True):
    """A year of the small chart."""

    day: date
    x: str
    y: str
    index: float
    row: PublishedSubject
    is_open: bool


def told(row: PublishedSubject, places: Sequence[PublishedSubject]) -> Told:
    """Everything of a subject in one publication, in a constant number of queries."""
    body = publications.body_of(row)
    numbers = publications.group_of(row.group)
    before = _before(row, places)
    change = None
    sure = before and not (is_open(before) or is_open(row))
    if sure and before and before.index is not None and row.index is not None:
        change = row.index - before.index
    return Told(
        whole=numbers.spreads[0] if numbers else None,
        tops=tuple(_tops(row, body, numbers, before)) if numbers and row.tops else (),
        findings=tuple(_findings(body.findings)),
        findings_told=body.findings_told,
        withheld=max(0, row.findings - body.findings_told) if row.publication.shows.get("findings", True) else 0,
        previous=before,
        change=change,
        bonus=_bonus(body, numbers),
    )


def years(row: PublishedSubject, places: Sequence[PublishedSubject]) -> list[Point]:
    """Its total index in this group over the years, the oldest first."""
    same = [one for one in places if (one.group.name, one.group.profile) == (row.group.name, row.group.profile)]
    same = [one for one in same if one.publication.round_id != row.publication.round_id] + [row]
    same.sort(key=lambda one: one.publication.as_of)
    known = [one for one in same if one.index is not None]
    points = charts.line([one.index for one in known])
    return [
        Point(one.publication.as_of, x, y, index, one, is_open(one))
        for one, (x, y, index) in zip(known, points, strict=True)
    ]


def neighbours(row: PublishedSubject) -> list[int]:
    """Numbers of subjects next to it in its group, to be put beside it."""
    return publications.next_to(row, NEIGHBOURS)


def _before(row: PublishedSubject, places: Sequence[PublishedSubject]) -> PublishedSubject | None:
    """The same group in the round before."""
    for one in places:
        if one.publication.as_of < row.publication.as_of and one.group.name == row.group.name:
            return one
    return None


def _tops(row: PublishedSubject, body: SubjectFacts, numbers: Group, before: PublishedSubject | None) -> Iterable[Top]:
    best = publications.best_of(row.group)
    old_tops, old_leaves = _old(before, row.group.system)
    leaves = {leaf.code: leaf for leaf in body.indicators}
    checks = {code: tuple(found) for code, found in groupby(body.checks, key=lambda check: check.indicator)}
    tops = [spread for spread in numbers.spreads if spread.node.level == 1 and not spread.node.bonus]
    for place, spread in enumerate(tops):
        pair = row.tops[place] if place < len(row.tops) else None
        old = old_tops.get(spread.node.name)
        below = [
            _measured(
                each, _of_leaf(leaves[each.node.code]), best, old_leaves.get(each.node.code), checks.get(each.node.code)
            )
            for each in numbers.spreads
            if each.node.leaf and each.node.path[0] == spread.node.name and each.node.code in leaves
        ]
        yield Top(_measured(spread, pair, best, old, checks.get(spread.node.code)), tuple(below))


def _old(before: PublishedSubject | None, system: str) -> tuple[dict[str, float], dict[str, float]]:
    """Indexes of the round before: tops by name, leaves by code where the system is the same."""
    if before is None:
        return {}, {}
    numbers = publications.group_of(before.group)
    spreads = [one for one in numbers.spreads if one.node.level == 1 and not one.node.bonus] if numbers else []
    tops = {one.node.name: pair[0] for one, pair in zip(spreads, before.tops, strict=False) if _is_sure(pair)}
    if before.group.system != system:
        return tops, {}
    told = publications.body_of(before).indicators
    return tops, {leaf.code: leaf.index for leaf in told if leaf.index is not None}


def _bonus(body: SubjectFacts, numbers: Group | None) -> str | None:
    """The points that come on top, from what is sure to what may be."""
    codes = {one.node.code for one in numbers.spreads if one.node.bonus and one.node.leaf} if numbers else set()
    on_top = [leaf for leaf in body.indicators if leaf.code in codes]
    if not on_top:
        return None
    low, high = (shown(sum(ends), 2) for ends in ((one.low for one in on_top), (one.high for one in on_top)))
    return low if low == high else f"{low}–{high}"


def _is_sure(pair: Sequence[float] | None) -> bool:
    """Whether nothing of an index is open."""
    return bool(pair) and pair is not None and pair[1] - pair[0] <= SAME


def _of_leaf(leaf: IndicatorFact) -> tuple[float, float] | None:
    if not leaf.effective_weight:
        return None
    return leaf.low / leaf.effective_weight, leaf.high / leaf.effective_weight


def _measured(
    spread: Spread,
    pair: Sequence[float] | None,
    best: Mapping[str, tuple[int, tuple[str, ...]]],
    old: float | None,
    checks: tuple[CheckFact, ...] | None,
) -> Measured:
    low, high = (pair[0], pair[1]) if pair else (None, None)
    return Measured(
        node=spread.node,
        low=low,
        high=high,
        is_open=bool(pair) and not _is_sure(pair),
        mean=spread.mean,
        best=spread.maximum,
        best_names=best.get(spread.node.code, (0, ()))[1],
        change=low - old if low is not None and old is not None and (high or 0) - low <= SAME else None,
        from_mean=low - spread.mean if low is not None and spread.mean is not None else None,
        start=charts.hundredths(low or 0),
        rest=charts.hundredths((high or 0) - (low or 0)),
        mean_at="" if spread.mean is None else charts.hundredths(spread.mean),
        best_at="" if spread.maximum is None else charts.hundredths(spread.maximum),
        checks=checks or (),
    )


def _findings(found: Sequence[FindingFact]) -> Iterable[OfAudit]:
    by_audit: dict[str, list[FindingFact]] = {}
    for one in found:
        by_audit.setdefault(one.audit, []).append(one)
    for audit, ones in by_audit.items():
        yield OfAudit(_title(audit), len(ones), tuple(ones[:SHOWN_FINDINGS]))


def _title(audit: str) -> str:
    if audit not in catalogue.all_audits():
        return audit
    return catalogue.texts(audit, "en" if is_english() else "zh").title
