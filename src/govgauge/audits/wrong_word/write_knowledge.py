"""Writes knowledge.npz in the form in which it is quickly loaded: see knowledge.py for what each part means."""

import zipfile
import zlib
from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govgauge.audits.wrong_word.knowledge import PATH, SPARE, packed_rising
from govgauge.audits.wrong_word.long_terms import halves, long_terms
from govgauge.audits.wrong_word.near_miss import SLOT_CHARACTERS
from govgauge.audits.wrong_word.phrases import packed
from govgauge.audits.wrong_word.pieces import BITS, pieces_of, sieve_of, unfold
from govgauge.audits.wrong_word.slips import marked


class Gathered(Struct, frozen=True):
    """What was gathered from the sources. `neighbours` and `likenesses` are pairs of characters."""

    characters: list[str]
    neighbours: set[str]
    fixed: set[str]
    mined: set[str]
    names: set[str]
    likenesses: set[str]
    sounds: list[str]
    """The syllables of each character, parted by spaces."""
    shapes: list[str]
    """The characters that look like each character."""


def write(known: Gathered) -> None:
    """Write knowledge.npz."""
    index = {character: number for number, character in enumerate(known.characters, start=1)}
    phrases = "\n".join(sorted(known.fixed | known.mined))
    pieces = pieces_of(np.array([index.get(character, 0) for character in phrases]))
    alike = sorted((index[pair[0]], index[pair[1]]) for pair in known.likenesses)
    parts = {
        "characters": _text("".join(known.characters)),
        "neighbours": zlib.compress(_seen(known.neighbours, index).tobytes(), 9),
        "fixed": _text(packed(known.fixed)),
        "mined": _text(packed(known.mined)),
        "names": _text(packed(known.names)),
        "likenesses": packed_rising(np.array([one << BITS | other for one, other in alike], dtype=np.uint32)),
        "sounds": _text("\n".join(known.sounds)),
        "shapes": _text("\n".join(known.shapes)),
        "pieces": packed_rising(pieces),
        "sieve": zlib.compress(sieve_of(unfold(pieces)).tobytes(), 9),
        "slips": zlib.compress(marked(_slip_rows(known.likenesses, index)).tobytes(), 9),
    }
    with zipfile.ZipFile(PATH, "w") as file:  # nothing in it changes with the day it is written
        for key, part in parts.items():
            with file.open(zipfile.ZipInfo(f"{key}.npy"), "w") as member:
                np.lib.format.write_array(member, np.frombuffer(part, dtype=np.uint8))


def _text(text: str) -> bytes:
    return zlib.compress(text.encode(), 9)


def _slip_rows(likenesses: set[str], index: dict[str, int]) -> NDArray[np.int64]:
    alike: dict[str, list[str]] = {}
    for pair in likenesses:
        alike.setdefault(pair[0], []).append(pair[1])
    rows = {tuple(index.get(character, 0) for character in row) for row in _slips(alike)}
    return np.array(sorted(rows), dtype=np.int64)


def _seen(pairs: set[str], index: dict[str, int]) -> NDArray[np.uint8]:
    """The bits of `neighbours`: also set where one of the two has no number of its own."""
    size = len(index) + 1
    table = np.ones((size + SPARE, size + SPARE), dtype=bool)
    table[1:size, 1:size] = False
    for pair in pairs:
        first, second = index.get(pair[0], 0), index.get(pair[1], 0)
        if first and second:
            table[first, second] = True
    return np.packbits(table)


def _slips(alike: dict[str, list[str]]) -> Iterator[str]:
    """The three characters around each slip that could be believed in a long term, and around each written twice."""
    for term, of_state in long_terms().items():
        last = len(term) - 1
        for place, right in enumerate(term):
            if all(offset <= place < offset + len(half) for offset, half in halves(term)):
                continue  # found by neither half
            first = min(max(place - 1, 0), last - 2)
            for wrong in alike.get(right, ()) if of_state or 0 < place < last else ():
                if of_state or wrong not in SLOT_CHARACTERS:
                    yield (term[:place] + wrong + term[place + 1 :])[first : first + 3]
            if of_state and 0 < place < last:
                yield term[place - 1] + right * 2
