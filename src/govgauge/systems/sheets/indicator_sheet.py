"""The sheet of indicators: one row a check, names and weights merged over their rows, totals as formulas."""

import json
from collections.abc import Iterator
from math import ceil

from msgspec import Struct
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from govgauge.systems.audit_ids import audit_ids
from govgauge.systems.model import Check, Indicator, Leaf, System
from govgauge.systems.sheets import layout
from govgauge.systems.sheets.cells import Value, cell_of, formula, head, put
from govgauge.systems.words import METHODS, NOT_ASSESSED, YES

TOTAL_ROW = 2
FIRST_ROW = 3
SPARE_ROWS = 200
"""Rows below the last one in which a new indicator still counts in the total and is validated."""

WRONG = PatternFill("solid", bgColor="F4B6B6")
WIDTHS = {
    **dict.fromkeys(layout.LEVEL_CODES, 8),
    **dict.fromkeys(layout.LEVEL_NAMES, 16),
    layout.CHECK_TEXT: 46,
    layout.METHOD: 14,
    layout.AUDIT: 24,
    layout.PARAMS: 30,
    layout.CHECK_ID: 12,
    layout.ONLY: 14,
}
NARROW = 10
LINE_HEIGHT = 15
"""Points; a Chinese sign is two units of width wide."""
HEAD_HEIGHT = 2 * LINE_HEIGHT


class Block(Struct, frozen=True):
    """A node and the rows that it stands over."""

    node: Indicator
    level: int
    first: int
    last: int


