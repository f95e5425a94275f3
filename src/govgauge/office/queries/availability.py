"""What the monitoring of a round has seen, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Sum
from msgspec import Struct

from govgauge.gather.availability.status import Counts, Status, meanings
from govgauge.office.domain import settings as round_settings
from govgauge.office.models import Entry, Round, SiteCertificate, SiteDay
from govgauge.office.monitoring.facts import AvailabilityFacts, Day, Window, facts_of_days
from govgauge.office.monitoring.settings import LEAST_A_DAY

WARNED_DAYS = (30, 14, 7)
"""Days before the end of a certificate on which it is told."""


SUMMED = ("probes", "failed", "blocked", "unclear", "ours", "crowded")
"""Counts of a day that add up."""


class Failing(Struct, frozen=True, kw_only=True):
    """Sites whose last slot ended in the same way, with what their owners can do."""

    status: str
    counts: str
    zh: str
    en: str
    remedy: str
    remedy_en: str
    sites: tuple[str, ...]


class Ending(Struct, frozen=True, kw_only=True):
    """A certificate that ends soon (`days` left, below 0 when it has ended), or that is not believed (`fault`)."""

    url: str
    host: str
    not_after: date
    days: int
    fault: str


class DaySeen(Struct, frozen=True, kw_only=True):
    """A day of the round: sites probed, how many of them too seldom, and the sums of their probes."""

    day: date
    sites: int
    thin: int
    probes: int
    failed: int
    blocked: int
    unclear: int
    ours: int
    crowded: int


class MonitorStanding(Struct, frozen=True, kw_only=True):
    """Where the monitoring of a round stands. `percent` of the probes failed."""

    round: str
    sites: int
    probes: int
    failed: int
    percent: float | None
    blocked: int
    unclear: int
    ours: int
    crowded: int
    last_at: datetime | None
    window: Window | None
    judged_sites: int
    vetoed_sites: int
    warned_sites: int
    distorted_sites: int
    days: tuple[DaySeen, ...]
    failing: tuple[Failing, ...]
    certificates: tuple[Ending, ...]


VETO_PERCENT, WARNING_PERCENT = 5, 3
"""国办秘函〔2019〕19号, 站点无法访问: 5 % or more; the warning before it: more than 3 %. For the overview alone:
what counts is judged by the rule sets."""


def window_of(round_: Round) -> Window | None:
    """The days that are judged: up to the day that the settings name, else the last whole days on record.

    The last day on record counts as whole when some site has all the probes of a day. None before any probe.
    """
    monitoring = round_settings.of(round_).monitoring
    if monitoring.until is not None:
        return Window(last=monitoring.until, days=monitoring.days)
    last = (
        SiteDay.objects.filter(watch__round=round_)
        .values("day")
        .annotate(most=Max("probes"))
        .order_by("-day")
        .values_list("day", "most")
        .first()
    )
    if last is None:
        return None
    day, most = last
    return Window(last=day if most >= LEAST_A_DAY else day - timedelta(days=1), days=monitoring.days)


def facts_by_site(round_: Round, window: Window, only: Collection[str] | None = None) -> dict[str, AvailabilityFacts]:
    """The facts of every site that was watched in the round, or `only` of some, by its address."""
    days: defaultdict[int, list[Day]] = defaultdict(list)
    watches = round_.watches.all() if only is None else round_.watches.filter(url__in=only)
    rows = SiteDay.objects.filter(watch__in=watches, day__gte=window.first, day__lte=window.last)
    for row in rows.values_list("watch_id", "day", "probes", "failed", "blocked", "unclear", "ours", "kinds"):
        watch, day, probes, failed, blocked, unclear, ours, kinds = row
        days[watch].append(
            Day(day=day, probes=probes, failed=failed, blocked=blocked, unclear=unclear, ours=ours, kinds=kinds)
        )
    return {url: facts_of_days(days[watch], window) for watch, url in watches.values_list("id", "url")}


def facts_of(round_: Round, *, entry: Entry | None = None) -> dict[int, AvailabilityFacts]:
    """The facts of every entry whose present site was watched, by the entry's id; empty before any probe.

    With `entry` those of this one.
    """
    window = window_of(round_)
    if window is None:
        return {}
    found = round_.entries.exclude(url="")
    entries = list((found.filter(id=entry.id) if entry else found).values_list("id", "url"))
    by_site = facts_by_site(round_, window, [url for _, url in entries] if entry else None)
    return {number: by_site[url] for number, url in entries if url in by_site}


def standing(round_: Round, today: date) -> MonitorStanding:
    """Where the monitoring stands. `today` decides which certificates end soon."""
    days = SiteDay.objects.filter(watch__round=round_)
    sums = days.aggregate(**{name: Sum(name, default=0) for name in SUMMED})
    window = window_of(round_)
    everybody = list(facts_by_site(round_, window).values()) if window else []
    shares = [one.percent or 0.0 for one in everybody if one.can_be_judged]
    return MonitorStanding(
        round=round_.slug,
        sites=round_.watches.filter(active=True).count(),
        percent=round(sums["failed"] * 100 / sums["probes"], 2) if sums["probes"] else None,
        last_at=round_.watches.aggregate(last=Max("last_at"))["last"],
        window=window,
        judged_sites=len(shares),
        vetoed_sites=sum(share >= VETO_PERCENT for share in shares),
        warned_sites=sum(WARNING_PERCENT < share < VETO_PERCENT for share in shares),
        distorted_sites=sum(one.distorted for one in everybody),
        days=_days(round_),
        failing=_failing(round_),
        certificates=_ending(round_, today),
        **sums,
    )


def _days(round_: Round) -> tuple[DaySeen, ...]:
    days = SiteDay.objects.filter(watch__round=round_)
    thin = dict(days.filter(probes__lt=LEAST_A_DAY).values_list("day").annotate(Count("id")).order_by("day"))
    rows = days.values_list("day").annotate(Count("id"), *(Sum(name) for name in SUMMED)).order_by("day")
    return tuple(
        DaySeen(day=day, sites=sites, thin=thin.get(day, 0), **dict(zip(SUMMED, sums, strict=True)))
        for day, sites, *sums in rows
    )


def _failing(round_: Round) -> tuple[Failing, ...]:
    """Sites that do not open, or not well, by the way their last slot ended; the most frequent first."""
    bad = (Counts.FAILED, Counts.BLOCKED, Counts.UNCLEAR)
    rows = round_.watches.filter(active=True, last_counts__in=[one.value for one in bad]).order_by("url")
    by_status: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for url, status, count in rows.values_list("url", "last_status", "last_counts"):
        by_status[status, count].append(url)
    told = meanings()
    return tuple(
        Failing(
            status=status,
            counts=count,
            zh=told[Status(status)].zh,
            en=told[Status(status)].en,
            remedy=told[Status(status)].remedy,
            remedy_en=told[Status(status)].remedy_en,
            sites=tuple(sites),
        )
        for (status, count), sites in sorted(by_status.items(), key=lambda one: (-len(one[1]), one[0]))
    )


def _ending(round_: Round, today: date) -> tuple[Ending, ...]:
    """Certificates that have ended, end within the warned days, or are not believed; the first to end first."""
    soon = today + timedelta(days=max(WARNED_DAYS))
    shown = SiteCertificate.objects.filter(watch__round=round_, watch__active=True)
    rows = shown.filter(not_after__lte=soon) | shown.exclude(fault="")
    return tuple(
        Ending(url=url, host=host, not_after=ends, days=(ends - today).days, fault=fault)
        for url, host, ends, fault in rows.order_by("not_after", "host").values_list(
            "watch__url", "host", "not_after", "fault"
        )
    )
