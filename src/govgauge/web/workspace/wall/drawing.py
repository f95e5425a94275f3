"""The board as it is drawn: shares, heights and places, so that templates hold no arithmetic."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.audits.catalogue import UnknownAudit, texts
from govgauge.gather.availability.status import Status, meanings
from govgauge.office.domain.walls import Shown
from govgauge.office.queries.wall import Answers, KindCount, RegionCount, Visits, Wall
from govgauge.office.queries.wall_sites import Bin
from govgauge.subjects.tiles import tiles
from govgauge.web.display import is_english

STRIP_HEIGHT = 100
STEPS = 5
CELL_WIDTH, CELL_HEIGHT = 130, 100
"""Of a tile of the map, in units of the drawing."""
REGIONS_SHOWN = 8
"""Regions that stand on no map, as bars."""


class Part(Struct, frozen=True):
    """A part of a bar: its class, what it is, how many, from where and how wide in hundredths."""

    kind: str
    title: str
    count: int
    start: str
    width: str


class Piece(Struct, frozen=True):
    """A part of a column of the strip."""

    kind: str
    y: str
    height: str


class Column(Struct, frozen=True):
    """Five minutes of the strip."""

    x: int
    starts: datetime
    pieces: tuple[Piece, ...]
    told: str


class DownRow(Struct, frozen=True):
    """A site that is down: how, since when, for how long."""

    name: str
    why: str
    since: datetime | None
    lasts: timedelta | None


class Line(Struct, frozen=True):
    """A named number with its bar."""

    name: str
    text: str
    width: str


class Cell(Struct, frozen=True):
    """A province of the map: what is written in it and its shade (None: nothing known)."""

    x: int
    y: int
    short: str
    text: str
    step: int | None


class Drawing(Struct, frozen=True):
    """All of it."""

    wall: Wall
    visits_percent: str
    visits: tuple[Part, ...]
    answers_percent: str
    answers: tuple[Part, ...]
    open_percent: str
    strip: tuple[Column, ...]
    down: tuple[DownRow, ...]
    kinds: tuple[Line, ...]
    cells: tuple[Cell, ...]
    regions: tuple[Line, ...]
    last_closed: str


def drawn(shown: Shown, now: datetime) -> Drawing:
    """Draw a count."""
    wall = shown.wall
    known = {tile.name for tile in tiles()}
    on_map = [one for one in wall.regions if one.name in known]
    return Drawing(
        wall=wall,
        visits_percent=_percent(wall.visits.done + wall.visits.failed, wall.visits.total),
        visits=_visits(wall.visits),
        answers_percent=_percent(wall.answers.done, wall.answers.total),
        answers=_answers(wall.answers),
        open_percent=_percent(wall.sites.opening, wall.sites.opening + wall.sites.failed, decimals=1),
        strip=_strip(wall.sites.hour),
        down=tuple(
            DownRow(one.name, _why(one.status), one.since, now - one.since if one.since else None)
            for one in wall.sites.down
        ),
        kinds=_kinds(wall.kinds),
        cells=_cells(on_map),
        regions=() if on_map else _regions(wall.regions),
        last_closed=_audit(wall.remedies.last_audit) if wall.remedies.last_audit else "",
    )


def _percent(part: int, whole: int, decimals: int = 0) -> str:
    """Cut, never rounded up: 100 % is said when nothing is missing."""
    if not whole:
        return "—"
    scale = 10**decimals
    return f"{part * 100 * scale // whole / scale:.{decimals}f}%"


def _parts(*rows: tuple[str, str, int]) -> tuple[Part, ...]:
    whole = sum(count for _kind, _title, count in rows) or 1
    made, start = [], 0.0
    for kind, title, count in rows:
        width = 100 * count / whole
        made.append(Part(kind, title, count, f"{start:.2f}", f"{width:.2f}"))
        start += width
    return tuple(made)


def _visits(one: Visits) -> tuple[Part, ...]:
    return _parts(
        ("good", _("完成"), one.done),
        ("bad", _("失败"), one.failed),
        ("busy", _("进行中"), one.running),
        ("rest", _("等待"), one.waiting),
    )


def _answers(one: Answers) -> tuple[Part, ...]:
    rest = max(0, one.total - one.done - one.waiting)
    return _parts(("good", _("已采用"), one.done), ("busy", _("待复核"), one.waiting), ("rest", _("待填写"), rest))


def _strip(hour: Sequence[Bin]) -> tuple[Column, ...]:
    return tuple(_column(place, one) for place, one in enumerate(hour))


def _column(place: int, one: Bin) -> Column:
    pieces, y = [], 0.0
    for kind, count in (("bad", one.failed), ("other", one.other), ("slow", one.slow), ("good", one.open)):
        if count:
            height = max(4.0, STRIP_HEIGHT * count / one.total) if kind == "bad" else STRIP_HEIGHT * count / one.total
            height = min(height, STRIP_HEIGHT - y)
            pieces.append(Piece(kind, f"{y:.1f}", f"{height:.1f}"))
            y += height
    facts = {"open": one.open, "slow": one.slow, "failed": one.failed, "other": one.other}
    told = _("能打开 %(open)s，缓慢 %(slow)s，打不开 %(failed)s，其他 %(other)s") % facts
    return Column(2 + place * 100, one.starts, tuple(pieces), told)


def _why(status: str) -> str:
    told = meanings().get(Status(status)) if status in set(Status) else None
    return (told.en if is_english() else told.zh) if told else status


def _audit(audit: str) -> str:
    try:
        return texts(audit, "en" if is_english() else "zh").title
    except UnknownAudit:
        return audit


def _kinds(kinds: Sequence[KindCount]) -> tuple[Line, ...]:
    most = max((one.count for one in kinds), default=1)
    return tuple(Line(_audit(one.audit), f"{one.count:,}", f"{100 * one.count / most:.2f}") for one in kinds)


def _regions(regions: Sequence[RegionCount]) -> tuple[Line, ...]:
    shown = sorted((one for one in regions if one.subjects), key=lambda one: (-one.mean, one.name))[:REGIONS_SHOWN]
    most = max((one.mean for one in shown), default=0.0) or 1.0
    return tuple(Line(one.name, f"{one.mean:.1f}", f"{100 * one.mean / most:.2f}") for one in shown)


def _cells(regions: Sequence[RegionCount]) -> tuple[Cell, ...]:
    """The provinces with findings for each subject visited; shades from the fewest to the most."""
    if not regions:
        return ()
    means = {one.name: one.mean for one in regions if one.subjects}
    low, high = min(means.values(), default=0.0), max(means.values(), default=0.0)
    return tuple(
        Cell(
            tile.column * CELL_WIDTH,
            tile.row * CELL_HEIGHT,
            tile.short,
            _mean(means[tile.name]) if tile.name in means else "—",
            _step(means[tile.name], low, high) if tile.name in means else None,
        )
        for tile in tiles()
    )


def _mean(mean: float) -> str:
    return f"{mean:.1f}" if mean < 100 else f"{mean:.0f}"


def _step(mean: float, low: float, high: float) -> int:
    return min(STEPS - 1, int(STEPS * (mean - low) / (high - low))) if high > low else 0
