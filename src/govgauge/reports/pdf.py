"""report.pdf: the same report, shorter, laid out by Typst. Data is passed as JSON, never pasted into markup."""

import shutil
import tempfile
from itertools import islice
from pathlib import Path

import msgspec
import pylopdf_fonts_zh_cn
from msgspec import Struct
from msgspec.structs import replace

from govgauge.reports import words
from govgauge.reports.lay_out import MAIN, laid_out
from govgauge.reports.site_report import Card, ColumnRow, FindingRow, IndicatorRow, SiteReport, Todo

TEMPLATE = Path(__file__).parent / "templates" / "site.typ"
FINDINGS_PRINTED = 50
"""Findings laid out on paper; all of them stand in report.html and findings.jsonl."""
OF_ONE_AUDIT = 3
"""Findings of one audit on paper: more of the same kind teach nothing new."""
CLUES_PRINTED = 5
EXCERPT_CHARS = 80
COLUMNS_PRINTED = 40
DEEPEST_LEVEL = 2
"""Level of the indicator tree down to which it is printed."""
NO_INDICATOR = "不计分的建议"


class Section(Struct, frozen=True):
    """Findings of one audit. `more` are those that are not printed."""

    title: str
    rows: tuple[FindingRow, ...]
    more: int


class Group(Struct, frozen=True):
    """Findings that touch the same indicator."""

    indicator: str
    sections: tuple[Section, ...]


def write(report: SiteReport, path: Path) -> None:
    """Lay a site's report out as PDF. Raises typst.TypstError when the template itself is at fault."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data.json").write_bytes(msgspec.json.encode(_printed(report)))
        shutil.copyfile(TEMPLATE, folder / MAIN)
        pdf = laid_out(folder, Path(pylopdf_fonts_zh_cn.__file__).parent)
    path.write_bytes(pdf)


def _printed(report: SiteReport) -> dict[str, object]:
    """What stands on paper: the urgent and the dear, not every single case."""
    groups = grouped(report)
    shown = replace(
        report,
        findings=(),
        vetoes=tuple(_shortened(card) for card in report.vetoes),
        warnings=tuple(_shortened(card) for card in report.warnings),
        tree=tuple(_bare(row) for row in report.tree if row.level <= DEEPEST_LEVEL),
        columns=tuple(_in_words(column) for column in islice(_at_fault(report), COLUMNS_PRINTED)),
    )
    return {
        **msgspec.to_builtins(shown),
        "groups": msgspec.to_builtins(groups),
        "findings_shown": sum(len(section.rows) for group in groups for section in group.sections),
        "columns_total": len(report.columns),
        "columns_at_fault": len(_at_fault(report)),
    }


def grouped(report: SiteReport) -> tuple[Group, ...]:
    """Findings under the first indicator that each audit touches, in the order of the to-do list."""
    by_audit: dict[str, list[FindingRow]] = {}
    for row in report.findings:
        by_audit.setdefault(row.audit, []).append(row)
    groups: dict[str, list[Section]] = {}
    room = FINDINGS_PRINTED
    for todo in report.todo:
        rows = _different(by_audit.get(todo.audit, []))[: min(OF_ONE_AUDIT, room)]
        room -= len(rows)
        if rows:
            groups.setdefault(_indicator(todo), []).append(Section(todo.title, rows, todo.count - len(rows)))
    return tuple(Group(indicator, tuple(sections)) for indicator, sections in groups.items())


def _different(rows: list[FindingRow]) -> tuple[FindingRow, ...]:
    """Findings of one audit that say different things, each without an excerpt that only repeats its sentence."""
    by_sentence = {row.sentence: row for row in reversed(rows)}
    kept = [row for row in rows if by_sentence[row.sentence] is row]
    return tuple(replace(row, excerpt="" if _repeats(row) else row.excerpt[:EXCERPT_CHARS]) for row in kept)


def _repeats(row: FindingRow) -> bool:
    return row.excerpt in row.sentence or row.excerpt in row.target


def _indicator(todo: Todo) -> str:
    return todo.indicators[0] if todo.indicators else NO_INDICATOR


def _shortened(card: Card) -> Card:
    return replace(card, clues=card.clues[:CLUES_PRINTED] if card.hit == "clues" else ())


def _bare(row: IndicatorRow) -> IndicatorRow:
    return replace(row, checks=())


def _at_fault(report: SiteReport) -> list[ColumnRow]:
    return [column for column in report.columns if column.fault]


def _in_words(column: ColumnRow) -> ColumnRow:
    kind = words.COLUMN_KINDS.get(column.kind, "其他")
    return replace(column, kind=kind, note=column.note.partition("；")[0])
