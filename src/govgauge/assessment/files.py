"""Writing every file of an assessment."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from govgauge import __version__
from govgauge.assessment import evidence
from govgauge.assessment.conclusion import Conclusion
from govgauge.assessment.finding_lines import FindingLine
from govgauge.assessment.light_tables import TableKeeper
from govgauge.gather import archive, journal
from govgauge.scoring.scored_json import scored_json
from govgauge.scoring.vetoes import verdict_json


def write_all(folder: Path, gathered: Path, conclusion: Conclusion, tables: TableKeeper, *, reported: bool) -> None:
    """Write results, findings, tables, assessment.json and the reports. `gathered` is where the archive lies."""
    results = list(conclusion.results.values())
    evidence.write_results(folder, results)
    lines = evidence.write_findings(folder, conclusion.site, results)
    evidence.write_tables(conclusion.site, tables)
    if gathered.resolve() != folder.resolve():
        for name in (archive.NAME, journal.NAME):
            _link(gathered / name, folder / name)
    assessment = msgspec.json.format(msgspec.json.encode(assessment_json(conclusion)), indent=1)
    (folder / "assessment.json").write_bytes(assessment)
    if reported:
        _write_reports(folder, conclusion, lines)
    tables.finish()


def _write_reports(folder: Path, conclusion: Conclusion, lines: list[FindingLine]) -> None:
    # Thousands of sites of a round are judged without any report: what makes them is loaded for those that want one.
    from govgauge.assessment.report_input import site_report  # noqa: PLC0415
    from govgauge.reports import html, pdf  # noqa: PLC0415

    report = site_report(conclusion, lines)
    with ThreadPoolExecutor(max_workers=1) as beside:  # the layout of the one holds the other up nowhere
        printed = beside.submit(pdf.write, report, folder / "report.pdf")
        html.write(report, folder / "report.html")
        printed.result()


def assessment_json(conclusion: Conclusion) -> dict[str, object]:
    """The content of assessment.json, as the contract has it."""
    facts, frame = conclusion.site.facts, conclusion.frame
    scored = scored_json(conclusion.scored)
    return {
        "govgauge": __version__,
        "subject": {"url": facts.home, "name": facts.name or facts.host, "host": facts.host},
        "system": frame.system,
        "profile": frame.profile,
        "rules": frame.rules,
        "as_of": frame.as_of.isoformat(),
        "started_at": conclusion.visit.started_at,
        "finished_at": conclusion.visit.finished_at,
        **scored,
        "vetoes": [verdict_json(verdict, facts.host) for verdict in conclusion.vetoes],
        "early_warnings": [verdict_json(verdict, facts.host) for verdict in conclusion.early_warnings],
        "visit": {
            "home_ok": facts.home_ok,
            "home_failure": facts.home_failure,
            "pages": facts.pages_visited,
            "budget_exhausted": facts.budget_exhausted,
            "skipped": [msgspec.to_builtins(skipped) for skipped in facts.skipped],
        },
    }


def _link(source: Path, target: Path) -> None:
    """The archive beside the new results, without a second copy where the file system can."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        target.symlink_to(source.resolve())
