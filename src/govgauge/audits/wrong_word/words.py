"""Cutting Chinese into dictionary words, with one dictionary a process."""

from dataclasses import dataclass
from functools import cache
from types import ModuleType

LONGEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Words:
    """A run of characters cut into words: the bounds of the word at each place."""

    bounds: list[tuple[int, int]]

    def word_at(self, place: int) -> tuple[int, int]:
        """Start and end of the word over a place."""
        return self.bounds[place]

    def is_alone(self, place: int) -> bool:
        """Whether the character there is a word of its own."""
        first, after = self.bounds[place]
        return after - first == 1

    def count_alone(self, first: int, after: int) -> int:
        """How many characters of a stretch are words of their own."""
        return sum(self.is_alone(place) for place in range(first, after))


def cut(run: str) -> Words:
    """The run cut into words of the dictionary; nothing is guessed beyond it."""
    bounds: list[tuple[int, int]] = []
    for word in _dictionary().cut(run, hmm=False):
        first = len(bounds)
        bounds += [(first, first + len(word))] * len(word)
    return Words(bounds)


def is_word(text: str) -> bool:
    """Whether the dictionary has this word."""
    return bool(_dictionary().has_word(text))


def word_over(run: str, at: int) -> bool:
    """Whether any dictionary word of two to four characters could lie over the place."""
    return any(
        is_word(run[first : first + length])
        for length in range(2, LONGEST_WORD + 1)
        for first in range(max(0, at - length + 1), min(at, len(run) - length) + 1)
    )


def word_across(text: str, edge: int, start: int, end: int) -> bool:
    """Whether a dictionary word crosses an edge of the stretch start…end, other than the stretch itself."""
    for length in range(2, LONGEST_WORD + 1):
        for first in range(max(0, edge - length + 1), min(edge, len(text) - length + 1)):
            if (first, first + length) != (start, end) and is_word(text[first : first + length]):
                return True
    return False


@cache
def _dictionary() -> ModuleType:
    """The package with its dictionary, read only at the first doubtful place, for many pages have none."""
    import rjieba  # noqa: PLC0415  # importing it reads the dictionary: a tenth of a second

    return rjieba
