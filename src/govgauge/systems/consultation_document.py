"""A system as a Word document for a consultation: chapters of indicators with an empty column for comments."""

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from msgspec import Struct

from govgauge.systems.model import Indicator, Status, System
from govgauge.systems.system_json import number
from govgauge.systems.words import NOT_ASSESSED

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
LATIN_FONT = "Times New Roman"
PAGE = (Cm(29.7), Cm(21.0))
"""A4, landscape: there must be room for comments."""
MARGIN = Cm(2.0)
WIDTH_CM = 25.7
CODE_CM, NAME_CM, WEIGHT_CM, COMMENT_CM = 1.5, 2.8, 1.5, 5.6
NUMERALS = "一二三四五六七八九十"


class Consultation(Struct, frozen=True):
    """What the page before the tables says. Both may be left open: the document then leaves a blank."""

    until: date | None = None
    contact: str = ""


def document(system: System, consultation: Consultation | None = None) -> bytes:
    """The DOCX file of a system."""
    word = docx.Document()
    _page(word)
    _styles(word)
    word.core_properties.title = f"{system.title}（征求意见稿）"
    word.core_properties.author = ""
    title = word.add_paragraph(f"{system.title}（征求意见稿）", style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in _introduction(system, consultation or Consultation()):
        word.add_paragraph(text)
    _summary(word, system)
    for place, indicator in enumerate(system.indicators):
        word.add_paragraph(f"{_numeral(place)}、{indicator.name}{_marks(system, indicator)}", style="Heading 1")
        _chapter(word, system, indicator)
    _appendix(word, system)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _introduction(system: System, consultation: Consultation) -> Iterator[str]:
    until = consultation.until.isoformat() if consultation.until else "        年    月    日"
    contact = consultation.contact or "                    "
    yield f"本稿列出{system.table}的各级指标、权重和评估要点，供被评估单位和专家提出意见。"
    yield (
        "填写办法：意见写在各表右侧“意见”一栏，与所评的指标同一行；要改权重的，请写明建议的分值；要增删指标或要点的，"
        "请写明理由。不针对某一指标的意见，写在文末。每条意见都会编号登记，下一稿逐条说明是否采纳。"
    )
    yield f"反馈时间：{until} 以前。    反馈方式：{contact}"


def _summary(word: Document, system: System) -> None:
    if system.status is Status.OUTLINE:
        word.add_paragraph("本稿只列指标名称，权重待定。")
        return
    profiles = system.profiles
    word.add_paragraph("各一级指标的权重", style="Heading 1")
    table = _table(word, ["代码", "一级指标", *(profile.title for profile in profiles)], _widths(4.0, len(profiles)))
    for indicator in system.indicators:
        weights = [_weight(indicator, profile.id) for profile in profiles]
        _fill(_row(table), [indicator.code, indicator.name + ("（加分）" if indicator.bonus else ""), *weights])
    total = [str(number(system.full_marks))] * len(profiles)
    _fill(_row(table), ["", "满分" + ("（含加分）" if system.bonus_max else ""), *total])


def _widths(weight: float, profiles: int) -> list[float]:
    return [CODE_CM, 6.0, *(weight for _ in range(profiles))]


def _chapter(word: Document, system: System, top: Indicator) -> None:
    several = len(system.profiles) > 1
    weights = [f"权重（{profile.title}）" if several else "权重" for profile in system.profiles]
    named = [CODE_CM, NAME_CM, NAME_CM, *(WEIGHT_CM for _ in weights)]
    widths = [*named, WIDTH_CM - sum(named) - COMMENT_CM, COMMENT_CM]
    table = _table(word, ["代码", "二级指标", "三级指标", *weights, "评估要点", "意见"], widths)
    for second in top.children or (top,):
        leaves = second.children or (second,)
        first_row = len(table.rows)
        for leaf in leaves:
            names = ["" if second is top else second.name, "" if leaf is second else leaf.name]
            values = [_weight(leaf, profile.id) for profile in system.profiles]
            remark = "（扣分）" if leaf.deduct else ""
            row = _row(table)
            _fill(row, [leaf.code, *names, *values, "", ""])
            _checks(row.cells[-2], leaf, remark)
        _merge(table, 1, first_row, len(table.rows) - 1)


def _checks(cell: _Cell, leaf: Indicator, remark: str) -> None:
    lines = [f"（{place}）{check.text}" for place, check in enumerate(leaf.checks, 1)]
    for place, line in enumerate([*([remark] if remark else []), *lines]):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _say(paragraph, line)


def _merge(table: Table, column: int, first: int, last: int) -> None:
    if last > first:
        text = table.cell(first, column).text
        for row in range(first + 1, last + 1):
            table.cell(row, column).text = ""
        merged = table.cell(first, column).merge(table.cell(last, column))
        for extra in merged.paragraphs[1:]:
            extra._element.getparent().remove(extra._element)  # noqa: SLF001  # a merge leaves empty lines behind
        merged.paragraphs[0].text = ""
        _say(merged.paragraphs[0], text)


def _appendix(word: Document, system: System) -> None:
    bonus = [node for _, node in system.nodes() if node.categories]
    if bonus:
        word.add_paragraph("附：案例类别", style="Heading 1")
    for node in bonus:
        table = _table(word, ["类别", "说明", "意见"], [5.0, WIDTH_CM - 5.0 - COMMENT_CM, COMMENT_CM])
        for category in node.categories:
            _fill(_row(table), [category.name, category.text, ""])
    word.add_paragraph("其他意见", style="Heading 1")
    table = _table(word, ["单位或姓名", "意见", "联系方式"], [5.0, WIDTH_CM - 10.0, 5.0])
    _row(table).height = Cm(4.0)


def _table(word: Document, headings: Sequence[str], widths: Sequence[float]) -> Table:
    """A table with its row of headings, which is repeated on every page."""
    table: Table = word.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for cell, heading, width in zip(table.rows[0].cells, headings, widths, strict=True):
        cell.width = Cm(width)
        _say(cell.paragraphs[0], heading, head=True)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell._element.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="E4EAF2"))  # noqa: SLF001
    table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001
    return table


