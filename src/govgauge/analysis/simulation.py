"""Totals of all subjects in many runs, each with weights, rounding and coder error drawn anew.

Two blocks of runs, A and B, are independent. Besides both, the totals can be had of A with one source taken from B:
what Sobol indices are computed from. Draws belong to a place in (seed, source, block, chunk), so that nothing depends
on the number of threads; subjects are drawn for in the order of their names, so that nothing depends on theirs.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govgauge.analysis.leaf_table import LeafTable
from govgauge.analysis.uncertainty import Source, Uncertainty
from govgauge.analysis.varied_weights import varied_weights
from govgauge.analysis.weight_tree import WeightTree
from govgauge.scoring.bulk import Points
from govgauge.systems.model import System

Cells = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Runs done, runs in all."""

SOURCES = tuple(Source)
CHUNK_CELLS = 500_000
"""Values computed together: 2 MB, so that they stay in the processor's cache."""
LARGEST_CHUNK = 32
"""Runs computed together at most."""
THREADS = 2
OPEN_AS = 0.5
"""An open value may be anything from 0 to 1; the point of departure is the middle."""


class Block(IntEnum):
    """Two independent sets of runs."""

    A = 0
    B = 1


class Runs(Struct, frozen=True):
    """Totals as runs × subjects. `point`: undisturbed; `mixed`: for each source, A with that source taken from B."""

    point: Points
    a: Points
    b: Points
    mixed: dict[Source, Points]


class Simulation:
    """A field of subjects, ready to be run. The table's codes are the leaves assessed in the profile."""

    def __init__(self, system: System, profile: str, table: LeafTable, uncertainty: Uncertainty, seed: int = 1) -> None:
        uncertainty.check()
        self._tree = WeightTree(system, profile, table.codes)
        self._uncertainty = uncertainty
        self._seed = seed
        groups = table.columns.get("group", ("",) * len(table.subjects))
        keys = list(zip(table.subjects, groups, strict=True))
        self._order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.intp)
        applies, values = table.applies[self._order], table.values[self._order]
        out_but_full = ~applies & self._tree.keeping
        self._open = np.isnan(values) & applies
        self._fixed = ~applies
        self._values: Cells = np.where(self._open, OPEN_AS, np.where(applies, values, out_but_full)).astype(np.float32)
        self._exact: Points = np.where(self._open, OPEN_AS, np.where(applies, values, out_but_full))
        self._patterns, which = np.unique(applies, axis=0, return_inverse=True)
        self._which = which.reshape(-1)
        half = 0.0 if uncertainty.decimals is None else 0.5 * 10.0**-uncertainty.decimals
        self._lowest = np.maximum(-half, -self._values)
        self._width = np.minimum(half, 1 - self._values) - self._lowest

    def run(self, runs: int, *, mixed: int = 0, progress: Progress | None = None) -> Runs:
        """Run A and B so often; the first `mixed` runs (0 or a power of 2 from 32) also as A with one source of B."""
        size, subjects = self._chunk(), len(self._order)
        weights = [
            varied_weights(self._tree, self._uncertainty, runs, self._rng(Source.WEIGHTS, block, 0)) for block in Block
        ]
        plans = [dict.fromkeys(SOURCES, block) for block in Block]
        plans += [{**plans[0], source: Block.B} for source in SOURCES]
        totals = [np.empty((count, subjects)) for count in (runs, runs, mixed, mixed, mixed)]
        starts = range(0, runs, size)
        stops = [*starts[1:], runs]

        def compute(number: int, start: int, stop: int) -> int:
            wanted = plans if start < mixed else plans[: len(Block)]
            found = self._totals(number, [each[start:stop] for each in weights], wanted)
            for whole, part in zip(totals, found, strict=False):
                whole[start:stop, self._order] = part
            return (stop - start) * len(wanted)

        done, wanted = 0, sum(len(each) for each in totals)
        with ThreadPoolExecutor(THREADS) as pool:
            for count in pool.map(compute, range(len(starts)), starts, stops):
                done += count
                if progress:
                    progress(done, wanted)
        point = np.empty(subjects)
        point[self._order] = self._undisturbed(self._tree.weights[None, :])[0]
        return Runs(point, totals[0], totals[1], dict(zip(SOURCES, totals[2:], strict=True)))

    def _chunk(self) -> int:
        """A power of 2, so that the mixed runs end where a chunk ends."""
        fitting = max(1, CHUNK_CELLS // max(1, self._values.size))
        return min(LARGEST_CHUNK, 1 << (fitting.bit_length() - 1))

    def _rng(self, source: Source, block: Block, chunk: int) -> np.random.Generator:
        place = [self._seed, SOURCES.index(source), int(block), chunk]
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence(place)))

    def _totals(self, chunk: int, weights: list[Points], plans: list[dict[Source, Block]]) -> Iterator[Points]:
        """Totals of a chunk of runs (runs × subjects) for each plan: from which block each source is taken."""
        handed = [self._tree.handed_out(each, self._patterns) for each in weights]
        undisturbed = [self._undisturbed(each) for each in weights]
        moved: dict[tuple[Block, Block], Cells | None] = {}
        for plan in plans:
            block = plan[Source.WEIGHTS]
            parts = plan[Source.CODERS], plan[Source.ROUNDING]
            if parts not in moved:
                moved[parts] = self._moves(chunk, len(weights[0]), *parts)
            moves = moved[parts]
            base = undisturbed[block]
            yield base if moves is None else base + self._weighted(handed[block], moves)

    def _undisturbed(self, weights: Points) -> Points:
        handed = self._tree.handed_out(weights, self._patterns)
        if len(self._patterns) == 1:
            with np.errstate(invalid="ignore"):
                return np.asarray(handed[0] @ self._exact.T)
        return np.asarray(np.einsum("nrl,nl->rn", handed[self._which], self._exact))

    def _weighted(self, handed: Points, moves: Cells) -> Points:
        small = handed.astype(np.float32)
        if len(self._patterns) == 1:
            with np.errstate(invalid="ignore"):  # raised now and then by lanes of the processor that hold no value
                return np.asarray(np.matmul(moves, small[0][:, :, None])[:, :, 0], dtype=np.float64)
        return np.asarray(np.einsum("nrl,rnl->rn", small[self._which], moves), dtype=np.float64)

    def _moves(self, chunk: int, runs: int, coders: Block, rounding: Block) -> Cells | None:
        """By how much each value differs in each run from what was handed in (runs × subjects × leaves)."""
        facts = self._uncertainty
        coded = facts.coder_share > 0 and facts.coder_step > 0
        if not coded and facts.decimals is None and not self._open.any():
            return None
        found = np.broadcast_to(self._values, (runs, *self._values.shape)).copy()
        draws = self._rng(Source.CODERS, coders, chunk)
        if coded:
            drawn = draws.random(found.shape, dtype=np.float32)
            found += np.multiply(drawn < facts.coder_share, np.float32(facts.coder_step))
            found -= np.multiply(drawn < facts.coder_share / 2, np.float32(2 * facts.coder_step))
            np.clip(found, 0, 1, out=found)
        if self._open.any():
            found[:, self._open] = draws.random((runs, int(self._open.sum())), dtype=np.float32)
        if facts.decimals is not None:
            drawn = self._rng(Source.ROUNDING, rounding, chunk).random(found.shape, dtype=np.float32)
            drawn *= self._width
            drawn += self._lowest
            drawn[:, self._open] = 0
            found += drawn
            np.clip(found, 0, 1, out=found)
        found -= self._values
        if self._fixed.any():
            found[:, self._fixed] = 0
        return found
