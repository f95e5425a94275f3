"""Explanations that were accepted for a time: they lapse by themselves, and it is said."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from govgauge.office.domain import notices, points
from govgauge.office.domain.acting import PROGRAM, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Explanation, ObjectionStep, ObjectionStepKind, RoundState
from govgauge.office.queries.accepted import still_the_same


def lapse(today: date) -> int:
    """Write down which explanations hold no longer, and tell the bodies and the office; how many. Safe to run again.

    A frozen round stays as it was.
    """
    open_ = Explanation.objects.filter(lapsed_at=None).exclude(round__state=RoundState.FROZEN)
    ids = [one.id for one in open_.select_related("finding").order_by("id") if why(one, today)]
    return sum(_lapse(number, today) for number in ids)


def why(explanation: Explanation, today: date) -> tuple[str, str] | None:
    """Why an explanation holds no longer, in Chinese and English; None while it holds."""
    if explanation.until is not None and explanation.until < today:
        return f"说明只采用到 {explanation.until}", f"It held until {explanation.until}"
    if still_the_same(explanation):
        return None
    if explanation.finding is not None and explanation.finding.gone_since is not None:
        return "所说明的问题已经消失", "The finding that it explained is gone"
    return "所说明的问题已经变化", "The finding that it explained has changed"


@transaction.atomic
def _lapse(number: int, today: date) -> bool:
    related = Explanation.objects.select_related("entry", "round", "finding", "objection")
    one = related.select_for_update(of=("self",)).get(id=number)
    told = why(one, today)
    if one.lapsed_at is not None or told is None:
        return False
    with noted(PROGRAM, "explanation.lapse", one, entry=one.entry, reason=told[0]):
        one.lapsed_at = timezone.now()
        one.lapsed_why = told[0]
        one.save(update_fields=["lapsed_at", "lapsed_why"])
    points.refresh(one.entry_id)
    ObjectionStep.objects.create(objection=one.objection, kind=ObjectionStepKind.LAPSED, text=told[0])
    people = [*notices.of_body(one.entry), *notices.who_may(Verb.DECIDE_OBJECTION, one.round)]
    facts = {"entry": one.entry.name, "check": one.check_id, "why": told[0], "why_en": told[1]}
    notices.tell(people, "explanation-lapsed", facts, round_=one.round, entry=one.entry)
    return True
