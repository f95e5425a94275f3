"""What another answer to one check would do to an entry's points and to ranks within its group; nothing is changed."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec
from msgspec import Struct

from govgauge.office import answered, sheets
from govgauge.office.domain import freezing
from govgauge.office.domain import settings as round_settings
from govgauge.office.models import Entry, Judgement, Standing
from govgauge.office.queries.accepted import accepted
from govgauge.office.queries.judged import sheet_of
from govgauge.office.tables.places import Place, Total, places
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.scoring.score import score
from govgauge.scoring.scored import Scored
from govgauge.systems.model import System

SIXTH = Decimal("0.000001")


class Side(Struct, frozen=True):
    """Points with the bonus, for sure and at most, as decimals, and the rank; empty where there is none."""

    low: str
    high: str
    rank: str


class Effect(Struct, frozen=True, kw_only=True):
    """An entry before and after, and the points that it gains for sure. `of` counts the ranked of its group, `others`
    those whose rank would change."""

    before: Side
    after: Side
    gain: str
    of: int
    others: int

    def told(self) -> dict[str, object]:
        """The same as JSON keeps it, decimals as texts."""
        plain: dict[str, object] = msgspec.to_builtins(self)
        return plain


def effect(entry: Entry, check_id: str, value: Decimal | None) -> Effect:
    """What it does when a check is answered by a value (None: it does not apply)."""
    system, known = _known(entry)
    return _between(entry, system, known, {**known, check_id: _answer(value, "person:objection")})


def former(entry: Entry, check_id: str) -> dict[str, object]:
    """The answer of a check as plain values, to be held against what took its place; empty where there is none."""
    answer = _known(entry)[1].get(check_id)
    return (
        {}
        if answer is None
        else {"outcome": answer.outcome.value, "value": None if answer.value is None else str(answer.value)}
    )


def since(entry: Entry, check_id: str, before: dict[str, object]) -> Effect:
    """What it does that another answer stands in the place of a `former` one, by all that is known now."""
    system, known = _known(entry)
    earlier = {name: answer for name, answer in known.items() if name != check_id}
    if before:
        value = before["value"]
        earlier[check_id] = Answer(
            outcome=Outcome(str(before["outcome"])),
            value=None if value is None else Decimal(str(value)),
            source="former",
        )
    return _between(entry, system, earlier, known)


def _known(entry: Entry) -> tuple[System, dict[str, Answer]]:
    """The system of an entry, and all its answers as they are."""
    system = freezing.systems_of(entry.round, {entry.system})[entry.system]
    people = accepted([entry.id], entry.round.as_of).get(entry.id, {})
    return system, answered.answers(system, sheet_of(entry.id), people)


def _between(entry: Entry, system: System, one: dict[str, Answer], other: dict[str, Answer]) -> Effect:
    before, after = (score(system, entry.profile, answers) for answers in (one, other))
    ranking = round_settings.of(entry.round).policy.ranking(system.ranking)
    group = _group(entry)
    ranks = [places(_with(group, entry, side), ranking) for side in (before, after)]
    return Effect(
        before=_side(before, ranks[0].get(entry.id)),
        after=_side(after, ranks[1].get(entry.id)),
        gain=_signed(after.total.low - before.total.low),
        of=len(group),
        others=sum(place.rank != ranks[1][other].rank for other, place in ranks[0].items() if other != entry.id),
    )


def _answer(value: Decimal | None, source: str) -> Answer:
    return Answer(outcome=answered.outcome_of(value), value=value, source=source)


def _group(entry: Entry) -> list[Total]:
    """The points of those who are ranked with an entry, as they are recorded."""
    rows = Judgement.objects.filter(
        current=True,
        entry__round=entry.round_id,
        entry__group=entry.group,
        entry__system=entry.system,
        entry__profile=entry.profile,
        entry__standing=Standing.IN,
        entry__result__home_ok=True,
        entry__result__distorted=False,
    ).exclude(entry__url="")
    floor = round_settings.of(entry.round).policy.coverage_floor.exact()
    if floor.total or floor.each_first_level:
        told = rows.values_list("entry_id", "low", "high", "body").iterator(chunk_size=200)
        return [
            Total.of(other, float(low), float(high))
            for other, low, high, body in told
            if not sheets.unpacked(body).below(floor)
        ]
    return [
        Total.of(other, float(low), float(high)) for other, low, high in rows.values_list("entry_id", "low", "high")
    ]


def _with(group: Sequence[Total], entry: Entry, scored: Scored) -> list[Total]:
    """The group with other points of one entry, if it is ranked at all."""
    own = Total.of(entry.id, float(scored.total.low), float(scored.total.high))
    return [own if total.entry == entry.id else total for total in group]


def _side(scored: Scored, place: Place | None) -> Side:
    return Side(_decimal(scored.total.low), _decimal(scored.total.high), place.rank if place else "")


def _signed(value: Fraction) -> str:
    return f"+{_decimal(value)}" if value > 0 else _decimal(value).replace("-", "−")


def _decimal(value: Fraction) -> str:
    """At most six decimals, for showing and keeping; ranks rest on the exact points."""
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).quantize(SIXTH).normalize():f}"
