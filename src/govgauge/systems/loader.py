"""Loading one indicator system from its file, refusing what cannot be computed with."""

from pathlib import Path

from govgauge.systems.model import System
from govgauge.systems.shape import read_shaped
from govgauge.systems.source_text import UnusableFile, line_of
from govgauge.systems.validate import faults


def load(path: Path) -> System:
    """Read and validate a system. Raises UnusableFile: a sentence for each fault, with file, line and remedy."""
    system, text = read_shaped(path, System)
    found = faults(system)
    if found:
        raise UnusableFile(
            [f"{path} 第 {line_of(text, fault.place)} 行：{fault.what}。{fault.remedy}" for fault in found]
        )
    return system
