"""An indicator system as values: a weighted tree whose leaves are answered by checks."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from govgauge.systems.ranking import Ranking
from govgauge.word_enum import WordEnum


class Method(WordEnum):
    """How a check is answered."""

    AUTO = "auto"
    ASSISTED = "assisted"
    """A program proposes, a person confirms."""
    MANUAL = "manual"
    FIELD = "field"
    """A real request or enquiry is sent."""
    EXPERT = "expert"
    VOTE = "vote"


class Status(WordEnum):
    """How much of a system is known."""

    COMPLETE = "complete"
    OUTLINE = "outline"
    """Names and counts only: it can be shown and compared, not scored."""


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where something is printed: the document, and the place in it."""

    document: str
    place: str = ""


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """A weight column of a system."""

    id: str
    title: str


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing looked at under an indicator. `share` is its part of the indicator's weight, 0…1.

    `profiles` names those in which it is looked at, where these are not all: elsewhere it does not apply, and the
    indicator's other checks take its share.
    """

    id: str
    text: str
    share: Decimal
    method: Method
    audit: str | None = None
    params: dict[str, object] = {}
    profiles: tuple[str, ...] = ()

    def asked_in(self, profile: str) -> bool:
        """Whether it is looked at in that profile."""
        return not self.profiles or profile in self.profiles


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of case that may earn the bonus."""

    name: str
    text: str = ""


class Indicator(Struct, frozen=True, forbid_unknown_fields=True):
    """A node of the tree. Inner nodes have children, leaves have weights (by profile, None: not assessed) and checks.

    `printed` is the total that the source prints beside an inner node, `counts` how many indicators of lower
    levels an outline tells of without naming them. `best` stands on a bonus alone: so many of a subject's cases
    count, those with the most points, and fewer where it has handed in fewer.
    """

    code: str
    name: str
    weights: dict[str, Decimal | None] = {}
    printed: dict[str, Decimal] = {}
    bonus: bool = False
    deduct: bool = False
    categories: tuple[Category, ...] = ()
    best: int | None = None
    counts: dict[str, int] = {}
    checks: tuple[Check, ...] = ()
    children: tuple["Indicator", ...] = ()

    def weight(self, profile: str) -> Decimal | None:
        """Points of this node in a profile: its own, or the sum of its children's. None when not assessed there."""
        if not self.children:
            return self.weights.get(profile)
        parts = [part for child in self.children if (part := child.weight(profile)) is not None]
        return sum(parts, Decimal(0)) if parts else None


class Defect(Struct, frozen=True, forbid_unknown_fields=True):
    """A place where the print contradicts itself: the total it prints, and what its rows give.

    `code` is the node's, empty for the total of the whole table.
    """

    code: str
    profile: str
    printed: Decimal
    computed: Decimal
    place: str
    text: str


class Leaf(Struct, frozen=True):
    """A leaf in its place: names and codes from the first level down to it (None where the table has no such level).

    `bonus` and `deduct` hold as well when a level above says so.
    """

    indicator: Indicator
    path: tuple[str, str | None, str | None]
    codes: tuple[str, ...]
    bonus: bool
    deduct: bool


class System(Struct, frozen=True, forbid_unknown_fields=True):
    """A weighted tree for one kind of subject in one year. `full_marks` include the bonus.

    An outline has 0 for `full_marks` and `bonus_max` where the source does not tell them. Its `counts` say how many
    indicators the whole table has at a level (`level2`, `level3`) whose names are not known.
    """

    id: str
    year: int
    table: str
    title: str
    source: Source
    status: Status
    profiles: tuple[Profile, ...]
    full_marks: Decimal
    bonus_max: Decimal
    indicators: tuple[Indicator, ...]
    notes: tuple[str, ...] = ()
    defects: tuple[Defect, ...] = ()
    counts: dict[str, int] = {}
    ranking: Ranking = Ranking()
    """By which policy the source ranks and grades; a round may set its own."""

    def nodes(self) -> Iterator[tuple[int, Indicator]]:
        """Every node with its level (1…3), parents before children, in the order of the table."""
        yield from _below(self.indicators, 1)

    def leaves(self) -> Iterator[Leaf]:
        """The nodes that carry weights, in the order of the table."""
        yield from _leaves(self.indicators, ())

    def checks(self) -> Iterator[Check]:
        """Every check, in the order of the table."""
        for leaf in self.leaves():
            yield from leaf.indicator.checks

    def profile_ids(self) -> list[str]:
        return [profile.id for profile in self.profiles]


def _below(indicators: tuple[Indicator, ...], level: int) -> Iterator[tuple[int, Indicator]]:
    for indicator in indicators:
        yield level, indicator
        yield from _below(indicator.children, level + 1)


def _leaves(indicators: tuple[Indicator, ...], trail: tuple[Indicator, ...]) -> Iterator[Leaf]:
    for indicator in indicators:
        line = (*trail, indicator)
        if indicator.children:
            yield from _leaves(indicator.children, line)
        else:
            yield _leaf(line)


def _leaf(line: tuple[Indicator, ...]) -> Leaf:
    names = [node.name for node in line]
    return Leaf(
        indicator=line[-1],
        path=(names[0], names[1] if len(names) > 1 else None, names[2] if len(names) > 2 else None),
        codes=tuple(node.code for node in line),
        bonus=any(node.bonus for node in line),
        deduct=any(node.deduct for node in line),
    )
