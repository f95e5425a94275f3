"""What the program proposes for an assisted check, with what it found, and examples of good and bad."""

from decimal import Decimal

from msgspec import Struct

from govgauge.audits.catalogue import UnknownAudit, find, texts
from govgauge.office.check_work import CheckWork
from govgauge.office.models import Entry
from govgauge.office.queries import findings
from govgauge.office.queries.findings import ShownFinding
from govgauge.office.queries.judged import sheet_of
from govgauge.outcomes import Outcome

MOST_FINDINGS = 12
"""Findings shown with a proposal; their number is told."""
MOST_SAMPLES = 4


class Proposed(Struct, frozen=True, kw_only=True):
    """What the program says of a check: its answer (None where it could not tell), why, and what it found."""

    audit: str
    title: str
    outcome: Outcome
    value: Decimal | None
    reason: str
    findings: tuple[ShownFinding, ...]
    count: int


class Examples(Struct, frozen=True, kw_only=True):
    """What is good, what is not, and why it matters; texts of the office, else those of the check's audit."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    why: str = ""

    def __bool__(self) -> bool:
        return bool(self.good or self.bad or self.why)


def proposed(entry: Entry, work: CheckWork, language: str = "zh") -> Proposed | None:
    """What the program proposes for a check of an entry; None where no program looks at it, or none has yet."""
    if work.audit is None:
        return None
    sheet = sheet_of(entry.id)
    lines = [line for one in sheet.indicators for line in one.checks if line.id == work.check] if sheet else []
    if not lines:
        return None
    line = lines[0]
    found = findings.findings(entry, work.audit)
    count = found.count()
    return Proposed(
        audit=work.audit,
        title=_title(work.audit, language),
        outcome=line.outcome,
        value=None if line.value is None else Decimal(str(line.value)),
        reason=line.reason,
        findings=tuple(findings.shown(found[:MOST_FINDINGS], language)) if count else (),
        count=count,
    )


def examples(work: CheckWork, language: str = "zh") -> Examples:
    """Examples for a check."""
    if work.good or work.bad:
        return Examples(good=_lines(work.good), bad=_lines(work.bad))
    if work.audit is None:
        return Examples()
    try:
        words = texts(work.audit, language)
    except UnknownAudit:
        return Examples()
    return Examples(
        good=(words.passed,) if words.passed else (),
        bad=(words.failure, *_sample_titles(work.audit)),
        why=words.why,
    )


def _sample_titles(audit: str) -> tuple[str, ...]:
    """What the audit's samples with faults are about."""
    titles = []
    for path in sorted((find(audit).folder / "samples").glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        first = text.partition("\n")[0]
        if "[[expect]]" in text and first.startswith("title"):
            titles.append(first.partition("=")[2].strip().strip("\"'"))
    return tuple(titles[:MOST_SAMPLES])


def _title(audit: str, language: str) -> str:
    try:
        return texts(audit, language).title
    except UnknownAudit:
        return audit


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
