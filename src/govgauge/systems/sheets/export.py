"""Writing a system as a workbook: leaves and checks row by row, with totals that follow a changed weight at once."""

import json
from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govgauge.systems.model import System
from govgauge.systems.sheets import layout
from govgauge.systems.sheets.cells import Value, cell_of, formula, head, put
from govgauge.systems.sheets.indicator_sheet import IndicatorSheet
from govgauge.systems.words import STATUSES, YES

A4 = 9
"""The number of this paper in the format."""


def workbook(system: System) -> bytes:
    """The XLSX file of a system."""
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    sheet = book.create_sheet(layout.INDICATORS)
    table = IndicatorSheet(system)
    table.write(sheet)
    _facts(book.create_sheet(layout.FACTS), system)
    _list(book, layout.PROFILES, layout.PROFILE_HEADINGS, [(one.id, one.title) for one in system.profiles], (16, 40))
    _nodes(book.create_sheet(layout.NODES), system, table)
    _list(
        book,
        layout.CATEGORIES,
        layout.CATEGORY_HEADINGS,
        [(node.code, node.name, one.name, one.text) for _, node in system.nodes() for one in node.categories],
        (10, 20, 24, 70),
    )
    grades = [(grade.name, grade.at_least) for grade in system.ranking.grades]
    _list(book, layout.GRADES, layout.GRADE_HEADINGS, grades, (20, 12))
    _list(book, layout.NOTES, layout.NOTE_HEADINGS, [(note,) for note in system.notes], (110,))
    defects = [(one.code, one.profile, one.printed, one.computed, one.place, one.text) for one in system.defects]
    _list(book, layout.DEFECTS, layout.DEFECT_HEADINGS, defects, (10, 12, 10, 10, 40, 60))
    table.validate(sheet, book.create_sheet(layout.CHOICES))
    for one in book.worksheets:
        _print_setup(one)
    table.print_setup(sheet)
    book.calculation = CalcProperties(fullCalcOnLoad=True)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _facts(sheet: Worksheet, system: System) -> None:
    ranking = system.ranking
    values: dict[str, Value] = {
        "id": system.id,
        "year": system.year,
        "table": system.table,
        "title": system.title,
        "document": system.source.document,
        "place": system.source.place,
        "status": STATUSES[system.status],
        "full_marks": system.full_marks,
        "bonus_max": system.bonus_max,
        "counts": json.dumps(system.counts) if system.counts else "",
        "ties": ranking.ties.value,
        "decimals": ranking.decimals,
        "rounding": ranking.rounding.value,
        "on_rounded": YES if ranking.on_rounded else "否",
        "order_in_grade": ranking.order_in_grade.value,
    }
    remarks = {
        "status": "完整、概要",
        "full_marks": "含加分",
        "ties": "dense、competition、shared",
        "rounding": "half-up、half-even",
        "order_in_grade": "total、division",
    }
    head(sheet, ("项目", "内容", "备注"), (18, 60, 34))
    for row, (key, label) in enumerate(layout.FACT_LABELS.items(), 2):
        for column, value in enumerate((label, values[key], remarks.get(key, "")), 1):
            put(cell_of(sheet, row, column), value)


def _nodes(sheet: Worksheet, system: System, table: IndicatorSheet) -> None:
    """Inner indicators with what the rows cannot say, and their totals beside the printed ones."""
    profiles = system.profile_ids()
    printed = [layout.of_profile(layout.PRINTED, profile) for profile in profiles]
    computed = [layout.of_profile(layout.COMPUTED, profile) for profile in profiles]
    headings = (layout.CODE, layout.NAME, layout.LEVEL, layout.BONUS, layout.DEDUCT, *printed, *computed, layout.COUNTS)
    head(sheet, headings, (10, 30, 6, 8, 8, *(16 for _ in [*printed, *computed]), 24))
    row = 1
    for level, node in system.nodes():
        if not (node.children or node.printed or node.counts):
            continue
        row += 1
        flags = [YES if holds and node.children else "" for holds in (node.bonus, node.deduct)]
        values: list[Value] = [node.code, node.name, level, *flags]
        values += [node.printed.get(profile) for profile in profiles]
        for column, value in enumerate(values, 1):
            put(cell_of(sheet, row, column), value)
        for place, profile in enumerate(profiles):
            total = table.total_cell(node.code, profile)
            formula(cell_of(sheet, row, len(values) + 1 + place), f"'{layout.INDICATORS}'!{total}")
        put(cell_of(sheet, row, len(headings)), json.dumps(node.counts) if node.counts else "")


def _list(
    book: Workbook,
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[int],
) -> None:
    sheet = book.create_sheet(title)
    head(sheet, headings, widths)
    for row, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            put(cell_of(sheet, row, column), value)


def _print_setup(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    footer = sheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "&A  第 &P 页，共 &N 页"
