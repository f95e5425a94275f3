"""How findings are put right: by body and kind, how long it takes, what share in time."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from statistics import median

from django.db.models import Case, DateTimeField, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from msgspec import Struct

from govgauge.office.models import Remedy, RemedyState, RemedyStep, RemedyStepKind
from govgauge.office.remedy_rules import LEAVES, OPEN, RESUMES, RUNNING, UNSENT

SPANS: tuple[tuple[int, int | None], ...] = ((0, 3), (4, 7), (8, 15), (16, 30), (31, 60), (61, None))
"""Days from notice to closing, from and to, as the chart shows them."""


class Figures(Struct, frozen=True, kw_only=True):
    """Numbers of some remedies. `median_days` from notice to closing; `in_time` of `closed` were handed over by their
    body (reported, or not seen any more) within the last deadline, however long others then took.

    `median_days` is None while nothing is closed.
    """

    name: str
    sent: int = 0
    open: int = 0
    overdue: int = 0
    escalated: int = 0
    excused: int = 0
    closed: int = 0
    in_time: int = 0
    median_days: float | None = None
    oldest_due: date | None = None
    entry: int = 0

    @property
    def share_in_time(self) -> float | None:
        return self.in_time / self.closed if self.closed else None


class Statistics(Struct, frozen=True):
    """All remedies together, by body and by audit, and how many were closed within which time."""

    total: Figures
    bodies: tuple[Figures, ...]
    audits: tuple[Figures, ...]
    spans: tuple[tuple[int, int | None, int], ...]


class _One(Struct, frozen=True):
    entry: int
    key: str
    audit: str
    state: str
    due: date | None
    notified: datetime | None
    closed: datetime | None
    escalated: bool
    handed_over: datetime | None

    @property
    def in_time(self) -> bool:
        end = self.handed_over or self.closed
        return self.due is not None and end is not None and timezone.localdate(end) <= self.due

    @property
    def days(self) -> int | None:
        if self.closed is None or self.notified is None or self.state != RemedyState.CLOSED:
            return None
        return (timezone.localdate(self.closed) - timezone.localdate(self.notified)).days


def statistics(found: QuerySet[Remedy], today: date) -> Statistics:
    """Numbers of the remedies that were sent; one query."""
    up = RemedyStep.objects.filter(remedy=OuterRef("pk"), kind=RemedyStepKind.ESCALATED)
    sent = found.exclude(state__in=UNSENT).order_by().annotate(up=Exists(up), handed_over=_handed_over())
    names = ("entry_id", "entry__key", "audit", "state", "due", "notified_at", "closed_at", "up", "handed_over")
    ones = [_One(*values) for values in sent.values_list(*names).iterator(chunk_size=5000)]
    by_body: defaultdict[tuple[str, int], list[_One]] = defaultdict(list)
    by_audit: defaultdict[str, list[_One]] = defaultdict(list)
    for one in ones:
        by_body[one.key, one.entry].append(one)
        by_audit[one.audit].append(one)
    days = [one.days for one in ones if one.days is not None]
    return Statistics(
        total=_figures("", ones, today),
        bodies=tuple(_figures(key, those, today, entry) for (key, entry), those in sorted(by_body.items())),
        audits=tuple(_figures(audit, those, today) for audit, those in sorted(by_audit.items())),
        spans=tuple((low, high, sum(low <= n and (high is None or n <= high) for n in days)) for low, high in SPANS),
    )


def _handed_over() -> Case:
    """When the body of a closed remedy handed it over, since it was last to act."""
    of_remedy = RemedyStep.objects.filter(remedy=OuterRef("pk"))
    acts = RemedyStep.objects.filter(remedy=OuterRef("remedy"), kind__in=RESUMES).order_by("-id").values("id")[:1]
    left = of_remedy.filter(kind__in=LEAVES).filter(id__gt=Coalesce(Subquery(acts), 0)).order_by("id").values("at")[:1]
    return Case(When(state=RemedyState.CLOSED, then=Subquery(left)), default=None, output_field=DateTimeField())


def _figures(name: str, ones: Iterable[_One], today: date, entry: int = 0) -> Figures:
    those = list(ones)
    late = [one for one in those if one.state in RUNNING and one.due is not None and one.due < today]
    closed = [one for one in those if one.days is not None]
    days = [one.days for one in closed if one.days is not None]
    running = [one.due for one in those if one.state in RUNNING and one.due is not None]
    in_time = [one for one in closed if one.in_time]
    return Figures(
        name=name,
        sent=len(those),
        open=sum(one.state in OPEN for one in those),
        overdue=len(late),
        escalated=sum(one.escalated and one.state in OPEN for one in those),
        excused=sum(one.state == RemedyState.EXCUSED for one in those),
        closed=len(closed),
        in_time=len(in_time),
        median_days=float(median(days)) if days else None,
        oldest_due=min(running, default=None),
        entry=entry,
    )
