"""A subject as its diagnosis takes it: its row, its place among its peers, its details."""

from functools import cached_property
from typing import Any

import msgspec

from govgauge.reports.diagnosis.details import Details
from govgauge.reports.diagnosis.measures import Measure, measures_of
from govgauge.reports.diagnosis.peers import Cells, Peers
from govgauge.reports.field import JUDGED


class Diagnosed:
    """One subject of a group. `place` is where its numbers stand in the group's; only judged ones have it."""

    def __init__(self, peers: Peers, key: str, details: Details) -> None:
        self.peers = peers
        self.key = key
        self.row: Cells = peers.rows[key]
        self.details = details

    @property
    def name(self) -> str:
        return str(self.row["name"])

    @property
    def judged(self) -> bool:
        return bool(self.row["state"] == JUDGED) and self.key in self.peers.places

    @property
    def place(self) -> int:
        return self.peers.places[self.key]

    def own(self, code: str) -> tuple[float, float]:
        """Lowest and highest index of a node; NaN where it does not apply."""
        low, high = self.peers.ranges.of(code)
        return float(low[self.place]), float(high[self.place])

    @cached_property
    def measures(self) -> list[Measure]:
        """What can be done, by points."""
        bonus = {node.code for node in self.peers.assessed.nodes if node.bonus}
        return measures_of(self.details, bonus)

    @cached_property
    def vetoes(self) -> tuple[str, ...]:
        """Ids of the vetoes that were hit."""
        told: Any = self.row["vetoes"]
        return tuple(msgspec.json.decode(told, type=list[str])) if told else ()

    @property
    def is_open(self) -> bool:
        """Whether the total is not settled."""
        return bool(self.row["total_low"] != self.row["total_high"])

    @property
    def total(self) -> float:
        """Points that are sure, unrounded, with the bonus."""
        return float(self.peers.ranges.sure[self.place])
