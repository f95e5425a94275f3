"""What the daily looks of a round say of its columns, as tables take it: of now, or as it was frozen."""

from datetime import date, timedelta
from itertools import groupby

import msgspec
from django.db.models import Max
from django.utils import timezone

from govgauge.office.column_looks import HOME
from govgauge.office.columns_watched import AUDITS, ColumnFacts, Visited, facts_from
from govgauge.office.models import ColumnDay, ColumnState, Entry, Finding, FrozenInput, InputKind, Round, Visit
from govgauge.office.queries.entry_names import names_by_id
from govgauge.outcomes import Finding as Found

LOOK_BACK = timedelta(days=10)
"""Looks older than this before the last one of the round say nothing of now."""
BY_NAME = dict[str, list[ColumnFacts]]


def columns_of(round_: Round) -> dict[int, list[ColumnFacts]]:
    """By entry, what looks after its last visit say; a few queries."""
    row = FrozenInput.objects.filter(round=round_, kind=InputKind.COLUMNS).values_list("body", flat=True).first()
    if row is None:
        return facts_of(round_)
    frozen = msgspec.json.decode(row, type=BY_NAME)
    return {entry: frozen[name] for entry, name in names_by_id(round_).items() if name in frozen}


def to_freeze(round_: Round) -> dict[str, object]:
    """The facts of now by the name of the entry, as plain values."""
    names = names_by_id(round_)
    found = {names[entry]: facts for entry, facts in facts_of(round_).items()}
    return {name: msgspec.to_builtins(found[name]) for name in sorted(found)}


def facts_of(round_: Round, *, entry: Entry | None = None) -> dict[int, list[ColumnFacts]]:
    """The facts of now, by entry; three queries. Entries of which no look says anything are left out."""
    looks = ColumnDay.objects.filter(entry__round=round_).exclude(state=ColumnState.UNSEEN).exclude(kind=HOME)
    looks = looks.filter(entry=entry) if entry else looks
    last = looks.aggregate(last=Max("day"))["last"]
    if last is None:
        return {}
    visited = _last_visits(round_)
    rows = looks.filter(day__gte=last - LOOK_BACK).order_by("entry_id", "day", "url")
    told = rows.values_list("entry_id", "url", "name", "kind", "day", "state", "newest")
    found = {}
    for number, of_entry in groupby(told.iterator(chunk_size=2000), key=lambda row: row[0]):
        after = visited.get(number, date.max)
        facts = facts_from(row[1:] for row in of_entry if row[4] > after)
        if facts:
            found[number] = facts
    return found


def visited_of(entries: list[int]) -> dict[int, Visited]:
    """By entry, what its visits said of columns and what stands of it; one query."""
    rows = Finding.objects.filter(entry_id__in=entries, audit__in=AUDITS, gone_since=None, superseded=False)
    found: dict[int, list[Found]] = {}
    for row in rows.order_by("entry_id", "page"):
        said = Found(audit=row.audit, page=row.page, target=row.target, slug=row.slug, data=row.data)
        found.setdefault(row.entry_id, []).append(said)
    return {number: Visited(findings=tuple(found.get(number, ()))) for number in entries}


def _last_visits(round_: Round) -> dict[int, date]:
    """The day of the last visit on which an entry's result rests."""
    rows = Visit.objects.filter(entry__round=round_, accepted=True).values_list("entry_id").annotate(Max("ended_at"))
    return {number: timezone.localdate(ended) for number, ended in rows}
