"""Long terms with a slip inside them, above all names that must never be misspelt: of the state and its leaders.

Here one wrong character is believed even where each pair of characters is seen elsewhere: a term of five characters and
more with an inner character that only sounds or looks like the right one, or that is written twice, is no coincidence.
At the edge of a term it may well be: there it is believed in names of state only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from govgauge.audits.wrong_word.clauses import clause_around
from govgauge.audits.wrong_word.knowledge import Knowledge, knowledge
from govgauge.audits.wrong_word.near_miss import SLOT_CHARACTERS
from govgauge.audits.wrong_word.pieces import Numbers
from govgauge.audits.wrong_word.slips import middles
from govgauge.audits.wrong_word.words import word_over

PATH = Path(__file__).with_name("official_terms.txt")
SHORTEST = 5
SHORTEST_OF_STATE = 6
REMEMBERED = 20_000
"""Rows of three characters remembered with the slips around them: about 4 MB."""
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


class _Slip(Struct, frozen=True):
    """A slip in a term, seen from the middle one of the three characters around it."""

    before: str
    """What stands before the wrong character, and how far back it begins."""
    back: int
    after: str
    """What stands after it, and how far on it begins."""
    onward: int
    half: str
    """The half of the term beside it, and how far off that begins."""
    to_half: int


def misspellings(text: str, numbers: Numbers) -> Iterator[Misspelling]:
    """Misspelt long terms of a text; `numbers` are those of its characters."""
    done: set[int] = set()
    for half, start in sorted(_suspected(text, numbers), key=lambda one: one[1]):
        owners = _known().halves[half] if text.startswith(half, start) else []
        if any(text.startswith(term, start - offset) for term, offset, _of_state in owners if offset <= start):
            continue
        for term, offset, of_state in owners:
            first = start - offset
            if first < 0 or not _nearly(text, first, term, offset, start + len(half)):
                continue
            found = _slip(text, first, term, of_state) or (of_state and _twice(text, first, term))
            if found and found.start not in done and _stands_free(text, half, start):
                done.add(found.start)
                yield found


def halves(term: str) -> tuple[tuple[int, str], tuple[int, str]]:
    """The beginning and the end of a term, each with its offset: one of them is whole wherever one slip is."""
    length = max(PIECE, len(term) // 2)
    offset = min(length, len(term) - PIECE)
    return (0, term[:length]), (offset, term[offset:])


@cache
def long_terms() -> dict[str, bool]:
    """The terms that are long enough, and whether each is of state."""
    terms: dict[str, bool] = {}
    of_state = False
    for line in PATH.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            of_state = line.startswith("#!")
            continue
        for term in line.split():
            if len(term) >= (SHORTEST_OF_STATE if of_state else SHORTEST) and (of_state or term[0] not in _OPENINGS):
                terms[term] = terms.get(term, False) or of_state
    return terms


def _suspected(text: str, numbers: Numbers) -> set[tuple[str, int]]:
    """The whole halves, with their places, of the terms that may have a slip in a text; these stand beside the slip."""
    places: list[int] = middles(knowledge().slips, numbers).tolist()
    rows = [text[place - 1 : place + 2] for place in places]
    around = {row: slips for row in set(rows) if (slips := _slips_around(row))}
    return {
        (slip.half, place + slip.to_half)
        for place, row in zip(places, rows, strict=True)
        if row in around
        for slip in around[row]
        if text.startswith(slip.after, place + slip.onward) and text.startswith(slip.before, place - slip.back)
    }


@lru_cache(maxsize=REMEMBERED)
def _slips_around(row: str) -> tuple[_Slip, ...]:
    around = _known().around
    keys = (f"{row[0]}?{row[2]}", "?" + row[1:], row[:2] + "?", row)
    return tuple(slip for key in keys for slip in around.get(key, ()))


def _stands_free(text: str, half: str, start: int) -> bool:
    """Whether the half of a term is not a part of something else that is written right.

    The clause is read from its beginning, the longest known phrase at a time.
    """
    place, after = clause_around(text, start)
    while place < start:
        place += _longest_known(text[place:after]) or 1
    return place == start and _longest_known(text[place:after]) == len(half)


def _longest_known(text: str) -> int:
    """The length of the longest phrase, term or half of a term at the beginning of a text; 0 when there is none."""
    return next((length for length in range(min(_known().longest, len(text)), 2, -1) if _is_known(text[:length])), 0)


def _is_known(phrase: str) -> bool:
    """Whether this is known as a whole. A part of a name of state must not swallow the name's misspelling."""
    known, terms = _known(), long_terms()
    if phrase in known.halves:
        return True
    return (phrase in terms or phrase in knowledge().fixed) and known.names.count(phrase) <= terms.get(phrase, False)


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


class _Known(Struct, frozen=True):
    """The long terms made ready for looking up."""

    halves: dict[str, list[tuple[str, int, bool]]]
    """For each half its terms, its offset in them, and whether they are of state."""
    around: dict[str, list[_Slip]]
    """The slips by the three characters around each (the wrong one as ?)."""
    names: str
    """All names of state."""
    longest: int


@cache
def _known() -> _Known:
    terms = long_terms()
    by_half: dict[str, list[tuple[str, int, bool]]] = {}
    around: dict[str, list[_Slip]] = {}
    for term, of_state in terms.items():
        for offset, half in halves(term):
            by_half.setdefault(half, []).append((term, offset, of_state))
            for key, slip in _slips(term, offset, half, of_state):
                around.setdefault(key, []).append(slip)
    names = " ".join(term for term, of_state in terms.items() if of_state)
    return _Known(by_half, around, names, max(map(len, terms)))


def _slips(term: str, offset: int, half: str, of_state: bool) -> Iterator[tuple[str, _Slip]]:
    """The slips beside a half of a term, each with the three characters around it."""
    last = len(term) - 1
    for place in range(1, last):
        if not offset <= place < offset + len(half):
            key = f"{term[place - 1]}?{term[place + 1]}"
            yield key, _Slip(term[:place], place, term[place + 1 :], 1, half, offset - place)
        if of_state:  # written twice
            twice = term[: place + 1] + term[place:]
            yield term[place - 1] + term[place] * 2, _Slip(twice, place, "", 0, half, offset - place)
            yield term[place - 1] + term[place] * 2, _Slip(twice, place, "", 0, half, offset - place + 1)
    if of_state and offset:
        yield f"?{term[1:3]}", _Slip("", 0, term[1:], 0, half, offset - 1)
    elif of_state:
        yield f"{term[-3:-1]}?", _Slip(term[:-1], last - 1, "", 0, half, 1 - last)
