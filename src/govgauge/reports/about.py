"""`about.json` of a publication: the round, its systems and groups, what is told, and how the answers came about."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.analysis.agreement import Agreement
from govgauge.systems.model import System
from govgauge.systems.ranking import OrderInGrade, Ranking

ABOUT = "about.json"
_ENCODER = msgspec.json.Encoder(decimal_format="number", order="sorted")


class StageDays(Struct, frozen=True):
    """A stage of the round with its first and last day."""

    kind: str
    title: str
    starts: date
    ends: date


class GroupFacts(Struct, frozen=True):
    """A group as the round lists it: `name` as in the tables, `title` for readers, `within` the title around it."""

    name: str
    title: str
    system: str
    profile: str
    within: str = ""


class Shows(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a publication tells beside totals, ranks and indexes."""

    answers: bool = True
    """What each check brought, with its reason."""
    findings: bool = True
    """Single faults with page and excerpt; those of audits that would invite misuse are never told."""
    ranks: bool = True
    """Ranks; without them subjects stand in the order of divisions, with their grades where there are any."""
    points: bool = False
    """Points, indexes, answers and findings of single subjects also where no ranks are told: readers can then work an
    order out. Where ranks are told, points are."""


class IndicatorAgreement(Struct, frozen=True):
    """How far two coders agreed on the checks of an indicator."""

    indicator: str
    agreement: Agreement


class Collected(Struct, frozen=True, kw_only=True):
    """How the answers came about; what was not done is 0, what is not known None."""

    visits: int = 0
    pages: int = 0
    people: int = 0
    assignments: int = 0
    doubled: int = 0
    """Assignments that a second person answered without knowing of the first."""
    disputes: int = 0
    field_tests: int = 0
    objections: int = 0
    upheld: int = 0
    probes: int = 0
    agreement: Agreement | None = None
    by_indicator: tuple[IndicatorAgreement, ...] = ()


class Remedied(Struct, frozen=True, kw_only=True):
    """What became of the findings that bodies were told of."""

    sent: int = 0
    open: int = 0
    closed: int = 0
    in_time: int = 0
    median_days: float | None = None


class ChosenCase(Struct, frozen=True, kw_only=True):
    """A case that was chosen in this round."""

    number: str
    name: str
    owner: str
    family: str
    category: str
    region: str = ""
    reason: str = ""
    place: int | None = None
    subject: str = ""
    """The key of its body (`parent/name`): names are not told apart by themselves, and change."""


class About(Struct, frozen=True, kw_only=True):
    """All that a publication tells beside its tables. `systems` and `rankings` go by the id of the system."""

    round: str
    title: str
    number: int
    as_of: date
    prepared_on: date
    tables_hash: str
    inputs_hash: str
    program: str
    rules: str
    systems: Mapping[str, System]
    rankings: Mapping[str, Ranking]
    groups: tuple[GroupFacts, ...]
    shows: Shows = Shows()
    stages: tuple[StageDays, ...] = ()
    collected: Collected = Collected()
    remedied: Remedied = Remedied()
    cases: tuple[ChosenCase, ...] = ()
    cases_nominated: int = 0
    withheld: tuple[str, ...] = ()
    """Audits of which single findings are not told."""
    previous: str = ""
    """Folder of the publication before, beside this one (`round/number`); empty where there is none."""
    issuer: str = ""

    def ranked(self, system: str) -> bool:
        """Whether ranks are told of the subjects that a system assesses; else they stand in the order of divisions."""
        return self.shows.ranks and not by_division(self.rankings[system])

    def tells_points(self, system: str) -> bool:
        """Whether points, and all from which they follow, are told of single subjects; else only their grades."""
        return self.shows.points or self.ranked(system)


def by_division(ranking: Ranking) -> bool:
    """Whether subjects are listed by grade and division, without ranks."""
    return bool(ranking.grades) and ranking.order_in_grade is OrderInGrade.DIVISION


def write_about(about: About, folder: Path) -> None:
    """Write `about.json`; the same facts give the same bytes."""
    (folder / ABOUT).write_bytes(_ENCODER.encode(about) + b"\n")
