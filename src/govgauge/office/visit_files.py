"""What a visit left in its folder, as values for the records."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from govgauge.assessment.finding_lines import FindingLine, read_findings
from govgauge.gather import journal
from govgauge.outcomes import Fact, Outcome

COVERED = "confirm.json"
"""What a confirming look looked at again."""
SKIPPED_FINDING_FIELDS = ("seen_at", "warc", "sha256", "id")
FEWEST_REFUSALS = 5
"""Refused pages below which a visit is not distorted: sites keep single folders closed."""
REFUSED_SHARE = 0.2
"""Share of a visit's answers for pages that are refusals, from which on it is distorted."""
REFUSED, PAGE = b'"failure":"blocked"', b'"purpose":"page"'
"""How a journal writes them: thousands of lines are looked through for these few."""
AUDITS_OF = {
    "V2": ("site-unreachable",),
    "V3": ("home-stale",),
    "V4": ("column-stale", "column-empty"),
    "V5": ("message-channel", "message-overdue"),
    "V6": ("guide-element-missing",),
    "W1": ("site-unreachable",),
    "W2": ("home-stale",),
    "W3": ("column-empty",),
    "W4": ("column-stale",),
}
"""The audits whose data are shown with a rule."""
WHOLLY = {
    "home-blocked": "网站拒绝访问首页，可能是防火墙拦截 (the site blocks the visitor)",
    "shut-out": "采集中途网站不再应答，可能已拦截本机 (the site stopped answering)",
}
"""What ended a visit because the visitor was kept out."""


class RuleTold(Struct, frozen=True):
    """What came of a veto or an early warning; `facts` are the data of the audits on which it rests."""

    id: str
    title: str
    kind: str
    hit: str
    sentence: str
    facts: dict[str, Fact] = {}


class Judged(Struct, frozen=True, kw_only=True):
    """A judgement as its files tell it. `vetoes` are those that hit; times are UTC."""

    program: str
    started_at: datetime
    ended_at: datetime
    home_ok: bool
    home_failure: str
    pages: int
    low: Decimal
    high: Decimal
    answered: Decimal
    vetoes: list[str]
    rules: tuple[RuleTold, ...]
    digest: str
    findings: tuple[FindingLine, ...]

    @property
    def unconfirmed(self) -> int:
        """Findings that were not seen in both looks on which the judgement rests."""
        return sum(line.confirmed is not True for line in self.findings)


class Seen(Struct, frozen=True, kw_only=True):
    """A visit as its files tell it. `can_say` are the audits that could judge it, `sums` as in `intact.sums`."""

    judged: Judged
    distorted_why: str
    can_say: frozenset[str]
    sums: dict[str, str] = {}


class _Span(Struct, frozen=True):
    low: float
    high: float


class _Coverage(Struct, frozen=True):
    weight_answered: float


class _Home(Struct, frozen=True):
    home_ok: bool
    home_failure: str
    pages: int


class _Told(Struct, frozen=True):
    """The parts of assessment.json that the records keep."""

    govgauge: str
    started_at: str
    finished_at: str
    base: _Span
    base_coverage: _Coverage
    vetoes: list[RuleTold]
    early_warnings: list[RuleTold]
    visit: _Home


class _Judged(Struct, frozen=True):
    """As much of a line of results.jsonl as tells which audits could judge."""

    audit: str
    outcome: Outcome
    data: dict[str, Fact]


def read_visit(folder: Path) -> Seen:
    """Read a visit's folder. Raises OSError and msgspec.DecodeError where files are missing or damaged."""
    judged = read_judgement(folder)
    return Seen(
        judged=judged,
        distorted_why=distorted_why(folder, judged.home_failure),
        can_say=frozenset(line.audit for line in _results(folder) if line.outcome is not Outcome.NOT_OBSERVABLE),
    )


def read_judgement(folder: Path) -> Judged:
    """Read the judgement in a folder, without what the visit itself left. Raises as `read_visit`."""
    told = msgspec.json.decode((folder / "assessment.json").read_bytes(), type=_Told)
    return Judged(
        program=told.govgauge,
        started_at=as_time(told.started_at),
        ended_at=as_time(told.finished_at or told.started_at),
        home_ok=told.visit.home_ok,
        home_failure=told.visit.home_failure,
        pages=told.visit.pages,
        low=points(told.base.low),
        high=points(told.base.high),
        answered=points(told.base_coverage.weight_answered),
        vetoes=[veto.id for veto in told.vetoes if veto.hit == "yes"],
        rules=tuple(_with_facts((*told.vetoes, *told.early_warnings), _results(folder))),
        digest=digest(folder),
        findings=tuple(read_findings(folder / "findings.jsonl")),
    )


def _results(folder: Path) -> list[_Judged]:
    return msgspec.json.Decoder(_Judged).decode_lines((folder / "results.jsonl").read_bytes())


def _with_facts(rules: Iterable[RuleTold], results: Iterable[_Judged]) -> Iterable[RuleTold]:
    """The rules that hit or cannot be told, the former with their facts; that a rule does not hit needs no words."""
    by_audit = {line.audit: line.data for line in results}
    for rule in rules:
        audits = AUDITS_OF.get(rule.id, ())
        facts = {name: value for audit in audits for name, value in by_audit.get(audit, {}).items()}
        if rule.hit == "yes":
            yield replace(rule, facts=facts)
        elif rule.hit != "no":
            yield rule


def distorted_why(folder: Path, home_failure: str) -> str:
    """Why a visit was distorted, a sentence; empty when the site let the visitor in."""
    raw = (folder / journal.NAME).read_bytes()
    last = raw.rstrip().rpartition(b"\n")[2]
    end = msgspec.json.decode(last, type=journal.Line).end if last else None
    stopped = "home-blocked" if home_failure == "blocked" else end.stopped if end else ""
    if stopped in WHOLLY:
        return WHOLLY[stopped]
    if raw.count(REFUSED) < FEWEST_REFUSALS:
        return ""
    pages = [line for line in raw.splitlines() if PAGE in line]
    refused = sum(REFUSED in line for line in pages)
    if refused >= FEWEST_REFUSALS and refused >= REFUSED_SHARE * len(pages):
        return f"请求网页 {len(pages)} 次，{refused} 次被网站拒绝 (pages were refused)"
    return ""


def digest(folder: Path) -> str:
    """SHA-256 over results and findings of an assessment, without what differs from one visit to the next."""
    seen = hashlib.sha256((folder / "results.jsonl").read_bytes())
    for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        finding = {name: value for name, value in json.loads(line).items() if name not in SKIPPED_FINDING_FIELDS}
        seen.update(json.dumps(finding, ensure_ascii=False, sort_keys=True).encode())
    return seen.hexdigest()


def file_hash(path: Path) -> str:
    """SHA-256 of a file; empty when there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def as_time(text: str) -> datetime:
    """A time of the files (UTC, ISO 8601)."""
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def points(value: float) -> Decimal:
    """Points as the records keep them."""
    return Decimal(str(value)).quantize(Decimal("0.000001"))
