"""report.pdf: the same report, laid out by Typst. Data is passed as JSON, never pasted into markup."""

import shutil
import tempfile
from pathlib import Path

import msgspec
import pylopdf_fonts_zh_cn
import typst
from msgspec.structs import replace

from govgauge.reports import words
from govgauge.reports.site_report import SiteReport

TEMPLATE = Path(__file__).parent / "templates" / "site.typ"
FINDINGS_PRINTED = 150
"""Findings laid out on paper; the rest stands in findings.jsonl."""
COLUMNS_PRINTED = 200


def write(report: SiteReport, path: Path) -> None:
    """Lay a site's report out as PDF. Raises typst.TypstError when the template itself is at fault."""
    printed = replace(
        report,
        findings=report.findings[:FINDINGS_PRINTED],
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
