"""Index of the pieces of phrases, four characters each, by what remains when one of the four is left open."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GRAM = 4
"""Phrases are found by their pieces of four characters."""
BITS = 13
"""Bits of a character's number."""
SIEVEBITS = 24
"""Size of the first sieve, as a power of two."""
MIXER = np.uint64(0x9E3779B97F4A7C15)

Numbers = NDArray[np.int64]

_AROUND = np.arange(1 - GRAM, GRAM)
_WEIGHTS = np.zeros((2 * GRAM - 1, GRAM), dtype=np.int64)
"""What each character around a place adds to the key of a piece with its first, second… character open there."""
for _gap in range(GRAM):
    for _rank, _step in enumerate(step for step in range(-_gap, GRAM - _gap) if step):
        _WEIGHTS[_step + GRAM - 1, _gap] = 1 << BITS * (GRAM - 2 - _rank)
_GAPS = np.arange(GRAM) << 3 * BITS
BIT = (np.uint8(128) >> np.arange(8, dtype=np.uint8)).astype(np.uint8)


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces of phrases. Characters are numbered from 1; 0 is anything that no phrase holds."""

    sieve: NDArray[np.uint8]
    """One bit for the slot of each key: what is not here is in no phrase."""
    gaps: NDArray[np.uint64]
    """Every piece with each of its characters left open in turn: key and missing character, sorted."""

    def completed(self, numbers: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
        """The characters that make a piece of a phrase at some of the places: places and characters side by side.

        Each place needs GRAM - 1 numbers on both sides of it.
        """
        key = numbers.take(places[:, None] + _AROUND) @ _WEIGHTS
        key += _GAPS
        slot = _slot(key.view(np.uint64))
        bits = self.sieve.take(slot >> 3)
        slot &= 7
        bits &= BIT.take(slot)
        which, gap = np.nonzero(bits)
        wanted = key[which, gap].view(np.uint64) << np.uint64(BITS)
        first = self.gaps.searchsorted(wanted)
        there = np.flatnonzero(self.gaps.take(first, mode="clip") ^ wanted < np.uint64(1 << BITS))
        first, which = first[there], which[there]
        count = self.gaps.searchsorted(wanted[there] + np.uint64(1 << BITS)) - first
        owner = np.repeat(places[which], count)
        inside = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        fill = (self.gaps.take(np.repeat(first, count) + inside) & np.uint64((1 << BITS) - 1)).astype(np.int64)
        return owner, fill

    def beginning_with(self, first: Numbers, second: Numbers) -> list[int]:
        """How many pieces begin with these two characters, pair by pair."""
        low = (((GRAM - 1 << BITS | first) << BITS | second) << 2 * BITS).astype(np.uint64)
        count = np.searchsorted(self.gaps, low + np.uint64(1 << 2 * BITS)) - np.searchsorted(self.gaps, low)
        counts: list[int] = count.tolist()
        return counts


def unfold(pieces: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """From the sorted pieces (four numbers packed into one) all of them with each character left open."""
    parts = [(pieces.view(np.int64) >> BITS * (GRAM - 1 - place)) & ((1 << BITS) - 1) for place in range(GRAM)]
    sorted_gaps = []
    for gap in range(GRAM):
        first, second, third = parts[:gap] + parts[gap + 1 :]
        packed = ((((gap << BITS | first) << BITS | second) << BITS | third) << BITS | parts[gap]).view(np.uint64)
        if gap < GRAM - 1:  # with the last one open they are sorted as they were
            packed.sort()
        sorted_gaps.append(packed)
    return np.concatenate(sorted_gaps)


def sieve_of(gaps: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """The sieve over the keys of an index."""
    flags = np.zeros(1 << SIEVEBITS, dtype=bool)
    flags[_slot(gaps >> np.uint64(BITS))] = True
    return np.packbits(flags)


def pieces_of(numbers: Numbers) -> NDArray[np.uint64]:
    """The distinct pieces in a row of numbers (phrases parted by 0), each packed into one number, sorted."""
    rows = np.stack([numbers[place : len(numbers) - GRAM + 1 + place] for place in range(GRAM)]).astype(np.uint64)
    rows = rows[:, (rows > 0).all(axis=0)]
    bits = np.uint64(BITS)
    return np.unique(((rows[0] << bits | rows[1]) << bits | rows[2]) << bits | rows[3])


def _slot(key: NDArray[np.uint64]) -> Numbers:
    return ((key * MIXER) >> np.uint64(64 - SIEVEBITS)).view(np.int64)
