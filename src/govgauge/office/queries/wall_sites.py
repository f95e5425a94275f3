"""The home pages that are watched, as the board on a wall shows them: now, which are down since when, the last hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from msgspec import Struct

from govgauge.gather.availability.status import Counts, Status, meanings
from govgauge.office.models import Entry, Probe, Round

DOWN_SHOWN = 8
BIN_MINUTES = 5
BINS = 12
"""An hour in steps of five minutes."""
KINDS = ("open", "slow", "failed", "other")
"""What a probe came to: open, open but late, did not open; `other`: kept out, or it is not clear. Ours are left out."""


class Down(Struct, frozen=True):
    """A site that does not open: whose it is, how its last slot ended, since when."""

    name: str
    status: str
    since: datetime | None


class Bin(Struct, frozen=True):
    """Five minutes: from when, and how many probes came to what."""

    starts: datetime
    open: int
    slow: int
    failed: int
    other: int

    @property
    def total(self) -> int:
        return self.open + self.slow + self.failed + self.other


class Sites(Struct, frozen=True):
    """How the watched sites stand by their last slot. `unseen`: not probed yet, or our own network was down."""

    watched: int = 0
    open: int = 0
    slow: int = 0
    failed: int = 0
    other: int = 0
    unseen: int = 0
    last_at: datetime | None = None
    down: tuple[Down, ...] = ()
    hour: tuple[Bin, ...] = ()

    @property
    def opening(self) -> int:
        """Those that open, in time or late."""
        return self.open + self.slow


def kind_of(counts: str, status: str) -> str:
    """Which of KINDS, or empty for what says nothing of the site."""
    match counts:
        case Counts.OPEN:
            return "slow" if status == Status.SLOW else "open"
        case Counts.FAILED:
            return "failed"
        case Counts.BLOCKED | Counts.UNCLEAR:
            return "other"
        case _:
            return ""


def sites(round_: Round, now: datetime) -> Sites:
    """How the sites of a round stand: five queries."""
    active = round_.watches.filter(active=True)
    numbers = dict.fromkeys(KINDS, 0)
    watched = 0
    for counts, status, count in active.order_by().values_list("last_counts", "last_status").annotate(n=Count("id")):
        watched += count
        if kind := kind_of(counts, status):
            numbers[kind] += count
    if not watched:
        return Sites()
    last = active.exclude(last_at=None).order_by("-last_at").values_list("last_at", flat=True).first()
    failing = active.filter(last_counts=Counts.FAILED).order_by("failing_since", "id")
    rows = list(failing.values_list("url", "last_status", "failing_since")[:DOWN_SHOWN])
    names = dict(Entry.objects.filter(round=round_, url__in=[row[0] for row in rows]).values_list("url", "name"))
    return Sites(
        watched=watched,
        **numbers,
        unseen=watched - sum(numbers.values()),
        last_at=last,
        down=tuple(Down(names.get(url, url), status, since) for url, status, since in rows),
        hour=_hour(round_, now),
    )


def _hour(round_: Round, now: datetime) -> tuple[Bin, ...]:
    """The last hour in steps that stand still on the clock; a slot counts as its best opening, as for points."""
    step = timedelta(minutes=BIN_MINUTES)
    this = int(now.timestamp() // step.total_seconds())
    first = datetime.fromtimestamp((this - BINS + 1) * step.total_seconds(), tz=now.tzinfo)
    slot = int((first - timedelta(hours=1)).timestamp() // 60)
    found = Probe.objects.filter(watch__round=round_, watch__active=True, slot__gte=slot, at__gte=first, at__lte=now)
    told = meanings()
    best: dict[tuple[int, int], tuple[int, int]] = {}
    for watch, number, at, status in found.order_by().values_list("watch_id", "slot", "at", "status"):
        kind = kind_of(told[Status(status)].counts, status) if status in told else ""
        if not kind:
            continue
        place = int(at.timestamp() // step.total_seconds()) - (this - BINS + 1)
        best[watch, number] = min(best.get((watch, number), (len(KINDS), 0)), (_ORDER.index(kind), place))
    counts = [[0] * len(KINDS) for _ in range(BINS)]
    for rank, when in best.values():
        counts[min(max(when, 0), BINS - 1)][rank] += 1
    return tuple(_bin(first + step * number, row) for number, row in enumerate(counts))


_ORDER = ("open", "slow", "other", "failed")
"""The best first."""


def _bin(starts: datetime, row: Sequence[int]) -> Bin:
    return Bin(starts, **dict(zip(_ORDER, row, strict=True)))
