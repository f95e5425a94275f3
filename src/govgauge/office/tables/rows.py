"""The rows of the tables as texts: exact decimals, nothing rounded but what is meant for showing."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from govgauge.audits.catalogue import all_audits, texts
from govgauge.office import sheets
from govgauge.office.sheets import Found, Sheet
from govgauge.office.tables.places import Place
from govgauge.office.tables.subject import TOLD, UNRANKED, State, Subject
from govgauge.outcomes import Finding
from govgauge.scoring.coverage_floor import CoverageFloor
from govgauge.scoring.ranks import rounded
from govgauge.systems.ranking import Ranking

SIXTH = Decimal("0.000001")
FOURTH = Decimal("0.0001")
Cells = list[str]


def result(subject: Subject, outcome: "Outcome", place: Place | None) -> Cells:
    """A row of results; cells stay empty where nothing came."""
    places = (
        [place.rank, str(place.best), str(place.worst), place.grade, place.grade_low, place.grade_high]
        if place
        else [""] * 6
    )
    return [
        *(subject.parent, subject.name, subject.group, subject.url, subject.system, subject.profile),
        *outcome.visit,
        outcome.state.value,
        *outcome.shown,
        *places,
        *(outcome.unranked, subject.region, subject.became),
    ]


class Outcome(Struct, frozen=True, kw_only=True):
    """The cells of an entry's row that do not depend on the others, and why it is not ranked (empty: it is)."""

    state: State
    visit: tuple[str, ...]
    shown: tuple[str, ...]
    unranked: str

    @classmethod
    def of(cls, subject: Subject, sheet: Sheet | None, ranking: Ranking, floor: CoverageFloor) -> "Outcome":
        state = subject.state(sheet)
        unranked = UNRANKED.get(state, "")
        if sheet is None or state not in TOLD:
            return cls(state=state, visit=("",) * 8, shown=("",) * 4, unranked=unranked)
        return cls(
            state=state,
            visit=tuple(_visit(sheet, state)),
            shown=("",) * 4 if state is State.DISTORTED else tuple(_shown(sheet, ranking)),
            unranked=unranked or sheet.below(floor),
        )


def indicators(subject: Subject, sheet: Sheet) -> Iterator[Cells]:
    """The rows of indicators of one entry, in the order of its system."""
    head = [subject.parent, subject.name, subject.group, subject.system, subject.profile]
    for line in sheet.indicators:
        numbers = (line.weight, line.effective_weight, line.index, line.score, line.low, line.high)
        yield [*head, line.code, *(name or "" for name in line.path), *map(_number, numbers)]


def checks(subject: Subject, sheet: Sheet) -> Iterator[Cells]:
    """The rows of checks of one entry, in the order of its system."""
    head = [subject.parent, subject.name, subject.group, subject.system, subject.profile]
    for indicator in sheet.indicators:
        for check in indicator.checks:
            yield [
                *(*head, indicator.code, check.id, check.text, check.method, check.audit or "", check.outcome.value),
                *map(_number, (check.value, check.weight, check.low, check.high)),
                *(str(check.findings), _flag(check.answered), _flag(check.confirmed), check.source, check.reason),
            ]


def findings(subject: Subject, sheet: Sheet) -> Iterator[Cells]:
    """The rows of findings of one entry, in the order of audits and pages."""
    head = [subject.parent, subject.name, subject.group]
    for found in sheet.findings:
        facts = json.dumps(found.data, ensure_ascii=False, sort_keys=True)
        yield [
            *(*head, found.audit, found.page, found.target, found.slug, _sentence(found), facts, found.excerpt),
            *("" if found.confirmed is None else _flag(found.confirmed), found.sha256),
            *(subject.system, subject.profile),
        ]


def _visit(sheet: Sheet, state: State) -> Cells:
    vetoes = [] if state is State.DISTORTED else [veto.id for veto in sheet.vetoes if veto.hit == "yes"]
    points: tuple[float | None, ...] = (sheet.base.low, sheet.base.high, sheet.base_coverage.weight_answered)
    if state is State.DISTORTED:
        points = (None, None, None)  # what was seen of a site that keeps us out compares with nothing
    return [
        *(_flag(sheet.visit.home_ok), str(sheet.visit.pages), str(len(sheet.findings))),
        *map(_number, points),
        *(json.dumps(vetoes), sheets.digest(sheet)),
    ]


def _shown(sheet: Sheet, ranking: Ranking) -> Cells:
    coverage = sheet.base_coverage
    share = coverage.weight_answered / coverage.weight_total if coverage.weight_total else 0.0
    return [
        *(f"{rounded(Fraction(repr(points)), ranking):f}" for points in (sheet.total.low, sheet.total.high)),
        _number(coverage.weight_total),
        f"{Decimal(repr(share)).quantize(FOURTH):f}",
    ]


def _sentence(found: Found) -> str:
    if found.audit not in all_audits():  # judged by a program that had it
        return ""
    made = Finding(audit=found.audit, page=found.page, target=found.target, slug=found.slug, data=found.data)
    return texts(found.audit).sentence(made)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    shown = f"{Decimal(repr(value)).quantize(SIXTH).normalize():f}"
    return "0" if shown == "-0" else shown


def _flag(value: bool) -> str:
    return "true" if value else "false"
