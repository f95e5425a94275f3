"""Searching the cases: as written, by pinyin, by the words of a phrase, by sound, and with slips of typing.

The ways are tried from the strictest on; the first by which every term of the query is found decides. So what is there
literally is never buried under what only looks like it.
"""

from collections.abc import Callable, Sequence
from functools import cache

from msgspec import Struct

from govgauge.case_library import library
from govgauge.case_library.model import Case
from govgauge.case_library.sieve import Sieve, sieved
from govgauge.case_library.spelling import abbreviates, sounds_like, spelled, spells
from govgauge.case_library.texts import Field, Texts, squeezed, texts, texts_of
from govgauge.word_enum import WordEnum

LONGEST_QUERY = 100
"""Characters of a query that are looked at."""
SHORTEST_NEAR, SHORTEST_NEAR_LETTERS = 4, 7
"""Characters and letters a term needs before one of them may be wrong: three characters name too many cities."""
LONGEST_NEAR = 30
"""Longer terms are not looked for with slips: it would take long, and nobody types a name of that length."""
TWO_SLIPS_FROM, TWO_SLIPS_FROM_LETTERS = 8, 14
"""From this length on two may be wrong."""
SHORTEST_WORD = 2


EVERYTHING = Sieve()


class Way(WordEnum):
    """How the terms were found, strictest first."""

    LITERAL = "literal"
    PINYIN = "pinyin"
    WORDS = "words"
    SOUND = "sound"
    NEAR = "near"


class Found(Struct, frozen=True):
    """The cases of a search, best first, then in the order of the library; `way` is how; None: nothing was asked."""

    cases: tuple[Case, ...]
    way: Way | None = None


class Term(Struct, frozen=True):
    """A term of the query: squeezed, and its words where it is a phrase."""

    text: str
    words: tuple[str, ...]

    @property
    def is_latin(self) -> bool:
        return self.text.isascii()


def search(query: str, sieve: Sieve = EVERYTHING, further: Sequence[Case] = ()) -> Found:
    """The cases that a query finds among those that a sieve lets through: those of the library, and before them
    `further` ones. White space parts terms; all must be found.

    An empty query finds all of them, in the order of the library.
    """
    chosen = sieved((*further, *library.cases()), sieve, library.described_ids())
    terms = terms_of(query)
    if not terms:
        return Found(chosen)
    inside = {case.id for case in chosen}
    looked_at = [one for one in (*map(texts_of, further), *texts()) if one.case.id in inside]
    for number, way in enumerate(Way, start=1):
        ways = [_MATCHES[one] for one in list(Way)[:number]]
        scored = [(score, one.case) for one in looked_at if (score := _score(terms, one, ways))]
        if scored:
            scored.sort(key=lambda pair: -pair[0])
            return Found(tuple(case for _score_of, case in scored), way)
    return Found((), None)


def terms_of(query: str) -> tuple[Term, ...]:
    """The terms of a query, each once."""
    parts = dict.fromkeys(squeezed(part) for part in query[:LONGEST_QUERY].split())
    return tuple(Term(part, _words(part)) for part in parts if part)


def _score(terms: Sequence[Term], one: Texts, ways: "Sequence[Match]") -> int:
    """What the case is worth for the terms: for each the weight of the best field; 0 when one of them is not found."""
    total = 0
    for term in terms:
        best = max((weight for match in ways if (weight := match(term, one))), default=0)
        if not best:
            return 0
        total += best
    return total


Match = Callable[[Term, Texts], int]


def _literal(term: Term, one: Texts) -> int:
    return _best(one, lambda field: _holds(term.text, field))


def _pinyin(term: Term, one: Texts) -> int:
    if not (term.is_latin and term.text.isalpha()):
        return 0
    return _best(one, lambda field: spells(term.text, field.spelling) or abbreviates(term.text, field.spelling))


def _by_words(term: Term, one: Texts) -> int:
    if len(term.words) < SHORTEST_WORD:
        return 0
    weights = [_best(one, lambda field, word=word: _holds(word, field)) for word in term.words]  # type: ignore[misc]
    return min(weights)


def _sound(term: Term, one: Texts) -> int:
    if term.is_latin:
        return 0
    wanted = spelled(term.text)
    return _best(one, lambda field: sounds_like(wanted, field.spelling))


def _near(term: Term, one: Texts) -> int:
    length = len(term.text)
    shortest, two_from = (
        (SHORTEST_NEAR_LETTERS, TWO_SLIPS_FROM_LETTERS) if term.is_latin else (SHORTEST_NEAR, TWO_SLIPS_FROM)
    )
    if not shortest <= length <= LONGEST_NEAR:
        return 0
    slips = 2 if length >= two_from else 1
    return _best(one, lambda field: bool(field.spelling) and _alike(term, field, slips))


_MATCHES: dict[Way, Match] = {
    Way.LITERAL: _literal,
    Way.PINYIN: _pinyin,
    Way.WORDS: _by_words,
    Way.SOUND: _sound,
    Way.NEAR: _near,
}


def _best(one: Texts, matches: Callable[[Field], bool]) -> int:
    return max((field.weight for field in one.fields if matches(field)), default=0)


def _holds(text: str, field: Field) -> bool:
    """Whether the field has the text: a Latin one from the beginning of a word on, so that `ai` is not in `email`."""
    if text.isascii():
        return field.squeezed.startswith(text) or any(word.startswith(text) for word in field.latin)
    return text in field.squeezed


def _alike(term: Term, field: Field, slips: int) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415  # only the last way needs it

    cutoff = 100 * (1 - slips / len(term.text)) - 1
    against = _letters(field.squeezed) if term.is_latin else (field.squeezed,)
    return any(
        len(text) >= len(term.text) - slips and fuzz.partial_ratio(term.text, text) >= cutoff for text in against
    )


@cache
def _letters(text: str) -> tuple[str, ...]:
    """The text in pinyin, each character by its reading in this text."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return ("".join(lazy_pinyin(text)),)


@cache
def _words(text: str) -> tuple[str, ...]:
    """The words of a phrase that say something: two characters at least."""
    if text.isascii():
        return (text,)
    import rjieba  # noqa: PLC0415  # importing it reads the dictionary: a tenth of a second

    return tuple(word for word in rjieba.cut(text) if len(word) >= SHORTEST_WORD)
