"""Probes: whose home pages are watched, who probes a slot, and what is recorded of it, once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from msgspec import Struct

from govgauge.gather.availability.opening import Certificate, Opening
from govgauge.gather.availability.status import Counts
from govgauge.office.models import Probe, ProbeClaim, Round, SiteCertificate, SiteDay, Watch
from govgauge.office.models.rounds import Standing
from govgauge.office.monitoring import facts, schedule
from govgauge.office.monitoring.facts import Seen, SlotSeen

AT_ONCE = 400
"""Rows named in one query: SQLite takes no more than some thousand values."""
DAY_FIELDS = ("probes", "failed", "blocked", "unclear", "ours", "crowded", "kinds", "median", "p95")
CERTIFICATE_FIELDS = ("host", "subject", "issuer", "names", "not_after", "fault", "seen_at")

Item = TypeVar("Item")
Place = tuple[int, int]
"""Id of a watched site, and a slot."""


class EndedSlot(Struct, frozen=True):
    """A slot that was probed: its openings in the order of attempts."""

    watch: int
    slot: int
    openings: tuple[Opening, ...]


@transaction.atomic
def watched(round_: Round) -> dict[int, str]:
    """The home pages to be probed now, by the id of their watch; brought in line with the entries of the round."""
    wanted = set(round_.entries.filter(standing=Standing.IN).exclude(url="").values_list("url", flat=True))
    known = {url: (number, active) for number, url, active in round_.watches.values_list("id", "url", "active")}
    Watch.objects.bulk_create([Watch(round=round_, url=url) for url in sorted(wanted - known.keys())])
    for active in (True, False):
        changed = [number for url, (number, was) in known.items() if (url in wanted) == active and was != active]
        for some in _portions(changed):
            Watch.objects.filter(id__in=some).update(active=active)
    return dict(round_.watches.filter(active=True).values_list("id", "url"))


@transaction.atomic
def claim(places: Collection[Place], owner: str) -> set[Place]:
    """Those of the slots that nobody has probed and nobody is probing: they are the owner's until recorded."""
    free = set(places) - _probed(places)
    ProbeClaim.objects.bulk_create(
        [ProbeClaim(watch_id=watch, slot=slot, owner=owner) for watch, slot in sorted(free)], ignore_conflicts=True
    )
    mine = set(ProbeClaim.objects.filter(owner=owner).values_list("watch_id", "slot")) & free
    late = _probed(mine)  # recorded by another one between the first look and the claim
    _unclaim(late, owner)
    return mine - late


def release(owner: str) -> int:
    """Give back all that an owner has claimed; returns how many slots that were."""
    return ProbeClaim.objects.filter(owner=owner).delete()[0]


def release_dead(round_: Round, machine: str) -> int:
    """Give back what monitors of a machine have claimed in a round, none of which lives any more."""
    return ProbeClaim.objects.filter(watch__round=round_, owner__startswith=f"{machine}:").delete()[0]


@transaction.atomic
def record(ended: Sequence[EndedSlot], owner: str, spacing: float) -> None:
    """Keep what was seen in some slots, sum their days, and give their claims back: all or nothing.

    A slot that somebody else has recorded meanwhile stays as it is.
    """
    places = {(one.watch, one.slot) for one in ended}
    done = _probed(places)
    new = [one for one in ended if (one.watch, one.slot) not in done]
    Probe.objects.bulk_create(
        [_row(one, attempt, opening) for one in new for attempt, opening in enumerate(one.openings, start=1)],
        ignore_conflicts=True,
    )
    _unclaim(places, owner)
    _keep_certificates(new)
    _sum_days({(one.watch, schedule.day_of(one.slot)) for one in new}, spacing)
    _keep_last(new)


def thin(round_: Round, before: date) -> int:
    """Remove the probes of the days before one; their daily sums stay. Returns how many there were."""
    minute, _ = schedule.minutes_of(before, before)
    return Probe.objects.filter(watch__round=round_, slot__lt=minute).delete()[0]


def openings_of(watches: Collection[int], first: date, last: date) -> dict[int, list[Seen]]:
    """The openings of sites from one day to another, by the id of their watch."""
    begin, end = schedule.minutes_of(first, last)
    found: defaultdict[int, list[Seen]] = defaultdict(list)
    for some in _portions(sorted(watches)):
        rows = Probe.objects.filter(watch_id__in=some, slot__gte=begin, slot__lt=end)
        for watch, slot, attempt, at, status, total in rows.values_list(
            "watch_id", "slot", "attempt", "at", "status", "total"
        ):
            found[watch].append(Seen(slot, attempt, at.timestamp(), status, total))
    return found


