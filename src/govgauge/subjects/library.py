"""The lists of subjects that come with the program, by year."""

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from govgauge.errors import Unusable
from govgauge.subjects.loader import load
from govgauge.subjects.model import Roster

SHELF = Path(__file__).parent / "library"


class UnknownRoster(Unusable):
    """No list of that id. The message tells those there are."""


def roster_ids() -> list[str]:
    """Ids of the lists, sorted."""
    return sorted(path.stem for path in SHELF.glob("*.toml"))


@cache
def roster(roster_id: str) -> Roster:
    """The list of that id. Raises UnknownRoster; UnusableRoster when its files are broken."""
    known = roster_ids()
    if roster_id not in known:
        near = get_close_matches(roster_id, known, n=1)
        hint = f"是否指 {near[0]}？" if near else ""
        raise UnknownRoster(
            f"没有名为“{roster_id}”的对象名单。{hint}现有：{'、'.join(known)} (no such list; choose one of these)."
        )
    return load(SHELF / f"{roster_id}.toml")
