"""Writing a document in the forms that are asked for, with the facts of its texts beside it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from govgauge.reports.document.html import write_html
from govgauge.reports.document.memory import make_room
from govgauge.reports.document.model import Document, Fact, Items, Note, Paragraph, Run
from govgauge.reports.document.numbering import Numbered, numbered
from govgauge.reports.document.pdf import write_pdf
from govgauge.reports.document.word import write_word
from govgauge.word_enum import WordEnum


class Form(WordEnum):
    """The forms of a report."""

    PDF = "pdf"
    WORD = "docx"
    HTML = "html"


WRITERS: Mapping[Form, Callable[[Document | Numbered, Path], None]] = {
    Form.PDF: write_pdf,
    Form.WORD: write_word,
    Form.HTML: write_html,
}
Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and of how many."""


class Told(msgspec.Struct, frozen=True):
    """A number of the text: the sentence in which it stands, what it is, its value, how it is told."""

    sentence: str
    what: str
    value: float
    told: str


def write_report(
    document: Document, folder: Path, stem: str, forms: Iterable[Form] = tuple(Form), progress: Progress | None = None
) -> list[Path]:
    """Write `stem.pdf`, `stem.docx`, `stem.html` and `stem.facts.json` into a folder; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = numbered(document)
    wanted = list(dict.fromkeys(forms))
    written = []
    for place, form in enumerate(wanted):
        if progress:
            progress(f"正在写 {stem}.{form}", place, len(wanted))
        path = folder / f"{stem}.{form}"
        WRITERS[form](whole, path)
        make_room()
        written.append(path)
    path = folder / f"{stem}.facts.json"
    path.write_bytes(
        msgspec.json.format(
            msgspec.json.encode(list(told(replace(document, blocks=tuple(each.block for each in whole.blocks))))),
            indent=1,
        )
        + b"\n"
    )
    if progress:
        progress(f"写完 {stem}", len(wanted), len(wanted))
    return [*written, path]


def told(document: Document) -> Iterator[Told]:
    """Every number of the text, in the order of reading."""
    for runs in texts(document):
        sentence = "".join(run.text for run in runs)
        for run in runs:
            for fact in run.facts:
                yield _told(sentence, fact)


def texts(document: Document) -> Iterator[tuple[Run, ...]]:
    """The runs of every paragraph, item and note."""
    for block in document.blocks:
        if isinstance(block, Paragraph | Note):
            yield block.runs
        elif isinstance(block, Items):
            yield from block.items


def _told(sentence: str, fact: Fact) -> Told:
    return Told(sentence, fact.what, fact.value, fact.told)
