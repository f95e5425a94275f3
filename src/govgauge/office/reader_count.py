"""How long a text is to its reader: what a limit of “300 字” counts."""

import unicodedata
from itertools import pairwise

UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})
"""Categories of signs that take no place of their own: marks on the sign before, joiners, controls."""
JOINER = "\u200d"
SKIN_TONES = frozenset(chr(code) for code in range(0x1F3FB, 0x1F400))
"""Signs that change the picture before them."""


def tidy(text: str) -> str:
    """A text as it is kept: composed, line breaks as one sign, no controls, nothing empty before and after."""
    joined = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in joined if one in {"\n", "\t"} or unicodedata.category(one) != "Cc").strip()


def characters(text: str) -> int:
    """Characters as a reader counts them: letters, signs and blanks are one each, a line break is one, marks on a
    letter are none; several pictures that are joined into one are one. The text is counted as `tidy` leaves it.
    """
    kept = tidy(text)
    return sum(
        one in "\n\t" or (unicodedata.category(one) not in UNSEEN and before != JOINER and one not in SKIN_TONES)
        for before, one in pairwise(f" {kept}")
    )
