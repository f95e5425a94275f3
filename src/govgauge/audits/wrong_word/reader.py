"""Reading lines for wrong words, each distinct line once: most lines of a site stand on many of its pages."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set

import numpy as np
from msgspec import Struct

from govgauge.audits.wrong_word.clauses import clause_around
from govgauge.audits.wrong_word.confusions import confusions
from govgauge.audits.wrong_word.expressions import expressions
from govgauge.audits.wrong_word.knowledge import knowledge
from govgauge.audits.wrong_word.lines import is_judged
from govgauge.audits.wrong_word.long_terms import misspellings
from govgauge.audits.wrong_word.near_miss import doubts, near_misses
from govgauge.audits.wrong_word.pieces import GRAM, Numbers
from govgauge.audits.wrong_word.watch import watch
from govgauge.audits.wrong_word.words import cut
from govgauge.structure.character_runs import RUN

REMEMBERED = 100_000
"""Lines (by their hashes) and harmless places remembered before the memory is emptied: about 8 and 16 MB."""
_EDGE = "\n" * GRAM


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
    """Finds the wrong words of lines. What it remembers changes nothing but its speed.

    Lines are cut into runs of Chinese characters: the same words stand between ever new numbers and marks, and nearly
    all runs of a site have been seen before. Only wrong expressions are looked for in whole lines.
    """

    def __init__(self) -> None:
        self._lines: set[int] = set()
        self._faulty_lines: dict[str, list[Hit]] = {}
        self._runs: set[str] = set()
        self._faulty_runs: dict[str, list[Hit]] = {}
        self._signed_runs: dict[str, frozenset[str]] = {}
        self._harmless: set[str] = set()
        self._doubtful: dict[str, tuple[str, str]] = {}

    def is_sound(self, runs: Set[str]) -> bool:
        """Whether nothing can be wrong in a text with these runs of characters (see Page.runs)."""
        if max(len(self._lines), len(self._runs), len(self._harmless)) > REMEMBERED:
            self.__init__()  # type: ignore[misc]  # as new
        fresh = runs - self._runs
        if fresh:
            self._learn(list(fresh))
        return runs.isdisjoint(self._faulty_runs) and runs.isdisjoint(self._signed_runs)

    def read(self, lines: Iterable[str]) -> Iterator[tuple[str, Hit]]:
        """The lines with a wrong word in them, in order, each with its hits."""
        wanted = list(dict.fromkeys(lines))
        known = self._lines
        fresh = [line for line in wanted if hash(line) not in known]
        if fresh:
            known.update(map(hash, fresh))
            self._search(fresh)
        if self._faulty_lines:
            for line in wanted:
                for hit in self._faulty_lines.get(line, ()):
                    yield line, hit

    def _search(self, lines: list[str]) -> None:
        text = _EDGE + "\n".join(lines) + _EDGE
        runs = set(RUN.findall(text))
        fresh = runs - self._runs
        if fresh:
            self._learn(list(fresh))
        if not runs.isdisjoint(self._signed_runs):
            self._look_for_expressions(text, lines, {self._signed_runs[run] for run in runs & self._signed_runs.keys()})
        faulty = runs & self._faulty_runs.keys()
        for line in lines if faulty else ():
            for found in RUN.finditer(line):
                for hit in self._faulty_runs[found[0]] if found[0] in faulty else ():
                    self._keep(line, Hit(found.start() + hit.start, hit.wrong, hit.right, hit.kind))

    def _learn(self, runs: list[str]) -> None:
        """Remember what is wrong in runs, and which of them may be a part of a wrong expression."""
        self._runs.update(runs)
        text = _EDGE + "\n".join(runs) + _EDGE
        numbers = watch().numbers_of(text)
        listed, left = self._doubts(text, numbers)
        starts = _starts(runs)
        for hit in _hits(text, numbers, listed, left):
            number = bisect_right(starts, hit.start) - 1
            own = Hit(hit.start - starts[number], hit.wrong, hit.right, hit.kind)
            self._faulty_runs.setdefault(runs[number], []).append(own)
        for place, pair in listed:
            if pair in watch().signs:
                run = runs[bisect_right(starts, place) - 1]
                self._signed_runs[run] = self._signed_runs.get(run, frozenset()) | {pair}

    def _look_for_expressions(self, text: str, lines: list[str], pairs: set[frozenset[str]]) -> None:
        signs = watch().signs
        rules = [
            (rule, found.start())
            for pair in sorted(frozenset().union(*pairs))
            for found in re.finditer(pair, text)
            for rule in signs[pair]
        ]
        starts: list[int] = []
        for expression in expressions(text, rules):
            starts = starts or _starts(lines)
            number = bisect_right(starts, expression.start) - 1
            at = expression.start - starts[number]
            self._keep(lines[number], Hit(at, expression.wrong, expression.right, "expression"))

    def _keep(self, line: str, hit: Hit) -> None:
        """Remember a hit in a line that can be judged, unless a surer one lies over the same characters."""
        if not is_judged(line):
            return
        kept = self._faulty_lines.setdefault(line, [])
        end = hit.start + len(hit.wrong)
        if not any(other.start < end and hit.start < other.start + len(other.wrong) for other in kept):
            kept.append(hit)
            kept.sort(key=lambda one: one.start)

    def _doubts(self, text: str, numbers: Numbers) -> tuple[list[tuple[int, str]], dict[int, str]]:
        """Places of pairs that stand in listed writings, with the pair; and places where similar characters make sense,
        with these.
        """
        watched, harmless = watch(), self._harmless
        places = [place for place in watched.doubtful(numbers) if text[place - 3 : place + 5] not in harmless]
        around = [text[place - 3 : place + 5] for place in places]
        listed = [(place, one[3:5]) for place, one in zip(places, around, strict=True) if one[3:5] in watched.listed]
        self._look_at(text, numbers, dict(zip(around, places, strict=True)))
        left = {
            place + step: fills
            for place, one in zip(places, around, strict=True)
            if one in self._doubtful
            for step, fills in enumerate(self._doubtful[one])
            if fills
        }
        return listed, left

    def _look_at(self, text: str, numbers: Numbers, pairs: dict[str, int]) -> None:
        """Remember of strange pairs, each with eight characters around it, whether they are harmless or doubtful.

        Doubtful are their characters for which similar ones would make sense.
        """
        watched, remembered = watch(), self._doubtful
        unknown = {
            one: place for one, place in pairs.items() if one not in remembered and one[3:5] not in watched.familiar
        }
        if not unknown:
            return
        places = np.array(list(unknown.values()), dtype=np.int64)
        left = doubts(text, knowledge().replacements(numbers, np.concatenate((places, places + 1))))
        for one, place in unknown.items():
            if place in left or place + 1 in left:
                remembered[one] = left.get(place, ""), left.get(place + 1, "")
        self._harmless.update(one for one in unknown if one not in remembered and one[3:5] not in watched.listed)


def _starts(lines: list[str]) -> list[int]:
    starts = [len(_EDGE)]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts[:-1]


def _hits(text: str, numbers: Numbers, listed: list[tuple[int, str]], left: dict[int, str]) -> Iterator[Hit]:
    """All that runs show, the surest first."""
    yield from _term_hits(text, numbers)
    yield from _confusion_hits(text, listed)
    for miss in near_misses(text, left, watch().is_strange):
        yield _shortened(miss.start, miss.wrong, miss.right, "phrase" if miss.sure else "sequence")


def _term_hits(text: str, numbers: Numbers) -> Iterator[Hit]:
    for slip in misspellings(text, numbers):
        if slip.of_state:
            yield Hit(slip.start, slip.wrong, slip.right, "grave")
        else:
            yield _shortened(slip.start, slip.wrong, slip.right, "phrase")


def _confusion_hits(text: str, listed: list[tuple[int, str]]) -> Iterator[Hit]:
    betraying = watch().confusions
    for first, after in dict.fromkeys(clause_around(text, place) for place, pair in listed if pair in betraying):
        for confusion in confusions(text[first:after]):
            yield Hit(first + confusion.start, confusion.wrong, confusion.right, "confusion")


def _shortened(start: int, wrong: str, right: str, kind: str) -> Hit:
    """A hit reduced to the word that is wrong inside a phrase; the whole phrase when it is one word."""
    at = next(place for place, (one, other) in enumerate(zip(wrong, right, strict=True)) if one != other)
    first, after = cut(right).word_at(at)
    if after - first < 2:
        return Hit(start, wrong, right, kind)
    return Hit(start + first, wrong[first:after], right[first:after], kind)
