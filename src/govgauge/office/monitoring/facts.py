"""From single openings to what the rules ask: each slot counts once, each day for itself, a week as a whole.

Pure functions. A slot is a probe with its repetitions: it failed when two of its openings at different times failed and
none came through. What was our own fault, and what the site's firewall kept from us, is counted apart.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

from govgauge.audits.site_unreachable.audit import META, Params
from govgauge.audits.verdict import judged, not_observable, passed
from govgauge.gather.availability.status import Counts, Status, counts, meanings
from govgauge.office.monitoring import schedule
from govgauge.office.monitoring.settings import LEAST_A_DAY, WEEK
from govgauge.outcomes import Fact, Finding, Result

SHUT_OUT_SHARE = 0.2
"""Share of refusals from which a site's availability is called distorted (own estimate)."""
PERCENT_STEPS = 10_000
"""A share in per cent is cut to four decimals, so that what is below a bound never reaches it by rounding."""


class Seen(Struct, frozen=True, order=True):
    """An opening as it is kept: slot, attempt (from 1), seconds since 1970, status, milliseconds in all."""

    slot: int
    attempt: int
    at: float
    status: str
    milliseconds: int


class SlotSeen(Struct, frozen=True):
    """What a slot came to: when it was first tried, what it counts as, by which status."""

    slot: int
    at: float
    counts: Counts
    status: Status
    milliseconds: int


class Day(Struct, frozen=True, kw_only=True):
    """The slots of a day. `probes` opened or failed, `failed` of them failed; the others say nothing of the site.

    `crowded` came too soon after another one. `kinds` are the statuses of the failed ones. Times in milliseconds.
    """

    day: date
    probes: int = 0
    failed: int = 0
    blocked: int = 0
    unclear: int = 0
    ours: int = 0
    crowded: int = 0
    kinds: dict[str, int] = {}
    median: int = 0
    p95: int = 0


class Window(Struct, frozen=True, kw_only=True):
    """The days that are judged, and how many probes each of them needs."""

    last: date
    days: int = WEEK
    per_day: int = LEAST_A_DAY

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.days - 1)

    def all_days(self) -> list[date]:
        """Every day of the window."""
        return [self.first + timedelta(days=number) for number in range(self.days)]


class AvailabilityFacts(Struct, frozen=True, kw_only=True):
    """What is known of a site's availability in a window. `percent` of the probes failed; None without any probe.

    `thin_days` are days with fewer probes than the rule wants, `fewest` is the number of the thinnest; one thin day
    and the rule cannot be judged. `distorted`: the site keeps the checking program out.
    """

    window: Window
    probes: int
    failed: int
    blocked: int
    unclear: int
    ours: int
    thin_days: int
    fewest: int
    kinds: dict[str, int]

    @property
    def percent(self) -> float | None:
        if not self.probes:
            return None
        return math.floor(self.failed * 100 * PERCENT_STEPS / self.probes) / PERCENT_STEPS

    @property
    def can_be_judged(self) -> bool:
        return self.thin_days == 0

    @property
    def distorted(self) -> bool:
        seen = self.probes + self.blocked + self.unclear
        return self.blocked > 0 and self.blocked >= SHUT_OUT_SHARE * seen

    def result(self, home: str, params: Params | None = None) -> Result:
        """The result of the audit `site-unreachable` from these probes, as vetoes, warnings and deductions take it."""
        params = params or Params()
        if not self.can_be_judged:
            return not_observable(META, self._why_not())
        data: dict[str, Fact] = {"probes": self.probes, "failed": self.failed, "percent": self.percent or 0.0}
        if self.failed / self.probes < params.veto_share:
            return passed(META, data)
        kind = max(self.kinds, key=lambda word: (self.kinds[word], word))
        finding = Finding(
            audit=META.id,
            page=home,
            target=kind,
            slug="never-opened" if self.failed == self.probes else "often-closed",
            data={**data, "kind": meanings()[Status(kind)].zh},
            seen_at=(self.window.first.isoformat(), self.window.last.isoformat()),
        )
        return judged(META, [finding], value=0.0, data=finding.data)

    def _why_not(self) -> str:
        span = f"{self.window.first} 至 {self.window.last}"
        need = f"每天应有间隔的有效探测不少于 {self.window.per_day} 次"
        if self.distorted:
            return f"{span}，网站拦截了检查程序 {self.blocked} 次，{need}，次数不够，不能判定可用性。"
        return f"{span}，{need}，有 {self.thin_days} 天不足（最少 {self.fewest} 次），不能判定可用性。"


