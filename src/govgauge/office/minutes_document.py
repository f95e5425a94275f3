"""Minutes as a Word document: headings from lines that begin with `#`, everything else paragraphs."""

from io import BytesIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

BODY_FONT, HEAD_FONT, LATIN_FONT = "仿宋", "黑体", "Times New Roman"
PAGE = (Cm(21.0), Cm(29.7))
MARGIN = Cm(2.6)
BODY_SIZE, HEAD_SIZE, TITLE_SIZE = Pt(14), Pt(15), Pt(20)


def document(title: str, text: str, signed: str = "") -> bytes:
    """The DOCX file of minutes; `signed` is the line below them, empty while they are a draft."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for name, face, size in (
        ("Normal", BODY_FONT, BODY_SIZE),
        ("Heading 1", HEAD_FONT, HEAD_SIZE),
        ("Title", HEAD_FONT, TITLE_SIZE),
    ):
        _face(word.styles[name], face, size)
    word.core_properties.title, word.core_properties.author = title, ""
    for line in text.splitlines():
        _line(word, line)
    if signed:
        word.add_paragraph(signed).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _line(word: "docx.document.Document", line: str) -> None:
    if line.startswith("# "):
        word.add_paragraph(_plain(line[2:]), style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.startswith("## "):
        word.add_paragraph(_plain(line[3:]), style="Heading 1")
    elif line.strip():
        word.add_paragraph(_plain(line)).paragraph_format.first_line_indent = 2 * BODY_SIZE


def _plain(text: str) -> str:
    """Without signs that XML cannot hold."""
    return "".join(one for one in text if one == "\t" or ord(one) >= 0x20)


def _face(style: object, face: str, size: Pt) -> None:
    assert isinstance(style, ParagraphStyle)  # noqa: S101 - tells mypy
    style.font.name, style.font.size = LATIN_FONT, size
    style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
