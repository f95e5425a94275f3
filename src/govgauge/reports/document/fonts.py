"""The fonts of reports: the same on every machine, so that the same data gives the same pages."""

from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"


@cache
def compiler_fonts() -> typst.Fonts:
    """Looked up once: reading them costs more than laying a short document out."""
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
