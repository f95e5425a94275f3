"""Ballots set aside because they came in a burst: found by the program, decided by the chair, never deleted."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office import vote_bursts
from govgauge.office.domain import panels
from govgauge.office.domain.acting import PROGRAM, Acting, noted
from govgauge.office.domain.ballot_box import ballot_domain
from govgauge.office.domain.vote_calls import vote_of
from govgauge.office.domain.voters import domain_hash
from govgauge.office.models import Ballot, CaseCall, Quarantine
from govgauge.office.vote_bursts import WINDOW, Burst, Minutes

ANYBODYS = (
    *("qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com"),
    *("139.com", "189.cn", "wo.cn", "21cn.com", "tom.com", "gmail.com", "outlook.com", "hotmail.com", "live.com"),
    *("msn.com", "yahoo.com", "icloud.com", "me.com", "vip.qq.com", "vip.163.com", "88.com", "petalmail.com"),
)
"""Mail services where anybody gets an address: their domain tells nothing of who votes together."""


def look(call: CaseCall) -> list[Quarantine]:
    """Set aside what came in bursts since the last look; the rows that are new or longer."""
    everybody = _minutes(call)
    anybodys = {ballot_domain(call.pk, domain_hash(call, one)) for one in ANYBODYS}
    found: list[Quarantine] = []
    with transaction.atomic():
        CaseCall.objects.select_for_update(no_key=True).get(pk=call.pk)  # one look at a time; ballots go on
        sizes = _sizes(call, "network", vote_bursts.LEAST_OF_NETWORK)
        networks, total = _kinds(call, "network")
        for network, own in sizes.items():
            minutes = _minutes(call, network=network)
            bursts = vote_bursts.of_network(minutes, total - own, networks - 1)
            found += _set_aside(call, bursts, minutes, network=network)
        sizes = _sizes(call, "domain", vote_bursts.LEAST_OF_DOMAIN)
        domains, _total = _kinds(call, "domain")
        for domain in sizes.keys() - anybodys:
            minutes = _minutes(call, domain=domain)
            found += _set_aside(call, vote_bursts.of_domain(minutes, everybody, domains), minutes, domain=domain)
        found += _set_aside(call, vote_bursts.of_everybody(everybody), everybody)
    return found


def look_at_all() -> int:
    """Look at each call whose vote is under way or ended not long ago; how many were set aside anew."""
    calls = CaseCall.objects.select_related("round").filter(ballots__isnull=False).distinct()
    return sum(len(look(call)) for call in calls if vote_of(call).has_begun())


@transaction.atomic
def decide(acting: Acting, row: Quarantine, *, counts: bool, reason: str, seen: str) -> None:
    """Let ballots that were set aside count, or not. `seen` is `stamp` of the row as somebody saw it.

    Raises NotAllowed; Unusable without a reason, or when somebody else decided meanwhile.
    """
    panels.chair(acting, row.call)
    if not reason.strip():
        raise Unusable("请填写理由；理由会留在记录中 (a reason is needed).")
    locked = Quarantine.objects.select_for_update().get(pk=row.pk)
    if stamp(locked) != seen:
        raise Unusable("这批选票刚刚有变化或已由别人决定；请核对后再决定 (it has changed meanwhile; look again).")
    with noted(acting, "vote.quarantine-decide", locked, round_=row.call.round, reason=reason.strip()[:300]):
        locked.counts, locked.reason = counts, reason.strip()[:300]
        locked.decided_by, locked.decided_at = acting.person, timezone.now()
        locked.save()


def stamp(row: Quarantine) -> str:
    """What somebody saw of a row when they decided."""
    return f"{row.pk}-{row.ballots}-{row.decided_at.timestamp() if row.decided_at else 'open'}"


class Aside:
    """Tells of ballots whether they are set aside: by rows that are not decided, or decided against."""

    def __init__(self, call: CaseCall) -> None:
        self._spans: dict[tuple[str, str], list[tuple[datetime, datetime]]] = defaultdict(list)
        for row in Quarantine.objects.filter(call=call).exclude(counts=True):
            self._spans[row.network, row.domain].append((row.first_minute, row.last_minute))

    def holds(self, network: str, domain: str, minute: datetime) -> bool:
        """Whether a ballot of these is not counted for now."""
        keys = {(network, ""), ("", domain), ("", "")}
        return any(first <= minute <= last for key in keys for first, last in self._spans.get(key, ()))


def _set_aside(
    call: CaseCall, bursts: Iterable[Burst], minutes: Minutes, network: str = "", domain: str = ""
) -> list[Quarantine]:
    rows = list(Quarantine.objects.filter(call=call, network=network, domain=domain))
    decided = [(row.first_minute, row.last_minute) for row in rows if row.decided_at]
    open_ones = [row for row in rows if not row.decided_at]
    found = []
    for burst in bursts:
        for part in vote_bursts.not_within(burst, minutes, decided):
            near = next((row for row in open_ones if _touch(row, part)), None)
            row = near or Quarantine(call=call, network=network, domain=domain)
            first = min(part.first, row.first_minute) if near else part.first
            last = max(part.last, row.last_minute) if near else part.last
            count = sum(number for at, number in minutes.items() if first <= at <= last)
            if near and (near.ballots, near.first_minute, near.last_minute) == (count, first, last):
                continue
            row.first_minute, row.last_minute, row.ballots, row.why = first, last, count, part.why[:300]
            if near:
                row.save()
            else:
                with noted(PROGRAM, "vote.quarantine", row, round_=call.round):
                    row.save()
                open_ones.append(row)
            found.append(row)
    return found


def _touch(row: Quarantine, part: Burst) -> bool:
    return row.first_minute - WINDOW <= part.last and part.first <= row.last_minute + WINDOW


def _minutes(call: CaseCall, **of: str) -> dict[datetime, int]:
    rows = Ballot.objects.filter(call=call, **of).order_by().values("minute").annotate(number=Count("pk"))
    return {row["minute"]: row["number"] for row in rows}


def _sizes(call: CaseCall, what: str, least: int) -> dict[str, int]:
    rows = Ballot.objects.filter(call=call).exclude(**{what: ""}).order_by().values(what)
    return {row[what]: row["number"] for row in rows.annotate(number=Count("pk")).filter(number__gte=least)}


def _kinds(call: CaseCall, what: str) -> tuple[int, int]:
    """How many networks or domains there are, and their ballots."""
    rows = Ballot.objects.filter(call=call).exclude(**{what: ""})
    told = rows.aggregate(kinds=Count(what, distinct=True), number=Count("pk"))
    return told["kinds"], told["number"]
