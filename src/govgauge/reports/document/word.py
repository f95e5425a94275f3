"""The Word file of a document: real styles, fields and captions, so that a writer can go on from it."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt

from govgauge.reports.document import word_parts as parts
from govgauge.reports.document.model import (
    Appendix,
    Document,
    Figure,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Table,
    Tone,
)
from govgauge.reports.document.numbering import Numbered, Placed, numbered
from govgauge.reports.document.pictures import pictures
from govgauge.reports.document.word_styles import (
    APPENDIX,
    APPENDIX_NUMBERS,
    CAPTION,
    CAUTION,
    CONTENTS,
    NOTE,
    TITLE_LINE,
    new_list,
    set_styles,
)
from govgauge.reports.document.word_tables import table

POINTS = 453.5
"""Width of the text."""
CONTENTS_LEVELS = 2
EMU = 12700
"""Units of a drawing in a point."""


def write_word(document: Document | Numbered, path: Path) -> None:
    """Write the .docx file."""
    whole = document if isinstance(document, Numbered) else numbered(document)
    _Writer(whole).write(path)


class _Writer:
    def __init__(self, whole: Numbered) -> None:
        self._whole = whole
        self._word: WordDocument = docx.Document(BytesIO(_styled(new_pages=whole.document.new_pages)))
        self._ids = {style.name or "": style.style_id for style in self._word.styles}
        self._body = self._word.element.body
        self._bookmarks = 0
        self._pictures: dict[str, BaseOxmlElement] = {}
        self._begun = False

    def write(self, path: Path) -> None:
        self._properties()
        self._page(self._word.sections[0])
        self._title_page()
        self._running(self._word.add_section(WD_SECTION.NEW_PAGE), [parts.text_run("目录")])
        self._contents()
        self._draw()
        for placed in self._whole.blocks:
            self._block(placed)
        self._word.save(str(path))

    def _properties(self) -> None:
        of, core = self._whole.document, self._word.core_properties
        core.title, core.subject, core.author = of.title, of.subject, of.publisher
        core.keywords, core.language, core.comments = "，".join(of.keywords)[:250], "zh-CN", ""
        try:
            day = datetime.fromisoformat(of.day).replace(tzinfo=UTC)
        except ValueError:
            day = datetime(2000, 1, 1, tzinfo=UTC)
        core.created = core.modified = day
        core.last_modified_by, core.revision = of.publisher, 1

    def _page(self, section: Section) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin, section.bottom_margin = Mm(27), Mm(24)

    def _title_page(self) -> None:
        of = self._whole.document
        mark = self._word.add_paragraph(of.mark, style=TITLE_LINE)
        mark.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        mark.paragraph_format.space_after = Pt(150)
        self._word.add_paragraph(of.title, style="Title")
        if of.subtitle:
            self._word.add_paragraph(of.subtitle, style="Subtitle")
        lines = [*of.lines, of.publisher, of.day]
        for place, line in enumerate(line for line in lines if line):
            written = self._word.add_paragraph(line, style=TITLE_LINE)
            written.paragraph_format.space_before = Pt(160 if not place else 0)

    def _new_section(self, placed: Placed) -> None:
        """A section of its own for each chapter that begins a page: programs that do not know STYLEREF show what it
        last told. Where chapters share pages only Word can tell which one it is, and nothing is told beforehand."""
        block, alone = placed.block, self._whole.document.new_pages
        first = not self._begun
        begins = isinstance(block, Appendix) if not alone else isinstance(block, Heading) and block.level == 1
        self._begun = True
        if not (first or begins):
            return
        later = self._whole.blocks[self._whole.blocks.index(placed) :] if isinstance(block, Appendix) else (placed,)
        chapter = next((each for each in later if isinstance(each.block, Heading)), placed)
        name = f'"{APPENDIX}"' if chapter.appendix else "1"
        text = chapter.block.text if isinstance(chapter.block, Heading) else ""
        number = parts.field(f"STYLEREF {name} \\n", chapter.number if alone else "")
        title = parts.field(f"STYLEREF {name}", text if alone else "")
        self._running(self._word.add_section(WD_SECTION.NEW_PAGE), [*number, parts.text_run("　"), *title])

    def _running(self, section: Section, chapter: list[BaseOxmlElement]) -> None:
        """Running heads tell the chapter; pages are told as x / y."""
        of = self._whole.document
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        line = head._p  # noqa: SLF001 - there is no public way to its XML
        line.extend(chapter)
        line.extend([parts.tab(), parts.text_run(of.running or of.title)])
        tabs = parts.element("tabs")
        tabs.append(parts.element("tab", val="right", pos=parts.TEXT_WIDTH))
        properties = line.get_or_add_pPr()
        properties.append(_under())
        properties.append(tabs)
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        below = foot._p  # noqa: SLF001
        below.extend([*parts.field("PAGE", "1"), parts.text_run(" / "), *parts.field("NUMPAGES", "1")])

    def _contents(self) -> None:
        """The table of contents, filled; Word puts in the pages when it opens the file."""
        self._put(parts.paragraph(self._ids[CONTENTS], parts.text_run("目录")))
        entries = [each for each in self._whole.headings() if each.block.level <= CONTENTS_LEVELS]  # type: ignore[union-attr]
        instruction = f'TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z \\t "{APPENDIX},1"'
        for place, each in enumerate(entries):
            heading = each.block
            assert isinstance(heading, Heading)  # noqa: S101 - told to the type checker
            link = parts.element("hyperlink", anchor=parts.anchor(each.anchor), history=1)
            link.append(parts.text_run(f"{each.number}　{heading.text}"))
            before = parts.field_begin(instruction, dirty=True) if not place else []
            after = [parts.field_end()] if place == len(entries) - 1 else []
            self._put(parts.paragraph(self._ids[f"toc {heading.level}"], *before, link, *after))

    def _draw(self) -> None:
        figures = [(each.anchor, each.block) for each in self._whole.blocks if isinstance(each.block, Figure)]
        made = pictures([figure.svg for _, figure in figures], [POINTS * figure.width for _, figure in figures])
        for number, ((name, figure), png) in enumerate(zip(figures, made, strict=True), start=1):
            inline = self._word.part.new_pic_inline(BytesIO(png), None, None)  # before the body: it looks for ids in it
            width = Length(round(POINTS * figure.width * EMU))
            height = Length(round(width * inline.extent.cy / inline.extent.cx))
            inline.extent.cx, inline.extent.cy = width, height
            shape = inline.graphic.graphicData.pic.spPr
            shape.cx, shape.cy = width, height
            for described in inline.xpath(".//wp:docPr | .//pic:cNvPr"):
                described.set("id", str(number))
                described.set("descr", figure.alt)
                described.set("name", f"图 {number}")
            self._pictures[name] = inline

    def _block(self, placed: Placed) -> None:
        block = placed.block
        self._new_section(placed)
        match block:
            case Heading():
                self._heading(placed, block)
            case Paragraph():
                self._paragraph(block)
            case Items():
                self._items(block)
            case Note():
                name = CAUTION if block.tone is Tone.CAUTION else NOTE
                self._put(parts.paragraph(self._ids[name], *parts.runs_of(block.runs)))
            case Figure():
                self._figure(placed, block)
            case Table():
                caption = self._caption(placed, "表", block.caption)
                caption[0].append(parts.element("keepNext"))
                caption[0].append(parts.element("jc", val="center"))
                self._put(caption)
                self._put(table(block, self._ids))
                self._put(parts.paragraph(self._ids[NOTE]))
            case PageBreak():
                self._put(_break())
            case Appendix():
                pass  # told by the numbers of what follows

    def _items(self, block: Items) -> None:
        """A list; ordered ones have numbers of Word that begin anew with each list and go on when a writer edits."""
        name = self._ids["List Number" if block.ordered else "List Bullet"]
        number = new_list(self._word) if block.ordered else 0
        for item in block.items:
            line = parts.paragraph(name, *parts.runs_of(item))
            if number:
                numbers = parts.element("numPr")
                numbers.extend([parts.element("ilvl", val=0), parts.element("numId", val=number)])
                line[0].append(numbers)
            self._put(line)

    def _paragraph(self, block: Paragraph) -> None:
        line = parts.paragraph(self._ids["Normal"], *parts.runs_of(block.runs))
        if block.leads:
            line[0].append(parts.element("keepNext"))
        line[0].append(parts.element("ind", firstLineChars=200, firstLine=420))
        self._put(line)

    def _heading(self, placed: Placed, block: Heading) -> None:
        apart = placed.appendix and block.level == 1
        name = APPENDIX if apart else f"Heading {block.level}"
        content = self._marked(placed.anchor, [parts.text_run(block.text)])
        line = parts.paragraph(self._ids[name], *content)
        if placed.appendix and block.level > 1:
            numbers = parts.element("numPr")
            numbers.extend([parts.element("ilvl", val=block.level - 1), parts.element("numId", val=APPENDIX_NUMBERS)])
            line[0].append(numbers)
        self._put(line)

    def _figure(self, placed: Placed, block: Figure) -> None:
        run, drawing = parts.element("r"), parts.element("drawing")
        drawing.append(self._pictures[placed.anchor])
        run.append(drawing)
        line = parts.paragraph(self._ids["Normal"], run)
        line[0].append(parts.element("keepNext"))
        line[0].append(parts.element("spacing", before=120, after=0, line=240, lineRule="auto"))
        line[0].append(parts.element("jc", val="center"))
        self._put(line)
        self._put(self._caption(placed, "图", block.caption))

    def _caption(self, placed: Placed, word: str, text: str) -> BaseOxmlElement:
        """`图 3　…` whose number is counted by Word; references refer to word and number."""
        number = [parts.text_run(f"{word} "), *parts.field(f"SEQ {word} \\* ARABIC", str(placed.place))]
        return parts.paragraph(self._ids[CAPTION], *self._marked(placed.anchor, number), parts.text_run(f"　{text}"))

    def _marked(self, name: str, content: list[BaseOxmlElement]) -> list[BaseOxmlElement]:
        self._bookmarks += 1
        return parts.bookmarked(parts.anchor(name), self._bookmarks, content)

    def _put(self, found: BaseOxmlElement) -> None:
        self._body.insert(len(self._body) - 1, found)  # the last child holds the properties of the section


@cache
def _styled(*, new_pages: bool) -> bytes:
    """An empty file with all styles: to set them costs as much as to write a short document."""
    word = docx.Document()
    set_styles(word, new_pages=new_pages)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _break() -> BaseOxmlElement:
    """A paragraph that ends a page."""
    found, run = parts.element("p"), parts.element("r")
    run.append(parts.element("br", type="page"))
    found.append(run)
    return found


def _under() -> BaseOxmlElement:
    """A thin line below the running head."""
    border = parts.element("pBdr")
    border.append(parts.element("bottom", val="single", sz=4, space=3, color=parts.HAIR))
    return border
