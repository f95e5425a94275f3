"""Running every audit over a site: once with the rule set's parameters, and once more where a check sets its own."""

import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from govgauge.audits import little_seen
from govgauge.audits.audit import Audit
from govgauge.audits.catalogue import all_audits, params_of, run_judge
from govgauge.audits.verdict import not_observable
from govgauge.outcomes import Finding, Outcome, Result
from govgauge.structure.site import Site

WORST_FIRST = (
    Outcome.FAIL,
    Outcome.PARTIAL,
    Outcome.NOT_OBSERVABLE,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)
OWN_FAULT = "程序自身出错，未能判断；这不计为网站的问题。"


@dataclass(frozen=True, slots=True)
class Ask:
    """A check that wants an audit's answer, with parameters of its own over those of the rule set."""

    check: str
    audit: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`results` holds one result per audit, `by_check` the one that answers each check."""

    results: dict[str, Result]
    by_check: dict[str, Result]


def judge(
    site: Site,
    observed: Mapping[str, list[Finding]],
    asks: Iterable[Ask],
    audit_params: Mapping[str, Mapping[str, object]],
    broken: Mapping[str, int],
) -> Judgement:
    """Judge a site by every audit.

    `observed` are the findings of the page-wise audits in the order of the visit, `audit_params` the rule set's values,
    `broken` counts the pages on which an audit's own code failed: such an audit is not observable unless it found
    something elsewhere.
    """
    bench = Bench(site, observed, audit_params, broken)
    by_check = {ask.check: bench.judged(ask.audit, ask.params) for ask in asks if ask.audit in bench.done}
    for audit_id, done in bench.done.items():
        if not done:
            bench.judged(audit_id, {})
    return Judgement({audit_id: _one(list(done.values())) for audit_id, done in bench.done.items()}, by_check)


class Bench:
    """A site before its judges. Each audit judges once for each set of parameters; `done` keeps what it said."""

    def __init__(
        self,
        site: Site,
        observed: Mapping[str, list[Finding]],
        audit_params: Mapping[str, Mapping[str, object]],
        broken: Mapping[str, int],
    ) -> None:
        self._site = site
        self._observed = observed
        self._audit_params = audit_params
        self._broken = broken
        self._little_seen = little_seen.why(site)
        self.done: dict[str, dict[str, Result]] = {audit_id: {} for audit_id in all_audits()}

    def judged(self, audit_id: str, params: Mapping[str, object]) -> Result:
        """The result of an audit with a check's parameters over those of the rule set."""
        values = {**self._audit_params.get(audit_id, {}), **params}
        key = msgspec.json.encode(values, order="sorted").decode()
        if key not in self.done[audit_id]:
            audit = all_audits()[audit_id]
            observed = self._observed.get(audit_id, [])
            result = _safely(audit, self._site, values, observed, self._broken.get(audit_id, 0))
            self.done[audit_id][key] = little_seen.weigh(audit.meta, result, self._little_seen)
        return self.done[audit_id][key]


def _safely(audit: Audit, site: Site, values: dict[str, object], observed: list[Finding], broken: int) -> Result:
    try:
        result = run_judge(audit, site, params_of(audit, values), observed)
    except Exception:  # a fault of ours never costs a site points
        print(f"{audit.meta.id} failed", file=sys.stderr)
        traceback.print_exc()
        return not_observable(audit.meta, OWN_FAULT)
    if broken and not result.findings:
        return not_observable(audit.meta, OWN_FAULT)
    return result


def _one(results: list[Result]) -> Result:
    """One result for an audit that was judged with several sets of parameters: the worst outcome, all findings."""
    if len(results) == 1:
        return results[0]
    worst = min(results, key=lambda result: WORST_FIRST.index(result.outcome))
    values = [result.value for result in results if result.value is not None]
    findings = {(found.page, found.target, found.slug): found for result in results for found in result.findings}
    return Result(
        audit=worst.audit,
        version=worst.version,
        outcome=worst.outcome,
        value=sum(values) / len(values) if values else None,
        slug=worst.slug,
        data=worst.data,
        reason=worst.reason,
        findings=tuple(findings.values()),
    )
