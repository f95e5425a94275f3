"""What charts of portal pages are drawn from: shares in hundredths, heights of bars, steps of a colour."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.analysis.groups import Group, Spread
from govgauge.analysis.shares import shown

STEPS = 5
"""Shades of a map."""
HEIGHT = 110
"""Of the tallest bar, in units of the drawing."""


class Range(Struct, frozen=True):
    """From the lowest to the highest index with the mean between, in hundredths of the width."""

    low: str
    width: str
    mean: str
    told: str


class Column(Struct, frozen=True):
    """A bar of a histogram: where it stands, how high it is, what it counts."""

    x: int
    y: str
    height: str
    count: int
    start: str
    told: str


class Shade(Struct, frozen=True):
    """A step of a colour and what it stands for."""

    step: int
    low: str
    high: str


def range_of(spread: Spread) -> Range | None:
    """None where no index is known."""
    if spread.minimum is None or spread.maximum is None or spread.mean is None:
        return None
    told = _("平均 %(mean)s，最低 %(low)s，最高 %(high)s") % {
        "mean": shown(spread.mean),
        "low": shown(spread.minimum),
        "high": shown(spread.maximum),
    }
    return Range(hundredths(spread.minimum), hundredths(spread.maximum - spread.minimum), hundredths(spread.mean), told)


def histogram(group: Group) -> tuple[Column, ...]:
    """How the total indexes of a group lie over ten bands; empty where none is known."""
    most = max((band.share.numerator for band in group.bands), default=0)
    if not most:
        return ()
    made = []
    for place, band in enumerate(group.bands):
        height = HEIGHT * band.share.numerator / most
        told = f"{shown(band.start, 1)}–{shown(band.end, 1)}：{band.share.numerator}"
        made.append(
            Column(
                4 + place * 36,
                f"{HEIGHT - height:.1f}",
                f"{height:.1f}",
                band.share.numerator,
                shown(band.start, 1),
                told,
            )
        )
    return tuple(made)


def shades(numbers: Sequence[float], *, percent: bool = False) -> tuple[Shade, ...]:
    """Steps of one width between the lowest and the highest number; one step where all are the same."""
    if not numbers:
        return ()
    low, high = min(numbers), max(numbers)
    width = (high - low) / STEPS
    if not width:
        return (Shade(STEPS - 1, written(low, percent=percent), written(high, percent=percent)),)
    edges = [low + width * step for step in range(STEPS + 1)]
    return tuple(
        Shade(step, written(edges[step], percent=percent), written(edges[step + 1], percent=percent))
        for step in range(STEPS)
    )


def step_of(number: float, numbers: Sequence[float]) -> int:
    """The shade of a number among others."""
    low, high = min(numbers), max(numbers)
    return min(STEPS - 1, int(STEPS * (number - low) / (high - low))) if high > low else STEPS - 1


def written(number: float, *, percent: bool = False) -> str:
    """An index, or a share in per cent."""
    return f"{shown(100 * number, 0)}%" if percent else shown(number)


def line(numbers: Sequence[float | None], width: int = 240, height: int = 72) -> tuple[tuple[str, str, float], ...]:
    """The points of a small chart of indexes 0…1 over the years; those not known are left out."""
    apart = width / max(1, len(numbers) - 1)
    return tuple(
        (f"{apart * place if len(numbers) > 1 else width / 2:.1f}", f"{height * (1 - number):.1f}", number)
        for place, number in enumerate(numbers)
        if number is not None
    )


def hundredths(index: float) -> str:
    """A share of the width."""
    return f"{100 * min(1.0, max(0.0, index)):.2f}"
