"""A system from wherever it is: an id of the library, a YAML file, or an XLSX file."""

from pathlib import Path

from govgauge.systems import library
from govgauge.systems.loader import load
from govgauge.systems.model import System

YAML = frozenset({".yaml", ".yml"})


def open_system(name: str) -> System:
    """The system of that id, or of that file. Raises UnknownSystem, UnusableFile."""
    path = Path(name)
    if path.suffix.lower() in YAML:
        return load(path)
    return library.system(name)
