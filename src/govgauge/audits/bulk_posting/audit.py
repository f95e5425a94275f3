"""bulk-posting: a column that lay quiet is filled in a burst just before the visit.

The near misses decide: a new column has no past, a moved site fills every column at once and has no past either, a
busy column has no quiet time, and some contents (budgets, lists of results) always come in batches.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.column_view import is_closed_chapter, unique_columns
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.windows import months_before
from govgauge.audits.worth import by_share
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.kinds import ColumnKind
from govgauge.structure.model import Column
from govgauge.structure.site import Site

FED_BY_HAND = frozenset(
    {
        ColumnKind.NEWS,
        ColumnKind.NOTICE,
        ColumnKind.POLICY,
        ColumnKind.INTERPRETATION,
        ColumnKind.PLANS,
        ColumnKind.EMERGENCY,
        ColumnKind.OTHER,
    }
)
"""Kinds whose items come one by one. Budgets, proposals, results, guides and the like come in batches by nature."""


class Params(Base, frozen=True):
    """Signs of a burst (集中补发). No document states numbers: chosen so that a busy week is not taken for one."""

    recent_days: int = 14
    """How many days before the visit the burst may lie: the window of the strictest freshness rule."""
    min_items: int = 8
    """Items on the one day."""
    share: float = 0.6
    """Share of the one day in all items of the last twelve months."""
    quiet_days: int = 60
    """Days without any item before the burst."""
    min_past: int = 3
    """Older items that show the column to have had a life before."""
    batch_share: float = 0.5
    """An earlier day with this share of the burst's items shows that batches are the column's habit."""


META = Meta(
    id="bulk-posting",
    version=2,
    group=Group.UPKEEP,
    needs=("facts", "columns"),
    params=Params,
    source="年度评估：突击补发、临时填充栏目的识别",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，栏目无从检查。")
    columns = [column for column in unique_columns(site.columns.values()) if column.kind in FED_BY_HAND]
    if not columns:
        return not_applicable(META, "没有发现逐条发布信息的栏目。")
    dated = [column for column in columns if _is_whole(column) and any(item.date for item in column.items)]
    if not dated:
        return not_observable(META, "栏目列表由脚本生成、没有读完或没有可识别的日期。")
    findings = [
        found
        for column in dated
        if not is_closed_chapter(column, site.columns) and (found := _burst(column, site.facts.as_of, params))
    ]
    facts: dict[str, Fact] = {"judged": len(dated), "bursts": len(findings)}
    return judged(META, findings, value=by_share(len(findings), len(dated)), data=facts)


def _is_whole(column: Column) -> bool:
    """Whether no page is missing between those that were read: the gap would look like a quiet time."""
    return not column.script_only and (column.complete or len(column.pages) <= 1)


def _burst(column: Column, as_of: date, params: Params) -> Finding | None:
    days = Counter(item.date for item in column.items if item.date is not None and item.date <= as_of)
    recent = {day: count for day, count in days.items() if day >= as_of - timedelta(days=params.recent_days)}
    if not recent:
        return None
    day = max(recent, key=lambda key: (recent[key], key))
    number, before = recent[day], [past for past in days if past < day]
    past_items = sum(days[past] for past in before)
    if number < params.min_items or past_items < params.min_past:
        return None
    last = max(before)
    year = sum(count for past, count in days.items() if past >= months_before(as_of, 12))
    is_habit = any(days[past] >= params.batch_share * number for past in before)
    if (day - last).days < params.quiet_days or number < params.share * year or is_habit:
        return None
    return Finding(
        audit=META.id,
        page=column.url,
        target=day.isoformat(),
        slug="burst",
        data={
            "column": column.name or column.url,
            "day": day.isoformat(),
            "number": number,
            "before": last.isoformat(),
            "quiet": (day - last).days,
        },
    )
