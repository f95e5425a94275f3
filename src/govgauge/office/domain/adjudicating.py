"""Deciding between two coders who do not agree: by somebody who is neither of them, with a reason."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import answers
from govgauge.office.domain.acting import Acting, NotAllowed, noted
from govgauge.office.domain.answers import Said
from govgauge.office.domain.coding_steps import step
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Adjudication, AnswerSource, Coding, CodingStepKind, Dispute

SHORTEST = 4
"""Characters of a reason that says anything."""


@transaction.atomic
def decide(acting: Acting, dispute: Dispute, value: Decimal | None, reason: str) -> Adjudication:
    """Decide a dispute; `value` is 0…1, None where the check does not apply.

    Raises NotAllowed to either coder, Unusable without a reason or when it was decided meanwhile.
    """
    related = Dispute.objects.select_related("entry__round", "first__assignment", "second__assignment")
    locked = related.select_for_update(of=("self",)).get(id=dispute.id)
    acting.need(Verb.ADJUDICATE, round_=locked.entry.round)
    answers.check_open(locked.entry)
    if acting.person is not None and acting.person.id in coders(locked):
        raise NotAllowed("这一项是您采集过的，请由别人裁定 (nobody decides about their own answers).")
    acting.need_distance(locked.entry)
    if locked.decided_at is not None:
        known = locked.adjudication
        raise Unusable(f"已由 {known.by.name} 裁定为 {_shown(known)}，没有再改 (it was decided meanwhile).")
    if value is not None and not 0 <= value <= 1:
        raise Unusable(f"取值应在 0 至 1 之间，不是 {value} (a value is 0 to 1).")
    if len(reason.strip()) < SHORTEST:
        raise Unusable("请写明裁定的理由 (say why).")
    made = Adjudication(
        dispute=locked, value=value, not_applicable=value is None, reason=reason.strip(), by=acting.person
    )
    with noted(acting, "adjudication.decide", made, entry=locked.entry, reason=reason[:1000]):
        made.save()
    locked.decided_at = timezone.now()
    locked.save(update_fields=["decided_at"])
    for coding in (locked.first, locked.second):
        step(acting, coding, CodingStepKind.DECIDED, reason.strip())
    said = Said(value=value, source=AnswerSource.ADJUDICATION, reason=reason.strip(), adjudication=made)
    answers.accept(acting, locked.entry, locked.check_id, locked.indicator, said)
    return made


def coders(dispute: Dispute) -> set[int]:
    """Who coded what is disputed: nobody of them decides."""
    coded = Coding.objects.filter(assignment__entry=dispute.entry_id, assignment__check_id=dispute.check_id)
    return set(coded.values_list("assignment__person", flat=True))


def _shown(made: Adjudication) -> str:
    return "不适用" if made.value is None else f"{made.value.normalize():f}"
