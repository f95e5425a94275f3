"""Reading lines for wrong words, each distinct line once: most lines of a site stand on many of its pages."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from govgauge.audits.wrong_word.confusions import confusions
from govgauge.audits.wrong_word.expressions import expressions
from govgauge.audits.wrong_word.lines import is_judged
from govgauge.audits.wrong_word.long_terms import misspellings
from govgauge.audits.wrong_word.near_miss import near_misses
from govgauge.audits.wrong_word.words import cut

REMEMBERED = 100_000
"""Lines remembered as faultless before the memory is emptied: about 10 MB."""


class Hit(Struct, frozen=True):
    """A wrong text in a line: where it starts, as written, as meant, and by what it was found.

    Kinds: confusion (a well-known wrong writing), expression (a wrong official expression), grave
    (a misspelt name of state), phrase (a fixed phrase with
    one wrong character), sequence (a frequent sequence of words with one wrong character).
    """

    start: int
    wrong: str
    right: str
    kind: str


class LineReader:
    """Finds the wrong words of lines. What it remembers changes nothing but its speed."""

    def __init__(self) -> None:
        self._clean: set[str] = set()
        self._faulty: dict[str, list[Hit]] = {}

    def read(self, lines: Iterable[str]) -> Iterator[tuple[str, Hit]]:
        """The lines with a wrong word in them, in order, each with its hits."""
        wanted = list(dict.fromkeys(lines))
        fresh = [line for line in wanted if line not in self._clean and line not in self._faulty]
        if len(self._clean) + len(self._faulty) + len(fresh) > REMEMBERED:
            self._clean.clear()
            self._faulty.clear()
            fresh = wanted
        self._clean.update(fresh)
        for line, hits in _search([line for line in fresh if is_judged(line)]):
            self._faulty[line] = hits
            self._clean.discard(line)
        for line in wanted:
            for hit in self._faulty.get(line, ()):
                yield line, hit


def _search(lines: list[str]) -> Iterator[tuple[str, list[Hit]]]:
    """The lines that hold a wrong word, searched as one text."""
    if not lines:
        return
    text = "\n".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: dict[int, list[Hit]] = {}
    for hit in _hits(text):
        number = bisect_right(starts, hit.start) - 1
        own = found.setdefault(number, [])
        start = hit.start - starts[number]
        if not any(other.start < start + len(hit.wrong) and start < other.start + len(other.wrong) for other in own):
            own.append(Hit(start, hit.wrong, hit.right, hit.kind))
    for number, hits in sorted(found.items()):
        yield lines[number], sorted(hits, key=lambda one: one.start)


def _hits(text: str) -> Iterator[Hit]:
    """What the layers find, the surest first."""
    for expression in expressions(text):
        yield Hit(expression.start, expression.wrong, expression.right, "expression")
    for slip in misspellings(text):
        if slip.of_state:
            yield Hit(slip.start, slip.wrong, slip.right, "grave")
        else:
            first, after = _word_within(slip.wrong, slip.right)
            yield Hit(slip.start + first, slip.wrong[first:after], slip.right[first:after], "phrase")
    for confusion in confusions(text):
        yield Hit(confusion.start, confusion.wrong, confusion.right, "confusion")
    for miss in near_misses(text):
        first, after = _word_within(miss.wrong, miss.right)
        kind = "phrase" if miss.sure else "sequence"
        yield Hit(miss.start + first, miss.wrong[first:after], miss.right[first:after], kind)


def _word_within(wrong: str, right: str) -> tuple[int, int]:
    """The bounds of the word that is wrong inside a phrase; the whole phrase when it is one word."""
    if len(wrong) != len(right):
        return 0, len(wrong)
    at = next(place for place, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other)
    first, after = cut(right).word_at(at)
    return (first, after) if after - first > 1 else (0, len(wrong))
