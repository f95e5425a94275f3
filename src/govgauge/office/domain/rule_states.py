"""Vetoes and early warnings of an entry: which hold, since when, and whether two looks saw them."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from govgauge.office.visit_files import RuleTold
from govgauge.outcomes import Fact


class RuleState(Struct, frozen=True, kw_only=True):
    """A veto or warning of an entry that holds (`hit` yes) or cannot be told.

    `since`: ISO time of the visit at which it was first so, without one in between at which it was otherwise.
    """

    id: str
    title: str
    kind: str
    hit: str
    sentence: str
    since: str
    confirmed: bool = False
    facts: dict[str, Fact] = {}


def states_after(
    rules: Iterable[RuleTold], before: Iterable[object], at: datetime, *, confirmed: bool
) -> list[dict[str, object]]:
    """The states after a judgement as plain values for the record; `before` are those on record."""
    known = {state.id: state for state in msgspec.convert(list(before), list[RuleState])}
    states = []
    for rule in rules:
        old = known.get(rule.id)
        lasting = old is not None and old.hit == rule.hit
        states.append(
            RuleState(
                id=rule.id,
                title=rule.title,
                kind=rule.kind,
                hit=rule.hit,
                sentence=rule.sentence,
                since=old.since if lasting and old else at.isoformat(),
                confirmed=confirmed,
                facts=rule.facts,
            )
        )
    return [msgspec.to_builtins(state) for state in states]
