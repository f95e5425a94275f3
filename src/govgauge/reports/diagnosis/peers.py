"""What all diagnoses of a group share, reckoned once: means, bests, places, how firm they are, and the round before."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct

from govgauge.analysis.assessed import Assessed
from govgauge.analysis.compare import CommonGround, common_ground
from govgauge.analysis.groups import ALL, Group, group_of
from govgauge.analysis.node import WHOLE, Node
from govgauge.errors import Unusable
from govgauge.reports.about import About
from govgauge.reports.diagnosis.firmness import Firmness, firmness_of
from govgauge.reports.field import Field
from govgauge.reports.material import Material
from govgauge.reports.ranges import Ranges
from govgauge.scoring.bulk import SAME, Points, ranks_of_totals

NOT_LIKE_BEFORE = "上一轮没有同名的一组，不作比较。"

Cells = Mapping[str, Any]
"""A row of results."""


class Before(Struct, frozen=True, dict=True):
    """The same group in the round before. `ground` are both rounds over what they have in common."""

    about: About
    field: Field
    ground: CommonGround
    place: Mapping[str, int]
    """Where a subject stands in `ground`."""
    rows: Mapping[str, Cells]
    ranked: int
    same_grades: bool
    """Whether both rounds give grades of the same names for the same points, by the same system."""

    def indexes(self, code: str) -> tuple[Points, Points]:
        """A node's indexes then and now, of those of whom enough is known in both rounds."""
        if code not in self._indexes:
            self._indexes[code] = self.ground.indexes(code)
        return self._indexes[code]

    @cached_property
    def _indexes(self) -> dict[str, tuple[Points, Points]]:
        return {}


class Peers:
    """A field with everything that is the same for all its subjects."""

    def __init__(self, material: Material, field: Field) -> None:
        self.material = material
        self.about = material.about
        self.field = field
        self.assessed: Assessed = field.assessed
        self.rows: dict[str, Cells] = {key_of(row): row for row in field.results.iter_rows(named=True)}
        self.places = {key: place for place, key in enumerate(self.assessed.subjects)}

    @property
    def count(self) -> int:
        """How many have numbers."""
        return len(self.places)

    @cached_property
    def group(self) -> Group:
        """Means, bests and distribution."""
        return group_of(self.assessed, ALL, np.ones(self.count, dtype=bool))

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The total and all nodes but the bonus."""
        return (WHOLE, *(node for node in self.assessed.nodes if not node.bonus))

    @cached_property
    def tops(self) -> tuple[Node, ...]:
        """The nodes of the first level, the bonus apart."""
        return tuple(node for node in self.nodes if node.level == 1)

    @cached_property
    def leaves(self) -> dict[str, Node]:
        """The leaves by their codes, the bonus apart."""
        return {node.code: node for node in self.nodes if node.leaf}

    @cached_property
    def ranges(self) -> Ranges:
        """From where to where the indexes of each node may lie."""
        return Ranges(self.material, self.field, self.assessed.nodes)

    @cached_property
    def ranked(self) -> bool:
        """Whether ranks are told."""
        return self.about.ranked(self.field.system.id)

    @property
    def told(self) -> bool:
        """Whether one subject may read the points and indexes of another."""
        return self.about.tells_points(self.field.system.id)

    @cached_property
    def in_ranking(self) -> int:
        """How many have a rank."""
        return sum(bool(row["rank"]) for row in self.rows.values())

    @cached_property
    def equals(self) -> dict[str, int]:
        """How many have the same printed rank."""
        found: dict[str, int] = {}
        for row in self.rows.values():
            if row["rank"]:
                found[row["rank"]] = found.get(row["rank"], 0) + 1
        return found

    def rank_with(self, key: str, total: float) -> int:
        """The rank that the policy gives for so many points while the others stay as they are."""
        others = [place for other, place in self.places.items() if other != key and self.rows[other]["rank"]]
        totals = np.append(self.ranges.sure[others], total)
        return int(ranks_of_totals(totals, self.field.ranking)[-1])

    def order(self, code: str, place: int) -> tuple[int, int] | None:
        """The place of a subject by one node among those whose index is known, and how many these are."""
        indexes = self._indexes[code]
        if np.isnan(indexes[place]):
            return None
        known = indexes[~np.isnan(indexes)]
        return 1 + int((known > indexes[place] + SAME).sum()), len(known)

    @cached_property
    def _indexes(self) -> dict[str, Points]:
        return {node.code: self.assessed.index(node.code) for node in self.nodes}

    def full(self, code: str) -> list[int]:
        """The places of those with full marks of a node."""
        return [int(place) for place in np.flatnonzero(self._indexes[code] >= 1 - SAME)]

    @cached_property
    def firmness(self) -> Firmness | None:
        """How firm the ranks are; None where none are told or nobody is to be compared with."""
        return firmness_of(self.field) if self.ranked else None

    @cached_property
    def before(self) -> Before | str:
        """The group in the round before, or why there is nothing to compare with."""
        earlier = self.material.previous
        if earlier is None:
            return "没有上一轮公布的结果，本轮作为以后比较的起点。"
        named = [field for field in earlier.fields if field.facts.name == self.field.facts.name and field.judged.height]
        alike = sorted(named, key=lambda field: field.profile != self.field.profile)
        if not alike:
            return NOT_LIKE_BEFORE
        try:
            ground = common_ground(alike[0].assessed, self.assessed)
        except Unusable:
            return "两轮的指标或对象没有共同之处，不作比较。"
        rows = {key_of(row): row for row in alike[0].results.iter_rows(named=True)}
        return Before(
            about=earlier.about,
            field=alike[0],
            ground=ground,
            place={key: place for place, key in enumerate(ground.after.subjects)},
            rows=rows,
            ranked=sum(bool(row["rank"]) for row in rows.values()) if earlier.about.shows.ranks else 0,
            same_grades=alike[0].system.id == self.field.system.id
            and alike[0].ranking.grades == self.field.ranking.grades,
        )


def key_of(row: Cells) -> str:
    """What a subject goes by."""
    return f"{row['parent']}/{row['name']}" if row["parent"] else str(row["name"])
