"""A filter of three characters in a row as they would stand where a long term has one wrong character.

A term's own characters around the place are known, and so are those that are written for the right one by mistake; all
such rows of three are marked in one table. About one row in two hundred of other text passes, too: the filter only
says where to look.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from govgauge.audits.wrong_word.pieces import Numbers

SLOT_BITS = 21
"""Size of the table in bytes, as a power of two."""
_LEFT, _MIDDLE, _RIGHT = 0x9E3779B97F4A7C1, 0x2545F4914F6CDD1D, 0x5851F42D4C957F2D
"""Odd numbers that spread the rows evenly."""
_TWO_BITS = [1 << one | 1 << other for one, other in combinations(range(8), 2)]
_MARKS = np.array(_TWO_BITS + _TWO_BITS[:4], dtype=np.uint8)
"""The marks that a row may leave in its byte."""


def marked(rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The table for rows of three numbers of characters."""
    slot, mark = _slots(rows[:, 0], rows[:, 1], rows[:, 2])
    table = np.zeros(1 << SLOT_BITS, dtype=np.uint8)
    np.bitwise_or.at(table, slot, mark)
    return table


def middles(table: NDArray[np.uint8], numbers: Numbers) -> Numbers:
    """The places of the middle characters of all rows that the table may hold."""
    slot, mark = _slots(numbers[:-2], numbers[1:-1], numbers[2:])
    seen = table.take(slot)
    seen &= mark
    return np.flatnonzero(seen == mark) + 1


def _slots(left: Numbers, middle: Numbers, right: Numbers) -> tuple[Numbers, NDArray[np.uint8]]:
    mixed = left * _LEFT
    mixed += middle * _MIDDLE
    mixed += right * _RIGHT
    slot = mixed >> (63 - SLOT_BITS)
    slot &= (1 << SLOT_BITS) - 1
    mixed >>= 63 - SLOT_BITS - 5
    mixed &= 31
    return slot, _MARKS.take(mixed)
