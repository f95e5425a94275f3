"""The pairs of characters at which a text is looked at closely: those never seen, and those in listed writings.

Each listed writing is betrayed by one of its pairs, best one that is never seen anyhow, else the one that is rarest in
known phrases. So one look at each pair of a text tells whether there can be anything wrong in it.
"""

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from govgauge import lazy_re
from govgauge.audits.wrong_word.confusions import wrong_writings
from govgauge.audits.wrong_word.expressions import SIGNS
from govgauge.audits.wrong_word.knowledge import Knowledge, knowledge, neighbours
from govgauge.audits.wrong_word.pieces import Numbers

_BEYOND = lazy_re.compile("[\U00010000-\U0010ffff]")
_HAN = lazy_re.compile("[\u4e00-\u9fff]{2}")


class Watch(Struct, frozen=True):
    """What to look for, and where it stands."""

    numbers: Numbers
    """Number of a character by its code point, with those that only listed writings hold."""
    passes: NDArray[np.uint8]
    """One bit for each ordered pair of numbers: nothing to look at."""
    stride: int
    confusions: frozenset[str]
    """Pairs that may begin, end or be inside a well-known wrong writing."""
    signs: dict[str, tuple[int, ...]]
    """Pairs that may stand in a wrong expression: the rules that know."""
    listed: frozenset[str]
    """Pairs of both kinds."""
    familiar: frozenset[str]
    """Those of them that are seen in good writing, too."""

    def numbers_of(self, text: str) -> Numbers:
        """The number of each character of a text."""
        units = np.frombuffer(text.encode("utf-16-le", "replace"), dtype=np.uint16)
        if len(units) != len(text):  # characters that take two units
            return self.numbers_of(_BEYOND.sub("\ufffd", text))
        return self.numbers.take(units)

    def doubtful(self, numbers: Numbers) -> list[int]:
        """Where the pairs begin that do not pass."""
        cell = numbers[:-1] * self.stride
        cell += numbers[1:]
        bits = self.passes.take(cell >> 3)
        cell &= 7
        bits <<= cell.astype(np.uint8)
        places: list[int] = np.flatnonzero(bits < 0x80).tolist()
        return places

    def is_strange(self, pair: str) -> bool:
        """Whether two characters, both Chinese, were never seen side by side."""
        if len(pair) < 2 or pair in self.familiar:
            return False
        first, second = self.numbers_of(pair).tolist()
        cell = first * self.stride + second
        return not self.passes[cell >> 3] << (cell & 7) & 0x80


@cache
def watch() -> Watch:
    """Made once a process."""
    store, passes = knowledge(), neighbours()
    numbers = store.numbers.copy()
    wanted = {pair for wrong in wrong_writings() for pair in map("".join, pairwise(wrong)) if _HAN.fullmatch(pair)}
    strays = sorted({character for pair in wanted | SIGNS.keys() for character in pair if not numbers[ord(character)]})
    first = len(store.characters) + 1
    numbers[[ord(character) for character in strays]] = np.arange(first, first + len(strays))
    seen = {
        pair: bool(passes[cell >> 3] << (cell & 7) & 0x80)
        for pair in wanted | SIGNS.keys()
        for cell in [int(numbers[ord(pair[0])]) * store.stride + int(numbers[ord(pair[1])])]
    }
    rank = {pair: (seen[pair], count) for pair, count in zip(wanted, _counts(store, wanted), strict=True)}
    betraying = {
        min((pair for pair in map("".join, pairwise(wrong)) if pair in rank), key=rank.__getitem__)
        for wrong in wrong_writings()
    }
    for pair in betraying | SIGNS.keys():
        cell = int(numbers[ord(pair[0])]) * store.stride + int(numbers[ord(pair[1])])
        passes[cell >> 3] &= ~(0x80 >> (cell & 7)) & 0xFF
    listed = frozenset(betraying | SIGNS.keys())
    return Watch(
        numbers=numbers,
        passes=passes,
        stride=store.stride,
        confusions=frozenset(betraying),
        signs=SIGNS,
        listed=listed,
        familiar=frozenset(pair for pair in listed if seen[pair]),
    )


def _counts(store: Knowledge, pairs: Iterable[str]) -> list[int]:
    """How often each pair begins a piece of a phrase."""
    numbers = np.array([[store.numbers[ord(pair[0])], store.numbers[ord(pair[1])]] for pair in pairs])
    return store.pieces.beginning_with(numbers[:, 0], numbers[:, 1])
