"""Reading lines for wrong words, each distinct clause once: most clauses of a site stand on many of its pages."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from govgauge.audits.wrong_word.confusions import confusions
from govgauge.audits.wrong_word.expressions import expressions
from govgauge.audits.wrong_word.lines import judged_lines
from govgauge.audits.wrong_word.long_terms import misspellings
from govgauge.audits.wrong_word.near_miss import near_misses
from govgauge.audits.wrong_word.words import cut

REMEMBERED = 100_000
"""Lines and clauses remembered (by their hashes) before the memory is emptied: about 8 MB each."""
_CLAUSE = re.compile(r"[^\s，。；：！？,;:!?“”‘’\"'（）()《》〈〉【】\[\]|]+")


class Hit(Struct, frozen=True):
    """A wrong text in a line: where it starts, as written, as meant, and by what it was found.

    Kinds: confusion (a well-known wrong writing), expression (a wrong official expression), grave
    (a misspelt name of state), phrase (a fixed phrase with one wrong character), sequence (a frequent sequence of words
    with one wrong character).
    """

    start: int
    wrong: str
    right: str
    kind: str


class LineReader:
    """Finds the wrong words of lines. What it remembers changes nothing but its speed."""

    def __init__(self) -> None:
        self._lines: set[int] = set()
        self._faulty_lines: dict[str, list[Hit]] = {}
        self._clauses: set[int] = set()
        self._faulty_clauses: dict[str, list[Hit]] = {}

    def read(self, lines: Iterable[str]) -> Iterator[tuple[str, Hit]]:
        """The lines with a wrong word in them, in order, each with its hits."""
        wanted = list(dict.fromkeys(lines))
        if max(len(self._lines), len(self._clauses)) > REMEMBERED:
            for memory in (self._lines, self._faulty_lines, self._clauses, self._faulty_clauses):
                memory.clear()
        fresh = judged_lines([line for line in wanted if hash(line) not in self._lines])
        self._lines.update(map(hash, wanted))
        self._search(fresh)
        for line in wanted:
            for hit in self._faulty_lines.get(line, ()):
                yield line, hit

    def _search(self, lines: list[str]) -> None:
        text = "\n".join(lines)
        clauses = dict.fromkeys(_CLAUSE.findall(text))
        fresh = [clause for clause in clauses if hash(clause) not in self._clauses]
        self._clauses.update(map(hash, fresh))
        for clause, hit in _located("\n".join(fresh), fresh, _clause_hits):
            self._faulty_clauses.setdefault(clause, []).append(hit)
        for line, hit in _located(text, lines, _line_hits):
            self._keep(line, hit)
        if self._faulty_clauses:
            for line in lines:
                for found in _CLAUSE.finditer(line):
                    for hit in self._faulty_clauses.get(found.group(), ()):
                        self._keep(line, Hit(found.start() + hit.start, hit.wrong, hit.right, hit.kind))

    def _keep(self, line: str, hit: Hit) -> None:
        """Remember a hit unless a surer one lies over the same characters."""
        kept = self._faulty_lines.setdefault(line, [])
        end = hit.start + len(hit.wrong)
        if not any(other.start < end and hit.start < other.start + len(other.wrong) for other in kept):
            kept.append(hit)
            kept.sort(key=lambda one: one.start)


def _located(text: str, parts: list[str], find: Callable[[str], Iterator[Hit]]) -> Iterator[tuple[str, Hit]]:
    """The hits in a text of joined parts, each with its part and counted from the part's beginning."""
    starts: list[int] = []
    for hit in find(text) if text else ():
        if not starts:
            starts = _starts(parts)
        number = bisect_right(starts, hit.start) - 1
        yield parts[number], Hit(hit.start - starts[number], hit.wrong, hit.right, hit.kind)


def _starts(parts: list[str]) -> list[int]:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part) + 1)
    return starts[:-1]


def _line_hits(text: str) -> Iterator[Hit]:
    """What only a whole line shows."""
    for expression in expressions(text):
        yield Hit(expression.start, expression.wrong, expression.right, "expression")


def _clause_hits(text: str) -> Iterator[Hit]:
    """What a clause shows, the surest first."""
    for slip in misspellings(text):
        if slip.of_state:
            yield Hit(slip.start, slip.wrong, slip.right, "grave")
        else:
            yield _shortened(slip.start, slip.wrong, slip.right, "phrase")
    for confusion in confusions(text):
        yield Hit(confusion.start, confusion.wrong, confusion.right, "confusion")
    for miss in near_misses(text):
        yield _shortened(miss.start, miss.wrong, miss.right, "phrase" if miss.sure else "sequence")


def _shortened(start: int, wrong: str, right: str, kind: str) -> Hit:
    """A hit reduced to the word that is wrong inside a phrase; the whole phrase when it is one word."""
    at = next(place for place, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other)
    first, after = cut(right).word_at(at)
    if after - first < 2:
        return Hit(start, wrong, right, kind)
    return Hit(start + first, wrong[first:after], right[first:after], kind)
