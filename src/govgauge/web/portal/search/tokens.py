"""Texts as the index knows them: Chinese character by character, other scripts word by word, names also by sound."""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

PIECE = re.compile(r"[a-z0-9]+|[^\W_]")
BREAK = "x0x"
"""Stands between two names, so that no phrase runs from one into the next."""
TRIPLE = 3
LONGEST_SPELLED = 40
"""Characters of a name that are spelled: nobody types the sounds of a whole sentence."""


class Spelling(Struct, frozen=True):
    """A name by sound: a syllable for each character, a letter or digit run for itself."""

    syllables: tuple[str, ...]

    @property
    def letters(self) -> str:
        return "".join(self.syllables)

    @property
    def initials(self) -> str:
        return "".join(one[0] for one in self.syllables)

    def starts(self) -> list[int]:
        """Where in the letters each syllable begins."""
        found, at = [], 0
        for one in self.syllables:
            found.append(at)
            at += len(one)
        return found


def folded(text: str) -> str:
    """One width, small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def pieces(text: str) -> list[str]:
    """The words of a text as they are looked for."""
    return PIECE.findall(folded(text))


def joined(texts: tuple[str, ...]) -> str:
    """Names as a field of the index, none running into the next."""
    return f" {BREAK} ".join(" ".join(pieces(text)) for text in texts)


@lru_cache(maxsize=50_000)
def spelling(text: str) -> Spelling:
    """How a name is read: each character as it sounds in this name."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # importing it reads its tables: a fifth of a second

    found: list[str] = []
    run = ""
    for piece in pieces(text[:LONGEST_SPELLED]):
        if piece.isascii():
            found += _read(lazy_pinyin(run)) if run else []
            found.append(piece)
            run = ""
        else:
            run += piece
    found += _read(lazy_pinyin(run)) if run else []
    return Spelling(tuple(found))


def triples(letters: str) -> list[str]:
    """All stretches of three letters."""
    return [letters[at : at + TRIPLE] for at in range(len(letters) - TRIPLE + 1)]


def _read(syllables: list[str]) -> list[str]:
    return [re.sub(r"[^a-z0-9]", "", one.replace("ü", "v").casefold()) or "x" for one in syllables]
