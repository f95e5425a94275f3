"""Sheets of judged sites made for tests."""

import msgspec

from govgauge.office import answered
from govgauge.office.sheets import (
    CheckLine,
    Coverage,
    Found,
    Home,
    IndicatorLine,
    Level,
    Sheet,
    Span,
    VetoLine,
)
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.scoring.score import score
from govgauge.scoring.scored_json import scored_json
from govgauge.systems import library


def a_sheet(
    low: float, high: float, *, answered: float = 60.0, home_ok: bool = True, findings: tuple[Found, ...] = ()
) -> Sheet:
    """A sheet with one indicator and one check, of a table of 100 points."""
    check = CheckLine(
        id="1-1",
        text="首页能打开",
        method="auto",
        audit="home-stale",
        outcome=Outcome.PARTIAL,
        value=low / 100,
        weight=100.0,
        low=low,
        high=high,
        findings=len(findings),
        answered=True,
        confirmed=True,
        source="audit:home-stale@1",
        reason="",
    )
    path = ("信息发布", None, None)
    line = IndicatorLine(
        code="1",
        path=path,
        weight=100.0,
        effective_weight=100.0,
        index=None,
        score=None,
        low=low,
        high=high,
        bonus=False,
        checks=(check,),
    )
    coverage = Coverage(100.0, answered)
    return Sheet(
        total=Span(low, high),
        base=Span(low, high),
        coverage=coverage,
        base_coverage=coverage,
        levels=(Level(path=path, level=1, effective_weight=100.0, answered=answered, bonus=False),),
        indicators=(line,),
        vetoes=(VetoLine("V3", "yes"), VetoLine("V4", "no")),
        visit=Home(home_ok=home_ok, home_failure="" if home_ok else "timeout", pages=20),
        findings=findings,
    )


def a_finding(page: str, text: str = "坏链") -> Found:
    return Found(
        audit="broken-link",
        page=page,
        target="http://a.gov.cn/x",
        slug="status",
        data={"status": 404, "text": text},
        excerpt=text,
        sha256="0" * 64,
    )


def a_scored_sheet(given: dict[str, Answer], system: str = "2025-county", profile: str = "county") -> Sheet:
    """The sheet of a site of which the program gave these answers, scored by a whole system."""
    told = scored_json(score(library.system(system), profile, given))
    scores = msgspec.convert(told, answered.Scores)
    points = {name: getattr(scores, name) for name in answered.Scores.__struct_fields__}
    return Sheet(vetoes=(), visit=Home(home_ok=True, home_failure="", pages=9), **points)
