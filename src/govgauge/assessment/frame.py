"""The frame of an assessment: what was asked, and the facts of the visit as audits see them."""

from datetime import date
from pathlib import Path
from typing import Self

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.gather.artifacts import Exchange, Purpose
from govgauge.gather.visit import Visit
from govgauge.structure.model import Probe, SiteFacts

FILE = "frame.json"
LEVELS = {
    "province": "province",
    "municipality": "province",
    "city": "city",
    "county": "county",
    "ministry": "ministry",
    "zone": "zone",
}
"""Kind of body by the last word of a system's id; others are judged as cities."""

NOT_HTML = "home-not-html"
"""Why a visit stops when the home page is a file or anything else but a page."""


class Frame(Struct, frozen=True, kw_only=True):
    """Which site was judged by what, as of which day."""

    url: str
    system: str
    profile: str
    rules: str
    as_of: date

    @staticmethod
    def exists(folder: Path) -> bool:
        return (folder / FILE).exists()

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The frame kept in a folder. Raises Unusable when the folder holds no assessment."""
        try:
            return msgspec.json.decode((folder / FILE).read_bytes(), type=cls)
        except FileNotFoundError as error:
            raise Unusable(
                f"{folder} 中没有评估材料；请给出 assess 写出的目录 (no assessment in this folder)."
            ) from error
        except msgspec.DecodeError as error:
            raise Unusable(f"{folder / FILE} 已损坏：{error} (damaged).") from error

    def write(self, folder: Path) -> None:
        (folder / FILE).write_bytes(msgspec.json.encode(self))

    @property
    def level(self) -> str:
        return LEVELS.get(self.system.rpartition("-")[2], "city")


def site_facts(done: Visit, frame: Frame, exchanges: list[Exchange], *, pages: int) -> SiteFacts:
    """The facts of a visit of so many pages. The home page is down when no opening of it gave a page.

    `exchanges` hold at least every opening of the home page.
    """
    openings = [made for made in exchanges if made.purpose is Purpose.HOME]
    failing = [made for made in openings if not made.ok]
    no_page = done.stopped == NOT_HTML
    return SiteFacts(
        home=done.home,
        host=done.host,
        as_of=frame.as_of,
        started_at=done.started_at,
        home_ok=len(failing) < len(openings) and not no_page,
        home_failure=NOT_HTML if no_page else outcome_class(failing[-1]) if failing else "",
        level=frame.level,
        skipped=done.skipped,
        budget_exhausted=done.budget_exhausted or bool(done.stopped),
        pages_visited=pages,
    )


def probes_of(done: Visit, exchanges: list[Exchange]) -> tuple[Probe, ...]:
    """Every opening of the home page in this visit, in the order of time."""
    openings = [
        made
        for made in exchanges
        if made.purpose is Purpose.HOME or (made.purpose is Purpose.PROBE and made.url == done.home)
    ]
    return tuple(
        Probe(at=made.started_at, outcome=outcome_class(made), seconds=made.timings.total)
        for made in sorted(openings, key=lambda made: made.started_at)
    )


def outcome_class(made: Exchange) -> str:
    """`ok`, a class of failure, or `http-503`."""
    if made.failure is not None:
        return made.failure.value
    return "ok" if made.ok else f"http-{made.status}"
