"""The order of the administrative divisions, in which subjects stand where no ranks are told."""

from functools import cache

from govgauge.subjects.library import roster, roster_ids
from govgauge.subjects.tiles import tiles

LAST = "999999"


def division_order(region: str, parent: str, name: str) -> tuple[str, int, str]:
    """What to sort by: the code of a subject that the lists know, else that of its region; bodies without any code
    stand as they are listed, what no list knows at the end of its region."""
    key = f"{parent}/{name}" if parent else name
    known = _known().get(key)
    if known is not None:
        return (known[0] or _regions().get(region, LAST), known[1], key)
    return (_regions().get(region, LAST), len(_known()), key)


@cache
def _known() -> dict[str, tuple[str, int]]:
    """Code and place in the list of each subject, the newest list first."""
    found: dict[str, tuple[str, int]] = {}
    for name in sorted(roster_ids(), reverse=True):
        for place, subject in enumerate(roster(name).subjects):
            found.setdefault(subject.key, (subject.code, place))
    return found


@cache
def _regions() -> dict[str, str]:
    return {tile.name: tile.code for tile in tiles() if tile.code}


def region_order(region: str) -> str:
    """What to sort regions by; those without a code stand at the end."""
    return _regions().get(region, LAST)