class IndicatorSheet:
    """Where everything stands, and the writing of it."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.headings = list(_headings(system.profile_ids()))
        self.leaves = list(_rows(system))
        self.last = max((last for _, _, last in self.leaves), default=FIRST_ROW)
        self.blocks = list(_blocks(system, self.leaves))
        self.by_code = {block.node.code: block for block in self.blocks}

    def letter(self, heading: str) -> str:
        """The letter of a column."""
        return get_column_letter(self.headings.index(heading) + 1)

    def total_cell(self, code: str, profile: str) -> str:
        """Where the weight of an indicator stands: its subtotal, or on the third level the weight itself."""
        block = self.by_code[code]
        names = [*(layout.of_profile(total, profile) for total in layout.SUBTOTALS), self._weight(profile)]
        return f"{self.letter(names[block.level - 1])}{block.first}"

    def write(self, sheet: Worksheet) -> None:
        """Write headings, totals and rows."""
        head(sheet, self.headings, [WIDTHS.get(heading, NARROW) for heading in self.headings])
        sheet.row_dimensions[1].height = HEAD_HEIGHT
        for row in range(TOTAL_ROW, self.last + 1):
            for column in range(1, len(self.headings) + 1):
                put(cell_of(sheet, row, column), None)
        self._grand_total(sheet)
        for leaf, first, last in self.leaves:
            self._leaf(sheet, leaf, first, last)
        for block in self.blocks:
            self._block(sheet, block)
        sheet.freeze_panes = f"{self.letter(layout.LEVEL_CODES[1])}{FIRST_ROW}"
        off = f'AND({self._share_sum()}<>"",{self._share_sum()}<>1)'
        sheet.conditional_formatting.add(self._column(layout.SHARE_SUM), red_when(off))

    def validate(self, sheet: Worksheet, choices: Worksheet) -> None:
        """Let method and audit be chosen from lists, which stand on a hidden sheet."""
        lists = {layout.METHOD: list(METHODS.values()), layout.AUDIT: sorted(audit_ids())}
        for column, (heading, values) in enumerate(lists.items(), 1):
            for row, value in enumerate(values, 1):
                put(cell_of(choices, row, column), value)
            letter = get_column_letter(column)
            rule = DataValidation(
                type="list",
                formula1=f"='{layout.CHOICES}'!${letter}$1:${letter}${len(values)}",
                allow_blank=True,
                showErrorMessage=True,
                errorTitle=heading,
                error=f"请从列表中选择{heading}",
            )
            rule.add(self._column(heading))
            sheet.add_data_validation(rule)
        choices.sheet_state = "hidden"

    def print_setup(self, sheet: Worksheet) -> None:
        """Print what people read; the columns for programs stay on the screen."""
        sheet.print_area = f"A1:{self.letter(layout.METHOD)}{self.last}"
        sheet.print_title_rows = f"1:{TOTAL_ROW}"

    def _weight(self, profile: str) -> str:
        return layout.of_profile(layout.WEIGHT, profile)

    def _column(self, heading: str) -> str:
        letter = self.letter(heading)
        return f"{letter}{FIRST_ROW}:{letter}{self.last + SPARE_ROWS}"

    def _share_sum(self) -> str:
        return f"{self.letter(layout.SHARE_SUM)}{FIRST_ROW}"

    def _put(self, sheet: Worksheet, row: int, heading: str, value: Value) -> None:
        put(cell_of(sheet, row, self.headings.index(heading) + 1), value)

    def _formula(self, sheet: Worksheet, row: int, heading: str, text: str) -> None:
        formula(cell_of(sheet, row, self.headings.index(heading) + 1), text)

    def _grand_total(self, sheet: Worksheet) -> None:
        full = f"'{layout.FACTS}'!$B${list(layout.FACT_LABELS).index('full_marks') + 2}"
        self._put(sheet, TOTAL_ROW, layout.LEVEL_NAMES[0], layout.GRAND_TOTAL)
        fits = []
        for profile in self.system.profile_ids():
            heading = self._weight(profile)
            self._formula(sheet, TOTAL_ROW, heading, f"SUM({self._column(heading)})")
            fits.append(f"ROUND({self.letter(heading)}{TOTAL_ROW}-{full},6)=0")
        right, wrong = f'"合计与满分 "&{full}&" 相符"', f'"合计与满分 "&{full}&" 不符"'
        self._formula(sheet, TOTAL_ROW, layout.CHECK_TEXT, f"IF(AND({','.join(fits)}),{right},{wrong})")
        cell = f"{self.letter(layout.CHECK_TEXT)}{TOTAL_ROW}"
        sheet.conditional_formatting.add(cell, red_when(f"NOT(AND({','.join(fits)}))"))

    def _leaf(self, sheet: Worksheet, leaf: Leaf, first: int, last: int) -> None:
        node = leaf.indicator
        for profile in self.system.profile_ids():
            if profile in node.weights:
                weight = node.weights[profile]
                self._put(sheet, first, self._weight(profile), NOT_ASSESSED if weight is None else weight)
        self._put(sheet, first, layout.BONUS, YES if node.bonus else None)
        self._put(sheet, first, layout.DEDUCT, YES if node.deduct else None)
        self._put(sheet, first, layout.BEST, node.best)
        for row, check in enumerate(node.checks, first):
            self._check(sheet, row, check)
        if node.checks:
            letter = self.letter(layout.SHARE)
            self._formula(sheet, first, layout.SHARE_SUM, f"ROUND(SUM({letter}{first}:{letter}{last}),9)")
        weights = [self._weight(profile) for profile in self.system.profile_ids()]
        for heading in (*weights, layout.SHARE_SUM, layout.BONUS, layout.DEDUCT, layout.BEST):
            self._merge(sheet, heading, first, last)

    def _check(self, sheet: Worksheet, row: int, check: Check) -> None:
        params = json.dumps(check.params, ensure_ascii=False) if check.params else None
        values: dict[str, Value] = {
            layout.CHECK_TEXT: check.text,
            layout.SHARE: check.share,
            layout.METHOD: METHODS[check.method],
            layout.CHECK_ID: check.id,
            layout.AUDIT: check.audit,
            layout.PARAMS: params,
            layout.ONLY: "、".join(check.profiles) or None,
        }
        for heading, value in values.items():
            self._put(sheet, row, heading, value)
        sheet.row_dimensions[row].height = LINE_HEIGHT * ceil(2 * len(check.text) / WIDTHS[layout.CHECK_TEXT])

    def _block(self, sheet: Worksheet, block: Block) -> None:
        place = block.level - 1
        own = [layout.LEVEL_CODES[place], layout.LEVEL_NAMES[place]]
        for heading, value in zip(own, (block.node.code, block.node.name), strict=True):
            self._put(sheet, block.first, heading, value)
        for profile in self.system.profile_ids() if place < len(layout.SUBTOTALS) else ():
            heading = layout.of_profile(layout.SUBTOTALS[place], profile)
            letter = self.letter(self._weight(profile))
            self._formula(sheet, block.first, heading, f"SUM({letter}{block.first}:{letter}{block.last})")
            own.append(heading)
        for heading in own:
            self._merge(sheet, heading, block.first, block.last)

    def _merge(self, sheet: Worksheet, heading: str, first: int, last: int) -> None:
        letter = self.letter(heading)
        sheet[f"{letter}{first}"].alignment = Alignment(wrap_text=True, vertical="top")
        if last > first:
            sheet.merge_cells(f"{letter}{first}:{letter}{last}")


def red_when(condition: str) -> Rule:
    """The look of a cell whose total is off."""
    return Rule(type="expression", formula=[condition], dxf=DifferentialStyle(fill=WRONG))


def _headings(profiles: list[str]) -> Iterator[str]:
    for place, (code, name) in enumerate(zip(layout.LEVEL_CODES, layout.LEVEL_NAMES, strict=True)):
        yield from (code, name)
        total = layout.SUBTOTALS[place] if place < len(layout.SUBTOTALS) else layout.WEIGHT
        yield from (layout.of_profile(total, profile) for profile in profiles)
    yield from (layout.CHECK_TEXT, layout.SHARE, layout.METHOD, layout.SHARE_SUM, layout.CHECK_ID, layout.AUDIT)
    yield from (layout.PARAMS, layout.ONLY, layout.BONUS, layout.DEDUCT, layout.BEST)


def _rows(system: System) -> Iterator[tuple[Leaf, int, int]]:
    """Each leaf with its first and last row."""
    row = FIRST_ROW
    for leaf in system.leaves():
        height = max(1, len(leaf.indicator.checks))
        yield leaf, row, row + height - 1
        row += height


def _blocks(system: System, leaves: list[tuple[Leaf, int, int]]) -> Iterator[Block]:
    """Every node with the rows of its leaves, which stand together."""
    spans: dict[str, tuple[int, int]] = {}
    for leaf, first, last in leaves:
        for code in leaf.codes:
            spans[code] = (spans.get(code, (first, last))[0], last)
    for level, node in system.nodes():
        yield Block(node, level, *spans[node.code])
