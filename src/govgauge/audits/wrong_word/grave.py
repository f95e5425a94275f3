"""Names that must never be misspelt: of the country, its organs, its leaders and their formulas.

Here one wrong character is believed even where each pair of characters is seen elsewhere: a term of six characters and
more with a character that sounds or looks like the right one, or with a character written twice, is no coincidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs

from govgauge.audits.wrong_word.knowledge import Knowledge, knowledge

PATH = Path(__file__).with_name("official_terms.txt")
SHORTEST = 6
EXTENDED = 3
"""How far beyond a term the text is searched for a longer phrase that explains what is written."""


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A grave term with a slip: where it starts in the text, as written and as meant."""

    start: int
    wrong: str
    right: str


def misspellings(text: str) -> Iterator[Misspelling]:
    """Misspelt grave terms of a text."""
    finder, halves = _halves()
    done: set[int] = set()
    for index, start, _end in finder.find_matches_as_indexes(text, overlapping=True):
        for term, offset in halves[index]:
            first = start - offset
            if first < 0 or first in done:
                continue
            found = _slip(text, first, term) or _twice(text, first, term, offset)
            if found:
                done.add(found.start)
                yield found


def _slip(text: str, first: int, term: str) -> Misspelling | None:
    written = text[first : first + len(term)]
    if len(written) < len(term) or written == term:
        return None
    differing = [place for place, (one, other) in enumerate(zip(written, term, strict=True)) if one != other]
    if len(differing) != 1 or term[differing[0]] not in knowledge().alike(written[differing[0]]):
        return None
    if _known_otherwise(knowledge(), text, first, first + len(term), first + differing[0]):
        return None
    return Misspelling(first, written, term)


def _twice(text: str, first: int, term: str, offset: int) -> Misspelling | None:
    """The term with one of its inner characters written twice in a row."""
    for begin in {first, first - 1} if offset else {first}:
        written = text[max(0, begin) : max(0, begin) + len(term) + 1]
        for place in range(1, len(term) - 1):
            if written == term[: place + 1] + term[place:] and term[place] != term[place - 1]:
                return Misspelling(max(0, begin), written, term)
    return None


def _known_otherwise(store: Knowledge, text: str, first: int, after: int, place: int) -> bool:
    """Whether a known phrase of four and more characters covers the place as it is written."""
    low, high = max(0, first - EXTENDED), min(len(text), after + EXTENDED)
    around = text[low:high]
    at = place - low
    return any(
        around[begin : begin + length] in phrases
        for phrases in (store.fixed, store.mined)
        for length in range(4, len(around) + 1)
        for begin in range(max(0, at - length + 1), min(at, len(around) - length) + 1)
    )


@cache
def _halves() -> tuple[ahocorasick_rs.AhoCorasick, list[list[tuple[str, int]]]]:
    """A finder of half terms, and for each half the terms it belongs to with its offset in them."""
    terms: list[str] = []
    grave = False
    for line in PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            grave = line.startswith("#!")
        elif grave:
            terms += [term for term in line.split() if len(term) >= SHORTEST]
    halves: dict[str, list[tuple[str, int]]] = {}
    for term in dict.fromkeys(terms):
        middle = len(term) // 2
        halves.setdefault(term[:middle], []).append((term, 0))
        halves.setdefault(term[middle:], []).append((term, middle))
    return ahocorasick_rs.AhoCorasick(list(halves)), list(halves.values())
