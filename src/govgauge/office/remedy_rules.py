"""The rules of putting findings right: what may follow what, which findings two people look at, and by when."""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from govgauge.office.models import Finding
from govgauge.office.models import RemedyState as State
from govgauge.office.models import RemedyStepKind as Kind

REVIEWED_TWICE = frozenset({"wrong-word", "foreign-link", "personal-data-leak"})
"""Audits about wording, alien links and what is sensitive: nobody is accused of these, nor cleared, by a program alone.
A second person of the office confirms such a finding before it is sent, and its end before it is closed."""


class Remedying(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of a round: working days to put a finding right, and what happens then. No source fixes them.

    Overdue findings are urged every `urge_days` working days, and go up to the supervisor when more than
    `escalate_days` working days have passed since the deadline. An accepted explanation holds for `excuse_days`, which
    are days of the calendar. A site is re-checked `rechecks_a_day` times at most, and checked for its owner at any time
    while no such check is under way; an office that wants a pause between them sets `self_check_hours`. What could not
    be re-checked on `recheck_tries` different days goes to the office: three outlast a fault of a day or two, and
    leave nobody waiting for good.
    """

    days: Annotated[int, Meta(ge=1, le=366)] = 15
    urge_days: Annotated[int, Meta(ge=1, le=60)] = 5
    escalate_days: Annotated[int, Meta(ge=0, le=180)] = 7
    excuse_days: Annotated[int, Meta(ge=1, le=1096)] = 180
    rechecks_a_day: Annotated[int, Meta(ge=1, le=100)] = 10
    recheck_tries: Annotated[int, Meta(ge=1, le=30)] = 3
    self_check_hours: Annotated[float, Meta(ge=0, le=24 * 60)] = 0.0


AFTER: Mapping[Kind, State] = {
    Kind.PROPOSED: State.PROPOSED,
    Kind.DROPPED: State.DROPPED,
    Kind.NOTIFIED: State.NOTIFIED,
    Kind.CLAIMED: State.CLAIMED,
    Kind.REPORTED_FIXED: State.REPORTED,
    Kind.REPORTED_NO_FIX: State.EXPLAINED,
    Kind.STUCK: State.UNJUDGED,
    Kind.RETURNED: State.CLAIMED,
    Kind.EXCUSED: State.EXCUSED,
    Kind.LAPSED: State.NOTIFIED,
    Kind.CLOSED: State.CLOSED,
    Kind.REOPENED: State.NOTIFIED,
}
"""Where a step leads; the steps that do not stand here leave a remedy where it was, but for what `after` says."""
MAY: Mapping[Kind, frozenset[State]] = {
    Kind.CLAIMED: frozenset({State.NOTIFIED}),
    Kind.REPORTED_FIXED: frozenset({State.NOTIFIED, State.CLAIMED, State.EXPLAINED}),
    Kind.REPORTED_NO_FIX: frozenset({State.NOTIFIED, State.CLAIMED}),
    Kind.RECHECK_ASKED: frozenset(
        {State.NOTIFIED, State.CLAIMED, State.REPORTED, State.UNJUDGED, State.EXPLAINED, State.EXCUSED}
    ),
    Kind.SECOND_REVIEW: frozenset({State.PROPOSED, State.CONFIRMING}),
    Kind.EXCUSED: frozenset({State.EXPLAINED}),
    Kind.RETURNED: frozenset({State.EXPLAINED, State.CONFIRMING, State.UNJUDGED}),
    Kind.BY_HAND: frozenset({State.UNJUDGED}),
    Kind.POSTPONED: frozenset({State.NOTIFIED, State.CLAIMED}),
    Kind.URGED: frozenset({State.NOTIFIED, State.CLAIMED}),
    Kind.ESCALATED: frozenset({State.NOTIFIED, State.CLAIMED}),
}
"""The states in which people may do something."""
OPEN = (State.NOTIFIED, State.CLAIMED, State.REPORTED, State.UNJUDGED, State.EXPLAINED, State.CONFIRMING)
"""Sent and not settled."""
RUNNING = (State.NOTIFIED, State.CLAIMED)
"""The body is to act: its deadline runs."""
WAITING = (State.REPORTED, State.UNJUDGED, State.EXPLAINED, State.CONFIRMING)
"""Others are to act: a re-check, the office. The clock of the body stands still."""
LEAVES = (Kind.REPORTED_FIXED, Kind.REPORTED_NO_FIX, Kind.GONE)
"""With the first of these since it was to act, the body has handed over: by its day goes whether it was in time."""
RESUMES = (Kind.NOTIFIED, Kind.CLAIMED, Kind.SEEN_AGAIN, Kind.RETURNED, Kind.LAPSED, Kind.REOPENED)
"""With these the body is to act again, or still."""
UNSENT = (State.PROPOSED, State.DROPPED)
"""What only the office sees."""


def after(kind: Kind, before: State | None, *, twice: bool = False) -> State | None:
    """The state after a step; `twice`: the finding is one that two people look at."""
    match kind:
        case Kind.GONE | Kind.BY_HAND if before != State.CLOSED:
            return State.CONFIRMING if twice else before
        case Kind.SEEN_AGAIN if before in {State.REPORTED, State.UNJUDGED, State.CONFIRMING}:
            return State.CLAIMED
        case _:
            return AFTER.get(kind, before)


def fingerprint(finding: Finding) -> str:
    """Changes when what the finding says changes."""
    told = [finding.audit, finding.page, finding.target, finding.slug, finding.data, finding.excerpt]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
