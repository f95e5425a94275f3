"""The end of `make bench`: the general report and the special ones over the 1,249 subjects of 2025, with drawn answers.

Each part runs in a process of its own, so that the peak of memory is that of the part. The material is not timed.
"""

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from govgauge.reports.general.report import general_report
from govgauge.reports.material import Material
from govgauge.reports.special.kinds import kinds
from govgauge.reports.special.report import special_report
from govgauge.reports.studied import Studied
from govgauge.reports.writing import Form, write_report
from govgauge.testbed.materials import of_list, peculiar, write_material

WANTED = 60.0
"""Seconds for a general report of some hundred pages."""


def main() -> int:
    """Measure each part; the exit status says whether all kept the limit."""
    if len(sys.argv) > 1:
        return measure(sys.argv[1], Path(sys.argv[2]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.perf_counter()
        wanted = peculiar(of_list())
        write_material(folder / "2024" / "1", wanted[:-5], year=2024, lift=-0.03)
        write_material(folder / "2025" / "1", wanted, previous="2024/1")
        print(f"reports: two materials of {len(wanted)} entries written in {time.perf_counter() - begun:.0f} s")
        return max(subprocess.run([sys.executable, __file__, part, name], check=False).returncode for part in PARTS)


def measure(part: str, folder: Path) -> int:
    """One part: seconds from the folder to the files, pages, megabytes."""
    begun = time.perf_counter()
    pages = PARTS[part](Studied(Material(folder / "2025" / "1")), folder / part)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held = seconds <= WANTED
    told = f", {pages} pages" if pages else ""
    print(
        f"reports: {part}: {seconds:.1f} s{told}, {peak:.0f} MB; wanted {WANTED:.0f} s: {'kept' if held else 'MISSED'}"
    )
    return not held


def general(form: Form) -> Callable[[Studied, Path], int]:
    """The general report in one form."""

    def write(studied: Studied, folder: Path) -> int:
        return _pages(write_report(general_report(studied), folder, "general", (form,)))

    return write


def special(studied: Studied, folder: Path) -> int:
    """All special reports as PDF."""
    return sum(_pages(write_report(special_report(studied, kind), folder, kind.id, (Form.PDF,))) for kind in kinds())


def _pages(written: list[Path]) -> int:
    """Pages of the PDF among the files; 0 where there is none."""
    return sum(len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) for path in written if path.suffix == ".pdf")


PARTS: dict[str, Callable[[Studied, Path], int]] = {
    "general-pdf": general(Form.PDF),
    "general-docx": general(Form.WORD),
    "special-pdf": special,
}

if __name__ == "__main__":
    sys.exit(main())
