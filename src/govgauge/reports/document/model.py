"""A document as values: blocks of text, numbered figures and tables. Writers lay it out; nothing here is markup."""

from msgspec import Struct

from govgauge.word_enum import WordEnum


class Fact(Struct, frozen=True):
    """A number that a text tells: what it is, the value unrounded, and how it is told."""

    what: str
    value: float
    told: str


class Run(Struct, frozen=True):
    """A stretch of text. `to` names a heading, figure or table, whose number is put in place of the text.

    `facts` are the numbers in it, so that text and data can be compared by a program.
    """

    text: str = ""
    bold: bool = False
    quiet: bool = False
    to: str = ""
    url: str = ""
    facts: tuple[Fact, ...] = ()


Runs = tuple[Run, ...]


class Heading(Struct, frozen=True, tag="heading"):
    """A heading of level 1 (a chapter), 2 or 3. The number is given by the document."""

    text: str
    level: int = 1
    name: str = ""


class Paragraph(Struct, frozen=True, tag="paragraph"):
    """Running text. One that leads to what stands below it is not left alone at the foot of a page."""

    runs: Runs
    leads: bool = False


class Items(Struct, frozen=True, tag="items"):
    """A list, one item for each of the runs."""

    items: tuple[Runs, ...]
    ordered: bool = False


class Tone(WordEnum):
    """What a note is."""

    REMARK = "remark"
    """Small print below a table or figure."""
    CAUTION = "caution"
    """What a reader must know before using the numbers: set apart."""


class Note(Struct, frozen=True, tag="note"):
    """A remark apart from the running text."""

    runs: Runs
    tone: Tone = Tone.REMARK


class Figure(Struct, frozen=True, tag="figure"):
    """A drawing: an SVG that needs nothing beside it. `alt` tells what it shows to whom cannot see it.

    `width` is its part of the width of the text, 0…1.
    """

    svg: str
    caption: str
    alt: str
    name: str = ""
    width: float = 1.0


class Align(WordEnum):
    """Where the texts of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Column(Struct, frozen=True):
    """A column of a table. `width` is its part of the whole beside the others' widths."""

    title: str
    align: Align = Align.LEFT
    width: float = 1.0


class Band(Struct, frozen=True):
    """A cell of the row above the headings, over so many columns."""

    text: str
    across: int


class Row(Struct, frozen=True):
    """A row of cells; `strong` rows are sums or heads of a part."""

    cells: tuple[str, ...]
    strong: bool = False


class Table(Struct, frozen=True, tag="table"):
    """A table. Its head (bands, if any, and the titles of the columns) is repeated on every page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    bands: tuple[Band, ...] = ()
    name: str = ""
    small: bool = False
    """Smaller type, for long lists."""


class PageBreak(Struct, frozen=True, tag="break"):
    """A new page begins."""


class Appendix(Struct, frozen=True, tag="appendix"):
    """From here on chapters are appendices."""


Block = Heading | Paragraph | Items | Note | Figure | Table | PageBreak | Appendix


class Document(Struct, frozen=True):
    """All of it. `lines` stand on the title page below the title; `running` is the short title in running heads.

    `mark` says that the document is none to be passed on as it is (such as 预发布稿), empty where it is.
    """

    title: str
    subtitle: str = ""
    publisher: str = ""
    day: str = ""
    """ISO date of the document, empty where there is none."""
    lines: tuple[str, ...] = ()
    mark: str = ""
    running: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    new_pages: bool = True
    """Whether each chapter begins on a new page; short documents go on."""
    blocks: tuple[Block, ...] = ()
