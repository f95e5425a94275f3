"""Pieces of text with the numbers that they tell, so that a program can hold them against the data."""

from govgauge.analysis.shares import shown
from govgauge.reports.document.model import Fact, Note, Paragraph, Run, Runs, Tone
from govgauge.scoring.bulk import SAME

Part = str | Run
POINT_DECIMALS = 2
UNKNOWN = "—"
HALF_A_CENT = 0.005


def line(*parts: Part) -> Runs:
    """Texts and runs as one line."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts if part != "")


def para(*parts: Part) -> Paragraph:
    """A paragraph of running text."""
    return Paragraph(line(*parts))


def caution(*parts: Part) -> Note:
    """What a reader must know before using the numbers."""
    return Note(line(*parts), Tone.CAUTION)


def remark(*parts: Part) -> Note:
    """Small print."""
    return Note(line(*parts))


def index(what: str, value: float) -> Run:
    """An index 0…1 as it is told."""
    return _told(what, value, shown(value))


def points(what: str, value: float, decimals: int = POINT_DECIMALS) -> Run:
    """Points as they are told."""
    return _told(what, value, shown(value, decimals))


def count(what: str, value: int) -> Run:
    """A whole number."""
    return _told(what, value, str(value))


def percent(what: str, share: float) -> Run:
    """A share 0…1 in per cent."""
    return _told(what, share, percent_text(share))


def percent_text(share: float) -> str:
    """Per cent with one decimal."""
    return f"{shown(100 * share, 1)}%"


def index_or_none(value: float | None) -> str:
    """An index in a table."""
    return UNKNOWN if value is None else shown(value)


def signed(value: float | None, decimals: int = 3) -> str:
    """A difference with its sign; 0 has none."""
    if value is None:
        return UNKNOWN
    text = shown(abs(value), decimals)
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def points_text(value: float) -> str:
    """Points in a table; a trace of one is told as such."""
    text = shown(value, POINT_DECIMALS)
    return "不到 0.01" if SAME < value < HALF_A_CENT else text


def _told(what: str, value: float, text: str) -> Run:
    return Run(text, facts=(Fact(what, float(value), text),))
