"""Numbers of certificates: a year, a running number of that year, and a digit that tells most slips of the pen."""

import re
import unicodedata

from msgspec import Struct

FEWEST_DIGITS = 5
DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""The quasigroup of H. Michael Damm (2004): tells every single wrong digit and every two neighbours exchanged."""
_WRITTEN = re.compile(r"([0-9]{4})[^0-9]{0,6}([0-9]{5,9})[^0-9]{0,3}([0-9])[^0-9]{0,4}")


class Number(Struct, frozen=True, order=True):
    """A number: year of issue and running number in it."""

    year: int
    serial: int

    @property
    def check(self) -> str:
        """The check digit."""
        return check_digit(f"{self.year:04d}{self.serial:0{FEWEST_DIGITS}d}")

    @property
    def code(self) -> str:
        """As addresses and records have it: `2025-00001-9`."""
        return f"{self.year:04d}-{self.serial:0{FEWEST_DIGITS}d}-{self.check}"

    def printed(self, word: str) -> str:
        """As it stands on paper, after the office's own word: 政测证字〔2025〕第 00001-9 号."""
        return f"{word}〔{self.year:04d}〕第 {self.serial:0{FEWEST_DIGITS}d}-{self.check} 号"


def check_digit(digits: str) -> str:
    """The digit after others that makes their whole come out at nought."""
    state = 0
    for digit in digits:
        state = int(DAMM[state][int(digit)])
    return str(state)


def read(written: str) -> Number | None:
    """The number that somebody typed, in any width, with or without its words; None when it is no number.

    Raises ValueError when the check digit does not fit: a digit is wrong or two were exchanged.
    """
    plain = unicodedata.normalize("NFKC", written[:80])
    found = _WRITTEN.fullmatch(re.sub(r"^[^0-9]{0,20}", "", re.sub(r"\s", "", plain)))
    if found is None:
        return None
    made = Number(int(found[1]), int(found[2]))
    if made.check != found[3] or made.serial == 0:
        raise ValueError("check digit")
    return made
