"""Well-known wrong writings, found as they stand and believed only where no correct word explains them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import ahocorasick_rs

from govgauge.audits.wrong_word.words import is_word, word_across

PATH = Path(__file__).with_name("confusions.tsv")
REACH = 6
"""How far around a hit words are looked for."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """A known wrong writing in a text: where it starts, as written and as meant."""

    start: int
    wrong: str
    right: str


def confusions(text: str) -> Iterator[Confusion]:
    """Known wrong writings of a text, in order."""
    finder, wrongs, rights, guards = _known()
    for index, start, end in finder.find_matches_as_indexes(text):
        if not any(text[max(0, start - 8) : end + 8].find(guard) >= 0 for guard in guards[index]) and _stands_apart(
            text, start, end
        ):
            yield Confusion(start, wrongs[index], rights[index])


def wrong_writings() -> list[str]:
    """All that are known, as written."""
    return _known()[1]


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Whether the hit is not merely the end of one word and the beginning of the next.

    A short hit must cross no word on either side. A longer one must not begin inside a word, nor be a word whose
    neighbour took its last character (凝集力量).
    """
    first, after = max(0, start - REACH), min(len(text), end + REACH)
    around, begin, stop = text[first:after], start - first, end - first
    if word_across(around, begin, begin, stop):
        return False
    if end - start > 2 and not is_word(text[start : end - 1]):
        return True
    return not word_across(around, stop, begin, stop)


@cache
def _known() -> tuple[ahocorasick_rs.AhoCorasick, list[str], list[str], list[tuple[str, ...]]]:
    wrongs, rights, guards = [], [], []
    for line in PATH.read_text(encoding="utf-8").splitlines():
        wrong, right, *rest = line.split("\t")
        wrongs.append(wrong)
        rights.append(right)
        guards.append(tuple(rest[0].split("|")) if rest else ())
    finder = ahocorasick_rs.AhoCorasick(wrongs, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return finder, wrongs, rights, guards
