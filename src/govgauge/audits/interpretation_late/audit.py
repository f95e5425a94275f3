"""interpretation-late: the first interpretation of a policy was published too long after it.

Days are counted without weekends; where a long holiday may lie between, its days are allowed too. Policies whose day of
publication on the site is unknown are not judged.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as Base
from govgauge.audits.interpretation_pairs import Pair, pairs
from govgauge.audits.verdict import judged, not_applicable, not_observable
from govgauge.audits.worth import by_share
from govgauge.outcomes import Finding, Result
from govgauge.structure.site import Site


class Params(Base, frozen=True):
    """国办发〔2016〕80号: interpretations appear with the policy; three working days are the customary limit."""

    working_days: int = 3
    holiday_days: int = 7
    """Allowed on top when the span touches a long holiday (Spring Festival, 1 May, 1 October)."""
    longest_days: int = 365
    """Beyond this an interpretation is taken for a new one of an old policy, and not judged."""


META = Meta(
    id="interpretation-late",
    version=2,
    group=Group.DISCLOSURE,
    needs=("facts", "articles", "columns", "policies"),
    params=Params,
    source="国办发〔2016〕80号；2025 指标体系 政策解读：解读是否及时",
)


def judge(site: Site, params: Params, _observed: Sequence[Finding]) -> Result:
    if not site.facts.home_ok:
        return not_observable(META, "首页未能打开，政策解读无从检查。")
    first: dict[str, Pair] = {}
    for pair in pairs(site):
        if pair.policy_day is None or pair.interpretation_day is None:
            continue
        known = first.get(pair.policy)
        if known is None or pair.interpretation_day < (known.interpretation_day or date.max):
            first[pair.policy] = pair
    if not first:
        return not_applicable(META, "没有发现能与政策文件对应、日期又清楚的解读。")
    findings = [finding for pair in first.values() if (finding := _late(pair, params)) is not None]
    return judged(META, findings, value=by_share(len(findings), len(first)), data={"pairs": len(first)})


def _late(pair: Pair, params: Params) -> Finding | None:
    if pair.policy_day is None or pair.interpretation_day is None:
        return None
    days = (pair.interpretation_day - pair.policy_day).days
    allowed = params.working_days + (
        params.holiday_days if touches_holiday(pair.policy_day, pair.interpretation_day) else 0
    )
    if days > params.longest_days or working_days(pair.policy_day, pair.interpretation_day) <= allowed:
        return None
    return Finding(
        audit=META.id,
        page=pair.interpretation,
        target=str(days),
        slug="late",
        data={
            "days": days,
            "policy": pair.title[:60],
            "policy_day": pair.policy_day.isoformat(),
            "day": pair.interpretation_day.isoformat(),
        },
    )


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays after `start` up to and including `end`; 0 when `end` is not later."""
    total = max(0, (end - start).days)
    weeks, rest = divmod(total, 7)
    return weeks * 5 + sum(1 for day in range(1, rest + 1) if (start + timedelta(days=day)).weekday() < 5)


def touches_holiday(start: date, end: date) -> bool:
    """Whether a long holiday may lie in the first fortnight after `start`."""
    last = min(end, start + timedelta(days=14))
    day = start
    while day <= last:
        if (
            (1, 20) <= (day.month, day.day) <= (2, 22)
            or (day.month == 10 and day.day <= 8)
            or (day.month == 5 and day.day <= 5)
        ):
            return True
        day += timedelta(days=1)
    return False
