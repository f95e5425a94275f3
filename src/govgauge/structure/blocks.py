"""A page as a flow of text blocks: what a reader sees as one line, with its place in the markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import turbohtml

from govgauge import lazy_re

SKIPPED = frozenset({"script", "style", "noscript", "template", "select", "head", "iframe", "svg", "button"})
INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "bdo",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "nobr",
        "q",
        "time",
        "var",
        "wbr",
        "ruby",
        "rt",
        "rp",
    }
)
CELLS = frozenset({"td", "th", "dd", "dt"})
KEPT_EMPTY = CELLS | {"div", "p", "li", "textarea"}
"""Elements whose emptiness says something: the value beside a label is missing."""

_WRITTEN_INTO = CELLS | INLINE | {"li", "p"}
"""Elements into which an inline script writes one value."""
_SERVER_IDS = lazy_re.compile(r"^(?:ctl\d|lbl|Label|ContentPlaceHolder|txt|lit)", re.IGNORECASE)
"""Ids that a server gives to what it has filled already: empty means empty."""

MAX_DEPTH = 100
"""Deeper markup, of boxes or of inline elements, is not followed: no honest page has it."""


@dataclass(slots=True)
class Block:
    """One line of visible text.

    `text` has its white space folded; `parts` are its pieces by inline element, in order; `path` the serial numbers of
    the block elements around it, outermost first (the last is its own); `tag` the name of the last; `row` and `cell`
    the serial numbers of the nearest table row and cell (0 outside of tables). `links` are (text, href), `pictures` the
    number of pictures and embedded frames, `scripted` of the places that a script fills.
    """

    text: str
    parts: tuple[str, ...]
    path: tuple[int, ...]
    tag: str
    row: int = 0
    cell: int = 0
    links: tuple[tuple[str, str], ...] = ()
    pictures: int = 0
    scripted: int = 0

    @property
    def shown(self) -> str:
        """The text, or a `PICTURE` where there is nothing but pictures."""
        return self.text or (PICTURE if self.pictures or self.scripted else "")


PICTURE = "\ufffc"
"""Stands for a picture, an embedded frame or what a script writes, in the value of an element that has no words."""
PICTURES = frozenset({"img", "iframe", "object", "embed", "canvas", "video"})


def of(document: turbohtml.Document) -> list[Block]:
    """The blocks of a page in document order, empty cells and empty boxes included."""
    walker = _Walker()
    body = document.find("body")
    if body is not None:
        walker.walk(body, ())
    walker.flush()
    return walker.blocks


def joined(blocks: Iterator[Block] | list[Block]) -> str:
    """The text of several blocks, one a line."""
    return "\n".join(block.text for block in blocks if block.text)


def _is_filled_later(element: turbohtml.Element) -> bool:
    """Whether an empty element has a name by which a script of the page may fill it."""
    name = element.attr("id")
    return bool(name) and not _SERVER_IDS.match(str(name))


class _Walker:
    """Follows the tree and cuts the text at block elements and line breaks."""

    def __init__(self) -> None:
        self.pictures = 0
        self.scripted = 0
        self.inlines = 0
        self.blocks: list[Block] = []
        self.serial = 0
        self.path: tuple[int, ...] = ()
        self.tag = "body"
        self.row = 0
        self.cell = 0
        self.parts: list[str] = []
        self.links: list[tuple[str, str]] = []

    def walk(self, element: turbohtml.Element, path: tuple[int, ...]) -> None:
        for child in element.children:
            kind = type(child)
            if kind is turbohtml.Element:
                tag: str = child.tag  # type: ignore[attr-defined]  # narrowed by the identity of the type
                if tag in PICTURES:
                    self.pictures += 1
                elif tag in INLINE and self.inlines < MAX_DEPTH:
                    self._inline(child, tag, path)  # type: ignore[arg-type]
                elif tag == "br":
                    self.flush()
                elif tag == "script" and element.tag in _WRITTEN_INTO and "document.write" in child.text:
                    self.scripted += 1
                elif tag not in SKIPPED and len(path) < MAX_DEPTH:
                    self._block(child, tag, path)  # type: ignore[arg-type]
            elif kind is turbohtml.Text:
                piece: str = child.data  # type: ignore[attr-defined]
                if piece and not piece.isspace():
                    self.parts.append(piece)

    def _inline(self, element: turbohtml.Element, tag: str, path: tuple[int, ...]) -> None:
        if tag == "input":
            value = element.attr("value") if element.attr("type") in (None, "text") else None
            if value:
                self.parts.append(value)
            return
        before = len(self.parts)
        blocks_before = len(self.blocks)
        self.inlines += 1
        self.walk(element, path)
        self.inlines -= 1
        if len(self.parts) == before and tag != "a" and _is_filled_later(element):
            self.scripted += 1
        if tag == "a" and len(self.blocks) == blocks_before:
            href = element.attr("href")
            if href:
                self.links.append((" ".join("".join(self.parts[before:]).split()), href))

    def _block(self, element: turbohtml.Element, tag: str, path: tuple[int, ...]) -> None:
        self.flush()
        self.serial += 1
        before = (self.path, self.tag, self.row, self.cell)
        count = len(self.blocks)
        self.path = inner = (*path, self.serial)
        self.tag = tag
        if tag == "tr":
            self.row = self.serial
        elif tag == "table":
            self.row = self.cell = 0
        elif tag in CELLS:
            self.cell = self.serial
        self.walk(element, inner)
        self.flush()
        if len(self.blocks) == count and tag in KEPT_EMPTY:
            later = int(_is_filled_later(element))
            self.blocks.append(Block("", (), inner, tag, self.row, self.cell, scripted=later))
        self.path, self.tag, self.row, self.cell = before

    def flush(self) -> None:
        """End the present line."""
        text = " ".join("".join(self.parts).split())
        if text or self.pictures or self.scripted:
            parts = (text,) if len(self.parts) == 1 else tuple([" ".join(part.split()) for part in self.parts])
            self.blocks.append(
                Block(
                    text,
                    parts,
                    self.path,
                    self.tag,
                    self.row,
                    self.cell,
                    tuple(self.links),
                    self.pictures,
                    self.scripted,
                )
            )
        self.parts.clear()
        self.links.clear()
        self.pictures = self.scripted = 0
