"""What is known of written Chinese: characters that stand together, fixed phrases, what sounds or looks alike."""

import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from govgauge.audits.wrong_word.likeness import likeness

PATH = Path(__file__).with_name("knowledge.npz")
FILTER_BITS = 24
"""Size of the first sieve for phrases, as a power of two."""
MIXER = np.uint64(0x9E3779B97F4A7C15)
GRAM = 4
"""Phrases are found by their pieces of four characters."""

Ids = NDArray[np.int64]
Flags = NDArray[np.bool_]

_OTHERS = np.array([[other - gap for other in range(GRAM) if other != gap] for gap in range(GRAM)])[:, :, None]
"""Where the other three characters of a piece stand, seen from the one left open."""
_GAPS = np.arange(GRAM)[:, None]


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What `compile_knowledge` wrote, made ready for looking up. Characters are numbered from 1; 0 is anything else."""

    characters: str
    numbers: NDArray[np.uint16]
    """Number of a character by its code point."""
    neighbours: NDArray[np.uint8]
    """One bit for each ordered pair of characters: seen side by side."""
    fixed: frozenset[str]
    """Dictionary words and terms of four characters and more."""
    mined: frozenset[str]
    """Short sequences of words that recur in statutes and news."""
    names: frozenset[str]
    """Personal names that the dictionary happens to know."""
    likenesses: NDArray[np.uint8]
    """One bit for each ordered pair of characters: they sound or look alike."""
    sounds: dict[str, frozenset[str]]
    shapes: dict[str, str]
    sieve: NDArray[np.uint8]
    """One bit for the slot of each gap key: what is not here is in no phrase."""
    gaps: NDArray[np.uint64]
    """Every piece of a phrase with each of its characters left open in turn: key and missing character, sorted."""

    @cached_property
    def by_sound(self) -> dict[str, str]:
        """Characters of each syllable."""
        found: dict[str, list[str]] = {}
        for character, syllables in self.sounds.items():
            for syllable in syllables:
                found.setdefault(syllable, []).append(character)
        return {syllable: "".join(characters) for syllable, characters in found.items()}

    def encode(self, text: str) -> Ids:
        """The number of each character of a text."""
        points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
        return self.numbers[np.minimum(points, np.uint32(0xFFFF))].astype(np.int64)

    def strangers(self, ids: Ids) -> Flags:
        """For each place whether the character and its right neighbour, both Chinese, were never seen side by side."""
        size = len(self.characters) + 1
        cell = ids[:-1] * size + ids[1:]
        seen = (self.neighbours[cell >> 3] >> (7 - (cell & 7)).astype(np.uint8)) & 1
        strange: Flags = (seen == 0) & (ids[:-1] > 0) & (ids[1:] > 0)
        return strange

    def replacements(self, ids: Ids, places: Ids) -> dict[int, set[str]]:
        """For each of the places the similar characters that would make a piece of a phrase there, if there are any."""
        padded = np.zeros(len(ids) + 2 * GRAM, dtype=np.int64)
        padded[GRAM:-GRAM] = ids
        around = padded[places + GRAM + _OTHERS]
        key = (((around[:, 0] << 13 | around[:, 1]) << 13 | around[:, 2]) << 2 | _GAPS).astype(np.uint64)
        slot = ((key * MIXER) >> np.uint64(64 - FILTER_BITS)).astype(np.int64)
        hit = ((self.sieve[slot >> 3] >> (7 - (slot & 7)).astype(np.uint8)) & 1).astype(bool) & (around > 0).all(axis=1)
        found: dict[int, set[str]] = {}
        gap, which = np.nonzero(hit)
        if not len(gap):
            return found
        wanted = key[gap, which] << np.uint64(13)
        first = np.searchsorted(self.gaps, wanted)
        count = np.searchsorted(self.gaps, wanted + np.uint64(1 << 13)) - first
        owner = np.repeat(places[which], count)
        inside = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        fill = (self.gaps[np.repeat(first, count) + inside] & np.uint64(0x1FFF)).astype(np.int64)
        cell = ids[owner] * (len(self.characters) + 1) + fill
        similar = ((self.likenesses[cell >> 3] >> (7 - (cell & 7)).astype(np.uint8)) & 1) == 1
        for place, number in zip(owner[similar].tolist(), fill[similar].tolist(), strict=True):
            found.setdefault(place, set()).add(self.characters[number - 1])
        return found

    def alike(self, character: str) -> dict[str, str]:
        """Characters that may be written instead of this one, with the reason: same, near, shape."""
        return likeness(character, self.sounds, self.by_sound, self.shapes)


@cache
def knowledge() -> Knowledge:
    """Load once a process."""
    with np.load(PATH) as stored:
        part = {key: stored[key] for key in stored.files}
    characters = _text(part["characters"])
    numbers = np.zeros(0x10000, dtype=np.uint16)
    numbers[[ord(character) for character in characters]] = np.arange(1, len(characters) + 1)
    fixed, mined = _text(part["fixed"]), _text(part["mined"])
    sieve, gaps = _index(f"{fixed}\n{mined}", numbers)
    return Knowledge(
        characters=characters,
        numbers=numbers,
        neighbours=part["neighbours"],
        fixed=frozenset(fixed.split("\n")),
        mined=frozenset(mined.split("\n")),
        names=frozenset(_text(part["names"]).split("\n")),
        likenesses=part["likenesses"],
        sounds={
            c: frozenset(line.split()) for c, line in zip(characters, _text(part["sounds"]).split("\n"), strict=True)
        },
        shapes=dict(zip(characters, _text(part["shapes"]).split("\n"), strict=True)),
        sieve=sieve,
        gaps=gaps,
    )


def _index(phrases: str, numbers: NDArray[np.uint16]) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    points = np.frombuffer(phrases.encode("utf-32-le"), dtype=np.uint32)
    ids = numbers[np.minimum(points, np.uint32(0xFFFF))].astype(np.uint64)
    pieces = np.stack([ids[place : len(ids) - GRAM + 1 + place] for place in range(GRAM)])
    pieces = pieces[:, (pieces > 0).all(axis=0)]
    bits, two = np.uint64(13), np.uint64(2)
    packed = np.unique(((pieces[0] << bits | pieces[1]) << bits | pieces[2]) << bits | pieces[3])
    shifts = [np.uint64(13 * (GRAM - 1 - place)) for place in range(GRAM)]
    parts = [(packed >> shift) & np.uint64(0x1FFF) for shift in shifts]
    flags = np.zeros(1 << FILTER_BITS, dtype=bool)
    gaps = []
    for gap in range(GRAM):
        rest = parts[:gap] + parts[gap + 1 :]
        key = ((rest[0] << bits | rest[1]) << bits | rest[2]) << two | np.uint64(gap)
        flags[(key * MIXER) >> np.uint64(64 - FILTER_BITS)] = True
        gaps.append(key << bits | parts[gap])
    return np.packbits(flags), np.sort(np.concatenate(gaps))


def _text(packed: NDArray[np.uint8]) -> str:
    return zlib.decompress(packed.tobytes()).decode()
