"""How long a text is to its reader: what a limit of “300 字” counts."""

import unicodedata

UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Cs"})
"""Categories of signs that take no place of their own: marks on the sign before, joiners, controls."""


def tidy(text: str) -> str:
    """A text as it is kept: composed, line breaks as one sign, no controls, nothing empty before and after."""
    joined = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in joined if one in {"\n", "\t"} or unicodedata.category(one) != "Cc").strip()


def characters(text: str) -> int:
    """Characters as a reader counts them: letters, signs and blanks are one each, a line break is one, marks on a
    letter are none. The text is counted as `tidy` leaves it.
    """
    return sum(1 for one in tidy(text) if one in "\n\t" or unicodedata.category(one) not in UNSEEN)
