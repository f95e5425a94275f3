"""Pieces of WordprocessingML: paragraphs, runs, fields with what they last told, bookmarks."""

from collections.abc import Iterable, Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from govgauge.reports.document.model import Run

TEXT_WIDTH = 9071
"""Twentieths of a point: 160 mm between the margins of A4."""
HAIR = "C8D0D8"


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


def tab() -> BaseOxmlElement:
    """A tabulator."""
    found = element("r")
    found.append(element("tab"))
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
