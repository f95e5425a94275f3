"""How the cases of a round are nominated, judged, voted for and chosen."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from govgauge.office.models import NominationKind, ProofKind

Count = Annotated[int, Meta(ge=0, le=10_000)]
SLUG = r"^[a-z0-9-]{1,40}$"


def _within(value: Decimal, most: int, name: str) -> None:
    """Structs bound whole numbers by themselves, but no exact ones."""
    if not value.is_finite() or not 0 <= value <= most:
        raise ValueError(f"`{name}` 应在 0 至 {most} 之间 (must be within 0 and {most})")


class Days(Struct, frozen=True, forbid_unknown_fields=True):
    """The first and the last day of a phase."""

    starts: date
    ends: date


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    """A category of cases. `family` groups those that are counted and announced together."""

    slug: Annotated[str, Meta(pattern=SLUG)]
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    family: Annotated[str, Meta(min_length=1, max_length=20)]
    about: str = ""


class PanelMode(StrEnum):
    """How experts say what they think."""

    SCORES = "scores"
    BALLOTS = "ballots"


class Nearness(StrEnum):
    """How near an expert's region must be to a case's to count as a tie."""

    NONE = "none"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"


class Ties(StrEnum):
    """What becomes of cases that tie with the last one chosen."""

    ALL = "all"
    NONE = "none"
    EXPERTS = "experts"
    """The one that experts put higher."""
    LOT = "lot"
    """By a seed that was published before."""


class BonusMode(StrEnum):
    """How cases add to their subject's points."""

    BEST = "best"
    """The points of its best cases, summed (2017: three)."""
    CHOSEN = "chosen"
    """So many points for each case that is chosen (2025)."""
    NONE = "none"


class Bonus(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What cases add to the total. `full` is what the system's bonus amounts to at most; a case chosen brings
    `per_case`, the `best` cases of a subject are summed.
    """

    mode: BonusMode = BonusMode.BEST
    best: Annotated[int, Meta(ge=1, le=20)] = 3
    per_case: Decimal = Decimal(5)
    full: Decimal = Decimal(10)

    def __post_init__(self) -> None:
        _within(self.per_case, 100, "per_case")
        _within(self.full, 100, "full")


class Chosen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many cases of a family are chosen at most, and what they must reach (0…100)."""

    family: str
    most: Count
    least_total: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        _within(self.least_total, 100, "least_total")


class CaseSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of a call. Phases without days are open whenever the office says so by its own steps: never by
    themselves.
    """

    categories: tuple[Category, ...] = ()
    nomination: Days | None = None
    panel: Days | None = None
    vote: Days | None = None
    nominated_by: tuple[NominationKind, ...] = tuple(NominationKind)
    per_subject: Annotated[int, Meta(ge=1, le=100)] = 3
    correction_days: Annotated[int, Meta(ge=0, le=60)] = 7
    """Days in which a case that was returned may be handed in again, also after the nomination."""
    screeners: Annotated[int, Meta(ge=2, le=10)] = 2
    apart_from: Decimal = Decimal(40)
    """Points between the highest and the lowest screener from which on one more is to score; 0 asks for none. Ours."""
    admitted_from: Decimal = Decimal(60)
    weights: dict[str, Decimal] = {}
    """What the aspects of the rubric weigh, by their codes, for screeners and experts; each counts by its share of the
    sum. Empty: all the same."""
    panel_mode: PanelMode = PanelMode.SCORES
    experts_per_case: Annotated[int, Meta(ge=1, le=50)] = 5
    votes_per_expert: Annotated[int, Meta(ge=1, le=1000)] = 50
    nearness: Nearness = Nearness.CITY
    adjusted: bool = False
    """Whether experts' scores count adjusted for their severity."""
    proofs: tuple[ProofKind, ...] = (ProofKind.EMAIL,)
    votes_per_voter: Annotated[int, Meta(ge=1, le=100)] = 10
    public_share: Decimal = Decimal("0.3")
    """Part of the public in the total; the rest is the experts'."""
    chosen: tuple[Chosen, ...] = ()
    ties: Ties = Ties.ALL
    lot_seed: str = ""
    bonus: Bonus = Bonus()

    def __post_init__(self) -> None:
        _within(self.admitted_from, 100, "admitted_from")
        _within(self.apart_from, 100, "apart_from")
        for code, weight in self.weights.items():
            _within(weight, 1000, f"weights.{code}")
        _within(self.public_share, 1, "public_share")
