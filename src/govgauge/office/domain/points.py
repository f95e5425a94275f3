"""The points of an entry as lists and ranks take them: those of its judgement, with what people have accepted."""

from django.db import transaction

from govgauge.office import answered, sheets
from govgauge.office.domain import freezing
from govgauge.office.models import Answer, Entry, Explanation, Judgement, Result
from govgauge.office.queries.accepted import accepted
from govgauge.office.visit_files import points


def add_people(entry_id: int) -> None:
    """Add what people have accepted, if anything, to the points of a judgement that has just been recorded.

    Call it in the transaction that records it.
    """
    if any(kind.objects.filter(entry_id=entry_id).exists() for kind in (Answer, Explanation)):
        refresh(entry_id)


@transaction.atomic
def refresh(entry_id: int) -> None:
    """Bring the points of an entry's judgement and result up to date; what the judgement itself says stays.

    Call it in the transaction that changes an answer or replaces a judgement.
    """
    current = Judgement.objects.select_for_update().filter(entry_id=entry_id, current=True).first()
    if current is None:
        return
    entry = Entry.objects.select_related("round").get(id=entry_id)
    people = accepted([entry_id], entry.round.as_of).get(entry_id, {})
    sheet = sheets.unpacked(current.body)
    if people:
        system = freezing.systems_of(entry.round, {entry.system})[entry.system]
        sheet = answered.with_people(sheet, system, entry.profile, people)
    Judgement.objects.filter(id=current.id).update(low=repr(sheet.total.low), high=repr(sheet.total.high))
    Result.objects.filter(entry_id=entry_id).update(
        low=points(sheet.base.low), high=points(sheet.base.high), answered=points(sheet.base_coverage.weight_answered)
    )