def _row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _fill(row: _Row, texts: Sequence[str]) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))  # noqa: SLF001
    for cell, text in zip(row.cells, texts, strict=True):
        _say(cell.paragraphs[0], text)


def _say(paragraph: Paragraph, text: str, *, head: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(10)
    run.font.name = LATIN_FONT
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEAD_FONT if head else BODY_FONT)  # noqa: SLF001
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)


def _weight(node: Indicator, profile: str) -> str:
    weight = number(node.weight(profile))
    return NOT_ASSESSED if weight is None else str(weight)


def _marks(system: System, top: Indicator) -> str:
    if system.status is Status.OUTLINE:
        return ""
    weights = [(profile.title, _weight(top, profile.id)) for profile in system.profiles]
    bonus = "，加分" if top.bonus else ""
    if len(weights) == 1:
        return f"（{weights[0][1]} 分{bonus}）"
    return f"（{'，'.join(f'{title} {weight} 分' for title, weight in weights)}{bonus}）"


def _numeral(place: int) -> str:
    return NUMERALS[place] if place < len(NUMERALS) else str(place + 1)


def _page(word: Document) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        _say(footer, text)
        if field:
            _field(footer, field)


def _field(paragraph: Paragraph, name: str) -> None:
    """A number that Word computes."""
    field = _element("w:fldSimple", instr=name)
    run, shown = _element("w:r"), _element("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._element.append(field)  # noqa: SLF001


def _styles(word: Document) -> None:
    looks = {
        "Normal": (BODY_FONT, 12, False),
        "Title": (HEAD_FONT, 20, False),
        "Heading 1": (HEAD_FONT, 14, False),
    }
    for name, (font, size, bold) in looks.items():
        style = word.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(style)
        style.font.name = LATIN_FONT
        style.font.size = Pt(size)
        style.font.bold = bold
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), font)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
