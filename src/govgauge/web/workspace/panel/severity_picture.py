"""Severity of judges and adjusted points as pictures: a line each, with its standard error."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from govgauge.choosing.severity import AdjustedCase, JudgeSeverity
from govgauge.office.models import Case

LINE = 26
"""Height of a line."""
LEFT, WIDTH, RIGHT = 190, 760, 24
"""Where the axis begins; the whole width; what is left free behind it."""
NAME_SIGNS = 11
"""Signs of a name beside its line; the whole stands in the table and in the line's title."""


class Mark(Struct, frozen=True):
    """A line of the picture; numbers are places in the drawing, as texts."""

    name: str
    told: str
    y: int
    text_y: int
    dot: str
    low: str
    high: str
    raw: str = ""


class Tick(Struct, frozen=True):
    """A place on the axis."""

    x: str
    told: str
    is_zero: bool


class Picture(Struct, frozen=True):
    """A picture ready for `panel/picture.html`."""

    height: int
    axis_y: int
    tick_y: int
    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    left: int = LEFT
    width: int = WIDTH


def of_judges(judges: Sequence[JudgeSeverity]) -> Picture:
    """Judges from the most lenient to the most severe."""
    ordered = sorted(judges, key=lambda one: (one.severity, one.judge))
    rows = [(one.judge, float(one.severity), one.error, None) for one in ordered]
    reach = max([5.0, *(abs(value) + (error or 0) for _, value, error, _ in rows)])
    return _drawn(rows, -reach, reach)


def of_cases(cases: Sequence[AdjustedCase], known: Mapping[str, Case]) -> Picture:
    """Cases from the highest adjusted points down, the raw mean beside."""
    ordered = sorted(cases, key=lambda one: (-one.adjusted, one.case))
    rows = [
        (f"{known[one.case].number} {known[one.case].name}", float(one.adjusted), one.error, float(one.mean))
        for one in ordered
        if one.case in known
    ]
    ends = [0.0, 100.0]
    ends += [value + sign * (error or 0) for _, value, error, _ in rows for sign in (-1, 1)]
    return _drawn(rows, min(ends), max(ends))


def _drawn(rows: Sequence[tuple[str, float, float | None, float | None]], low: float, high: float) -> Picture:
    def at(value: float) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low):.1f}"

    marks = [
        Mark(
            name if len(name) <= NAME_SIGNS + 1 else f"{name[:NAME_SIGNS]}…",
            f"{name}：{value:.2f}" + (f" ± {error:.2f}" if error is not None else ""),
            LINE * place + LINE // 2,
            LINE * place + LINE // 2 + 4,
            at(value),
            at(value - (error or 0)),
            at(value + (error or 0)),
            at(raw) if raw is not None else "",
        )
        for place, (name, value, error, raw) in enumerate(rows)
    ]
    bottom = LINE * len(rows)
    step = (high - low) / 4
    values = [low + step * number for number in range(5)]
    ticks = [Tick(at(value), _told(value), abs(value) < step / 100) for value in values]
    return Picture(bottom + 28, bottom + 4, bottom + 20, marks, ticks)


def _told(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace("-", "−")
