"""Pinyin: how a Chinese text may be spelled, and whether letters spell a stretch of it, wholly or by initials."""

import unicodedata
from collections.abc import Sequence
from functools import cache

Spelled = tuple[frozenset[str], ...]
"""For each character the ways to spell it; a letter spells itself, what stands between words spells nothing."""
FEWEST_LETTERS = 2
"""A single letter would be the initial of everything."""


@cache
def spellings(character: str) -> frozenset[str]:
    """All readings of a character, without tones, ü as v and as u; a letter or digit itself; else none."""
    if character.isascii():
        return frozenset({character.lower()}) if character.isalnum() else frozenset()
    from pypinyin import Style, pinyin  # noqa: PLC0415  # importing it reads its tables: a fifth of a second

    read = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    found = {one for several in read for one in several}
    return frozenset(found | {one.replace("v", "u") for one in found})


def spelled(text: str) -> Spelled:
    """The spellings of a text, character by character."""
    return tuple(spellings(character) for character in unicodedata.normalize("NFKC", text))


def spells(letters: str, text: Spelled) -> bool:
    """Whether letters spell a stretch of the text from some character on; the last one may be unfinished."""
    if len(letters) < FEWEST_LETTERS:
        return False
    return any(_goes_on(letters, text, start) for start in range(len(text)))


def abbreviates(letters: str, text: Spelled) -> bool:
    """Whether letters are the initials of a stretch of the text."""
    length = len(letters)
    if length < FEWEST_LETTERS:
        return False
    initials = [{one[0] for one in ways} for ways in text]
    return any(
        all(letters[place] in initials[start + place] for place in range(length))
        for start in range(len(text) - length + 1)
    )


def sounds_like(wanted: Spelled, text: Spelled) -> bool:
    """Whether a stretch of the text can be read as the wanted one is: other characters, the same sounds."""
    length = len(wanted)
    return length >= FEWEST_LETTERS and any(
        _same_sounds(wanted, text[start : start + length]) for start in range(len(text) - length + 1)
    )


def _same_sounds(wanted: Sequence[frozenset[str]], stretch: Sequence[frozenset[str]]) -> bool:
    return all(not one.isdisjoint(other) for one, other in zip(wanted, stretch, strict=True))


def _goes_on(letters: str, text: Spelled, place: int) -> bool:
    if not letters:
        return True
    if place >= len(text):
        return False
    return any(
        way.startswith(letters) or (letters.startswith(way) and _goes_on(letters[len(way) :], text, place + 1))
        for way in text[place]
    )
