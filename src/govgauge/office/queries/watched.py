"""What the probes of a round say, as its tables take it: of now, or as it was frozen."""

import msgspec

from govgauge.office.models import FrozenInput, InputKind, Round
from govgauge.office.monitoring.facts import AvailabilityFacts
from govgauge.office.queries.availability import facts_of

BY_KEY = dict[str, AvailabilityFacts]


def watched_of(round_: Round) -> dict[int, AvailabilityFacts]:
    """The facts of the entries whose week can be judged, by the entry's id; a few queries."""
    row = FrozenInput.objects.filter(round=round_, kind=InputKind.AVAILABILITY).values_list("body", flat=True).first()
    if row is None:
        return {entry: facts for entry, facts in facts_of(round_).items() if facts.can_be_judged}
    frozen = msgspec.json.decode(row, type=BY_KEY)
    return {entry: frozen[key] for entry, key in round_.entries.values_list("id", "key") if key in frozen}


def to_freeze(round_: Round) -> dict[str, object]:
    """The facts of now by the key of the entry, as plain values."""
    keys = dict(round_.entries.values_list("id", "key"))
    found = {keys[entry]: facts for entry, facts in facts_of(round_).items() if facts.can_be_judged}
    return {key: msgspec.to_builtins(found[key]) for key in sorted(found)}
