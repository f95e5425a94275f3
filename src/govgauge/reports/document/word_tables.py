"""Tables of a Word report. They are written as text and parsed once: a table of ten thousand cells takes no time."""

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from govgauge.reports.document.model import Align, Table
from govgauge.reports.document.word_parts import HAIR, TEXT_WIDTH
from govgauge.reports.document.word_styles import CELL, SMALL

HEAD_FILL, STRONG_FILL = "EDF2F7", "F6F8FA"
RULE = "1F4E79"


def table(of: Table, style_ids: Mapping[str, str]) -> BaseOxmlElement:
    """A table as wide as the text; its head rows are repeated on every page, no row is torn."""
    style = quoteattr(style_ids[SMALL if of.small else CELL])
    whole = sum(column.width for column in of.columns) or 1
    widths = [round(TEXT_WIDTH * column.width / whole) for column in of.columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_rows(of, style, widths))
    found = parse_xml(f"<w:tbl {nsdecls('w')}>{_properties()}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")
    assert isinstance(found, BaseOxmlElement)  # noqa: S101 - told to the type checker
    return found


def _rows(of: Table, style: str, widths: list[int]) -> Iterator[str]:
    if of.bands:
        cells, start = [], 0
        for band in of.bands:
            width = sum(widths[start : start + band.across])
            cells.append(_cell(band.text, style, width, Align.CENTER, fill=HEAD_FILL, bold=True, across=band.across))
            start += band.across
        yield _row(cells, head=True)
    heads = (
        _cell(column.title, style, width, Align.CENTER, fill=HEAD_FILL, bold=True)
        for column, width in zip(of.columns, widths, strict=True)
    )
    yield _row(heads, head=True)
    for row in of.rows:
        fill = STRONG_FILL if row.strong else ""
        yield _row(
            _cell(text, style, width, column.align, fill=fill, bold=row.strong)
            for text, column, width in zip(row.cells, of.columns, widths, strict=True)
        )


def _row(cells: "Iterator[str] | list[str]", *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, style: str, width: int, align: Align, *, fill: str = "", bold: bool = False, across: int = 1
) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{weight}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val={style}/><w:jc w:val="{align.value}"/></w:pPr>{run}</w:p></w:tc>'
    )


def _properties() -> str:
    sides = (("top", 8, RULE), ("bottom", 8, RULE), ("insideH", 4, HAIR))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{ink}"/>' for side, size, ink in sides
    )
    margins = "".join(f'<w:{side} w:w="60" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )
