"""Fingerprints of texts: a hash for equal ones, 64 bits for nearly equal ones."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]

COMPARABLE_CHARS = 30
"""Texts shorter than this (without white space) are too poor to be compared."""
SIMHASH_CHARS = 8_000
"""How much of a text enters the 64 bits."""

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_SHIFT = np.uint64(29)
_FINAL = np.uint64(0xBF58476D1CE4E5B9)


_GROUP = 7
"""Numbers that a full adder of three bits takes at once."""
_LANE = 255
"""Most ones that a lane of eight bits can count."""
_LANES = np.uint64(0x0101010101010101)
_PLACES = np.arange(7, -1, -1, dtype=np.uint64).reshape(8, 1, 1, 1)
_WEIGHTS = np.array([1, 2, 4]).reshape(1, 3, 1, 1)


def of(text: str) -> tuple[int, str, int]:
    """Number of characters without white space, `text_hash` and `simhash` of a text."""
    dense = "".join(text.split())
    return len(dense), _hash(dense), _simhash(dense)


def text_hash(text: str) -> str:
    """16 hexadecimal digits of the text without white space; empty when there is too little to compare."""
    return _hash("".join(text.split()))


def simhash(text: str) -> int:
    """64 bits over the text's 3-grams of characters: near duplicates differ in few bits. 0 for too short a text."""
    return _simhash("".join(text.split()))


def _hash(dense: str) -> str:
    return blake2b(dense.encode(), digest_size=8).hexdigest() if len(dense) >= COMPARABLE_CHARS else ""


def _simhash(dense: str) -> int:
    if len(dense) < COMPARABLE_CHARS:
        return 0
    points = np.frombuffer(dense[:SIMHASH_CHARS].encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    grams = points[:-2] * _MIX[0]
    grams += points[1:-1] * _MIX[1]
    grams += points[2:] * _MIX[2]
    grams ^= grams >> _SHIFT
    grams *= _FINAL
    grams ^= grams >> _SHIFT
    return int.from_bytes(np.packbits(_ones(grams) * 2 > len(grams)).tobytes(), "big")


def _ones(numbers: Numbers) -> Counts:
    """How many of the numbers (64 bits each) have a one in each place: 64 counts, the highest place of byte 0 first.

    Seven numbers are added place by place into three, and of these eight places are counted at once in lanes of a byte.
    """
    chunks = -(-len(numbers) // (_GROUP * _LANE))
    rows = -(-len(numbers) // (_GROUP * chunks))
    filled = np.zeros(_GROUP * chunks * rows, dtype=np.uint64)
    filled[: len(numbers)] = numbers
    a, b, c, d, e, f, g = filled.reshape(_GROUP, chunks, rows)
    ones_abc, twos_abc = _added(a, b, c)
    ones_def, twos_def = _added(d, e, f)
    ones, twos_rest = _added(ones_abc, ones_def, g)
    twos, fours = _added(twos_abc, twos_def, twos_rest)
    lanes = np.stack((ones, twos, fours)) >> _PLACES
    lanes &= _LANES
    counts = np.add.reduce(lanes, axis=3).view(np.uint8).reshape(8, 3, chunks, 8)
    ones_of_places: Counts = (counts * _WEIGHTS).sum(axis=(1, 2)).T.reshape(64)
    return ones_of_places


def _added(one: Numbers, two: Numbers, three: Numbers) -> tuple[Numbers, Numbers]:
    """Three numbers added in each place of their bits: the ones and the twos of the sum."""
    odd = one ^ two
    return odd ^ three, (one & two) | (odd & three)


def distance(one: int, other: int) -> int:
    """Number of bits in which two fingerprints differ."""
    return (one ^ other).bit_count()
