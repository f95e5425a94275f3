"""The styles of a Word report: East Asian fonts, numbered headings, captions, a table of contents."""

from collections.abc import Callable
from typing import cast

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from govgauge.reports.document.word_parts import TEXT_WIDTH

LATIN, BODY, HEAD = "Times New Roman", "宋体", "黑体"
DEEP, INK, SOFT = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x55, 0x55, 0x55)
APPENDIX, CAPTION, NOTE, CAUTION, CELL, SMALL = "附录标题", "Caption", "报告注", "报告提示", "表格文字", "小表格文字"
TITLE_LINE, CONTENTS = "封面信息", "目录标题"
HEADINGS = {1: (18, 24, 12), 2: (14, 16, 8), 3: (12, 12, 6)}
"""Size, space above and below in points."""
NUMBERS, APPENDIX_NUMBERS, LIST_NUMBERS = 7101, 7102, 7103
STEP = "%1."
"""Ids of the numberings, beyond those of the template."""


def set_styles(document: WordDocument, *, new_pages: bool = True) -> None:
    """Set what the writer uses."""
    normal = document.styles["Normal"]
    _look(normal, BODY, 10.5)
    _language(normal)
    normal.paragraph_format.line_spacing = 1.35
    normal.paragraph_format.space_after = Pt(4)
    _numberings(document)
    for level, (size, above, below) in HEADINGS.items():
        style = document.styles[f"Heading {level}"]
        _look(style, HEAD, size, ink=DEEP if level < 3 else INK, bold=True)
        _apart(style, above, below, keep=True)
        _numbered(style, NUMBERS, level - 1)
        style.paragraph_format.page_break_before = new_pages and level == 1
    appendix = _added(document, APPENDIX, "Heading 1")
    _numbered(appendix, APPENDIX_NUMBERS, 0)
    for name, change in MORE.items():
        change(_added(document, name, "Normal"))
    for level in (1, 2, 3):
        style = _added(document, f"toc {level}", "Normal")
        _look(style, HEAD if level == 1 else BODY, 11 if level == 1 else 10.5)
        style.paragraph_format.left_indent = Pt(21 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH / 20), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        _apart(style, 6 if level == 1 else 0, 0)
    _look(document.styles[CAPTION], HEAD, 9.5, bold=False, ink=INK)
    document.styles[CAPTION].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _apart(document.styles[CAPTION], 6, 6)
    for name in ("Header", "Footer"):
        _look(document.styles[name], HEAD, 8.5, ink=SOFT)
        tabs = document.styles[name].element.find(f".//{qn('w:tabs')}")
        if tabs is not None:
            tabs.getparent().remove(tabs)
    for name, size in (("Title", 26), ("Subtitle", 16)):
        _look(document.styles[name], HEAD, size, ink=DEEP if name == "Title" else SOFT, bold=name == "Title")
        borders = document.styles[name].element.find(f".//{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)


def _note(style: ParagraphStyle) -> None:
    _look(style, BODY, 8.5, ink=SOFT)
    _apart(style, 2, 8)


def _caution(style: ParagraphStyle) -> None:
    _look(style, BODY, 9.5)
    _apart(style, 6, 8)
    spacing = style.element.get_or_add_pPr().find(qn("w:spacing"))
    for part in (
        '<w:pBdr {}><w:left w:val="single" w:sz="24" w:space="6" w:color="A06A00"/></w:pBdr>',
        '<w:shd {} w:val="clear" w:color="auto" w:fill="FBF5E6"/>',
    ):
        spacing.addprevious(parse_xml(part.format(nsdecls("w"))))


def _cell(style: ParagraphStyle) -> None:
    _look(style, BODY, 9)
    _tight(style)


def _small(style: ParagraphStyle) -> None:
    _look(style, BODY, 8)
    _tight(style)


def _title_line(style: ParagraphStyle) -> None:
    _look(style, BODY, 12)


def _contents(style: ParagraphStyle) -> None:
    _look(style, HEAD, 18, ink=DEEP, bold=True)
    _apart(style, 0, 12)


MORE: dict[str, Callable[[ParagraphStyle], None]] = {
    NOTE: _note,
    CAUTION: _caution,
    CELL: _cell,
    SMALL: _small,
    TITLE_LINE: _title_line,
    CONTENTS: _contents,
}


def _added(document: WordDocument, name: str, based_on: str) -> ParagraphStyle:
    style = cast("ParagraphStyle", document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles[based_on]
    if based_on != "Normal":
        style.next_paragraph_style = document.styles["Normal"]
    return style


def _look(
    style: ParagraphStyle, face: str, size: float, *, ink: RGBColor | None = None, bold: bool | None = None
) -> None:
    style.font.size = Pt(size)
    style.font.name = LATIN
    style.font.bold, style.font.italic = bold, False
    if ink is not None:
        style.font.color.rgb = ink
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)


def _language(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))


def _apart(style: ParagraphStyle, above: float, below: float, *, keep: bool = False) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    if keep:
        style.paragraph_format.keep_with_next = True


def _tight(style: ParagraphStyle) -> None:
    _apart(style, 1, 1)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _numbered(style: ParagraphStyle, number: int, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    whole = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", number)):
        part = OxmlElement(tag)
        part.set(qn("w:val"), str(value))
        whole.append(part)
    properties.insert_element_before(
        whole, "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku",
        "w:wordWrap", "w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi",
        "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
        "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl",
    )  # fmt: skip


def _numberings(document: WordDocument) -> None:
    """第 1 章, 1.1, 1.1.1 for chapters and sections; 附录 A, A.1 for appendices: numbers go on when a writer edits."""
    chapters = [("decimal", "第 %1 章", 1), ("decimal", "%1.%2", 2), ("decimal", "%1.%2.%3", 3)]
    appendices = [("upperLetter", "附录 %1", None), ("decimal", "%1.%2", None), ("decimal", "%1.%2.%3", None)]
    numbering = document.part.numbering_part.element
    steps = [("decimal", STEP, None)]
    for number, levels in ((NUMBERS, chapters), (APPENDIX_NUMBERS, appendices), (LIST_NUMBERS, steps)):
        parts = "".join(_level(place, *level) for place, level in enumerate(levels))
        whole = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
            f"{parts}</w:abstractNum>"
        )
        first = numbering.find(qn("w:num"))
        numbering.insert(numbering.index(first) if first is not None else len(numbering), whole)
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def new_list(document: WordDocument) -> int:
    """The id of a numbering that begins at 1."""
    numbering = document.part.numbering_part.element
    number = LIST_NUMBERS + 100 + len(numbering.findall(qn("w:num")))
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{LIST_NUMBERS}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return number


def _level(place: int, kind: str, text: str, heading: int | None) -> str:
    style = f'<w:pStyle w:val="Heading{heading}"/>' if heading else ""
    if heading is None and place == 0 and text != STEP:
        style = f'<w:pStyle w:val="{APPENDIX}"/>'
    left, first = (420, 'w:hanging="420"') if text == STEP else (0, 'w:firstLine="0"')
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}<w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" {first}/></w:pPr></w:lvl>'
    )
