"""The words of a home page, wherever they stand: shown, on pictures, or written by the page's own scripts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

import turbohtml
from turbohtml import Document, Element, Text

from govgauge import lazy_re

FOOT_TAIL = 1500
"""So many of the last characters of a home page are taken as its foot, besides the blocks that are named so."""

FOOT_NAME = lazy_re.compile(
    r"(?<![a-z])(?:foot\w*|\w*footer|bottom\w*|btm|copy_?right\w*|copy|dibu|yejiao|banquan|db|pagefoot|wrapfoot)(?![a-z])",
    re.IGNORECASE,
)
"""Names (id or class) of the block that closes a page."""

_SILENT = frozenset({"script", "style", "template", "textarea", "select", "head", "title", "object"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "label",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "input",
    ]
)
_WRITES = lazy_re.compile(
    r"document\s*\.\s*write|innerHTML|insertAdjacentHTML|\.(?:html|append|prepend|after|before)\s*\("
)
_QUOTE = lazy_re.compile(r"['\"`]")
_STRINGS = {
    "'": lazy_re.compile(r"'((?:[^'\\\n]|\\[\s\S])*+)'"),
    '"': lazy_re.compile(r'"((?:[^"\\\n]|\\[\s\S])*+)"'),
    "`": lazy_re.compile(r"`((?:[^`\\]|\\[\s\S])*+)`"),
}
_ESCAPED = lazy_re.compile(r"\\(\r?\n|.)", re.DOTALL)
_BLANKS = lazy_re.compile(r"[^\S\n]+")
LABEL_CHARS = 64
LABELS_KEPT = 4096
"""Short texts whose normal form is kept at hand: the same labels are read for one mark after the other."""
_LABELS = ("alt", "title", "aria-label")


@dataclass(frozen=True, slots=True)
class HomeWords:
    """Normalised texts (NFKC: full-width digits, colons and blanks become plain ones).

    `documents` are the page and, where its scripts write markup, what they write. `shown` is running text with a line
    for each block, `labels` the words that stand on pictures and links instead of text, a line each, `foot` the part
    of `shown` at the end of the page.
    """

    documents: tuple[Document, ...]
    shown: str
    labels: str
    foot: str

    @property
    def all(self) -> str:
        return f"{self.shown}\n{self.labels}"


def read(document: Document) -> HomeWords:
    """The words of a parsed home page."""
    written = _written(document)
    documents = (document, written) if written is not None else (document,)
    texts = [text_of(part.root or part) for part in documents]
    return HomeWords(
        documents=documents,
        shown="\n".join(texts),
        labels="\n".join(_labels(part) for part in documents),
        foot="\n".join(_foot(part, text) for part, text in zip(documents, texts, strict=True)),
    )


def normal(text: str) -> str:
    """NFKC, blanks folded, no zero-width characters."""
    return _label(text) if len(text) <= LABEL_CHARS else _normal(text)


@lru_cache(maxsize=LABELS_KEPT)
def _label(text: str) -> str:
    return _normal(text)


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "")
    return _BLANKS.sub(" ", text).strip()


def text_of(node: Document | Element | turbohtml.Node) -> str:
    """Visible words below a node, one line per block, normalised. Comments and scripts are not words."""
    pieces: list[str] = []
    waiting: list[turbohtml.Node | str] = [*reversed(list(node.children))]
    while waiting:  # not by recursion: hostile pages nest thousands deep
        child = waiting.pop()
        if isinstance(child, str):
            pieces.append(child)
        elif isinstance(child, Text):
            pieces.append(_BLANKS.sub(" ", child.data.replace("\n", " ").replace("\r", " ")))
        elif isinstance(child, Element) and child.tag not in _SILENT:
            around = "" if child.tag in _INLINE else " " if child.tag in ("td", "th") else "\n"
            pieces.append(around)
            waiting.append(around)
            waiting += reversed(list(child.children))
    lines = (line.strip() for line in normal("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)


def _labels(document: Document) -> str:
    found: dict[str, None] = {}
    for element in document.find_all(["img", "a", "input", "area", "span", "div", "i"]):
        for name in _LABELS:
            label = element.attr(name)
            if label and len(label) < 80:
                found[normal(label)] = None
    return "\n".join(found)


def _foot(document: Document, text: str) -> str:
    parts = [text_of(element) for element in foot_blocks(document)]
    return "\n".join([*parts, text[-FOOT_TAIL:]])


def foot_blocks(document: Document) -> list[Element]:
    """The blocks that call themselves the foot of the page; none that holds most of it."""
    found = []
    for element in document.find_all(["footer", "div", "table", "td", "ul", "section", "dl", "p"]):
        names = f"{element.attr('id') or ''} {element.attr('class') or ''}"
        if element.tag == "footer" or FOOT_NAME.search(names):
            found.append(element)
    return found


def _written(document: Document) -> Document | None:
    """What the inline scripts write into the page, as a document of its own."""
    pieces = []
    for script in document.find_all("script"):
        text = script.text
        if text and not script.attr("src") and _WRITES.search(text):
            pieces.append("".join(_string_values(text)))
    markup = "\n".join(piece for piece in pieces if "<" in piece)
    return turbohtml.parse(markup) if markup else None


def _string_values(script: str) -> list[str]:
    """The values of a script's string literals. After one that is never closed the rest of its line is passed over."""
    values = []
    quote = _QUOTE.search(script)
    while quote:
        literal = _STRINGS[quote.group()].match(script, quote.start())
        line_end = script.find("\n", quote.start())
        if literal is None and (line_end < 0 or quote.group() == "`"):
            break
        if literal:
            value = _ESCAPED.sub(lambda found: "" if found[1].strip() == "" else found[1], literal[1])
            values.append(unquote(value) if "%3c" in value.lower() else value)
        quote = _QUOTE.search(script, literal.end() if literal else line_end)
    return values
