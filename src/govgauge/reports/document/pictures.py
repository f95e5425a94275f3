"""Drawings as pictures for Word, in the fonts of the reports and fine enough for print."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst

from govgauge.reports.document.fonts import SANS, compiler_fonts
from govgauge.reports.document.memory import make_room

DOTS_PER_INCH = 220
"""Of the picture as it is printed."""
POINTS_PER_INCH = 72
AT_ONCE = 40
"""Drawings made into pictures in one go by several threads. One thread gains nothing by it, and makes one at a time:
what they take is held in memory."""


def pictures(drawings: Sequence[str], widths: Sequence[float]) -> list[bytes]:
    """PNG of each SVG, as wide as given in points at DOTS_PER_INCH."""
    made: list[bytes] = []
    several = 1 if os.environ.get("RAYON_NUM_THREADS") == "1" else AT_ONCE
    for start in range(0, len(drawings), several):
        made += _some(drawings[start : start + several], widths[start : start + several])
        make_room()
    return made


def _some(drawings: Sequence[str], widths: Sequence[float]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, svg in enumerate(drawings):
            (folder / f"{place}.svg").write_text(svg, encoding="utf-8")
        pages = "".join(f'#page(image("{place}.svg", width: {width:.2f}pt))\n' for place, width in enumerate(widths))
        main = folder / "pictures.typ"
        main.write_text(f'#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: "{SANS}")\n{pages}')
        compiler = typst.Compiler(main, root=folder, font_paths=compiler_fonts())
        made = compiler.compile(format="png", ppi=DOTS_PER_INCH)
    return made if isinstance(made, list) else [made] if made else []
