"""What a week of probes says in the place of a single visit: whether the home page opens, and what rests on that.

Pure functions. Where a week cannot be judged (too few probes, the site kept us out) the visit's own answer stays.
"""

from decimal import Decimal

import msgspec

from govgauge.audits.site_unreachable.audit import META
from govgauge.office.monitoring.facts import AvailabilityFacts
from govgauge.office.queries.accepted import Accepted
from govgauge.office.sheets import Sheet, VetoLine
from govgauge.outcomes import Outcome, Result
from govgauge.scoring.answers import JUDGED
from govgauge.scoring.vetoes import judge
from govgauge.systems.model import System
from govgauge.systems.rules import Condition, RuleSet

SOURCE = "monitor"
"""Source of answers that come from probes."""


def answers(system: System, facts: AvailabilityFacts | None, home: str) -> dict[str, Accepted]:
    """The answers to the checks of a system that ask whether the home page opens; none where that cannot be judged."""
    result = _result(facts, home)
    if facts is None or result is None:
        return {}
    value = Decimal(repr(float(result.outcome is Outcome.PASS) if result.value is None else result.value))
    days = f"{facts.window.first.isoformat()} 至 {facts.window.last.isoformat()}"
    reason = f"{days} 监测 {facts.probes} 次，{facts.failed} 次未打开。"
    return {
        check.id: Accepted(check_id=check.id, value=value, source=SOURCE, confidence=Decimal(1), reason=reason)
        for check in system.checks()
        if check.audit == META.id
    }


def with_vetoes(sheet: Sheet, rules: RuleSet, facts: AvailabilityFacts | None, home: str) -> Sheet:
    """A sheet whose vetoes that rest on the home page's opening follow from the probes."""
    result = _result(facts, home)
    if result is None:
        return sheet
    resting = {rule.id for rule in rules.rules if rule.when and rests_on_probes(rule.when)}
    hits = {one.id: one.hit.value for one in judge(rules, {META.id: result}, home) if one.id in resting}
    told = {**{one.id: one.hit for one in sheet.vetoes}, **hits}
    return msgspec.structs.replace(sheet, vetoes=tuple(VetoLine(name, hit) for name, hit in sorted(told.items())))


def rests_on_probes(condition: Condition) -> bool:
    """Whether a condition asks for nothing but the home page's opening."""
    return all(leaf.audit == META.id for leaf in condition.leaves())


def _result(facts: AvailabilityFacts | None, home: str) -> Result | None:
    if facts is None or not facts.can_be_judged or facts.distorted:
        return None
    result = facts.result(home)
    return result if result.outcome in JUDGED else None