def slots_of(openings: Iterable[Seen]) -> list[SlotSeen]:
    """What each slot came to, by its openings."""
    ordered = sorted(openings)
    return [_slot(slot, list(group)) for slot, group in groupby(ordered, key=attrgetter("slot"))]


def day_sums(day: date, slots: Iterable[SlotSeen], spacing: float) -> Day:
    """The sums of a day. A slot less than `spacing` seconds after the one before counts as none of its own."""
    kept, crowded = _spaced(slots, spacing)
    sums = Counter(slot.counts for slot in kept)
    times = sorted(slot.milliseconds for slot in kept if slot.counts is Counts.OPEN)
    return Day(
        day=day,
        probes=sums[Counts.OPEN] + sums[Counts.FAILED],
        failed=sums[Counts.FAILED],
        blocked=sums[Counts.BLOCKED],
        unclear=sums[Counts.UNCLEAR],
        ours=sums[Counts.OURS],
        crowded=crowded,
        kinds=dict(sorted(Counter(slot.status.value for slot in kept if slot.counts is Counts.FAILED).items())),
        median=_quantile(times, 0.5),
        p95=_quantile(times, 0.95),
    )


def days_of(openings: Iterable[Seen], spacing: float) -> list[Day]:
    """The sums of all days that the openings fall into."""
    slots = slots_of(openings)
    by_day = groupby(slots, key=lambda slot: schedule.day_of(slot.slot))
    return [day_sums(day, list(group), spacing) for day, group in by_day]


def facts_of_days(days: Iterable[Day], window: Window) -> AvailabilityFacts:
    """The facts of a window from the sums of its days; other days are left out."""
    known = {day.day: day for day in days}
    inside = [known.get(day, Day(day=day)) for day in window.all_days()]
    kinds: Counter[str] = Counter()
    for day in inside:
        kinds.update(day.kinds)
    return AvailabilityFacts(
        window=window,
        probes=sum(day.probes for day in inside),
        failed=sum(day.failed for day in inside),
        blocked=sum(day.blocked for day in inside),
        unclear=sum(day.unclear for day in inside),
        ours=sum(day.ours for day in inside),
        thin_days=sum(day.probes < window.per_day for day in inside),
        fewest=min(day.probes for day in inside),
        kinds=dict(kinds),
    )


def availability_facts(openings: Iterable[Seen], window: Window, spacing: float = 0.0) -> AvailabilityFacts:
    """The facts of a window from single openings."""
    return facts_of_days(days_of(openings, spacing), window)


def _slot(slot: int, openings: Sequence[Seen]) -> SlotSeen:
    """Opened once: open. Failed twice: failed. Failed only once, or in doubt: unclear. All of them ours: ours."""
    told = [(one, counts(one.status)) for one in openings]
    theirs = [(one, count) for one, count in told if count is not Counts.OURS]
    first_at = openings[0].at
    for wanted in (Counts.OPEN, Counts.BLOCKED):
        for one, count in theirs:
            if count is wanted:
                return SlotSeen(slot, first_at, wanted, Status(one.status), one.milliseconds)
    failed = [one for one, count in theirs if count is Counts.FAILED]
    if len(failed) >= 2:
        return SlotSeen(slot, first_at, Counts.FAILED, Status(failed[-1].status), failed[-1].milliseconds)
    if theirs:
        return SlotSeen(slot, first_at, Counts.UNCLEAR, Status(theirs[-1][0].status), theirs[-1][0].milliseconds)
    return SlotSeen(slot, first_at, Counts.OURS, Status.OURS, 0)


def _spaced(slots: Iterable[SlotSeen], spacing: float) -> tuple[list[SlotSeen], int]:
    kept: list[SlotSeen] = []
    crowded = 0
    for slot in sorted(slots, key=lambda one: one.at):
        if kept and slot.at - kept[-1].at < spacing:
            crowded += 1
        else:
            kept.append(slot)
    return kept, crowded


def _quantile(ordered: Sequence[int], share: float) -> int:
    """The smallest value that `share` of the values do not exceed; 0 for none."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0
