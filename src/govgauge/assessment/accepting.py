"""One judgement from two looks at a site, at different times: what costs points was seen in both.

Each look is a folder with an assessment, both judged by the same system and rules as of the same day. For every audit
the better of the two answers stands, so that a fault costs only what it cost both times; where one look could not
tell, the other one's answer stands, marked as seen once. Nothing here asks the network, and the same looks give the
same bytes.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from govgauge.assessment.finding_lines import FindingLine, Place, read_findings
from govgauge.assessment.written_results import read_results
from govgauge.errors import Unusable
from govgauge.outcomes import Fact, Finding, Outcome, Result
from govgauge.scoring.answers import JUDGED, Answer
from govgauge.scoring.score import score
from govgauge.scoring.scored_json import scored_json
from govgauge.scoring.vetoes import judge as judge_vetoes
from govgauge.scoring.vetoes import verdict_json
from govgauge.systems import library
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet

WARNING_RULES = "early-warning"
SEEN_ONCE = "只在一次访问中得到判定，另一次无法判定。"
ONCE_FOR_VETO = "只见到一次；否决须在不同时间见到两次。"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
COSTING = frozenset({Outcome.FAIL, Outcome.PARTIAL})
MEASURED = frozenset({"site-unreachable"})
"""Audits whose target is what was measured, no thing of the site: it may differ from one look to the next."""


class Look(Struct, frozen=True, kw_only=True):
    """A judged look. `archive` is where its archive lies, as findings are to name it.

    `audits` are those that it looked at again where it did not look at everything; None: all.
    """

    folder: Path
    archive: str
    audits: frozenset[str] | None = None


class _Frame(Struct, frozen=True):
    system: str
    profile: str
    rules: str
    as_of: str


class _Check(Struct, frozen=True):
    id: str
    outcome: Outcome
    value: float | None
    findings: int
    confirmed: bool
    source: str
    reason: str
    audit: str | None


class _Indicator(Struct, frozen=True):
    checks: list[_Check]


class _Scored(Struct, frozen=True):
    indicators: list[_Indicator]


class _ResultLine(Struct, frozen=True, kw_only=True):
    """A line of results.jsonl of a judgement from two looks; `looks` in how many the audit could judge."""

    audit: str
    version: int
    outcome: Outcome
    value: float | None
    slug: str
    data: dict[str, Fact]
    reason: str
    looks: int


def accepted(
    earlier: Look, later: Look, out: Path, *, system: System | None = None, rules: RuleSet | None = None
) -> None:
    """Write assessment.json, results.jsonl and findings.jsonl of the judgement that rests on both looks.

    Raises Unusable where the looks were not judged alike, or their files cannot be read.
    """
    frame = _same_frame(earlier.folder, later.folder)
    system = system or library.system(frame.system)
    rules = rules or library.rule_set(frame.rules)
    results, counts = _results(earlier, later)
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "results.jsonl", [_line(result, counts[result.audit]) for result in results.values()])
    _write(out / "findings.jsonl", _findings(earlier, later))
    told = msgspec.json.decode((later.folder / "assessment.json").read_bytes(), type=dict[str, object])
    scored = score(system, frame.profile, _answers(earlier, later, system))
    told |= scored_json(scored)
    told |= _verdicts(told, rules, results, counts)
    told["looks"] = [_times(look.folder) for look in (earlier, later)]
    (out / "assessment.json").write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1))


def _same_frame(one: Path, other: Path) -> _Frame:
    frames = [msgspec.json.decode((folder / "assessment.json").read_bytes(), type=_Frame) for folder in (one, other)]
    if frames[0] != frames[1]:
        raise Unusable(
            f"{one} 与 {other} 不是按同一体系、规则和日期判定的，不能合并；请用 round recompute 重新判定 "
            "(the looks were not judged alike; judge them again)."
        )
    return frames[0]


def _results(earlier: Look, later: Look) -> tuple[dict[str, Result], dict[str, int]]:
    """The accepted result of every audit, with its findings that were seen in both looks, and in how many it judged."""
    before, after = read_results(earlier.folder), read_results(later.folder)
    results: dict[str, Result] = {}
    counts: dict[str, int] = {}
    for audit in {**after, **before}:
        told = [
            found[audit]
            for found, look in ((before, earlier), (after, later))
            if audit in found and _looked(look, audit) and found[audit].outcome is not Outcome.NOT_OBSERVABLE
        ]
        counts[audit] = len(told)
        if len(told) == 2:
            results[audit] = _with_common(*told)
        elif told:
            results[audit] = replace(told[0], reason=told[0].reason or SEEN_ONCE)
        else:
            results[audit] = after.get(audit) or before[audit]
    return results, counts


def _with_common(before: Result, after: Result) -> Result:
    """The better of two answers, the later one where they are alike; of its findings those that the other has, too."""
    chosen, other = (before, after) if _worth(before) > _worth(after) else (after, before)
    known = {_identity(finding) for finding in other.findings}
    return replace(chosen, findings=tuple(found for found in chosen.findings if _identity(found) in known))


def _worth(result: Result | _Check) -> float:
    """What is not applicable costs nothing."""
    if result.outcome not in JUDGED:
        return 1.0
    return result.value if result.value is not None else float(result.outcome is Outcome.PASS)


def _looked(look: Look, audit: str) -> bool:
    return look.audits is None or audit in look.audits


def _identity(found: Finding | FindingLine) -> tuple[str, str, str]:
    """What makes a finding the same at another time: a measured target may have changed."""
    measured = found.audit in MEASURED or _DAY.fullmatch(found.target)
    return found.audit, found.page, "" if measured else found.target


def _findings(earlier: Look, later: Look) -> Iterable[FindingLine]:
    """Every finding of both looks once, those seen in both marked as confirmed."""
    before, after = list(_lines(earlier)), list(_lines(later))
    times = {_identity(line): line.seen_at for line in before}
    seen = set()
    for line in after:
        seen.add(_identity(line))
        first = times.get(_identity(line))
        if first is None:
            yield replace(line, confirmed=False)
        else:
            yield replace(line, confirmed=True, seen_at=tuple(dict.fromkeys((*first, *line.seen_at))))
    for line in before:
        if _identity(line) not in seen:
            yield replace(line, confirmed=False)


def _lines(look: Look) -> Iterable[FindingLine]:
    for line in read_findings(look.folder / "findings.jsonl"):
        if _looked(look, line.audit):
            yield replace(line, warc=Place(look.archive, line.warc.offset)) if line.warc else line


def _answers(earlier: Look, later: Look, system: System) -> dict[str, Answer]:
    """An answer for each check: the better of the two looks, or of the one that could tell."""
    before, after = _checks(earlier), _checks(later)
    answers: dict[str, Answer] = {}
    for check in system.checks():
        told = [
            one[check.id]
            for one in (after, before)
            if check.id in one and one[check.id].outcome is not Outcome.NOT_OBSERVABLE
        ]
        if told:
            answers[check.id] = _answer(max(told, key=_worth))
        elif check.id in after or check.id in before:
            answers[check.id] = _answer(after.get(check.id) or before[check.id])
    return answers


def _checks(look: Look) -> dict[str, _Check]:
    told = msgspec.json.decode((look.folder / "assessment.json").read_bytes(), type=_Scored)
    return {
        check.id: check
        for indicator in told.indicators
        for check in indicator.checks
        if check.source and _looked(look, check.audit or "")
    }


def _answer(check: _Check) -> Answer:
    return Answer(
        outcome=check.outcome,
        value=None if check.value is None or check.outcome not in JUDGED else Decimal(str(check.value)),
        source=check.source,
        findings=check.findings,
        confirmed=check.confirmed,
        reason=check.reason,
    )


def _verdicts(
    told: Mapping[str, object],
    rules: RuleSet,
    results: Mapping[str, Result],
    counts: Mapping[str, int],
) -> dict[str, object]:
    """Vetoes and warnings from what was seen in both looks; what only one could see proves nothing yet."""
    subject = msgspec.convert(told["subject"], dict[str, str])
    sure = {
        audit: result
        if counts[audit] == 2 or result.outcome not in COSTING
        else replace(result, outcome=Outcome.NOT_OBSERVABLE, reason=ONCE_FOR_VETO)
        for audit, result in results.items()
    }
    sets = {"vetoes": rules, "early_warnings": library.rule_set(WARNING_RULES)}
    return {
        name: [verdict_json(one, subject["host"]) for one in judge_vetoes(chosen, sure, subject["url"])]
        for name, chosen in sets.items()
    }


def _line(result: Result, looks: int) -> _ResultLine:
    return _ResultLine(
        audit=result.audit,
        version=result.version,
        outcome=result.outcome,
        value=result.value,
        slug=result.slug,
        data=result.data,
        reason=result.reason,
        looks=looks,
    )


def _times(folder: Path) -> dict[str, object]:
    told = msgspec.json.decode((folder / "assessment.json").read_bytes(), type=dict[str, object])
    return {name: told[name] for name in ("started_at", "finished_at")}


def _write(path: Path, lines: Iterable[Struct]) -> None:
    path.write_bytes(msgspec.json.Encoder().encode_lines(list(lines)))
