"""Entries that are judged and ranked, by real systems with real arithmetic, made for tests."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

import msgspec

from govgauge.office import sheets
from govgauge.office.domain import judgements
from govgauge.office.models import Entry, Finding, Result
from govgauge.office.sheets import Home, Sheet
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.scoring.score import score
from govgauge.scoring.scored_json import scored_json
from govgauge.systems import library

NOW = datetime(2025, 11, 30, 4, tzinfo=UTC)


def judged(entry: Entry, values: Mapping[str, str]) -> Sheet:
    """An entry whose checks the program answered with these values; all others are open."""
    answers = {
        check: Answer(
            outcome=Outcome.PASS if value == "1" else Outcome.FAIL if value == "0" else Outcome.PARTIAL,
            value=Decimal(value),
            source="audit:x@1",
        )
        for check, value in values.items()
    }
    scored = score(library.system(entry.system), entry.profile, answers)
    told = {**scored_json(scored), "vetoes": [], "visit": Home(True, "", 100)}
    sheet = msgspec.convert(told, Sheet)
    judgements.record(entry.id, sheets.packed(sheet), "采集")
    points = {name: Decimal(repr(value)) for name, value in (("low", sheet.base.low), ("high", sheet.base.high))}
    facts = {
        "home_ok": True,
        "pages": 100,
        "findings": 0,
        "answered": 1,
        "digest": "0" * 64,
        "evidence": f"e/{entry.id}",
    }
    Result.objects.create(entry=entry, **facts, **points)
    return sheet


def a_finding(entry: Entry, audit: str, number: int = 1) -> Finding:
    return Finding.objects.create(
        entry=entry,
        identity=f"{number:016x}",
        audit=audit,
        page=f"{entry.url}p{number}",
        slug="failure",
        excerpt="通知公告",
        first_seen=NOW,
        last_seen=NOW,
        first_visit=1,
        last_visit=1,
    )
