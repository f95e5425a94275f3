"""Pieces of WordprocessingML: paragraphs, runs, fields with what they last told, bookmarks, tables."""

from collections.abc import Iterable, Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from govgauge.reports.document.model import Align, Run, Table
from govgauge.reports.document.word_styles import CELL, SMALL

TEXT_WIDTH = 9071
"""Twentieths of a point: 160 mm between the margins of A4."""
HEAD_FILL, STRONG_FILL = "EDF2F7", "F6F8FA"
RULE, HAIR = "1F4E79", "C8D0D8"


def element(tag: str, **values: str | int) -> BaseOxmlElement:
    """An element with attributes of the same namespace."""
    found = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        found.set(qn(f"w:{name}"), str(value))
    return found


def paragraph(style_id: str, *content: BaseOxmlElement) -> BaseOxmlElement:
    """A paragraph in a style, by the style's id."""
    found = element("p")
    properties = element("pPr")
    properties.append(element("pStyle", val=style_id))
    found.append(properties)
    found.extend(content)
    return found


def text_run(text: str, *, bold: bool = False, quiet: bool = False) -> BaseOxmlElement:
    """A stretch of text; spaces at its ends stay."""
    found = element("r")
    if bold or quiet:
        properties = element("rPr")
        if bold:
            properties.append(element("b"))
        if quiet:
            properties.append(element("color", val="555555"))
        found.append(properties)
    inner = element("t")
    inner.text = text
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    found.append(inner)
    return found


def field(instruction: str, told: str, *, dirty: bool = False) -> list[BaseOxmlElement]:
    """A field with what it last told; a dirty one is told anew when the file is opened."""
    begin = element("r")
    mark = element("fldChar", fldCharType="begin")
    if dirty:
        mark.set(qn("w:dirty"), "true")
    begin.append(mark)
    return [begin, _instruction(instruction), _mark("separate"), text_run(told), _mark("end")]


def _instruction(text: str) -> BaseOxmlElement:
    run, inner = element("r"), element("instrText")
    inner.text = f" {text} "
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(inner)
    return run


def _mark(kind: str) -> BaseOxmlElement:
    run = element("r")
    run.append(element("fldChar", fldCharType=kind))
    return run


def field_begin(instruction: str, *, dirty: bool = False) -> list[BaseOxmlElement]:
    """The beginning of a field whose result spans paragraphs; `field_end` closes it."""
    return field(instruction, "", dirty=dirty)[:3]


def field_end() -> BaseOxmlElement:
    """The end of a field that spans paragraphs."""
    return _mark("end")


def bookmarked(name: str, number: int, content: Iterable[BaseOxmlElement]) -> list[BaseOxmlElement]:
    """Content that others refer to by a name."""
    return [element("bookmarkStart", id=number, name=name), *content, element("bookmarkEnd", id=number)]


def anchor(name: str) -> str:
    """A bookmark's name: letters, digits, underscores; a leading underscore hides it from the writer's list."""
    return f"_gg_{name.replace('-', '_')}"


def runs_of(runs: Sequence[Run]) -> list[BaseOxmlElement]:
    """Runs; references are fields that follow the numbers of what they refer to."""
    made: list[BaseOxmlElement] = []
    for run in runs:
        if run.to.startswith("heading"):
            link = element("hyperlink", anchor=anchor(run.to))
            link.append(text_run(run.text))
            made.append(link)
        elif run.to:
            made += field(f"REF {anchor(run.to)} \\h", run.text)
        else:
            made.append(text_run(run.text, bold=run.bold, quiet=run.quiet))
    return made


def table(of: Table, cell_ids: dict[str, str]) -> BaseOxmlElement:
    """A table as wide as the text; its head rows are repeated on every page, no row is torn."""
    style = cell_ids[SMALL if of.small else CELL]
    found = element("tbl")
    found.append(_table_properties())
    whole = sum(column.width for column in of.columns) or 1
    widths = [round(TEXT_WIDTH * column.width / whole) for column in of.columns]
    grid = element("tblGrid")
    grid.extend(element("gridCol", w=width) for width in widths)
    found.append(grid)
    if of.bands:
        row, start = _row(head=True), 0
        for band in of.bands:
            width = sum(widths[start : start + band.across])
            row.append(_cell(band.text, style, width, Align.CENTER, HEAD_FILL, bold=True, across=band.across))
            start += band.across
        found.append(row)
    row = _row(head=True)
    for column, width in zip(of.columns, widths, strict=True):
        row.append(_cell(column.title, style, width, Align.CENTER, HEAD_FILL, bold=True))
    found.append(row)
    for line in of.rows:
        row = _row()
        for text, column, width in zip(line.cells, of.columns, widths, strict=True):
            row.append(_cell(text, style, width, column.align, STRONG_FILL if line.strong else "", bold=line.strong))
        found.append(row)
    return found


def _table_properties() -> BaseOxmlElement:
    properties = element("tblPr")
    properties.append(element("tblW", w=TEXT_WIDTH, type="dxa"))
    borders = element("tblBorders")
    for side, size, ink in (("top", 8, RULE), ("bottom", 8, RULE), ("insideH", 4, HAIR)):
        borders.append(element(side, val="single", sz=size, space=0, color=ink))
    properties.append(borders)
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=60, type="dxa"))
    properties.append(margins)
    return properties


def _row(*, head: bool = False) -> BaseOxmlElement:
    found, properties = element("tr"), element("trPr")
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    found.append(properties)
    return found


def _cell(
    text: str, style: str, width: int, align: Align, fill: str, *, bold: bool = False, across: int = 1
) -> BaseOxmlElement:
    found, properties = element("tc"), element("tcPr")
    properties.append(element("tcW", w=width, type="dxa"))
    if across > 1:
        properties.append(element("gridSpan", val=across))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
    properties.append(element("vAlign", val="center"))
    found.append(properties)
    line = paragraph(style, *([text_run(text, bold=bold)] if text else []))
    line[0].append(element("jc", val=align.value))
    found.append(line)
    return found
