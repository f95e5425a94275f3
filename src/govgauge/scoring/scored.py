"""What scoring gives: exact points for every node of the tree, as a range where answers are missing."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from govgauge.outcomes import Outcome
from govgauge.systems.model import Method


class Points(Struct, frozen=True):
    """Points as a range: `low` with all open checks at 0, `high` with all at full; `points` are earned for sure."""

    low: Fraction
    high: Fraction

    @property
    def points(self) -> Fraction:
        return self.low


class Coverage(Struct, frozen=True):
    """How much weight has an answer, in points. `weight_proposed` is the part not yet confirmed by a person."""

    weight_total: Fraction
    weight_answered: Fraction
    weight_proposed: Fraction

    @property
    def weight_open(self) -> Fraction:
        return self.weight_total - self.weight_answered

    @property
    def share(self) -> Fraction:
        """Answered part of the weight, 0…1; 0 when there is no weight at all."""
        return self.weight_answered / self.weight_total if self.weight_total else Fraction(0)


class ScoredCheck(Struct, frozen=True, kw_only=True):
    """One check with its part of the points.

    `weight` is the number of points that hang on it after shares of checks that do not apply were given away;
    `low` and `high` are the points it brings. `outcome` is not-observable where nobody has answered yet.
    """

    id: str
    text: str
    share: Fraction
    method: Method
    audit: str | None
    outcome: Outcome
    value: Fraction | None
    weight: Fraction
    low: Fraction
    high: Fraction
    findings: int
    answered: bool
    confirmed: bool
    confidence: float
    source: str
    reason: str

    @property
    def applies(self) -> bool:
        return self.outcome is not Outcome.NOT_APPLICABLE

    @property
    def lost(self) -> Fraction:
        """Points lost for sure: what stays out of reach whatever the open checks bring."""
        return self.weight - self.high


class Node(Struct, frozen=True, kw_only=True):
    """A node of the tree with its points. `weight` is as in the table, `effective_weight` after re-weighting.

    `low` and `high` are points. A node none of whose checks apply has effective weight 0, no index and no score.
    """

    code: str
    name: str
    level: int
    path: tuple[str, str | None, str | None]
    weight: Fraction
    effective_weight: Fraction
    low: Fraction
    high: Fraction
    answered: Fraction
    """Points of its effective weight that have an answer."""
    bonus: bool
    deduct: bool
    children: tuple[str, ...] = ()
    checks: tuple[ScoredCheck, ...] = ()

    @property
    def applies(self) -> bool:
        return bool(self.effective_weight)

    @property
    def is_open(self) -> bool:
        return self.answered < self.effective_weight

    @property
    def index(self) -> Fraction | None:
        """Score by weight, 0…1; None while a part is open or nothing applies."""
        if self.is_open or not self.applies:
            return None
        return self.low / self.effective_weight

    @property
    def score(self) -> Fraction | None:
        """Points, None while a part is open or nothing applies."""
        return None if self.is_open or not self.applies else self.low


class Scored(Struct, frozen=True, kw_only=True):
    """A whole assessment scored. `total` includes the bonus, `base` leaves it out."""

    system: str
    profile: str
    total: Points
    base: Points
    bonus: Points
    coverage: Coverage
    base_coverage: Coverage
    nodes: dict[str, Node]

    def leaves(self) -> Iterator[Node]:
        """The lowest level, in the order of the table."""
        return (node for node in self.nodes.values() if not node.children)

    def level(self, level: int) -> Iterator[Node]:
        """The nodes of one level (1…3), in the order of the table."""
        return (node for node in self.nodes.values() if node.level == level)

    def checks(self) -> Iterator[tuple[Node, ScoredCheck]]:
        """Every check with its indicator, in the order of the table."""
        return ((leaf, check) for leaf in self.leaves() for check in leaf.checks)
