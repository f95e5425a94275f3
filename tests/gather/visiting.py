"""Visiting the stage: a reader that only looks for links, a quick plan, and looking at what came of it."""

from govgauge.gather import links
from govgauge.gather.artifacts import Exchange, Link, Purpose
from govgauge.gather.visit import Limits, Plan, Visit


class LinksOnly:
    """Keeps nothing."""

    def __init__(self, number: int) -> None:
        self.number = number

    def read(self, exchange: Exchange, body: bytes) -> list[Link]:
        return links.extract(body, exchange.final_url)

    def close(self) -> None:
        pass


QUICK = Limits(connect_seconds=1, request_seconds=2, first_byte_seconds=1, page_bytes=200_000, back_off_seconds=1)
"""Limits under which a hostile server costs a test little."""


def plan_for(url: str, **fields: object) -> Plan:
    """A plan without pauses."""
    settings: dict[str, object] = {
        "rate": 0,
        "retry_after_seconds": 0.05,
        "limits": QUICK,
        "probes": False,
        "reading_processes": 1,
    }
    return Plan(url=url, **(settings | fields))  # type: ignore[arg-type]


def attempts(found: Visit, path: str) -> list[Exchange]:
    """All exchanges of the URLs that end with a path, without probes."""
    return [e for e in found.exchanges() if e.url.endswith(path) and e.purpose is not Purpose.PROBE]


def last(found: Visit, path: str) -> Exchange:
    """The last exchange of a URL."""
    return attempts(found, path)[-1]


def visited(found: Visit, purpose: Purpose = Purpose.PAGE) -> list[str]:
    """Paths asked for, in the order of the visit."""
    return [e.url.split("/", 3)[3] for e in found.exchanges() if e.purpose is purpose and e.attempt == 1]
