"""Accepting answers: one for each check of an entry, each step of it kept."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import points
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import (
    Adjudication,
    Answer,
    AnswerSource,
    AnswerStep,
    Coding,
    Confidence,
    Entry,
    Objection,
    RoundState,
)
from govgauge.office.queries import judged
from govgauge.office.sheets import CheckLine

CONFIDENCE = {Confidence.SURE: Decimal(1), Confidence.LIKELY: Decimal("0.8"), Confidence.UNSURE: Decimal("0.5")}
"""How sure a collector is, as a share; nothing said counts as likely."""
SIXTH = Decimal("0.000001")


class Said(Struct, frozen=True, kw_only=True):
    """What is said of a check: `value` 0…1, None where it does not apply; on what it rests."""

    value: Decimal | None
    source: AnswerSource
    reason: str = ""
    confidence: Decimal = Decimal(1)
    coding: Coding | None = None
    adjudication: Adjudication | None = None
    objection: Objection | None = None


@transaction.atomic
def accept(acting: Acting, entry: Entry, check_id: str, indicator: str, said: Said) -> Answer:
    """Let something be the answer of a check; what was said before stays in its history.

    Who calls has asked for the right to do it. Raises Unusable for a frozen round.
    """
    check_open(entry)
    known = Answer.objects.select_for_update().filter(entry=entry, check_id=check_id).first()
    answer = known or Answer(round_id=entry.round_id, entry=entry, check_id=check_id, indicator=indicator, version=0)
    with noted(acting, "answer.accept", answer, entry=entry, reason=said.reason[:1000]):
        answer.source = said.source
        answer.value = None if said.value is None else said.value.quantize(SIXTH)
        answer.not_applicable = said.value is None
        answer.confidence = said.confidence
        answer.reason = said.reason
        answer.holds = True
        answer.version += 1
        answer.at = timezone.now()
        answer.save()
    _step(acting, answer, answer.reason, said)
    points.refresh(entry.id)
    return answer


def let_go(acting: Acting, answer: Answer, reason: str) -> None:
    """Let an answer hold no longer: it leaves lists, points and tables, and stays with its history. `answer` is locked.

    Who calls has asked for the right to do it, and does it in a transaction.
    """
    with noted(acting, "answer.reopen", answer, entry=answer.entry, reason=reason):
        answer.holds = False
        answer.version += 1
        answer.save(update_fields=["holds", "version"])
    _step(acting, answer, reason)
    points.refresh(answer.entry_id)


@transaction.atomic
def confirm(acting: Acting, entry: Entry, check_id: str, reason: str = "") -> Answer:
    """Let what the program proposes of an assisted check be its answer.

    Raises Unusable when it proposes nothing, or something has been accepted already.
    """
    acting.need(Verb.REVIEW, round_=entry.round)
    acting.need_distance(entry)
    indicator, line = proposal(entry, check_id)
    if Answer.objects.filter(entry=entry, check_id=check_id, holds=True).exists():
        raise Unusable(
            f"要点 {check_id} 已有采用的答案；要更改，请走异议，或重新打开它 (there is an accepted answer already)."
        )
    value = None if line.value is None else Decimal(repr(line.value))
    said = Said(value=value, source=AnswerSource.PROGRAM, reason=reason.strip() or line.reason)
    return accept(acting, entry, check_id, indicator, said)


def proposal(entry: Entry, check_id: str) -> tuple[str, CheckLine]:
    """What the program says of a check, with the code of its indicator. Raises Unusable where it says nothing."""
    sheet = judged.sheet_of(entry.id)
    for indicator in sheet.indicators if sheet else ():
        for line in indicator.checks:
            if line.id == check_id and line.answered and line.source.startswith("audit:"):
                return indicator.code, line
    raise Unusable(f"自动检查没有对要点 {check_id} 作出判断，请人工采集 (the program proposes nothing).")


def _step(acting: Acting, answer: Answer, reason: str, said: Said | None = None) -> None:
    AnswerStep.objects.create(
        answer=answer,
        number=answer.version,
        source=answer.source,
        value=answer.value,
        not_applicable=answer.not_applicable,
        confidence=answer.confidence,
        reason=reason,
        holds=answer.holds,
        coding=said.coding if said else None,
        adjudication=said.adjudication if said else None,
        objection=said.objection if said else None,
        by=acting.person,
    )


def check_open(entry: Entry) -> None:
    """Raises Unusable when the round of an entry is frozen."""
    if entry.round.state == RoundState.FROZEN:
        raise Unusable(f"“{entry.round.slug}”已冻结，答案不能再变 (the round is frozen).")