def _probed(places: Collection[Place]) -> set[Place]:
    """Those of the slots of which something is recorded."""
    if not places:
        return set()
    slots = [slot for _, slot in places]
    found: set[Place] = set()
    for some in _portions(sorted({watch for watch, _ in places})):
        rows = Probe.objects.filter(watch_id__in=some, slot__gte=min(slots), slot__lte=max(slots), attempt=1)
        found.update(rows.values_list("watch_id", "slot"))
    return found & set(places)


def _unclaim(places: Collection[Place], owner: str) -> None:
    by_slot: defaultdict[int, list[int]] = defaultdict(list)
    for watch, slot in places:
        by_slot[slot].append(watch)
    wanted = [Q(slot=slot, watch_id__in=watches) for slot, watches in by_slot.items()]
    for some in _portions(wanted, 100):
        condition = Q()
        for one in some:
            condition |= one
        ProbeClaim.objects.filter(condition, owner=owner).delete()


def _row(one: EndedSlot, attempt: int, opening: Opening) -> Probe:
    phases = opening.phases
    return Probe(
        watch_id=one.watch,
        slot=one.slot,
        attempt=attempt,
        at=opening.began,
        status=opening.status.value,
        http=min(opening.http, 32_767),
        dns=phases.dns,
        connect=phases.connect,
        tls=phases.tls,
        first_byte=phases.first_byte,
        total=phases.total,
        size=opening.size,
        peer=opening.peer[:45],
        detail=opening.detail[:200],
    )


def _keep_certificates(ended: Iterable[EndedSlot]) -> None:
    latest: dict[int, tuple[datetime, Certificate]] = {}
    for one in ended:
        for opening in one.openings:
            if opening.certificate is not None:
                latest[one.watch] = (opening.began, opening.certificate)
    SiteCertificate.objects.bulk_create(
        [
            SiteCertificate(
                watch_id=watch,
                host=shown.host[:253],
                subject=shown.subject,
                issuer=shown.issuer,
                names=list(shown.names),
                not_after=shown.not_after,
                fault=shown.fault,
                seen_at=at,
            )
            for watch, (at, shown) in sorted(latest.items())
        ],
        update_conflicts=True,
        unique_fields=["watch"],
        update_fields=CERTIFICATE_FIELDS,
    )


def _sum_days(places: Collection[tuple[int, date]], spacing: float) -> None:
    """Sum days of sites anew from their probes."""
    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for watch, day in places:
        by_day[day].append(watch)
    rows: list[SiteDay] = []
    for day, watches in sorted(by_day.items()):
        for watch, openings in sorted(openings_of(watches, day, day).items()):
            sums = facts.day_sums(day, facts.slots_of(openings), spacing)
            rows.append(SiteDay(watch_id=watch, day=day, **{name: getattr(sums, name) for name in DAY_FIELDS}))
    SiteDay.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["watch", "day"], update_fields=DAY_FIELDS, batch_size=AT_ONCE
    )


def _keep_last(ended: Sequence[EndedSlot]) -> None:
    """Let each site tell how its latest slot ended, and since when it fails."""
    latest: dict[int, EndedSlot] = {}
    for one in sorted(ended, key=lambda one: one.slot):
        latest[one.watch] = one
    for some in _portions(sorted(latest)):
        rows = list(Watch.objects.filter(id__in=some))
        for row in rows:
            _bring_up_to_date(row, latest[row.id], _slot_of(latest[row.id]))
        Watch.objects.bulk_update(rows, ["last_slot", "last_at", "last_counts", "last_status", "failing_since"])


def _bring_up_to_date(row: Watch, one: EndedSlot, came_to: SlotSeen) -> None:
    if one.slot < row.last_slot:
        return
    row.last_slot, row.last_at = one.slot, one.openings[-1].began
    row.last_counts, row.last_status = came_to.counts.value, came_to.status.value
    if came_to.counts is Counts.OPEN:
        row.failing_since = None
    elif came_to.counts is Counts.FAILED and row.failing_since is None:
        row.failing_since = one.openings[0].began


def _slot_of(one: EndedSlot) -> SlotSeen:
    seen = [
        Seen(one.slot, attempt, opening.began.timestamp(), opening.status.value, opening.phases.total)
        for attempt, opening in enumerate(one.openings, start=1)
    ]
    return facts.slots_of(seen)[0]


def _portions(items: Sequence[Item], size: int = AT_ONCE) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
