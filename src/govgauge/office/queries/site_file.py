"""The file of a site: all that is known of it in a round, and a time line that joins it."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from msgspec import Struct

from govgauge.audits.catalogue import UnknownAudit, texts
from govgauge.office.models import (
    ColumnDay,
    Entry,
    Remedy,
    RemedyState,
    RemedyStep,
    RemedyStepKind,
    SelfCheck,
    SiteCertificate,
    SiteDay,
    Visit,
)
from govgauge.office.queries.findings import tellable
from govgauge.office.queries.freshness import ColumnNow, columns
from govgauge.office.queries.remedies import RemedyRow, row
from govgauge.office.queries.warnings import Warned, warnings
from govgauge.office.remedy_rules import OPEN, RUNNING, UNSENT

DAYS_SHOWN = 60
MOST_ROWS = 500
"""Of each kind in a file: more is in the lists."""
STEPS_TOLD = (
    *(RemedyStepKind.NOTIFIED, RemedyStepKind.REPORTED_FIXED, RemedyStepKind.REPORTED_NO_FIX, RemedyStepKind.GONE),
    *(RemedyStepKind.SEEN_AGAIN, RemedyStepKind.CLOSED, RemedyStepKind.REOPENED, RemedyStepKind.URGED),
    *(RemedyStepKind.ESCALATED, RemedyStepKind.EXCUSED, RemedyStepKind.LAPSED),
)


class AuditTold(Struct, frozen=True):
    """The findings of an audit: how many are there now, how many are gone, how many were sent and closed."""

    audit: str
    title: str
    now: int
    gone: int
    sent: int
    closed: int


class Event(Struct, frozen=True):
    """Something on the time line: `kind` is visit, remedy, self-check, warning or outage; `what` a word of it,
    `count` how many of it on that day."""

    at: datetime
    kind: str
    what: str
    count: int
    tone: str = ""
    told: str = ""

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


class SiteFile(Struct, frozen=True, kw_only=True):
    """All that is known of a site. `self_checks` is empty for those who may not see them."""

    entry: Entry
    days: list[SiteDay]
    certificate: SiteCertificate | None
    column_days: int
    columns: list[ColumnNow]
    visits: list[Visit]
    audits: list[AuditTold]
    remedies: list[RemedyRow]
    self_checks: list[SelfCheck]
    warnings: list[Warned]
    events: list[Event]
    open: int
    overdue: int
    closed: int

    @property
    def percent_failed(self) -> float | None:
        """Share of failed probes of the days shown, in per cent."""
        probes = sum(day.probes for day in self.days)
        return 100 * sum(day.failed for day in self.days) / probes if probes else None


def site_file(entry: Entry, today: date, language: str, *, with_self_checks: bool, office: bool) -> SiteFile:
    """The file of an entry's site; a constant number of queries. `office` sees what was not sent, too."""
    since = today - timedelta(days=DAYS_SHOWN)
    watched = SiteDay.objects.filter(watch__round=entry.round, watch__url=entry.url, day__gt=since)
    days = list(watched.order_by("day")) if entry.url else []
    shown = SiteCertificate.objects.filter(watch__round=entry.round, watch__url=entry.url) if entry.url else None
    visits = list(entry.visits.order_by("number"))
    found = entry.remedies.select_related("finding", "entry")
    found = found if office else found.exclude(state__in=UNSENT)
    remedies = list(found.order_by("due", "id")[:MOST_ROWS])
    late = Q(state__in=RUNNING, due__lt=today)
    sums = found.order_by().aggregate(
        open=Count("id", filter=Q(state__in=OPEN)),
        overdue=Count("id", filter=late),
        closed=Count("id", filter=Q(state=RemedyState.CLOSED)),
    )
    checks = list(entry.self_checks.select_related("by", "job").order_by("id")) if with_self_checks else []
    warned = warnings(entry.round, entry=entry)
    steps = RemedyStep.objects.filter(remedy__in=found, kind__in=STEPS_TOLD).values_list("kind", "at")
    return SiteFile(
        entry=entry,
        days=days,
        certificate=shown.first() if shown is not None else None,
        column_days=ColumnDay.objects.filter(entry=entry).values("day").distinct().count(),
        columns=columns(entry.round, entry=entry),
        visits=visits,
        audits=_audits(entry, found, language, office=office),
        remedies=[row(one, today, language) for one in remedies],
        self_checks=checks,
        warnings=warned,
        events=_events(visits, steps, checks, warned, days),
        **sums,
    )


def _audits(entry: Entry, found: QuerySet[Remedy], language: str, *, office: bool) -> list[AuditTold]:
    """What two people of the office look at is told to nobody else before they have."""
    told_of = entry.findings.filter(superseded=False)
    if not office:
        told_of = tellable(told_of)
    counts = told_of.order_by().values_list("audit")
    both = counts.annotate(now=Count("id", filter=Q(gone_since=None)), gone=Count("id", filter=~Q(gone_since=None)))
    sent: dict[str, list[int]] = {}
    for audit, state, number in found.order_by().values_list("audit", "state").annotate(n=Count("id")):
        pair = sent.setdefault(audit, [0, 0])
        pair[0] += number
        pair[1] += number if state == RemedyState.CLOSED else 0
    told = [AuditTold(one, _title(one, language), now, gone, *sent.get(one, (0, 0))) for one, now, gone in both]
    return sorted(told, key=lambda one: (-one.now, -one.gone, one.audit))


def _events(
    visits: Iterable[Visit],
    steps: Iterable[tuple[str, datetime]],
    checks: Iterable[SelfCheck],
    warned: Iterable[Warned],
    days: Iterable[SiteDay],
) -> list[Event]:
    """The time line, the latest first; what happened to remedies is counted by the day."""
    events = [_visit(one) for one in visits]
    counted: dict[tuple[date, str], list[datetime]] = {}
    for kind, at in steps:
        counted.setdefault((timezone.localdate(at), kind), []).append(at)
    tones = {"closed": "done", "gone": "done", "escalated": "failed", "urged": "failed", "reopened": "failed"}
    events += [
        Event(max(times), "remedy", kind, len(times), tones.get(kind, "")) for (_, kind), times in counted.items()
    ]
    events += [_check(one) for one in checks]
    events += [Event(_moment(one.since), "warning", one.title, 1, "failed", one.sentence) for one in warned]
    events += [Event(_midnight(one.day), "outage", "", one.failed, "failed") for one in _outages(days)]
    return sorted(events, key=lambda one: (one.at, one.kind, one.what), reverse=True)


def _visit(one: Visit) -> Event:
    what = "distorted" if one.distorted else "visit" if one.home_ok else "closed-home"
    return Event(one.started_at, "visit", what, one.findings, "" if what == "visit" else "paused")


def _check(one: SelfCheck) -> Event:
    return Event(one.asked_at, "self-check", "", one.findings, "")


def _outages(days: Iterable[SiteDay]) -> Iterator[SiteDay]:
    """Days on which the home page failed in 5 % of the probes or more, as the rules count."""
    return (one for one in days if one.probes and one.failed * 20 >= one.probes)


def _moment(since: str) -> datetime:
    at = datetime.fromisoformat(since)
    return at if at.tzinfo else timezone.make_aware(at)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _title(audit: str, language: str) -> str:
    try:
        return texts(audit, language).title
    except UnknownAudit:
        return audit
