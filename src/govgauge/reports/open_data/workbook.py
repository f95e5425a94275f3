"""A table as XLSX, written row by row with its own few parts: millions of cells in seconds, and in little memory.

Texts are typed as texts, so that none of them is a formula; the same rows give the same bytes.
"""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl

from govgauge.reports.open_data.dictionary import Kind, Table
from govgauge.reports.open_data.shown import OpenTable, Told
from govgauge.reports.open_data.writers import decimal
from govgauge.subjects.tables.safe_text import RUNS

MOST_ROWS = 1_000_000
"""Rows of a sheet below its head, a little fewer than a workbook holds; the rest goes on in a further sheet."""
MOST_CHARACTERS = 32_767
"""Characters that a cell holds."""
NEVER = (2000, 1, 1, 0, 0, 0)
UNFIT = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
"""Signs that no workbook can hold."""
MEANT = "_x([0-9A-Fa-f]{4})_"
"""A text that a workbook would take for a sign."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="等线"/></font>'
    '<font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
TEXT_LOOK, HEAD_LOOK = 1, 2
"""Places in the styles: a text that stays one when somebody edits it, and a heading."""


def write_xlsx(table: OpenTable, path: Path, told: Told) -> None:
    """One sheet with a frozen head; more where there are more rows than a sheet holds."""
    words = table.words
    cells = pl.concat_str(
        [pl.lit("<row>"), *(_cell(column.name, column.kind) for column in words.columns), pl.lit("</row>")]
    )
    lines = (frame.select(cells).to_series() for frame in table.parts(told))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        titles: list[str] = []
        for piece in _sheets(lines):
            titles.append(f"{words.name} {len(titles) + 1}" if titles else words.name)
            with book.open(_member(f"xl/worksheets/sheet{len(titles)}.xml"), "w", force_zip64=True) as sheet:
                sheet.write(_begin(words).encode())
                for some in piece:
                    sheet.write("".join(some).encode())
                sheet.write(b"</sheetData></worksheet>")
        for name, content in _around(titles, table.marks):
            book.writestr(_member(name), content)


def _sheets(lines: Iterator[pl.Series]) -> Iterator[Iterator[pl.Series]]:
    """The rows, sheet by sheet; each sheet is to be used up before the next is asked for. There is at least one."""
    waiting = next(lines, None)
    if waiting is None:
        yield iter(())

    def sheet() -> Iterator[pl.Series]:
        nonlocal waiting
        left = MOST_ROWS
        while waiting is not None and left:
            some, rest = waiting[:left], waiting[left:]
            left -= len(some)
            waiting = rest if len(rest) else next(lines, None)
            yield some

    while waiting is not None:
        yield sheet()


def _cell(name: str, kind: Kind) -> pl.Expr:
    known = pl.col(name)
    match kind:
        case Kind.NUMBER:
            made = pl.format("<c><v>{}</v></c>", decimal(name))
        case Kind.INTEGER:
            made = pl.format("<c><v>{}</v></c>", known)
        case Kind.FLAG:
            made = pl.format('<c t="b"><v>{}</v></c>', known.cast(pl.Int8))
        case _:
            text = known.str.replace_all(UNFIT, "□").str.slice(0, MOST_CHARACTERS)
            look = pl.when(text.str.contains(f"^(?:{RUNS.pattern})|^#")).then(pl.lit(f' s="{TEXT_LOOK}"'))
            safe = text.str.replace_all(MEANT, "_x005F_x${1}_").str.replace_many(
                ["&", "<", ">", "\r"], ["&amp;", "&lt;", "&gt;", "_x000D_"]
            )
            made = pl.format(
                '<c t="inlineStr"{}><is><t xml:space="preserve">{}</t></is></c>', look.otherwise(pl.lit("")), safe
            )
    return pl.when(known.is_null()).then(pl.lit("<c/>")).otherwise(made)


def _begin(table: Table) -> str:
    heads = "".join(
        f'<c t="inlineStr" s="{HEAD_LOOK}"><is><t>{escape(column.name)}</t></is></c>' for column in table.columns
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(table.columns)}" width="16" customWidth="1"/></cols>'
        f"<sheetData><row>{heads}</row>"
    )


def _around(titles: list[str], marks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The parts that make a workbook of sheets."""
    numbers = range(1, len(titles) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number in numbers
    )
    types = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>{overrides}</Types>'
    )
    yield "[Content_Types].xml", types
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    yield "_rels/.rels", _links([(f"{OFFICE}/officeDocument", "xl/workbook.xml"), (core, "docProps/core.xml")])
    yield "docProps/core.xml", _properties(marks)
    sheets = "".join(
        f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, title in zip(numbers, titles, strict=True)
    )
    yield "xl/workbook.xml", f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    linked = [(f"{OFFICE}/worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _links([*linked, (f"{OFFICE}/styles", "styles.xml")])
    yield "xl/styles.xml", STYLES


def _properties(marks: Mapping[str, str]) -> str:
    """What the file says of itself: title, who published it, and under which terms."""
    told = "".join(
        f"<{name}>{escape(marks[mark])}</{name}>"
        for name, mark in (("dc:title", "title"), ("dc:creator", "publisher"), ("dc:description", "license"))
        if marks.get(mark)
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{told}</cp:coreProperties>'
    )


def _links(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, NEVER)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member
