"""What the probes of a round say, as its tables take it: of now, or as it was frozen."""

import msgspec

from govgauge.office.models import FrozenInput, InputKind, Round
from govgauge.office.monitoring.facts import AvailabilityFacts
from govgauge.office.queries.availability import facts_of
from govgauge.office.queries.entry_names import names_by_id

BY_NAME = dict[str, AvailabilityFacts]


def watched_of(round_: Round) -> dict[int, AvailabilityFacts]:
    """The facts of the entries whose week can be judged, by the entry's id; a few queries."""
    row = FrozenInput.objects.filter(round=round_, kind=InputKind.AVAILABILITY).values_list("body", flat=True).first()
    if row is None:
        return {entry: facts for entry, facts in facts_of(round_).items() if facts.can_be_judged}
    frozen = msgspec.json.decode(row, type=BY_NAME)
    return {entry: frozen[name] for entry, name in names_by_id(round_).items() if name in frozen}


def to_freeze(round_: Round) -> dict[str, object]:
    """The facts of now by the name of the entry, as plain values."""
    names = names_by_id(round_)
    found = {names[entry]: facts for entry, facts in facts_of(round_).items() if facts.can_be_judged}
    return {name: msgspec.to_builtins(found[name]) for name in sorted(found)}
