"""Where each province stands on a map of tiles: for reports and pages alike."""

from functools import cache
from pathlib import Path

from msgspec import Struct

LIBRARY = Path(__file__).parent / "library" / "tiles.csv"


class Tile(Struct, frozen=True):
    """A province: its name as the lists write it, its short name, its code, and its place, counted from 0."""

    name: str
    short: str
    code: str
    column: int
    row: int


@cache
def tiles() -> tuple[Tile, ...]:
    """All provinces, from north to south; no two stand on one place."""
    lines = LIBRARY.read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split(",") for line in lines if line]
    return tuple(Tile(name, short, code, int(column), int(row)) for name, short, code, column, row in cells)
