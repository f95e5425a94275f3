"""The judgement of an entry as the tables tell it: recorded, replaced, and kept when another one takes its place."""

from django.db import transaction

from govgauge.office.domain import points
from govgauge.office.models import Judgement
from govgauge.office.sheets import Packed


@transaction.atomic
def record(entry_id: int, sheet: Packed, cause: str) -> bool:
    """Let a sheet be the entry's judgement; the one before stays as its history. False when nothing has changed.

    `cause` says in a few words why it was judged.
    """
    known = Judgement.objects.select_for_update().filter(entry_id=entry_id).defer("body").order_by("-number").first()
    if known is not None and known.current and known.digest == sheet.digest:
        points.add_people(entry_id)
        return False
    if known is not None:
        Judgement.objects.filter(entry_id=entry_id, current=True).update(current=False)
    Judgement.objects.create(
        entry_id=entry_id,
        number=known.number + 1 if known else 1,
        cause=cause[:200],
        low=repr(sheet.total.low),
        high=repr(sheet.total.high),
        digest=sheet.digest,
        body=sheet.body,
    )
    points.add_people(entry_id)
    return True
