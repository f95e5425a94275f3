"""Single probes of a round: as a table, and as the week of one site."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.gather import urls
from govgauge.gather.availability.status import counts
from govgauge.office.domain import probing
from govgauge.office.models import Probe, Round, Watch
from govgauge.office.monitoring import facts, schedule
from govgauge.office.monitoring.facts import Day, SlotSeen, Window
from govgauge.subjects.tables.safe_text import guarded

COLUMNS = (
    *("url", "slot", "attempt", "at", "status", "counts", "http"),
    *("dns_ms", "connect_ms", "tls_ms", "first_byte_ms", "total_ms", "bytes", "peer", "detail"),
)
ROWS_AT_ONCE = 2_000


class SiteWeek(Struct, frozen=True, kw_only=True):
    """The last days of a site: what each slot came to, by its day, and the sums of the days."""

    url: str
    window: Window
    slots: dict[date, tuple[SlotSeen, ...]]
    days: tuple[Day, ...]


def table(round_: Round) -> Iterator[bytes]:
    """availability.csv (UTF-8), piece by piece: a row for each opening, in the order of sites and times (UTC)."""
    yield _line(COLUMNS)
    rows = Probe.objects.filter(watch__round=round_).order_by("watch__url", "slot", "attempt")
    fields = (
        *("watch__url", "slot", "attempt", "at", "status", "http"),
        *("dns", "connect", "tls", "first_byte", "total", "size", "peer", "detail"),
    )
    for url, slot, attempt, at, status, *rest in rows.values_list(*fields).iterator(ROWS_AT_ONCE):
        *numbers, peer, detail = rest
        http, *others = numbers
        yield _line(
            (
                *(guarded(url), _minute(slot), attempt, at.astimezone(UTC).isoformat(timespec="milliseconds")),
                *(status, counts(status).value, http, *others, peer, guarded(detail)),
            )
        )


def week(round_: Round, site: str, days: int) -> SiteWeek:
    """The last days on record of a site, given by its address, its host or its entry's name. Raises Unusable."""
    watch = _watch(round_, site)
    last = schedule.day_of(watch.last_slot) if watch.last_slot else round_.as_of
    window = Window(last=last, days=days)
    seen = probing.openings_of([watch.id], window.first, window.last).get(watch.id, [])
    slots: defaultdict[date, list[SlotSeen]] = defaultdict(list)
    for slot in facts.slots_of(seen):
        slots[schedule.day_of(slot.slot)].append(slot)
    return SiteWeek(
        url=watch.url,
        window=window,
        slots={day: tuple(slots[day]) for day in window.all_days()},
        days=tuple(facts.day_sums(day, slots[day], 0) for day in window.all_days()),
    )


def _watch(round_: Round, site: str) -> Watch:
    named = round_.entries.filter(key=site).exclude(url="") or round_.entries.filter(name=site).exclude(url="")
    wanted = {site, *named.values_list("url", flat=True)} | ({urls.canonical(site)} if urls.is_web(site) else set())
    found = list(round_.watches.filter(url__in=wanted)) or [
        watch for watch in round_.watches.filter(url__contains=site) if urls.host(watch.url) == site
    ]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "、".join(sorted(watch.url for watch in found)[:5])
        raise Unusable(f"“{site}”不止一个网站：{listed}；请写全网址 (several sites; give the address).")
    raise Unusable(
        f"“{round_.slug}”没有监测网站“{site}”；请核对网址或名称，或先运行 monitor run (no such site is watched)."
    )


def _line(cells: tuple[object, ...]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()


def _minute(slot: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=slot)).isoformat(timespec="minutes")
