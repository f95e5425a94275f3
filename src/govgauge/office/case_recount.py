"""A count held against its papers as they are now: whether the published result still follows from them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.case_outcome import outcome
from govgauge.office.case_papers import joined, kept_rules, papers, shown_points
from govgauge.office.case_rules import CaseSettings
from govgauge.office.domain import case_calls, case_counts
from govgauge.office.models import CaseCall
from govgauge.office.queries.panel_scores import name_of


class Recount(Struct, frozen=True):
    """A count and what counting again gave. `differing` tells of each case that came out otherwise; `other_rules`
    whether the rules that hold now are not those of the count."""

    call: str
    count: int
    published_at: datetime | None
    digest: str
    recounted: str
    equal: bool
    other_rules: bool
    ballots: int
    set_aside: int
    differing: Sequence[str]


def recount(call: CaseCall) -> Recount:
    """Count the published count of a call again, by its own rules; where none is published, the last one.

    Nothing is written. Raises Unusable where nothing was counted, or nothing can be counted any more.
    """
    made = case_counts.published(call) or case_counts.last(call)
    if made is None:
        raise Unusable(f"“{call.title}”还没有计票，无从重算 (nothing was counted yet).")
    rules = msgspec.convert(made.rules, CaseSettings, strict=False)
    given = papers(call, rules)
    found = outcome(given)
    digest = joined(given.digest, case_counts.rows(found))
    before = {
        name_of(one.case): (one.case.name, one.total, one.place, one.chosen)
        for one in made.results.select_related("case").order_by("case__number")
    }
    after = {
        one.total.case: (
            given.cases[one.total.case].name,
            shown_points(one.total.total),
            one.rank.number if one.rank else None,
            one.chosen,
        )
        for one in found.result.cases
    }
    return Recount(
        call=call.round.slug,
        count=made.number,
        published_at=made.published_at,
        digest=made.digest,
        recounted=digest,
        equal=digest == made.digest,
        other_rules=kept_rules(case_calls.rules_of(call)) != kept_rules(rules),
        ballots=given.counted,
        set_aside=given.set_aside,
        differing=[
            f"{name} {_told(before.get(name))} → {_told(after.get(name))}"
            for name in sorted(before.keys() | after.keys())
            if before.get(name) != after.get(name)
        ],
    )


def _told(line: tuple[str, str, int | None, bool] | None) -> str:
    if line is None:
        return "（没有）"
    name, total, place, chosen = line
    return f"“{name}”{total or '—'} 分、第 {place or '—'} 名、{'入选' if chosen else '未入选'}"
