"""Reading the first page of a column for its newest item: pure, by the readers of `structure` alone."""

from collections import Counter
from datetime import date, timedelta

from msgspec import Struct

from govgauge.audits.windows import SPAN_OF, Windows
from govgauge.gather.artifacts import Exchange
from govgauge.gather.date_words import in_url
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.page import Page, ReadContext
from govgauge.structure.reading import read

HOME = "home"
FRESH, STALE, EMPTY, UNSEEN = "fresh", "stale", "empty", "unseen"
HOME_DAYS = 14
"""国办秘函〔2019〕19号, 首页不更新: two weeks."""
REDATED_DAYS = 180
"""Days by which a date in an address may be older than that in the list: longer is no delay of editing."""
BURST_ITEMS, BURST_SHARE = 8, 0.6
"""A burst: so many items of one day, and this share of all that are listed (as in the audit bulk-posting)."""


class KnownColumn(Struct, frozen=True):
    """A column as a visit found it; `empty` says that it had no item then, `tells_age` that its first page alone tells
    how old its newest item is.
    """

    url: str
    name: str
    kind: str
    empty: bool = False
    tells_age: bool = False


class ColumnLook(Struct, frozen=True, kw_only=True):
    """What a day's look at a column came to (see `models.ColumnDay`)."""

    url: str
    name: str
    kind: str
    state: str
    newest: date | None = None
    due: date | None = None
    items: int = 0
    signs: dict[str, str | int] = {}


def look(
    column: KnownColumn, fetched: tuple[Exchange, bytes | None] | None, context: ReadContext, windows: Windows
) -> ColumnLook:
    """Judge a fetched first page as of the day of `context`. What was kept from us, or scripts make, is unseen."""
    unseen = ColumnLook(url=column.url, name=column.name, kind=column.kind, state=UNSEEN)
    if fetched is None or fetched[1] is None:
        return unseen
    reading = read(Page(fetched[0], fetched[1], context))
    if reading.script_only or reading.soft_error:
        return unseen
    if not reading.items:
        return ColumnLook(url=column.url, name=column.name, kind=column.kind, state=EMPTY) if column.empty else unseen
    today = context.as_of
    days = [(item.date, item.url) for item in reading.items if item.date is not None and item.date <= today]
    if not days:
        return unseen
    newest = max(day for day, _ in days)
    due = _due(column.kind, newest, windows) if column.tells_age or column.kind == HOME else None
    return ColumnLook(
        url=column.url,
        name=column.name,
        kind=column.kind,
        state=FRESH if due is None or today <= due else STALE,
        newest=newest,
        due=due,
        items=max(len(reading.items), reading.total_items),
        signs=_signs(days) if column.kind != HOME else {},
    )


def _due(kind: str, newest: date, windows: Windows) -> date | None:
    """The last day on which a column is fresh without a further item; None for kinds without a window."""
    if kind == HOME:
        return newest + timedelta(days=HOME_DAYS)
    span = SPAN_OF.get(ColumnKind(kind))
    if span is None:
        return None
    day = newest + (newest - windows.opens(span, newest))
    while windows.opens(span, day + timedelta(days=1)) <= newest:
        day += timedelta(days=1)
    while windows.opens(span, day) > newest:
        day -= timedelta(days=1)
    return day


def _signs(days: list[tuple[date, str]]) -> dict[str, str | int]:
    signs: dict[str, str | int] = {}
    redated = sum(1 for day, url in days if (old := in_url(url)) and (day - old).days > REDATED_DAYS)
    if redated:
        signs["redated"] = redated
    day, count = Counter(day for day, _ in days).most_common(1)[0]
    if count >= BURST_ITEMS and count >= BURST_SHARE * len(days):
        signs["burst"] = day.isoformat()
    return signs
