"""Room that the layout of one document took, given back before the next: else a long row of them fills the memory."""

import ctypes
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import typst

from govgauge.reports.document.fonts import compiler_fonts

FORGOTTEN_AFTER = 11
"""Typst drops what the last ten layouts did not ask for."""


def make_room() -> None:
    """Let Typst drop what it remembers of documents, and give the room back to the system."""
    compiler = _empty()
    for _ in range(FORGOTTEN_AFTER):
        compiler.compile(format="pdf")
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


@cache
def _empty() -> typst.Compiler:
    """A compiler of an empty page, which costs half a millisecond."""
    with tempfile.TemporaryDirectory() as name:
        main = Path(name) / "empty.typ"
        main.write_text("")
        compiler = typst.Compiler(main, font_paths=compiler_fonts())
        compiler.compile(format="pdf")
    return compiler
