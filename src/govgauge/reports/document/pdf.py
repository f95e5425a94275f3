"""The PDF of a document, laid out by Typst: contents, running heads, bookmarks, tags. Data is JSON, never markup."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec
import typst

from govgauge.reports.document.fonts import compiler_fonts
from govgauge.reports.document.model import Document, Figure
from govgauge.reports.document.numbering import Numbered, numbered

TEMPLATE = Path(__file__).parent / "document.typ"
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1 (ISO 14289-1): everything tagged, titled and described, as readers for the blind want it."""


def write_pdf(document: Document | Numbered, path: Path) -> None:
    """Write the PDF. Raises typst.TypstError when the template itself is at fault."""
    path.write_bytes(_compiled(document))


def _compiled(document: Document | Numbered) -> bytes:
    whole = document if isinstance(document, Numbered) else numbered(document)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        main = lay_ready(whole, folder)
        compiler = typst.Compiler(main, root=folder, font_paths=compiler_fonts())
        stamp = _stamp(whole.document.day)
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=stamp)
        except typst.TypstError as error:
            if "PDF/UA" not in error.message:
                raise
            pdf = compiler.compile(format="pdf", timestamp=stamp)  # such as a chapter without a name: still readable
    if not isinstance(pdf, bytes):
        raise TypeError("one file was asked for")
    return pdf


def lay_ready(whole: Numbered, folder: Path) -> Path:
    """Put the template, the data and the drawings into a folder; gives the main file."""
    blocks = []
    for each in whole.blocks:
        block = each.block
        facts = msgspec.to_builtins(each)
        if isinstance(block, Figure):
            drawing = f"{each.anchor}.svg"
            (folder / drawing).write_text(block.svg, encoding="utf-8")
            facts["block"]["svg"] = drawing
        blocks.append(facts)
    said = msgspec.to_builtins(msgspec.structs.replace(whole.document, blocks=()))
    (folder / "document.json").write_bytes(msgspec.json.encode({**said, "blocks": blocks}))
    main = folder / "document.typ"
    main.write_bytes(TEMPLATE.read_bytes())
    return main


def _stamp(day: str) -> datetime:
    """The same document gives the same bytes: its own day is the time of making."""
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
