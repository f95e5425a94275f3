"""Fingerprints of texts: a hash for equal ones, 64 bits for nearly equal ones."""

from hashlib import blake2b

import numpy as np

COMPARABLE_CHARS = 30
"""Texts shorter than this (without white space) are too poor to be compared."""
SIMHASH_CHARS = 8_000
"""How much of a text enters the 64 bits."""

_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))
_CHUNK = 128
"""Rows summed at once: their sum fits in a byte, which is four times as fast."""
_SHIFT = np.uint64(29)
_FINAL = np.uint64(0xBF58476D1CE4E5B9)


def text_hash(text: str) -> str:
    """16 hexadecimal digits of the text without white space; empty when there is too little to compare."""
    dense = "".join(text.split())
    return blake2b(dense.encode(), digest_size=8).hexdigest() if len(dense) >= COMPARABLE_CHARS else ""


def simhash(text: str) -> int:
    """64 bits over the text's 3-grams of characters: near duplicates differ in few bits. 0 for too short a text."""
    dense = "".join(text.split())[:SIMHASH_CHARS]
    if len(dense) < COMPARABLE_CHARS:
        return 0
    points = np.frombuffer(dense.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    grams = points[:-2] * _MIX[0] + points[1:-1] * _MIX[1] + points[2:] * _MIX[2]
    grams ^= grams >> _SHIFT
    grams *= _FINAL
    grams ^= grams >> _SHIFT
    bits = np.unpackbits(grams.view(np.uint8)).reshape(-1, 64)
    whole = len(bits) // _CHUNK * _CHUNK
    ones = bits[:whole].reshape(-1, _CHUNK, 64).sum(axis=1, dtype=np.uint8).sum(axis=0, dtype=np.int64)
    ones += bits[whole:].sum(axis=0, dtype=np.uint8)
    return int.from_bytes(np.packbits(ones * 2 > len(grams)).tobytes(), "big")


def distance(one: int, other: int) -> int:
    """Number of bits in which two fingerprints differ."""
    return (one ^ other).bit_count()
