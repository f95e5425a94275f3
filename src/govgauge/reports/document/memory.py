"""Room that the layout of one document took, given back before the next: else a long row of them fills the memory."""

import ctypes
from contextlib import suppress
from functools import cache
from pathlib import Path

import typst

from govgauge.reports.document.fonts import compiler_fonts

EMPTY = Path(__file__).parent / "empty.typ"
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
    return typst.Compiler(EMPTY, font_paths=compiler_fonts())
