"""Answers of many entries accepted, put back or taken away together: rows and trail as one by one, and far quicker."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone
from msgspec import Struct

from govgauge.office.bonus_points import Reckoned
from govgauge.office.domain import many_rows, points
from govgauge.office.domain.acting import Acting, noted_many
from govgauge.office.domain.answers import SIXTH, Said
from govgauge.office.models import Answer, AnswerStep, Judgement, Result, Round
from govgauge.office.queries.accepted import accepted

BATCH = 500
FIELDS = ("source", "value", "not_applicable", "confidence", "reason", "holds", "version", "at")


class Wanted(Struct, frozen=True):
    """What is to be said of a check of an entry; `holds` is False where it is said only to be no answer any more."""

    entry: int
    check: str
    indicator: str
    said: Said
    holds: bool = True


def accept(acting: Acting, round_: Round, wanted: Sequence[Wanted]) -> None:
    """Let each be the answer of its check, in the caller's transaction. Who calls has asked for the right, and brings
    the points up to date."""
    known = {
        (one.entry_id, one.check_id): one
        for one in Answer.objects.select_for_update().filter(round=round_, check_id__in={one.check for one in wanted})
    }
    now = timezone.now()
    before: list[dict[str, Any]] = []
    answers = []
    for one in wanted:
        answer = known.get((one.entry, one.check))
        before.append({} if answer is None else _kept(answer))
        answer = answer or Answer(
            round=round_, entry_id=one.entry, check_id=one.check, indicator=one.indicator, version=0
        )
        said = one.said
        answer.source, answer.reason, answer.confidence = said.source, said.reason, said.confidence
        answer.value = None if said.value is None else said.value.quantize(SIXTH)
        answer.not_applicable, answer.holds = said.value is None, one.holds
        answer.version, answer.at = answer.version + 1, now
        answers.append(answer)
    Answer.objects.bulk_create([one for one in answers if one.pk is None], batch_size=BATCH)
    old = [one for one, was in zip(answers, before, strict=True) if was]
    many_rows.change(Answer, FIELDS, ([getattr(one, name) for name in (*FIELDS, "pk")] for one in old))
    AnswerStep.objects.bulk_create(
        (_step(acting, answer, one.said) for answer, one in zip(answers, wanted, strict=True)), batch_size=BATCH
    )
    told = zip(answers, before, wanted, strict=True)
    noted_many(
        acting,
        "answer.accept",
        [(answer, was, _kept(answer), one.entry, one.said.reason) for answer, was, one in told],
        round_,
    )


def take_away(acting: Acting, round_: Round, gone: Sequence[Answer], reason: str) -> None:
    """Leave nothing of answers that were never given otherwise; the trail tells of them."""
    names = ("check_id", "value", "source", "reason")
    noted_many(
        acting,
        "answer.withdraw",
        [(one, {name: _kept(one)[name] for name in names}, {}, one.entry_id, reason) for one in gone],
        round_,
    )
    for start in range(0, len(gone), BATCH):
        numbers = [one.pk for one in gone[start : start + BATCH]]
        AnswerStep.objects.filter(answer__in=numbers).delete()
        Answer.objects.filter(pk__in=numbers).delete()


def bring_up_points(
    round_: Round, entries: Collection[int], reckoned: Mapping[int, Reckoned], stale: Collection[int]
) -> None:
    """Write points that were reckoned, after `accept` in the same transaction; those of entries that were judged again
    since, or of which something else was accepted (`stale`), are reckoned anew.
    """
    judged = Judgement.objects.select_for_update().filter(current=True, entry__round=round_)
    current = dict(judged.values_list("entry_id", "id"))
    sure = {entry: one for entry, one in reckoned.items() if entry not in stale and current.get(entry) == one.judgement}
    many_rows.change(Judgement, ("low", "high"), ((one.low, one.high, one.judgement) for one in sure.values()))
    rows = dict(Result.objects.filter(entry__round=round_).values_list("entry_id", "id"))
    many_rows.change(
        Result,
        ("low", "high", "answered"),
        ((one.base_low, one.base_high, one.answered, rows[entry]) for entry, one in sure.items() if entry in rows),
    )
    for entry in current.keys() & (set(entries) - sure.keys()):
        points.refresh(entry)


def moved(round_: Round, reckoned: Mapping[int, Reckoned]) -> set[int]:
    """Entries whose accepted answers are no longer those that points were reckoned with."""
    found: set[int] = set()
    numbers = list(reckoned)
    for start in range(0, len(numbers), BATCH):
        piece = numbers[start : start + BATCH]
        people = accepted(piece, round_.as_of)
        found |= {entry for entry in piece if people.get(entry, {}) != reckoned[entry].rests_on}
    return found


def _kept(answer: Answer) -> dict[str, Any]:
    return {field.attname: getattr(answer, field.attname) for field in Answer._meta.concrete_fields}  # noqa: SLF001


def _step(acting: Acting, answer: Answer, said: Said) -> AnswerStep:
    return AnswerStep(
        answer=answer,
        number=answer.version,
        source=answer.source,
        value=answer.value,
        not_applicable=answer.not_applicable,
        confidence=answer.confidence,
        reason=answer.reason,
        holds=answer.holds,
        coding=said.coding,
        adjudication=said.adjudication,
        objection=said.objection,
        by=acting.person,
    )
