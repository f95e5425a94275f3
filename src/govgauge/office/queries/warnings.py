"""Vetoes and early warnings of a round: from visits, from the daily looks at columns, and from probes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct

from govgauge.office.columns_watched import ColumnFacts, Visited, verdicts
from govgauge.office.domain.rule_states import RuleState
from govgauge.office.models import Entry, Result, Round
from govgauge.office.monitoring.facts import AvailabilityFacts
from govgauge.office.queries import columns_watched
from govgauge.office.queries.availability import facts_of
from govgauge.office.queries.freshness import home_newest
from govgauge.office.watched import rests_on_probes
from govgauge.outcomes import Fact
from govgauge.scoring.vetoes import Hit, judge
from govgauge.systems import library
from govgauge.systems.rules import RuleSet

WARNING_RULES = "early-warning"
AVAILABILITY = "site-unreachable"
REMEDIES = {
    "V2": "请检查服务器、网络和域名解析，并确认没有拦截监测地址",
    "V3": "请更新首页信息，并核对首页显示的日期",
    "V4": "请更新或按规定归并、关停长期不更新和空白的栏目",
    "V5": "请开通有效的咨询渠道，并答复超期未答的留言",
    "V6": "请补全办事指南所缺的要素",
    "W1": "请检查服务器、网络和域名解析，以免达到否决的比例",
    "W2": "请在期限之前更新首页",
    "W3": "请充实或关停空白栏目",
    "W4": "请更新长期不更新的栏目",
}
"""What the owner of a site can do about a rule."""
OF_HOME_PAGE = frozenset({"V3", "W2"})
"""Rules that a newer date on the home page clears."""
VETO_OF_WARNING = {"W2": ("V3", "age")}
"""Warnings before a veto that comes with time: that veto, and the fact in days that grows until then."""
SUPERSEDED = {"W1": "V2", **{warning: veto for warning, (veto, _) in VETO_OF_WARNING.items()}}
"""Warnings that have nothing left to warn of once their veto holds."""
OF_PROBES = frozenset({"V2", "W1"})
"""Rules that only a judged week of probes tells: a visit opens the home page a few times."""


class Warned(Struct, frozen=True, kw_only=True):
    """A veto or warning that holds for an entry. `days_left` until the veto, where time alone brings it.

    `since` is the ISO time since when; `confirmed`: seen at two different times.
    """

    key: str
    system: str
    group: str
    rule: str
    kind: str
    title: str
    sentence: str
    since: str
    confirmed: bool
    facts: dict[str, Fact]
    days_left: int | None
    remedy: str


def warnings(round_: Round, *, entry: Entry | None = None) -> list[Warned]:
    """Every veto and warning that holds now, in the order of groups, keys and rules; a constant number of queries.

    With `entry` those of this one.
    """
    rules = library.rule_set(round_.rules)
    probed = facts_of(round_, entry=entry)
    entries = round_.entries.exclude(url="").order_by("group", "key", "system")
    results = Result.objects.filter(entry__round=round_, distorted=False)
    if entry is not None:
        entries, results = entries.filter(id=entry.id), results.filter(entry=entry)
    rows = results.values_list("entry_id", "rules")
    visited = dict(rows.iterator(chunk_size=2000))
    newer = home_newest(round_)
    looks = columns_watched.facts_of(round_, entry=entry)
    columns = columns_watched.visited_of(sorted(looks))
    found = []
    for one in entries:
        states = _states(visited.get(one.id, []), probed.get(one.id), one.url, rules)
        if one.id in looks:
            states = _after_looks(states, columns[one.id], looks[one.id], one.url, rules)
        found += [_warned(state, one, rules) for state in _holding(states, newer.get(one.id))]
    return found


def _after_looks(
    states: Iterable[RuleState], before: Visited, looks: Sequence[ColumnFacts], url: str, rules: RuleSet
) -> Iterable[RuleState]:
    """The states with those in which daily looks at columns have changed something since the visit."""
    held = {state.id: state for state in states}
    for chosen in (rules, library.rule_set(WARNING_RULES)):
        for verdict in verdicts(chosen, before, looks, url):
            old = held.get(verdict.id)
            if old is not None and old.hit == verdict.hit.value:
                continue
            since = min([look.first for look in looks if look.is_stale] or [look.last for look in looks])
            held[verdict.id] = RuleState(
                id=verdict.id,
                title=verdict.title,
                kind=verdict.kind.value,
                hit=verdict.hit.value,
                sentence=verdict.sentence,
                since=since.isoformat(),
                confirmed=True,
                facts={"stale": sum(look.is_stale for look in looks)},
            )
    return held.values()


def _holding(states: Iterable[RuleState], newer: date | None) -> list[RuleState]:
    """Those that hold, without warnings of a veto that holds already."""
    held = [state for state in states if state.hit == Hit.YES.value and not _is_mended(state, newer)]
    vetoes = {state.id for state in held}
    return [state for state in held if SUPERSEDED.get(state.id) not in vetoes]


def _is_mended(state: RuleState, home_newest: date | None) -> bool:
    """Whether a daily look has seen the home page updated since."""
    if state.id not in OF_HOME_PAGE or home_newest is None:
        return False
    return home_newest.isoformat() > str(state.facts.get("newest", ""))


def _states(
    visited: Iterable[object], probed: AvailabilityFacts | None, url: str, rules: RuleSet
) -> Iterable[RuleState]:
    """What visits saw; what only a week of probes can tell comes from these alone."""
    of_probes = {state.id: state for state in _of_probes(probed, url, rules)} if probed else {}
    for state in msgspec.convert(list(visited), list[RuleState]):
        if state.id not in of_probes and state.id not in OF_PROBES:
            yield state
    yield from of_probes.values()


def _of_probes(probed: AvailabilityFacts, url: str, rules: RuleSet) -> Iterable[RuleState]:
    result = probed.result(url)
    for chosen in (rules, library.rule_set(WARNING_RULES)):
        resting = {rule.id for rule in chosen.rules if rule.when and rests_on_probes(rule.when)}
        for verdict in judge(chosen, {AVAILABILITY: result}, url):
            if verdict.id in resting:
                yield RuleState(
                    id=verdict.id,
                    title=verdict.title,
                    kind=verdict.kind.value,
                    hit=verdict.hit.value,
                    sentence=verdict.sentence,
                    since=probed.window.first.isoformat(),
                    confirmed=True,
                    facts=result.data,
                )


def _warned(state: RuleState, entry: Entry, rules: RuleSet) -> Warned:
    return Warned(
        key=entry.key,
        system=entry.system,
        group=entry.group,
        rule=state.id,
        kind=state.kind,
        title=state.title,
        sentence=state.sentence,
        since=state.since,
        confirmed=state.confirmed,
        facts=state.facts,
        days_left=_days_left(state.id, state.facts, rules),
        remedy=REMEDIES.get(state.id, ""),
    )


def _days_left(rule_id: str, facts: Mapping[str, Fact], rules: RuleSet) -> int | None:
    """Days until a veto that comes with time, counted from the day of judgement; None where time does not bring it."""
    veto, fact = VETO_OF_WARNING.get(rule_id, ("", ""))
    age = facts.get(fact)
    bound = next((rule.when.number for rule in rules.rules if rule.id == veto and rule.when), None)
    if bound is None or not isinstance(age, int):
        return None
    return max(0, int(bound) + 1 - age)
