"""What changed on the sites of a round between visits: new, gone, still there, and what nobody looked at again.

What was seen on former sites of entries is left out.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db.models import Count, Max, Q, QuerySet
from msgspec import Struct

from govgauge.office.models import Finding, Round, Scope, Visit
from govgauge.subjects.tables.safe_text import guarded

CHUNK = 2000
STATES = ("new", "gone", "still", "unseen")
COLUMNS = (
    *("parent", "name", "group", "audit", "page", "target", "slug", "state"),
    *("first_seen", "last_seen", "times", "gone_since", "confirmed", "system"),
)


class Change(Struct, frozen=True, kw_only=True):
    """An entry's findings of one audit: how many are new, gone, still there; `unseen` were not looked at again."""

    key: str
    system: str
    audit: str
    new: int
    gone: int
    still: int
    unseen: int


class _Sums(Struct):
    new: int = 0
    gone: int = 0
    still: int = 0
    unseen: int = 0


def changes(round_: Round, *, since: datetime | None = None, key: str = "") -> list[Change]:
    """What changed since a time (None: since the first visit), by keys, systems and audits; two queries."""
    rows = _findings(round_, key)
    new = Q(first_visit__gt=1) if since is None else Q(first_seen__gte=since)
    gone = Q(gone_since__isnull=False)
    counted = rows.values_list("entry_id", "entry__key", "entry__system", "audit", "last_visit").annotate(
        gone=Count("id", filter=gone if since is None else Q(gone_since__gte=since)),
        new=Count("id", filter=new & ~gone),
        still=Count("id", filter=~new & ~gone),
    )
    latest = _latest(round_)
    sums: dict[tuple[str, str, str], _Sums] = {}
    for entry_id, name, system, audit, last_visit, ended, fresh, standing in counted:
        sum_ = sums.setdefault((name, system, audit), _Sums())
        sum_.gone += ended
        if last_visit >= latest.get(entry_id, 0):
            sum_.new += fresh
            sum_.still += standing
        else:
            sum_.unseen += fresh + standing
    return [
        Change(key=name, system=system, audit=audit, new=one.new, gone=one.gone, still=one.still, unseen=one.unseen)
        for (name, system, audit), one in sorted(sums.items())
        if one.new or one.gone or one.still or one.unseen
    ]


def table(round_: Round, *, since: datetime | None = None, key: str = "") -> Iterator[str]:
    """The findings as lines of a CSV, each with its state and its times (UTC)."""
    latest = _latest(round_)
    yield _csv(COLUMNS)
    rows = (
        _findings(round_, key)
        .select_related("entry")
        .order_by("entry__group", "entry__key", "entry__system", "audit", "identity")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        state = state_of(row, latest.get(row.entry_id, 0), since)
        if state:
            yield _csv(
                [
                    *map(guarded, (row.entry.parent, row.entry.name, row.entry.group, row.audit, row.page, row.target)),
                    *(row.slug, state, _time(row.first_seen), _time(row.last_seen), str(row.times)),
                    *(_time(row.gone_since), "true" if row.confirmed else "false", row.entry.system),
                ]
            )


def state_of(row: Finding, latest: int, since: datetime | None = None) -> str:
    """`new`, `still`, `gone`, `unseen`, or empty for what was gone before. `latest`: number of the last full visit."""
    if row.gone_since is not None:
        return "gone" if since is None or row.gone_since >= since else ""
    if row.last_visit < latest:
        return "unseen"
    new = row.first_visit > 1 if since is None else row.first_seen >= since
    return "new" if new else "still"


def _findings(round_: Round, key: str) -> QuerySet[Finding]:
    rows = Finding.objects.filter(entry__round=round_, superseded=False)
    return rows.filter(entry__key=key) if key else rows


def _latest(round_: Round) -> dict[int, int]:
    """The number of the last full visit of each entry that was let in."""
    visits = Visit.objects.filter(entry__round=round_, scope=Scope.FULL, distorted=False)
    return dict(visits.values_list("entry_id").annotate(Max("number")))


def _csv(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _time(time: datetime | None) -> str:
    return "" if time is None else time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
