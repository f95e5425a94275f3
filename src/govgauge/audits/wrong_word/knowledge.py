"""What is known of written Chinese: characters that stand together, fixed phrases, what sounds or looks alike."""

import zlib
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from govgauge.audits.wrong_word import unpacked
from govgauge.audits.wrong_word.likeness import likeness
from govgauge.audits.wrong_word.phrases import Phrases
from govgauge.audits.wrong_word.pieces import BIT, BITS, Numbers, Pieces, unfold

PATH = Path(__file__).with_name("knowledge.npz")
SPARE = 64
"""Numbers kept free for characters that only a list of wrong writings holds."""

_Kind = TypeVar("_Kind", np.uint32, np.uint64)
LIKENESSES = 200
"""Characters whose likenesses are kept at hand: some 10 KB each."""


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What `compile_knowledge` wrote, made ready for looking up. Characters are numbered from 1; 0 is anything else."""

    characters: str
    numbers: Numbers
    """Number of a character by its code point, for the first 65,536 of them."""
    fixed: Phrases
    """Dictionary words and terms of four characters and more."""
    mined: Phrases
    """Short sequences of words that recur in statutes and news."""
    names: Phrases
    """Personal names that the dictionary happens to know."""
    likenesses: NDArray[np.uint8]
    """One bit for each ordered pair of numbers: they sound or look alike."""
    pieces: Pieces
    """Pieces of the fixed and the mined phrases."""
    slips: NDArray[np.uint8]
    """The filter for slips in long terms; see slips.py."""

    @property
    def stride(self) -> int:
        """How many numbers characters may have."""
        return len(self.characters) + 1 + SPARE

    @cached_property
    def sounds(self) -> dict[str, frozenset[str]]:
        """The syllables of each character, without tones."""
        lines = _text(_stored("sounds")).split("\n")
        return {character: frozenset(line.split()) for character, line in zip(self.characters, lines, strict=True)}

    @cached_property
    def shapes(self) -> dict[str, str]:
        """The characters that look like each character."""
        return dict(zip(self.characters, _text(_stored("shapes")).split("\n"), strict=True))

    @cached_property
    def by_sound(self) -> dict[str, str]:
        """Characters of each syllable."""
        found: dict[str, list[str]] = {}
        for character, syllables in self.sounds.items():
            for syllable in syllables:
                found.setdefault(syllable, []).append(character)
        return {syllable: "".join(characters) for syllable, characters in found.items()}

    def replacements(self, numbers: Numbers, places: Numbers) -> dict[int, set[str]]:
        """For each of the places the similar characters that would make a piece of a phrase there, if there are any."""
        owner, fill = self.pieces.completed(numbers, places)
        found: dict[int, set[str]] = {}
        if len(owner):
            pair = numbers.take(owner) << BITS | fill
            similar = np.flatnonzero(self.likenesses.take(pair >> 3) & BIT.take(pair & 7))
            for place, number in zip(owner[similar].tolist(), fill[similar].tolist(), strict=True):
                found.setdefault(place, set()).add(self.characters[number - 1])
        return found

    def alike(self, character: str) -> dict[str, str]:
        """Characters that may be written instead of this one, with the reason: same, near, shape."""
        return _alike(character)


@lru_cache(maxsize=LIKENESSES)
def _alike(character: str) -> dict[str, str]:
    known = knowledge()
    return likeness(character, known.sounds, known.by_sound, known.shapes)


@cache
def knowledge() -> Knowledge:
    """Load once a process."""
    known = _parts()
    characters = _text(known["characters"])
    numbers = np.zeros(0x10000, dtype=np.int64)
    numbers[[ord(character) for character in characters]] = np.arange(1, len(characters) + 1)
    return Knowledge(
        characters=characters,
        numbers=numbers,
        fixed=Phrases(_text(known["fixed"])),
        mined=Phrases(_text(known["mined"])),
        names=Phrases(_text(known["names"])),
        likenesses=known["likenesses"],
        pieces=Pieces(sieve=known["sieve"], gaps=known["gaps"].view(np.uint64)),
        slips=known["slips"],
    )


def neighbours() -> NDArray[np.uint8]:
    """One bit for each ordered pair of numbers: seen side by side, or nothing to be known about. Fresh at each call."""
    return _parts()["neighbours"].copy()


@cache
def _parts() -> dict[str, NDArray[np.uint8]]:
    return unpacked.parts(PATH, _unpack)


def _unpack() -> dict[str, NDArray[np.uint8]]:
    """The parts that each process needs, in the form in which they are used."""
    as_stored = ("characters", "neighbours", "fixed", "mined", "names", "sieve", "slips")
    return {
        **{name: _stored(name) for name in as_stored},
        "likenesses": _bits(_rising("likenesses", np.uint32)),
        "gaps": unfold(_rising("pieces", np.uint64)).view(np.uint8),
    }


def packed_rising(rising: NDArray[np.uint32] | NDArray[np.uint64]) -> bytes:
    """A sorted row of numbers in little room: the steps between them, first bytes together, then second ones."""
    steps = np.diff(rising, prepend=rising.dtype.type(0))
    return zlib.compress(steps.view(np.uint8).reshape(-1, rising.dtype.itemsize).T.tobytes(), 9)


def _rising(key: str, kind: type[_Kind]) -> NDArray[_Kind]:
    steps = _stored(key).reshape(np.dtype(kind).itemsize, -1).T.copy().view(kind).ravel()
    return np.cumsum(steps, dtype=kind)


def _bits(members: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """One bit for each number up to the largest, set for those that are members."""
    table = np.zeros((int(members[-1]) >> 3) + 1, dtype=np.uint8)
    np.bitwise_or.at(table, members >> 3, BIT.take(members & 7))
    return table


def _text(part: NDArray[np.uint8]) -> str:
    return str(part.data, "utf-8")


def _stored(key: str) -> NDArray[np.uint8]:
    with np.load(PATH) as stored:
        return np.frombuffer(zlib.decompress(stored[key]), dtype=np.uint8)
