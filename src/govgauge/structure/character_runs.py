"""Runs of Chinese characters: what stands between figures, letters, marks and white space."""

import re

import numpy as np

RUN = re.compile(r"[\u4e00-\u9fff+、]{2,}")
_PLANE = 0x10000
_FIRST, _AFTER = 0x4E00, 0xA000
_KEPT = np.full(_PLANE, ord(" "), dtype="<u2")
"""By code unit of UTF-16: itself where it belongs to a run, else a space."""
_KEPT[_FIRST:_AFTER] = np.arange(_FIRST, _AFTER)
_KEPT[[ord("+"), ord("、")]] = ord("+"), ord("、")


def of(text: str) -> frozenset[str]:
    """The runs of a text, each once, single characters among them. As `RUN.findall`, in half the time or less."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    return frozenset(_KEPT.take(units).tobytes().decode("utf-16-le").split())
