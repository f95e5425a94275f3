"""How fresh the columns of a round are, by the last daily look at each site."""

from datetime import date

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from msgspec import Struct

from govgauge.office.models import ColumnDay, ColumnState, Entry, Round

SOON_DAYS = {"home": 4, "news": 4}
"""Days before a column goes stale on which it is told; others are told a month before."""
SOON_OTHERS = 30
HOME = "home"


class ColumnNow(Struct, frozen=True, kw_only=True):
    """A column that is stale, will soon be, or never had an item. `days_left`: below 0 for days past its time."""

    key: str
    system: str
    group: str
    url: str
    name: str
    kind: str
    state: str
    day: date
    newest: date | None
    items: int
    days_left: int | None
    signs: dict[str, str | int]


def columns(round_: Round, *, key: str = "", entry: Entry | None = None) -> list[ColumnNow]:
    """Columns that need attention, in the order of groups, keys and days left; one query.

    With `key` those of one subject, with `entry` those of one entry.
    """
    rows = _latest(round_)
    rows = rows.filter(entry__key=key) if key else rows
    rows = rows.filter(entry=entry) if entry else rows
    rows = rows.filter(Q(state__in=[ColumnState.STALE, ColumnState.EMPTY]) | Q(due__isnull=False) | ~Q(signs={}))
    found = [_now(row) for row in rows.select_related("entry").iterator(chunk_size=2000)]
    wanted = [one for one in found if _needs_attention(one)]
    return sorted(
        wanted, key=lambda one: (one.group, one.key, one.system, one.days_left is None, one.days_left or 0, one.url)
    )


def counts(round_: Round) -> dict[str, int]:
    """How many columns are in each state by the last daily looks."""
    states = dict.fromkeys(ColumnState.values, 0)
    for state in _latest(round_).values_list("state", flat=True).iterator(chunk_size=2000):
        states[state] += 1
    return states


def home_newest(round_: Round) -> dict[int, date]:
    """The newest date that a daily look saw on the home page, by entry."""
    seen = ColumnDay.objects.filter(entry__round=round_, kind=HOME, newest__isnull=False)
    return dict(seen.values_list("entry_id").annotate(Max("newest")))


def _latest(round_: Round) -> QuerySet[ColumnDay]:
    last = ColumnDay.objects.filter(entry=OuterRef("entry")).order_by("-day").values("day")[:1]
    return ColumnDay.objects.filter(entry__round=round_, day=Subquery(last))


def _now(row: ColumnDay) -> ColumnNow:
    return ColumnNow(
        key=row.entry.key,
        system=row.entry.system,
        group=row.entry.group,
        url=row.url,
        name=row.name,
        kind=row.kind,
        state=row.state,
        day=row.day,
        newest=row.newest,
        items=row.items,
        days_left=(row.due - row.day).days if row.due else None,
        signs=row.signs,
    )


def _needs_attention(one: ColumnNow) -> bool:
    if one.state != ColumnState.FRESH or one.signs:
        return True
    return one.days_left is not None and one.days_left <= SOON_DAYS.get(one.kind, SOON_OTHERS)
