"""Lanes: kinds of work that never wait for one another, each with slots of its own."""

from collections.abc import Mapping

from govgauge.errors import Unusable

ASIDE = "checks"
"""The lane of what people ask for beside the round: re-checks and self-checks. It touches no result, and goes on in
frozen rounds."""
SLOTS: Mapping[str, int] = {"visit": 8, "tls": 8, "browser": 1, "reports": 1, ASIDE: 2}
"""Jobs of a lane that one process does side by side: sites answer slowly, a browser and a report fill a core."""
VISITS = "visit"
"""The lane of all that is asked of sites for the round itself; it is kept to the days of the collection."""
REPORTS = "reports"
TOLD = "told"
"""In the place of lanes: another process says which jobs."""


def slots_of(text: str, default: int | None = None) -> dict[str, int]:
    """Slots by lane from a text as `visit:8,tls`; a lane without a number has `default`, else its own of SLOTS.

    Raises Unusable.
    """
    slots: dict[str, int] = {}
    for part in text.split(","):
        lane, _, count = part.strip().partition(":")
        if lane not in SLOTS or (count and not (count.isdecimal() and 0 < int(count) <= 1000)):
            known = "、".join(SLOTS)
            raise Unusable(f"“{part}”不是通道；可用：{known}，可写明同时执行几项，如 visit:8 (no such lane).")
        slots[lane] = int(count) if count else default or SLOTS[lane]
    return slots


def text_of(slots: Mapping[str, int]) -> str:
    """Slots as `slots_of` reads them."""
    return ",".join(f"{lane}:{count}" for lane, count in slots.items())
