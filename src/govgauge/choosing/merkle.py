"""Hash trees over lists that only grow, as in Certificate Transparency (RFC 9162, section 2.1).

One hash stands for the whole list; a few hashes prove that an entry is in it, and that a longer list begins with a
shorter one.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct

LEAF, NODE = b"\x00", b"\x01"
"""Put before what is hashed, so that a node can never pass for an entry."""


class Inclusion(Struct, frozen=True):
    """Where an entry stands (from 0) in a list of `size` entries; the hashes beside its way up, the lowest first."""

    place: int
    size: int
    hashes: tuple[bytes, ...]


class Tree:
    """The hashes over a list, kept: a proof takes a look-up for each level, also among a million entries."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        self._levels = [[_leaf(entry) for entry in entries]]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    @property
    def root(self) -> bytes:
        """The hash of the whole list, 32 bytes."""
        top = self._levels[-1]
        return top[0] if top else sha256(b"").digest()

    def inclusion(self, place: int) -> Inclusion:
        """The proof that the entry at `place` is in the list. Raises IndexError where there is none."""
        size = len(self._levels[0])
        if not 0 <= place < size:
            raise IndexError(f"no entry {place} in a list of {size}")
        beside = ((level, place >> height ^ 1) for height, level in enumerate(self._levels))
        return Inclusion(place, size, tuple(level[at] for level, at in beside if at < len(level) > 1))


def root(entries: Sequence[bytes]) -> bytes:
    """The hash of the whole list, 32 bytes."""
    return Tree(entries).root


def inclusion(entries: Sequence[bytes], place: int) -> Inclusion:
    """The proof that the entry at `place` is in the list. Raises IndexError where there is none."""
    return Tree(entries).inclusion(place)


def is_included(entry: bytes, proof: Inclusion, top: bytes) -> bool:
    """Whether the proof leads from the entry to the root `top` (RFC 9162, 2.1.3.2)."""
    if not 0 <= proof.place < proof.size:
        return False
    at, last, found = proof.place, proof.size - 1, _leaf(entry)
    for beside in proof.hashes:
        if not last:
            return False
        if at % 2 or at == last:
            found = _node(beside, found)
            while not at % 2 and at:
                at, last = at // 2, last // 2
        else:
            found = _node(found, beside)
        at, last = at // 2, last // 2
    return not last and hmac.compare_digest(found, top)


def consistency(entries: Sequence[bytes], before: int) -> tuple[bytes, ...]:
    """The proof that the list begins with its first `before` entries as they were. Raises IndexError."""
    if not 0 < before <= len(entries):
        raise IndexError(f"a list of {len(entries)} has no beginning of {before}")
    return tuple(_shared([_leaf(entry) for entry in entries], before, whole=True))


def is_consistent(before: int, earlier: bytes, size: int, later: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a list of `size` entries with the root `later` begins with that of `before` entries and the root
    `earlier` (RFC 9162, 2.1.4.2): nothing was taken out, changed or put in between."""
    if not 0 < before <= size:
        return False
    if before == size:
        return not proof and hmac.compare_digest(earlier, later)
    hashes = [earlier, *proof] if before & (before - 1) == 0 else list(proof)
    if not hashes:
        return False
    at, last = before - 1, size - 1
    while at % 2:
        at, last = at // 2, last // 2
    old = new = hashes[0]
    for beside in hashes[1:]:
        if not last:
            return False
        if at % 2 or at == last:
            old, new = _node(beside, old), _node(beside, new)
            while not at % 2 and at:
                at, last = at // 2, last // 2
        else:
            new = _node(new, beside)
        at, last = at // 2, last // 2
    return not last and hmac.compare_digest(old, earlier) and hmac.compare_digest(new, later)


def _leaf(entry: bytes) -> bytes:
    return sha256(LEAF + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    """The next level: nodes over pairs, and the last one as it is where it is left over."""
    pairs = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def _top(leaves: Sequence[bytes]) -> bytes:
    level = list(leaves)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def _half(size: int) -> int:
    """The largest power of two below `size`: how many leaves stand on the left."""
    return 1 << (size - 1).bit_length() - 1


def _shared(leaves: Sequence[bytes], before: int, *, whole: bool) -> list[bytes]:
    if before == len(leaves):
        return [] if whole else [_top(leaves)]
    left = _half(len(leaves))
    if before <= left:
        return [*_shared(leaves[:left], before, whole=whole), _top(leaves[left:])]
    return [*_shared(leaves[left:], before - left, whole=False), _top(leaves[:left])]
