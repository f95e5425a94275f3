"""The program's answers and people's brought together, and the sheet that follows from both.

An automatic answer stays unless an objection or an explanation has taken its place; what people answer comes from the
accepted answers. The same answers give the same sheet, whenever it is made.
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec
from msgspec import Struct

from govgauge.office.queries.accepted import Accepted
from govgauge.office.sheets import Coverage, IndicatorLine, Level, Sheet, Span
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.scoring.score import score
from govgauge.scoring.scored import Scored
from govgauge.scoring.scored_json import scored_json
from govgauge.systems.model import System


class Scores(Struct, frozen=True):
    """The parts of a sheet that follow from answers."""

    total: Span
    base: Span
    coverage: Coverage
    base_coverage: Coverage
    levels: tuple[Level, ...]
    indicators: tuple[IndicatorLine, ...]


def answers(system: System, sheet: Sheet | None, people: Mapping[str, Accepted]) -> dict[str, Answer]:
    """The answers of an entry by check: the program's, and in their place what people have accepted.

    Answers to checks that the system does not have are left out.
    """
    known = {check.id for check in system.checks()}
    found = {
        line.id: Answer(
            outcome=line.outcome,
            value=None if line.value is None else Decimal(repr(line.value)),
            source=line.source,
            findings=line.findings,
            confirmed=line.confirmed,
            reason=line.reason,
        )
        for indicator in (sheet.indicators if sheet else ())
        for line in indicator.checks
        if line.id in known
    }
    for check, said in people.items():
        if check in known:
            before = found.get(check)
            found[check] = answer_of(said, before.findings if before else 0)
    return found


def with_people(sheet: Sheet, system: System, profile: str, people: Mapping[str, Accepted]) -> Sheet:
    """A sheet with what people have accepted in it, scored anew; where they have accepted nothing, the same sheet."""
    if not people:
        return sheet
    told = scored_json(score(system, profile, answers(system, sheet, people)))
    scores = msgspec.convert(told, Scores)
    return msgspec.structs.replace(sheet, **{name: getattr(scores, name) for name in Scores.__struct_fields__})


def scored_with_people(sheet: Sheet, system: System, profile: str, people: Mapping[str, Accepted]) -> Scored:
    """What `with_people` scores, without the sheet around it."""
    return score(system, profile, answers(system, sheet, people))


def answer_of(said: Accepted, findings: int = 0) -> Answer:
    """An accepted answer as scoring takes it."""
    return Answer(
        outcome=outcome_of(said.value),
        value=said.value,
        source=said.source,
        findings=findings,
        confidence=float(said.confidence),
        reason=said.reason,
    )


def outcome_of(value: Decimal | None) -> Outcome:
    """The outcome that a person's value stands for."""
    if value is None:
        return Outcome.NOT_APPLICABLE
    return Outcome.PASS if value == 1 else Outcome.FAIL if value == 0 else Outcome.PARTIAL
