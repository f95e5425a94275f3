"""Long terms with a slip inside them, above all names that must never be misspelt: of the state and its leaders.

Here one wrong character is believed even where each pair of characters is seen elsewhere: a term of five characters and
more with an inner character that only sounds or looks like the right one, or that is written twice, is no coincidence.
At the edge of a term it may well be: there it is believed in names of state only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs

from govgauge.audits.wrong_word.knowledge import Knowledge, knowledge
from govgauge.audits.wrong_word.near_miss import SLOT_CHARACTERS
from govgauge.audits.wrong_word.words import word_over

PATH = Path(__file__).with_name("official_terms.txt")
SHORTEST = 5
SHORTEST_OF_STATE = 6
PIECE = 3
"""Least length of the piece by which a term is found."""
_OPENINGS = "为各请经按根自现以"
"""Phrases that begin so are formulas, not terms: their first words change."""
EXTENDED = 3
"""How far beyond a term the text is searched for a longer phrase that explains what is written."""


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A grave term with a slip: where it starts in the text, as written and as meant."""

    start: int
    wrong: str
    right: str
    of_state: bool


def misspellings(text: str) -> Iterator[Misspelling]:
    """Misspelt long terms of a text."""
    finder, pieces = _pieces()
    done: set[int] = set()
    for index, start, end in finder.find_matches_as_indexes(text):
        terms = pieces[index]
        if not terms or any(
            text.startswith(term, start - offset) for term, offset, _of_state in terms if offset <= start
        ):
            continue
        for term, offset, of_state in terms:
            first = start - offset
            if first < 0 or not _nearly(text, first, term, offset, end):
                continue
            found = _slip(text, first, term, of_state) or (of_state and _twice(text, first, term))
            if found and found.start not in done:
                done.add(found.start)
                yield found


def _nearly(text: str, first: int, term: str, offset: int, end: int) -> bool:
    """Whether the text goes on like the term beside the piece that was found."""
    if offset:
        near, far = text[first + offset - 1] == term[offset - 1], text[first + offset - 2] == term[offset - 2]
    else:
        after = end - first
        near, far = (
            text[end : end + 1] == term[after : after + 1],
            text[end + 1 : end + 2] == term[after + 1 : after + 2],
        )
    return near or far


def _slip(text: str, first: int, term: str, of_state: bool) -> Misspelling | None:
    written = text[first : first + len(term)]
    differing = [place for place, (one, other) in enumerate(zip(written, term, strict=False)) if one != other]
    if len(written) < len(term) or len(differing) != 1:
        return None
    place = differing[0]
    if not of_state and (place in (0, len(term) - 1) or written[place] in SLOT_CHARACTERS):
        return None
    if term[place] not in knowledge().alike(written[place]):
        return None
    if _known_otherwise(knowledge(), text, first, first + len(term), first + place):
        return None
    if word_over(written, place) and (not of_state or knowledge().alike(written[place])[term[place]] != "same"):
        return None
    return Misspelling(first, written, term, of_state)


def _twice(text: str, first: int, term: str) -> Misspelling | None:
    """The term with one of its inner characters written twice in a row."""
    for begin in (first, max(0, first - 1)):
        written = text[begin : begin + len(term) + 1]
        for place in range(1, len(term) - 1):
            if written == term[: place + 1] + term[place:] and term[place] != term[place - 1]:
                return Misspelling(begin, written, term, of_state=True)
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
def _pieces() -> tuple[ahocorasick_rs.AhoCorasick, list[list[tuple[str, int, bool]]]]:
    """A finder of pieces, and for each piece its terms, its offset in them, and whether they are of state.

    Whole phrases are patterns, too, with nothing to follow up: what is written right swallows the pieces in it.
    """
    terms: dict[str, bool] = {}
    of_state = False
    for line in PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            of_state = line.startswith("#!")
            continue
        for term in line.split():
            if len(term) >= (SHORTEST_OF_STATE if of_state else SHORTEST) and (of_state or term[0] not in _OPENINGS):
                terms[term] = terms.get(term, False) or of_state
    pieces: dict[str, list[tuple[str, int, bool]]] = {}
    for term, grave in terms.items():
        length = max(PIECE, len(term) // 2)
        pieces.setdefault(term[:length], []).append((term, 0, grave))
        offset = min(length, len(term) - PIECE)
        pieces.setdefault(term[offset:], []).append((term, offset, grave))
    names = " ".join(term for term, grave in terms.items() if grave)
    for phrase in [*terms, *knowledge().fixed]:
        if names.count(phrase) <= terms.get(phrase, False):  # a part of a name must not swallow its misspelling
            pieces.setdefault(phrase, [])
    finder = ahocorasick_rs.AhoCorasick(list(pieces), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return finder, list(pieces.values())
