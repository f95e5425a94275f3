"""How a term of a query is found: as written, by pinyin, by its words, by sound, with slips of typing."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import combinations, islice, product

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govgauge.case_library.spelling import spellings
from govgauge.web.portal.search.entry import ORDER, Kind
from govgauge.web.portal.search.index_file import Columns, entries
from govgauge.web.portal.search.tokens import TRIPLE, pieces, spelling, triples
from govgauge.word_enum import WordEnum

Scores = NDArray[np.float64]
"""What each entry is worth for a term; 0: not found."""
EQUAL, BEGINS, WITHIN, OTHER_EQUAL, OTHER, BODY = 1000.0, 700.0, 500.0, 650.0, 400.0, 200.0
COVER = 200.0
"""A name that the term fills wholly against one of which it is a small part."""
SPELLED, SHORT, CUT, SOUND, NEAR, WORDS = 480.0, 330.0, 460.0, 450.0, 350.0, 0.8
CLOSE = 15.0
"""For each per cent of letters that agree."""
CUT_FROM, CUT_TO, CUT_END = 3, 6, 3
"""Characters of a shortened name of a body (发改委, 人社部, 高新区), and of its end, where the last of them stands."""
FIRST = 60.0
"""For a name that begins as the term sounds, and for one of a body: it is names that are typed so."""
SHORTEST_WORD, SHORTEST_NEAR, SHORTEST_NEAR_LETTERS = 2, 3, 5
TWO_SLIPS_FROM, TWO_SLIPS_FROM_LETTERS = 8, 14
BROKEN_BY_A_SLIP = 5
"""Rows of three letters that a slip can break: those around a letter that is lacking and one that is too many."""
MOST_READINGS = 24
"""Ways to read a term whose characters have several sounds."""
MOST_NEAR = 24
"""Longer terms are not looked for with slips."""
SHORTEST_FULL, FULLER = 4, 0.5
"""Characters of a name with which a fuller form ends, and its share of it."""
LONGEST_NAMING = 24
"""Characters of a term in which names are looked for."""
MOST_WEIGHED = 300
"""Names that are compared letter by letter."""


class Way(WordEnum):
    """How the terms were found, strictest first."""

    EXACT = "exact"
    WORDS = "words"
    NAMED = "named"
    """A body whose whole name stands in the term."""
    SOUND = "sound"
    NEAR = "near"
    SOME = "some"
    """Only some of the terms or words."""


class Term(Struct, frozen=True):
    """A term of the query as pieces of the index."""

    text: str
    pieces: tuple[str, ...]

    @property
    def is_latin(self) -> bool:
        return self.text.isascii()

    @property
    def is_letters(self) -> bool:
        return self.text.isascii() and self.text.isalpha()

    @property
    def words(self) -> tuple[str, ...]:
        """The words of a phrase that say something."""
        return _words(self.text)


def term(text: str) -> Term | None:
    """A stretch of the query; None where it has neither letters nor characters."""
    found = tuple(pieces(text))
    return Term("".join(found), found) if found else None


class Finder:
    """Finds terms in one index, for one search: what was asked of the index once is not asked again."""

    def __init__(self, base: sqlite3.Connection, columns: Columns) -> None:
        self._base, self._columns = base, columns
        self._size = len(columns.kind)
        self._known: dict[str, NDArray[np.int64]] = {}
        self._worth: dict[tuple[Way, Term], Scores] = {}

    def scores(self, asked: Term, way: Way) -> Scores:
        """What each entry is worth by this way and the stricter ones."""
        found = np.zeros(self._size)
        for one, method in self._methods().items():
            worth = self._worth.get((one, asked))
            if worth is None:
                worth = self._worth[one, asked] = method(asked)
            np.maximum(found, worth, out=found)
            if one is way:
                break
        return found

    def _methods(self) -> dict[Way, Callable[[Term], Scores]]:
        return {
            Way.EXACT: self._exact,
            Way.WORDS: self._by_words,
            Way.NAMED: self._named,
            Way.SOUND: self._by_sound,
            Way.NEAR: self._near,
        }

    def _exact(self, asked: Term) -> Scores:
        found = self._literal(asked)
        if asked.is_letters:
            np.maximum(found, self._by_pinyin(asked), out=found)
        elif not asked.is_latin and CUT_FROM <= len(asked.pieces) <= CUT_TO:
            np.maximum(found, self._cut_short(asked), out=found)
        if not asked.is_latin and len(asked.pieces) > SHORTEST_FULL:
            np.maximum(found, self._fuller(asked), out=found)
        return found

    def _fuller(self, asked: Term) -> Scores:
        """Bodies with whose long name the term ends: 国家税务总局 for 税务总局."""
        found = np.zeros(self._size)
        for number, start, end in self._names_within(asked):
            length = end - start
            if end == len(asked.pieces) and length >= SHORTEST_FULL and length >= FULLER * end:
                found[number] = CUT + COVER * length / end
        return found

    def _named(self, asked: Term) -> Scores:
        """Bodies whose names stand in the term (海淀区政府网站), the last one first, then the longest."""
        found = np.zeros(self._size)
        size = len(asked.pieces)
        if asked.is_latin or not SHORTEST_NEAR < size <= LONGEST_NAMING:
            return found
        for number, start, end in self._names_within(asked):
            found[number] = max(found[number], NEAR + COVER * end / size + (end - start))
        return found

    def _names_within(self, asked: Term) -> Iterator[tuple[int, int, int]]:
        """Bodies whose names, of three characters and more, stand in a term, and from where to where."""
        size = min(len(asked.pieces), LONGEST_NAMING)
        spans: dict[str, tuple[int, int]] = {}
        for start, end in combinations(range(size + 1), 2):
            if end - start >= SHORTEST_NEAR:
                spans["".join(asked.pieces[start:end])] = (start, end)
        firsts = dict.fromkeys(asked.pieces[at : at + SHORTEST_NEAR] for at in range(size - SHORTEST_NEAR + 1))
        if not firsts:
            return
        rows = self._rows("{title other} : (" + " OR ".join(_phrase(one) for one in firsts) + ")")
        bodies = rows[self._columns.kind[rows] == ORDER.index(Kind.SUBJECT)]
        short = bodies[self._columns.length[bodies] <= size]
        for number, names in self._names(short[:MOST_WEIGHED].tolist()):
            for name in names:
                if place := spans.get("".join(pieces(name))):
                    yield number, *place

    def _cut_short(self, asked: Term) -> Scores:
        """Bodies in whose names all characters stand in this order, the last one near the end."""
        found = np.zeros(self._size)
        rows = self._rows(" AND ".join(f'title : "{one}"' for one in asked.pieces))
        bodies = rows[self._columns.kind[rows] == ORDER.index(Kind.SUBJECT)]
        for number, names in self._names(bodies[:MOST_WEIGHED].tolist()):
            if asked.pieces[-1] in names[0][-CUT_END:] and _in_order(asked.pieces, names[0]):
                found[number] = CUT + COVER * len(asked.pieces) / self._columns.length[number]
        return found

    def _literal(self, asked: Term) -> Scores:
        phrase = _phrase(asked.pieces)
        found = np.zeros(self._size)
        length = len(asked.pieces)
        cover = COVER * np.minimum(length / self._columns.length, 1.0)
        found[self._rows(f"body : {phrase}")] = BODY
        found[self._rows(f"other : {phrase}")] = OTHER
        found[self._rows(f"other : ^{phrase}")] = OTHER + COVER / 2
        inside = self._rows(f"title : {phrase}")
        found[inside] = WITHIN + cover[inside]
        first = self._rows(f"title : ^{phrase}")
        found[first] = BEGINS + cover[first]
        whole = first[self._columns.length[first] == length]
        found[whole] = EQUAL
        return found

    def _by_pinyin(self, asked: Term) -> Scores:
        found = np.zeros(self._size)
        letters = asked.text
        if len(letters) >= TRIPLE:
            column, phrase = "letters", f'"{" ".join(triples(letters))}"'
        elif len(letters) > 1:
            column, phrase = "sound", f'"{letters}"'
        else:
            return found
        rows = self._rows(f"{column} : {phrase}")
        found[rows] = SPELLED + COVER * np.minimum(len(letters) / 5 / self._columns.length[rows], 1.0)
        found[self._rows(f"{column} : ^{phrase}")] += FIRST
        found[rows[self._columns.kind[rows] == ORDER.index(Kind.SUBJECT)]] += FIRST
        if len(letters) >= TRIPLE:
            above = self._rows(f"above : {phrase}")
            found[above] = np.maximum(found[above], BODY)
        short = self._rows(f'initials : "{" ".join(letters)}"')
        cover = COVER * np.minimum(len(letters) / self._columns.length[short], 1.0)
        found[short] = np.maximum(found[short], SHORT + cover)
        return found

    def _by_words(self, asked: Term) -> Scores:
        words = asked.words
        if len(words) < SHORTEST_WORD:
            return np.zeros(self._size)
        parts = [self._literal(Term(word, tuple(pieces(word)))) for word in words]
        return np.where(np.min(parts, axis=0) > 0, WORDS * np.mean(parts, axis=0), 0.0)

    def some(self, asked: Iterable[Term]) -> Scores:
        """Entries that have at least half of the words, rarer words counting for more."""
        words = dict.fromkeys(word for one in asked for word in (one.words or (one.text,)))
        parts = []
        for word in words:
            scores = self._literal(Term(word, tuple(pieces(word))))
            hits = int(np.count_nonzero(scores))
            if hits:
                parts.append(scores * np.log(1 + self._size / hits))
        if not parts:
            return np.zeros(self._size)
        total = np.sum(parts, axis=0)
        there = np.count_nonzero(np.array(parts), axis=0)
        return np.where(there * 2 >= len(words), total / 10, 0.0)

    def _by_sound(self, asked: Term) -> Scores:
        found = np.zeros(self._size)
        if asked.is_latin or len(asked.pieces) < SHORTEST_WORD:
            return found
        phrases = (f'sound : "{" ".join(one)}"' for one in _readings(asked))
        rows = self._rows(" OR ".join(phrases))
        found[rows] = SOUND + COVER * np.minimum(len(asked.pieces) / self._columns.length[rows], 1.0)
        found[np.intersect1d(rows, self._having_one_of(asked.pieces))] += FIRST
        return found

    def _near(self, asked: Term) -> Scores:
        found = np.zeros(self._size)
        shortest = SHORTEST_NEAR_LETTERS if asked.is_latin else SHORTEST_NEAR
        if not asked.is_latin and SHORTEST_WORD <= len(asked.text) <= MOST_NEAR:
            found = self._near_sound(asked)
        if not shortest <= len(asked.text) <= MOST_NEAR:
            return found
        if asked.is_letters:
            return self._near_letters(asked.text)
        if not self._may_be_near(asked.pieces):
            return found
        for expression in _slips(asked.pieces):
            rows = self._rows(f"{{title other}} : {expression}")
            found[rows] = NEAR + COVER * np.minimum(len(asked.pieces) / self._columns.length[rows], 1.0)
        return found

    def _may_be_near(self, parts: tuple[str, ...]) -> bool:
        """Whether a third of a long term stands in any name: slips side by side leave at least one whole."""
        third = len(parts) // 3
        if third < SHORTEST_WORD:
            return True
        thirds = (parts[:third], parts[third : 2 * third], parts[2 * third :])
        return bool(len(self._rows("{title other} : (" + " OR ".join(_phrase(one) for one in thirds) + ")")))

    def _near_sound(self, asked: Term) -> Scores:
        """Names that sound almost so and have a character in common (海锭, 海淀), bodies first."""
        found = np.zeros(self._size)
        letters = spelling(asked.text).letters
        if not SHORTEST_NEAR_LETTERS <= len(letters) <= MOST_NEAR:
            return found
        near = self._near_letters(letters, only_first=len(asked.pieces) < SHORTEST_NEAR)
        shared = self._having_one_of(asked.pieces)
        found[shared] = near[shared]
        return found

    def _having_one_of(self, characters: Iterable[str]) -> NDArray[np.int64]:
        """Entries in whose names one of these characters stands."""
        return self._rows("{title other} : (" + " OR ".join(f'"{one}"' for one in dict.fromkeys(characters)) + ")")

    def _near_letters(self, letters: str, *, only_first: bool = False) -> Scores:
        from rapidfuzz import fuzz  # noqa: PLC0415  # only the last way needs it
        from rapidfuzz.distance import LCSseq  # noqa: PLC0415

        found = np.zeros(self._size)
        counted: Counter[int] = Counter()
        parts = dict.fromkeys(triples(letters))
        for one in parts:
            counted.update(self._rows(f'letters : "{one}"').tolist())
        slips = 2 if len(letters) >= TWO_SLIPS_FROM_LETTERS else 1
        shared = len(parts) - slips * BROKEN_BY_A_SLIP
        if shared <= 0:
            for one in _exchanged(letters):
                phrase = f'letters : "{" ".join(triples(one))}"'
                counted.update(dict.fromkeys(self._rows(phrase).tolist(), len(parts)))
        close = (number for number, count in counted.items() if count >= shared)
        ordered = sorted(close, key=lambda number: (-counted[number], self._columns.length[number]))[:MOST_WEIGHED]
        cutoff = 100 * (1 - slips / len(letters)) - 1
        in_order = int(cutoff * (2 * len(letters) - 1) / 200)
        for number, names in self._names(ordered):
            for name in names:
                spelled = spelling(name)
                whole = spelled.letters
                if len(whole) < len(letters) - slips or not LCSseq.similarity(letters, whole, score_cutoff=in_order):
                    continue  # no part of it can be close enough
                ends = (
                    (at, at + len(letters) + extra)
                    for at in spelled.starts()[: 1 if only_first else None]
                    for extra in (-1, 0, 1)
                )
                like = max((fuzz.ratio(letters, whole[at:end]) for at, end in ends), default=0.0)
                if like >= cutoff:
                    cover = min(len(letters) / len(whole), 1.0)
                    found[number] = max(found[number], NEAR + CLOSE * (like - cutoff) + COVER / 4 * cover)
        return found

    def _names(self, numbers: list[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
        for number, entry in zip(numbers, entries(self._base, numbers), strict=True):
            yield number, (entry.title, *entry.others)

    def _rows(self, expression: str) -> NDArray[np.int64]:
        """The entries that match; joined into one text by the base, as rows taken one by one cost far more."""
        found = self._known.get(expression)
        if found is None:
            asked = "SELECT group_concat(rowid, ' ') FROM words WHERE words MATCH ?"
            (text,) = self._base.execute(asked, (expression,)).fetchone()
            found = self._known[expression] = np.fromstring(text or "", dtype=np.int64, sep=" ")
        return found


def _exchanged(letters: str) -> Iterator[str]:
    """The letters with two neighbours exchanged: in a short term that may leave no three of them as they were."""
    for at in range(len(letters) - 1):
        if letters[at] != letters[at + 1]:
            yield letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]


def _readings(asked: Term) -> list[tuple[str, ...]]:
    """How the characters may be read, the likeliest way first."""
    several = product(*(sorted(spellings(one)) or ["x"] for one in asked.pieces))
    return list(dict.fromkeys((spelling(asked.text).syllables, *islice(several, MOST_READINGS))))


def _in_order(parts: tuple[str, ...], name: str) -> bool:
    rest = iter(name)
    return all(one in rest for one in parts)


def _phrase(parts: tuple[str, ...]) -> str:
    """The parts one after the other; a Latin word at the end may go on."""
    return f'"{" ".join(parts)}"' + ("*" if parts[-1].isascii() and not parts[-1].isdigit() else "")


def _slips(parts: tuple[str, ...]) -> Iterator[str]:
    """The phrase with one character wrong, too many, lacking, or two exchanged; from some length on two are wrong."""
    count = len(parts)
    for at in range(count):
        before, after = parts[:at], parts[at + 1 :]
        yield _pair(before, after, 1)
        if at > 0:
            yield _pair(before, parts[at:], 1)
        if at + 1 < count:
            turned = (*before, parts[at + 1], parts[at], *parts[at + 2 :])
            yield _phrase(turned)
    if count >= TWO_SLIPS_FROM:
        for at in range(1, count - 2):
            yield _pair(parts[:at], parts[at + 2 :], 2)


def _pair(before: tuple[str, ...], after: tuple[str, ...], apart: int) -> str:
    if not before or not after:
        return f'"{" ".join(before or after)}"'
    return f'NEAR("{" ".join(before)}" "{" ".join(after)}", {apart})'


@cache
def _words_of() -> Callable[[str], list[str]]:
    import rjieba  # noqa: PLC0415  # importing it reads the dictionary: a tenth of a second

    return rjieba.cut


def _words(text: str) -> tuple[str, ...]:
    if text.isascii():
        return (text,)
    return tuple(dict.fromkeys(word for word in _words_of()(text) if len(word) >= SHORTEST_WORD))
