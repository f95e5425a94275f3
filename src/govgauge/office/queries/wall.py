"""What hangs on the wall of a command centre: one round in numbers that may be read by whoever comes in."""

from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Q
from django.utils import timezone
from msgspec import Struct

from govgauge.office.domain import boards
from govgauge.office.models import Finding, Remedy, RemedyState, Result, Round
from govgauge.office.queries import progress
from govgauge.office.queries.pace import pace
from govgauge.office.queries.wall_events import Event, events
from govgauge.office.queries.wall_sites import Sites, sites
from govgauge.office.remedy_rules import OPEN, RUNNING, UNSENT

KINDS_SHOWN = 6
CLOSED_DAYS = 180
"""The median is that of remedies closed within so many days: what was long ago says little about now."""


class Visits(Struct, frozen=True):
    """Visits by how they stand; pages and sites an hour at the present pace, seconds left (None while nothing ends)."""

    total: int
    done: int
    running: int
    waiting: int
    failed: int
    unreachable: int
    distorted: int
    pages: int
    sites_an_hour: int
    seconds_left: float | None


class Answers(Struct, frozen=True):
    """What people answer: all that was asked of them, accepted, handed in and waiting for review, late, in dispute."""

    total: int
    done: int
    waiting: int
    late: int
    disputes: int


class KindCount(Struct, frozen=True):
    """Findings of one audit that are there now."""

    audit: str
    count: int


class RegionCount(Struct, frozen=True):
    """A region: its subjects that were visited, and the findings that are there now."""

    name: str
    subjects: int
    findings: int

    @property
    def mean(self) -> float:
        return self.findings / self.subjects if self.subjects else 0.0


class Remedying(Struct, frozen=True):
    """Findings that bodies were told of. `median_days` from notice to closing; `last_*`: the one closed last."""

    sent: int = 0
    open: int = 0
    overdue: int = 0
    closed: int = 0
    median_days: float | None = None
    last_audit: str = ""
    last_name: str = ""
    last_at: datetime | None = None


class Wall(Struct, frozen=True):
    """Everything that the board shows of a round. `kinds` are the most frequent of `kinds_in_all`."""

    visits: Visits
    answers: Answers
    sites: Sites
    findings: int
    kinds_in_all: int
    kinds: tuple[KindCount, ...]
    regions: tuple[RegionCount, ...]
    remedies: Remedying
    events: tuple[Event, ...]


def counted(round_: Round, now: datetime) -> Wall:
    """Count a round: a constant number of queries, a second or so for 15,000 subjects."""
    found, regions = _findings(round_)
    kinds = sorted((KindCount(*one) for one in found.items()), key=lambda one: (-one.count, one.audit))
    return Wall(
        visits=_visits(round_, now),
        answers=_answers(round_),
        sites=sites(round_, now),
        findings=sum(found.values()),
        kinds_in_all=len(kinds),
        kinds=tuple(kinds[:KINDS_SHOWN]),
        regions=regions,
        remedies=_remedies(round_, timezone.localdate(now)),
        events=events(round_, now),
    )


def _visits(round_: Round, now: datetime) -> Visits:
    where = progress.standing(round_)
    speed = pace(round_, where.ready + where.running, now)
    return Visits(
        total=where.jobs,
        done=where.done,
        running=where.running,
        waiting=where.ready,
        failed=where.failed,
        unreachable=where.unreachable,
        distorted=where.distorted,
        pages=where.pages,
        sites_an_hour=round(speed.jobs_per_second * 3600),
        seconds_left=speed.seconds_left,
    )


def _answers(round_: Round) -> Answers:
    whole = boards.current(round_).board.whole
    return Answers(whole.total, whole.done, whole.waiting, whole.late, whole.disputes)


def _findings(round_: Round) -> tuple[dict[str, int], tuple[RegionCount, ...]]:
    """Findings that are there now by audit, and by region of those that were visited."""
    there = Finding.objects.filter(entry__round=round_, gone_since=None, superseded=False).order_by()
    by_audit: dict[str, int] = {}
    by_region: dict[str, int] = {}
    for audit, region, count in there.values_list("audit", "entry__region").annotate(n=Count("id")):
        by_audit[audit] = by_audit.get(audit, 0) + count
        by_region[region] = by_region.get(region, 0) + count
    judged = Result.objects.filter(entry__round=round_, home_ok=True).order_by()
    subjects = dict(judged.values_list("entry__region").annotate(n=Count("id")))
    names = sorted({*by_region, *subjects} - {""})
    return by_audit, tuple(RegionCount(one, subjects.get(one, 0), by_region.get(one, 0)) for one in names)


def _remedies(round_: Round, today: date) -> Remedying:
    sent = Remedy.objects.filter(round=round_).exclude(state__in=UNSENT).order_by()
    told = sent.aggregate(
        sent=Count("id"),
        open=Count("id", filter=Q(state__in=OPEN)),
        overdue=Count("id", filter=Q(state__in=RUNNING, due__lt=today)),
        closed=Count("id", filter=Q(state=RemedyState.CLOSED)),
    )
    closed = sent.filter(state=RemedyState.CLOSED).exclude(closed_at=None)
    lately = closed.filter(closed_at__gt=timezone.now() - timedelta(days=CLOSED_DAYS)).exclude(notified_at=None)
    days = [
        (timezone.localdate(ended) - timezone.localdate(begun)).days
        for begun, ended in lately.values_list("notified_at", "closed_at")
    ]
    last = closed.order_by("-closed_at", "-id").values_list("audit", "entry__name", "closed_at").first()
    audit, name, at = last or ("", "", None)
    middle = float(median(days)) if days else None
    return Remedying(**told, median_days=middle, last_audit=audit, last_name=name, last_at=at)
