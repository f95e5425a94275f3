"""A system from wherever it is: an id of the library, a YAML file, or a workbook."""

from pathlib import Path

from govgauge.systems import library
from govgauge.systems.loader import load
from govgauge.systems.model import System

YAML = frozenset({".yaml", ".yml"})
WORKBOOK = ".xlsx"


def open_system(name: str) -> System:
    """The system of that id, or of that file. Raises UnknownSystem, UnusableFile."""
    path = Path(name)
    ending = path.suffix.lower()
    if ending in YAML:
        return load(path)
    if ending == WORKBOOK:
        from govgauge.systems.sheets.importing import read_workbook  # noqa: PLC0415  # slow to load, seldom needed

        return read_workbook(path).system
    return library.system(name)
