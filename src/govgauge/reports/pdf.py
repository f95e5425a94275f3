"""report.pdf: the same report, laid out by Typst. Data is passed as JSON, never pasted into markup."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import msgspec
import pylopdf_fonts_zh_cn
import typst
from msgspec.structs import replace

from govgauge.reports import words
from govgauge.reports.site_report import FindingRow, SiteReport

TEMPLATE = Path(__file__).parent / "templates" / "site.typ"
FINDINGS_PRINTED = 150
"""Findings laid out on paper; the rest stands in findings.jsonl."""
OF_ONE_AUDIT = 12
"""Findings of one audit on paper: more of the same kind teach nothing new."""
COLUMNS_PRINTED = 200


def write(report: SiteReport, path: Path) -> None:
    """Lay a site's report out as PDF. Raises typst.TypstError when the template itself is at fault."""
    printed = replace(
        report,
        findings=_printed(report.findings),
        columns=tuple(
            replace(column, kind=words.COLUMN_KINDS.get(column.kind, column.kind))
            for column in report.columns[:COLUMNS_PRINTED]
        ),
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data.json").write_bytes(msgspec.json.encode(printed))
        shutil.copyfile(TEMPLATE, folder / "site.typ")
        fonts = [Path(pylopdf_fonts_zh_cn.__file__).parent]
        pdf = typst.compile(folder / "site.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
    path.write_bytes(pdf)


def _printed(findings: tuple[FindingRow, ...]) -> tuple[FindingRow, ...]:
    """The dearest findings, not too many of one audit."""
    seen: Counter[str] = Counter()
    kept = []
    for row in findings:
        seen[row.audit] += 1
        if seen[row.audit] <= OF_ONE_AUDIT:
            kept.append(row)
    return tuple(kept[:FINDINGS_PRINTED])
